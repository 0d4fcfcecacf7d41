// What is in sight as a file: PNG, SVG, CSV, made in the page.

function save(name, content) {
  const href = URL.createObjectURL(content);
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

function fileName(ending) {
  const title = document.title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80);
  return `${title || "graph"}.${ending}`;
}

/** The picture as it stands on the screen, on the ground that CSS puts behind it. */
function savePng() {
  const drawn = byId("canvas").querySelector("canvas");
  const board = make("canvas", { width: drawn.width, height: drawn.height });
  const ctx = board.getContext("2d");
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, board.width, board.height);
  ctx.drawImage(drawn, 0, 0);
  board.toBlob((content) => save(fileName("png"), content), "image/png");
}

/** The same as shapes and letters. */
function svgText() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = network.getScale();
  const spot = (point) => network.canvasToDOM(point);
  const number = (value) => String(Math.round(value * 10) / 10);
  const inside = (points) => Math.max(...points.map(({ x }) => x)) >= 0 && Math.min(...points.map(({ x }) => x)) <= width
    && Math.max(...points.map(({ y }) => y)) >= 0 && Math.min(...points.map(({ y }) => y)) <= height;
  const parts = [svg("title", {}, document.title), svg("rect", { width, height, fill: ink.ground })];
  for (const { edgeType, options, connected } of Object.values(network.body.edges)) {
    if (!connected) continue;
    const points = Array.from({ length: 13 }, (_, index) => spot(edgeType.getPoint(index / 12)));
    if (!inside(points)) continue;
    const colors = options.color;
    parts.push(svg("polyline", { points: points.map(({ x, y }) => `${number(x)},${number(y)}`).join(" "), fill: "none", stroke: colors.color,
      "stroke-opacity": colors.opacity, "stroke-width": number(Math.max(options.width * scale, 0.6)),
      "stroke-dasharray": (options.dashes || []).map((length) => number(length * scale)).join(" ") }));
    if (options.arrows.to.enabled) parts.push(arrowHead(edgeType, options, spot, scale, number));
  }
  for (const [id, body] of Object.entries(network.body.nodes)) {
    const at = spot(body);
    const look = lookOf(body.id);
    const reach = Math.max(look.size * scale, 2.5);
    if (!look.kind || !inside([{ x: at.x - reach, y: at.y - reach }, { x: at.x + reach, y: at.y + reach }])) continue;
    const image = symbol(look.kind, reach * 2);
    for (const [key, value] of [["x", at.x - reach], ["y", at.y - reach]]) image.setAttribute(key, number(value));
    if (lit && !lit.nodes.has(body.id)) image.setAttribute("opacity", 0.22);
    image.setAttribute("data-id", id);
    parts.push(image);
  }
  for (const { left, top, width: wide, text, alpha, color, font, node } of placed) {
    if (node === undefined) parts.push(svg("rect", { x: number(left), y: number(top), width: number(wide), height: 17, rx: 5, fill: ink.ground, opacity: alpha }));
    const [, weight, size] = /^(?:(\d+) )?([\d.]+)px/.exec(font);
    parts.push(svg("text", { x: number(left + wide / 2), y: number(top + 13), "text-anchor": "middle", "font-family": "system-ui, sans-serif",
      "font-size": size, "font-weight": weight || 400, fill: color, opacity: alpha, "paint-order": "stroke",
      stroke: ink.ground, "stroke-width": node === undefined ? 0 : 4, "stroke-linejoin": "round" }, text));
  }
  const image = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...parts);
  // XML has no room for some characters.
  const text = new XMLSerializer().serializeToString(image).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
}

/** Type and size of what a node of the picture stands for. */
function lookOf(id) {
  const node = nodeById.get(id);
  if (typeof id === "string") return { kind: { name: "", shape: "dot", color: ink.faint, ink: ink.ground }, size: groups[Number(id.slice(1))].size };
  return node ? { kind: kinds[node.type], size: node.size } : {};
}

/** A triangle where the line meets the outline of its target. */
function arrowHead(edgeType, options, spot, scale, number) {
  const target = spot(edgeType.getPoint(1));
  const reach = ((lookOf(options.to).size || 10) + 3) * scale;
  let tip = target;
  let behind = target;
  for (let step = 1; step <= 40; step++) {
    const point = spot(edgeType.getPoint(1 - step / 80));
    const away = Math.hypot(point.x - target.x, point.y - target.y);
    if (away <= reach) tip = point;
    behind = point;
    if (away > reach + 7 * scale) break;
  }
  const angle = Math.atan2(tip.y - behind.y, tip.x - behind.x);
  const long = Math.max(8 * scale, 3);
  const corner = (turn) => `${number(tip.x - long * Math.cos(angle + turn))},${number(tip.y - long * Math.sin(angle + turn))}`;
  return svg("polygon", { points: `${number(tip.x)},${number(tip.y)} ${corner(0.4)} ${corner(-0.4)}`, fill: options.color.color,
    opacity: options.color.opacity });
}

/** A cell that no spreadsheet runs as a formula, quoted where CSV asks for it. */
function cell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value !== "number" && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** What passes the filters, a line for each sentence; a relation without one has a line too. */
function csvText() {
  const head = ["subject", "relation", "object", "status", "confidence", "article", "publisher", "date", "address", "source", "sentence", "subjectId", "objectId"];
  const rows = [];
  for (const edge of edges) {
    if (!shownEdges.has(edge.id)) continue;
    const [from, to] = [nodeById.get(edge.from), nodeById.get(edge.to)];
    const row = (status, confidence, article = {}, by = null, text = null) => rows.push([from.label, edge.label, to.label,
      statusName(status), confidence, article.title || article.id, article.publisher, article.date, article.url, by, text, from.iri, to.iri]);
    const proofs = edge.evidence.map((index) => data.evidence[index]).filter((proof) => !asksForProof() || proofPasses(proof));
    for (const proof of proofs) row(proof.status, proof.confidence, data.articles[proof.article], proof.by, proof.quote);
    if (!proofs.length) row(edge.status, edge.confidence);
  }
  return [head.map((key) => words[key]), ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function startExport() {
  const kept = (id, act) => byId(id).addEventListener("click", () => {
    closeShare();
    act();
    tellShort(words.saved);
  });
  kept("save-png", savePng);
  kept("save-svg", () => save(fileName("svg"), new Blob([svgText()], { type: "image/svg+xml" })));
  // With a mark at the beginning, from which spreadsheets know that it is UTF-8.
  kept("save-csv", () => save(fileName("csv"), new Blob(["\ufeff", csvText()], { type: "text/csv" })));
  byId("share").addEventListener("toggle", () => {
    for (const id of ["save-png", "save-svg"]) byId(id).disabled = state.view !== "graph";
  });
}
