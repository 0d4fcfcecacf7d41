// The picture: vis-network draws nodes and lines; labels are set as on a map, none on top of another.
let network = null;
let ink = {};
let placed = []; // label boxes of the last drawing, in screen pixels
const FONT = getComputedStyle(document.body).fontFamily;
const DASHES = {
  alleged: [7, 5], planned: [2, 5], possible: [10, 4, 2, 4], requested: [12, 5],
  negated: [4, 3], conditional: [2, 3], question: [1, 6],
};
const widths = new Map();

function readInk() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "ink", "soft", "faint", "edge", "accent", "planned", "negated", "doubt", "raised"]) {
    ink[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

function lineColor(status) {
  if (PLAIN.has(status)) return ink.edge;
  if (status === "negated") return ink.negated;
  return status === "planned" || status === "requested" ? ink.planned : ink.doubt;
}

/** Everything that is to stand out: the chosen or pointed thing with its neighbours. */
function spotlight() {
  const target = state.chosen || state.pointed;
  if (!target) return null;
  if (target.path) return alongPath(target.path);
  if (target.edge !== undefined) {
    const edge = edgeById.get(target.edge);
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  const around = edgesOf.get(target.node).filter((edge) => shownEdges.has(edge.id));
  const ends = new Set([target.node, ...around.flatMap((edge) => [edge.from, edge.to])]);
  return { nodes: ends, edges: new Set(around.map((edge) => edge.id)) };
}
let lit = null;

/** Turn and stretch the picture to the form of the screen; stretching alone brings nothing closer together. */
function placesOnScreen() {
  const { clientWidth: width, clientHeight: height } = byId("picture");
  const upright = height > width * 1.15;
  const places = new Map(nodes.map(({ id, x, y }) => [id, upright ? { x: y, y: x } : { x, y }]));
  const span = (axis) => {
    const values = [...places.values()].map((place) => place[axis]);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b)) + 120;
  };
  const wider = (width / height) / (span("x") / span("y"));
  const [stretchX, stretchY] = [Math.min(Math.max(wider, 1), 1.4), Math.min(Math.max(1 / wider, 1), 1.4)];
  for (const place of places.values()) { place.x *= stretchX; place.y *= stretchY; }
  return places;
}

function visNode(node, place) {
  return { id: node.id, ...place, size: node.size, title: node.title, shape: "custom", ctxRenderer: renderNode };
}

function renderNode({ ctx, id, x, y }) {
  const node = nodeById.get(id);
  const chosen = isChosen(id);
  const scale = network.getScale();
  // Far out, a dot that can still be seen.
  const drawNode = () => paint(ctx, kinds[node.type], x, y, Math.max(node.size, 2.5 / scale), {
    ring: chosen ? { color: ink.accent, width: 3 } : { color: ink.ground, width: 1.5 },
    alpha: lit && !lit.nodes.has(id) ? 0.22 : 1,
    detail: node.size * scale > 6,
  });
  return { drawNode, nodeDimensions: { width: node.size * 2, height: node.size * 2 } };
}

function visEdge(edge) {
  const strong = lit && lit.edges.has(edge.id);
  const color = strong && PLAIN.has(edge.status) ? ink.accent : lineColor(edge.status);
  return {
    id: edge.id, from: edge.from, to: edge.to, title: edge.title, width: edge.width + (strong ? 0.8 : 0),
    arrows: edge.symmetric ? "" : "to", dashes: DASHES[edge.status] || false,
    color: { color, highlight: ink.accent, hover: color, opacity: lit && !strong ? 0.16 : 1 },
    smooth: { enabled: true, type: edge.bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(edge.bend) },
  };
}

let home = new Map(); // where the nodes lie
let nodeSet, edgeSet, nodeView, edgeView;

function openPicture() {
  readInk();
  const places = placesOnScreen();
  home = places;
  nodeSet = new vis.DataSet([...nodes.map((node) => visNode(node, places.get(node.id))), ...bubbleNodes()]);
  edgeSet = new vis.DataSet([...edges.map(visEdge), ...bubbleEdges()]);
  nodeView = new vis.DataView(nodeSet, { filter: (node) => drawnNodes.has(node.id) });
  edgeView = new vis.DataView(edgeSet, { filter: (edge) => drawnEdges.has(edge.id) });
  network = new vis.Network(byId("canvas"), { nodes: nodeView, edges: edgeView }, data.options);
  mendDrawing();
  network.on("afterDrawing", drawLabels);
  network.on("click", clicked);
  network.on("doubleClick", ({ nodes: [id] }) => typeof id === "number" && expand(id));
  byId("panel").addEventListener("click", secondClick, true);
  network.on("hoverNode", ({ node }) => point({ node }));
  network.on("hoverEdge", ({ edge }) => point({ edge }));
  network.on("blurNode", () => point(null));
  network.on("blurEdge", () => point(null));
  network.on("resize", () => { if (!moved) showAll(); });
  network.on("zoom", () => { moved = true; });
  network.on("dragEnd", () => { moved = true; });
  showAll();
}
let moved = false;

let mended = false;

/** Where vis-network's own drawing falls short. */
function mendDrawing() {
  const [node] = Object.values(network.body.nodes);
  const [edge] = Object.values(network.body.edges);
  // It takes custom shapes for boxes; arrows should end at the outline.
  if (node) Object.getPrototypeOf(node.shape).distanceToBorder = function () { return this.options.size + 3; };
  if (!edge || mended) return;
  mended = true;
  let base = edge.edgeType;
  while (!Object.hasOwn(base, "getLineWidth")) base = Object.getPrototypeOf(base);
  const usual = base.getLineWidth;
  const least = edges.length > 1000 ? 0.4 : 0.9;
  // It lets lines fade far out; they should stay visible.
  base.getLineWidth = function (...given) { return Math.max(usual.apply(this, given), least / network.getScale()); };
}

function showAll(animation = false) {
  if (!network || !drawnNodes.size) return;
  moved = false;
  network.fit({ nodes: [...drawnNodes], animation, maxZoomLevel: 1.25, minZoomLevel: 0.01 });
  if (!animation) network.moveTo({ scale: network.getScale() * 0.93 });
}

const DOUBLE = 350; // milliseconds within which two clicks are one double click
let firstClick = null;

/** The panel that the first of two clicks opened may lie over the node: the second is meant for the node. */
function secondClick(event) {
  const first = firstClick;
  firstClick = null;
  if (!first || performance.now() - first.at > DOUBLE || Math.hypot(event.clientX - first.x, event.clientY - first.y) > 8) return;
  event.stopPropagation();
  event.preventDefault();
  expand(first.node);
}

function clicked({ nodes: [node], edges: [edge], pointer }) {
  if (typeof node === "string") return openGroup(Number(node.slice(1)));
  if (typeof edge === "string") return choose(null);
  if (node !== undefined) {
    const { left, top } = byId("canvas").getBoundingClientRect();
    firstClick = { node, x: left + pointer.DOM.x, y: top + pointer.DOM.y, at: performance.now() };
    return choose({ node }, { wait: DOUBLE }); // else the second click of two would miss the node
  }
  if (edge === undefined) edge = labelAt(pointer.DOM);
  return choose(edge === undefined ? null : { edge });
}

/** The edge whose label lies under a point of the canvas. */
function labelAt({ x, y }) {
  const hit = placed.find((box) => box.edge !== undefined
    && x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height);
  return hit && hit.edge;
}

function point(target) {
  if (state.chosen || edges.length > 1500 || inOverview()) return;
  state.pointed = target;
  relight();
}

/** Dim what does not belong to the chosen thing. Large graphs only redraw, for speed. */
function relight() {
  const before = lit;
  lit = spotlight();
  if (!network) return;
  const changed = new Set([before, lit].flatMap((spot) => (spot ? [...spot.edges] : [])));
  const all = [...drawnEdges].filter((id) => edgeById.has(id));
  // Beyond that many lines only those that stand out are drawn anew.
  if (changed.size || before || lit) edgeSet.update([...(all.length <= 5000 ? new Set([...all, ...changed]) : changed)].map((id) => visEdge(edgeById.get(id))));
  network.redraw();
}

function refreshPicture() {
  if (!network) return;
  nodeView.refresh();
  edgeView.refresh();
  mendDrawing();
  lit = spotlight();
  network.redraw();
}

function recolor() {
  readInk();
  if (!network) return;
  edgeSet.update([...edges.map(visEdge), ...bubbleEdges()]);
  network.redraw();
}

/** The part of the canvas that the panel leaves free. */
function freeRoom() {
  const canvas = byId("canvas").getBoundingClientRect();
  const panel = byId("panel");
  const room = { left: 0, top: 0, right: canvas.width, bottom: canvas.height };
  if (panel.hidden) return room;
  const box = panel.getBoundingClientRect();
  if (box.width >= canvas.width) room.bottom = Math.max(box.top - canvas.top, 80);
  else room.right = Math.max(box.left - canvas.left, 80);
  return room;
}

/** Bring nodes into the free part of the canvas unless they are in sight already. */
function reveal(ids) {
  if (!network || state.view !== "graph" || !ids.length) return;
  const room = freeRoom();
  const width = room.right - room.left;
  const height = room.bottom - room.top;
  const spots = ids.map((id) => network.getPosition(id));
  const seen = spots.map((spot) => network.canvasToDOM(spot));
  const inside = seen.every(({ x, y }) => x > room.left + 40 && y > room.top + 30 && x < room.right - 40 && y < room.bottom - 45);
  if (inside && network.getScale() > 0.4) return;
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [low, high] = [{ x: Math.min(...xs), y: Math.min(...ys) }, { x: Math.max(...xs), y: Math.max(...ys) }];
  const most = Math.min((width - 150) / Math.max(high.x - low.x, 1), (height - 110) / Math.max(high.y - low.y, 1));
  moved = true;
  network.moveTo({
    position: { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 },
    scale: Math.min(Math.max(network.getScale(), 0.8), Math.max(most, 0.3)),
    offset: { x: room.left + width / 2 - byId("canvas").clientWidth / 2, y: room.top + height / 2 - byId("canvas").clientHeight / 2 },
    animation: calm.matches ? false : { duration: 260, easingFunction: "easeInOutQuad" },
  });
}
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function textWidth(ctx, text) {
  const key = ctx.font + text;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  return widths.get(key);
}

/** Boxes in cells, so that thousands of labels are checked quickly. */
class Boxes {
  constructor() { this.cells = new Map(); }
  keys({ left, top, width, height }) {
    const found = [];
    for (let x = Math.floor(left / 96); x <= Math.floor((left + width) / 96); x++) {
      for (let y = Math.floor(top / 96); y <= Math.floor((top + height) / 96); y++) found.push(x * 65536 + y);
    }
    return found;
  }
  add(box) {
    for (const key of this.keys(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }
  free(box, owner) {
    const clash = (b) => (b.owner === undefined || b.owner !== owner) && b.left < box.left + box.width
      && box.left < b.left + b.width && b.top < box.top + box.height && box.top < b.top + b.height;
    return this.keys(box).every((key) => !(this.cells.get(key) || []).some(clash));
  }
}

function drawLabels(ctx) {
  const scale = network.getScale();
  const view = { width: byId("canvas").clientWidth, height: byId("canvas").clientHeight };
  const inView = ({ x, y }) => x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20;
  const boxes = new Boxes();
  const spots = new Map();
  for (const id of inOverview() ? [] : drawnNodes) {
    const body = network.body.nodes[id];
    const spot = body && network.canvasToDOM({ x: body.x, y: body.y });
    if (!spot || !inView(spot)) continue;
    spots.set(id, spot);
    const reach = nodeById.get(id).size * scale;
    // Far out, nodes are dots, and names may lie over them.
    if (reach > (drawnNodes.size > 120 ? 8 : 3)) boxes.add({ left: spot.x - reach, top: spot.y - reach, width: reach * 2, height: reach * 2, owner: id });
  }
  const board = { ctx, scale, view, inView, boxes, spots, drawn: [], air: spots.size > 120 ? 10 : 0 };
  ctx.save();
  const origin = network.DOMtoCanvas({ x: 0, y: 0 });
  ctx.translate(origin.x, origin.y);
  ctx.scale(1 / scale, 1 / scale);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const nodeLit = (id) => lit && lit.nodes.has(id);
  const edgeLit = (id) => lit && lit.edges.has(id);
  const heavy = (a, b) => nodeById.get(b).size - nodeById.get(a).size || a - b;
  const edgeOrder = (a, b) => edgeById.get(b).weight - edgeById.get(a).weight || a - b;
  const [names, lines] = [[...spots.keys()].sort(heavy), [...(inOverview() || spots.size > 150 && !lit ? [] : drawnEdges)].sort(edgeOrder)];
  if (inOverview()) drawBubbleLabels(board);
  if (lit) {
    names.filter(nodeLit).forEach((id) => nameNode(board, id, 1));
    lines.filter(edgeLit).forEach((id) => nameEdge(board, id, 1));
  }
  names.filter((id) => !nodeLit(id)).forEach((id) => nameNode(board, id, lit ? 0.25 : 1));
  if (spots.size <= 150) lines.filter((id) => !edgeLit(id)).forEach((id) => nameEdge(board, id, lit ? 0.2 : 1));
  ctx.restore();
  placed = board.drawn;
}

function short(text, limit) {
  return text.length > limit ? `${text.slice(0, limit - 1).trimEnd()}…` : text;
}

/** Below a node or above it, wherever fewer of its lines run; else beside it. */
function sides(id, reach, { x, y }, width, spots) {
  let [up, down] = [0, 0];
  for (const edge of edgesOf.get(id)) {
    const far = spots.get(edge.from === id ? edge.to : edge.from);
    if (!far || !shownEdges.has(edge.id) || Math.abs(far.y - y) < Math.abs(far.x - x) * 0.6) continue;
    if (far.y < y) up++; else down++;
  }
  const below = [x - width / 2, y + reach + 3];
  const above = [x - width / 2, y - reach - 20];
  return [...(down > up + 1 ? [above, below] : [below, above]), [x + reach + 3, y - 8.5], [x - reach - 3 - width, y - 8.5]];
}

function nameNode({ ctx, scale, view, boxes, spots, drawn, air }, id, alpha) {
  const node = nodeById.get(id);
  const reach = Math.max(node.size * scale, 3);
  ctx.font = `600 ${node.size > 20 ? 14 : 13}px ${FONT}`;
  const text = short(node.label, 32);
  const width = textWidth(ctx, text) + 6;
  const within = (left) => Math.max(4, Math.min(left, view.width - 4 - width));
  const choices = sides(id, reach, spots.get(id), width, spots)
    .map(([left, top], side) => ({ left: side < 2 ? within(left) : left, top, width, height: 17 }));
  const fits = (box) => box.left > 0 && box.left + width < view.width
    && boxes.free({ left: box.left - air, top: box.top - air, width: width + 2 * air, height: 17 + 2 * air }, id);
  const chosen = state.chosen && (isChosen(id) || (state.chosen.edge !== undefined && alpha === 1));
  const box = choices.find(fits) || (chosen ? choices[0] : null);
  if (!box) return;
  Object.assign(box, { node: id, text, alpha, color: ink.ink, font: ctx.font });
  boxes.add(box);
  drawn.push(box);
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = ink.ground;
  ctx.lineWidth = 4;
  ctx.strokeText(text, box.left + width / 2, box.top + 8.5);
  ctx.fillStyle = ink.ink;
  ctx.fillText(text, box.left + width / 2, box.top + 8.5);
}

function nameEdge({ ctx, inView, boxes, drawn }, id, alpha) {
  const edge = edgeById.get(id);
  const body = network.body.edges[id];
  if (!body || !body.connected) return;
  ctx.font = `12px ${FONT}`;
  const text = PLAIN.has(edge.status) ? edge.label : `${edge.label} · ${statusName(edge.status)}`;
  const width = textWidth(ctx, text) + 10;
  const [start, stop] = [body.edgeType.getPoint(0), body.edgeType.getPoint(1)].map((end) => network.canvasToDOM(end));
  // Not where the words would hide the line.
  const hidden = Math.min(width / Math.abs(start.x - stop.x), 17 / Math.abs(start.y - stop.y));
  if (hidden > 0.8 && edge.from !== edge.to) return;
  const box = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78].map((t) => network.canvasToDOM(body.edgeType.getPoint(t)))
    .filter(inView).map(({ x, y }) => ({ left: x - width / 2, top: y - 8.5, width, height: 17 }))
    .find((choice) => boxes.free(choice));
  if (!box) return;
  const color = lit && lit.edges.has(id) ? ink.accent : PLAIN.has(edge.status) ? ink.soft : lineColor(edge.status);
  Object.assign(box, { edge: id, text, alpha, color, font: ctx.font });
  boxes.add(box);
  drawn.push(box);
  ctx.globalAlpha = alpha;
  ctx.fillStyle = ink.ground;
  ctx.beginPath();
  ctx.roundRect(box.left, box.top, width, 17, 5);
  ctx.fill();
  ctx.fillStyle = color;
  ctx.fillText(text, box.left + width / 2, box.top + 9);
}
