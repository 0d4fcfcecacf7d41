"use strict";
// Shapes and pictograms: 24 × 24, drawn on the canvas and, in the legend and panel, as inline SVG.
const SVG = "http://www.w3.org/2000/svg";

const PICTOGRAMS = {
  Person: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z M5 19.5c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5",
  Company: "M6 20V4.5h7.5V20 M13.5 10H18v10 M4 20h16 M9 8.3h1.6 M9 12h1.6 M9 15.7h1.6",
  Organization: "M9.5 4h5v4h-5Z M4 16h5v4H4Z M15 16h5v4h-5Z M12 8v4 M6.5 16v-4h11v4",
  GovernmentBody: "M4 9.5 12 4.5l8 5Z M6.5 12.5v4.5 M12 12.5v4.5 M17.5 12.5v4.5 M4 20h16",
  Media: "M5 5h11v14H6.5A1.5 1.5 0 0 1 5 17.5Z M16 9h3v8.5a1.5 1.5 0 0 1-3 0 M8 9h5 M8 12.5h5 M8 16h3",
  PoliticalParty: "M4.5 12.5h15v7h-15Z M8.5 12.5v-8h7v8 M8.5 16h7",
  InternationalOrganization:
    "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z M4 12h16 M12 4c5 4.8 5 11.2 0 16 M12 4c-5 4.8-5 11.2 0 16",
  Country: "M6.5 20.5V4 M6.5 5c4-2.5 7.5 2.5 12 0v8.5c-4.5 2.5-8-2.5-12 0",
  City: "M4 20v-9h5 M9 20V5h6v15 M15 13h5v7 M3 20h18 M12 8.5v1 M12 12.5v1",
  Region: "M4 6.5l5-2 6 2.5 5-2V17l-5 2-6-2.5-5 2Z M9 4.5v12 M15 7v12",
  Place: "M12 20.5c4-4.6 6-8 6-11a6 6 0 1 0-12 0c0 3 2 6.4 6 11Z M12 11.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  Product: "M12 4l7 3.8v8.4L12 20l-7-3.8V7.8Z M5 7.8l7 3.8 7-3.8 M12 11.6V20",
  Technology: "M7 7h10v10H7Z M10 4v3 M14 4v3 M10 17v3 M14 17v3 M4 10h3 M4 14h3 M17 10h3 M17 14h3",
  Event: "M4.5 6h15v13.5h-15Z M4.5 10.5h15 M8.5 3.5V6 M15.5 3.5V6",
};
PICTOGRAMS.TradeUnion = PICTOGRAMS.Organization;
for (const type of ["Insolvency", "Layoffs", "Strike", "SpinOff"]) PICTOGRAMS[type] = PICTOGRAMS.Event;
const OTHER = "M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z";

const OUTLINES = {
  dot: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Z",
  square: "M6.5 2h11a4.5 4.5 0 0 1 4.5 4.5v11a4.5 4.5 0 0 1-4.5 4.5h-11a4.5 4.5 0 0 1-4.5-4.5v-11a4.5 4.5 0 0 1 4.5-4.5Z",
  hexagon: "M8.5 2.2h7a3 3 0 0 1 2.6 1.5l3.5 6.8a3 3 0 0 1 0 3l-3.5 6.8a3 3 0 0 1-2.6 1.5h-7a3 3 0 0 1-2.6-1.5L2.4 13.5a3 3 0 0 1 0-3l3.5-6.8a3 3 0 0 1 2.6-1.5Z",
  diamond: "M9.9.7a3 3 0 0 1 4.2 0l9.2 9.2a3 3 0 0 1 0 4.2l-9.2 9.2a3 3 0 0 1-4.2 0L.7 14.1a3 3 0 0 1 0-4.2Z",
  triangle: "M9.6 2.2a2.8 2.8 0 0 1 4.8 0l9 16.3a2.8 2.8 0 0 1-2.4 4.2H3a2.8 2.8 0 0 1-2.4-4.2Z",
};
// Diamonds and triangles hold less, so their pictogram is smaller.
const ROOM = { dot: 0.66, square: 0.72, hexagon: 0.68, diamond: 0.56, triangle: 0.46 };

const outlines = Object.fromEntries(Object.entries(OUTLINES).map(([shape, path]) => [shape, new Path2D(path)]));
const pictograms = new Map(Object.entries(PICTOGRAMS).map(([type, path]) => [type, new Path2D(path)]));
const other = new Path2D(OTHER);

/** A value of a table by its key, if the key is the table's own. */
function own(table, key, otherwise) {
  return Object.hasOwn(table, key) ? table[key] : otherwise;
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A line icon of the user interface. */
function sign(path) {
  const line = svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.8,
    "stroke-linecap": "round", "stroke-linejoin": "round" });
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, line);
}

/** The node symbol of a type, for legend and panel. */
function symbol(kind, size = 22) {
  const room = ROOM[kind.shape];
  const low = kind.shape === "triangle" ? 2.6 : 0;
  const shift = `translate(${12 - 12 * room} ${12 - 12 * room + low}) scale(${room})`;
  return svg("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" },
    svg("path", { d: OUTLINES[kind.shape], fill: kind.color }),
    svg("path", { d: own(PICTOGRAMS, kind.name, OTHER), transform: shift, fill: "none", stroke: kind.ink,
      "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }));
}

/** Draw the node symbol of a type on the canvas; the pictogram only where it can be made out. */
function paint(ctx, kind, x, y, radius, { ring, alpha, detail }) {
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.translate(x - radius, y - radius);
  ctx.scale(radius / 12, radius / 12);
  ctx.lineWidth = (ring.width * 24) / radius;
  ctx.lineJoin = "round";
  ctx.strokeStyle = ring.color;
  ctx.stroke(outlines[kind.shape]);
  ctx.fillStyle = kind.color;
  ctx.fill(outlines[kind.shape]);
  if (detail) {
    const room = ROOM[kind.shape];
    ctx.translate(12 - 12 * room, 12 - 12 * room + (kind.shape === "triangle" ? 2.6 : 0));
    ctx.scale(room, room);
    ctx.lineWidth = 2;
    ctx.lineCap = "round";
    ctx.strokeStyle = kind.ink;
    ctx.stroke(pictograms.get(kind.name) || other);
  }
  ctx.restore();
}
