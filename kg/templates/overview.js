// Large graphs open as groups: a bubble stands for the names that belong together; a click opens it.
const groups = data.groups;
const WHOLE = "all";
let drawnNodes = new Set(); // what the picture shows of what passes the filters
let drawnEdges = new Set();

/** Whether the picture shows bubbles at the moment. */
let bubbles = false;
const inOverview = () => bubbles;

const bubbleId = (number) => `g${number}`;
const groupName = (group) => group.names.map((name) => short(name, 24)).join(", ");
const PARTNERS = 3;
const partners = new Map(); // edge between bubbles → number of relations

/** Work out what the picture shows: bubbles, one group with its relations, or all that passes the filters. */
function frame() {
  drawnNodes = shownNodes;
  drawnEdges = shownEdges;
  putBack();
  bubbles = groups.length > 0 && state.group === null && !state.around && !state.chosen;
  if (!groups.length || state.around || state.group === WHOLE) return;
  if (inOverview()) return frameBubbles();
  const { chosen } = state;
  if (chosen && groupAround(chosen) === null) {
    const spot = spotlight();
    drawnNodes = spot.nodes;
    drawnEdges = spot.edges;
    lend(chosen);
    return;
  }
  const number = state.group ?? 0;
  drawnNodes = new Set([...shownNodes].filter((id) => nodeById.get(id).group === number));
  drawnEdges = new Set([...shownEdges].filter((id) => drawnNodes.has(edgeById.get(id).from) && drawnNodes.has(edgeById.get(id).to)));
}

/** The group that holds all of what is chosen, null if there is none. */
function groupAround({ node, edge, path }) {
  const ids = path || (node !== undefined ? [node] : [edgeById.get(edge).from, edgeById.get(edge).to]);
  const [first, ...others] = ids.map((id) => nodeById.get(id).group);
  return !path && others.every((group) => group === first) ? first : null;
}

/** Open the group of what is chosen; what lies in several is shown alone. */
function openAround(target) {
  if (!groups.length || state.around || state.group === WHOLE) return;
  const group = groupAround(target);
  const before = drawnNodes;
  if (group !== null) state.group = group;
  frame();
  if (before !== drawnNodes) refreshPicture();
  tellTrail();
  if (group === null || before.size !== drawnNodes.size) showAll();
}

let lent = []; // nodes that lie elsewhere for a while

/** Bring what lies in several groups close together. */
function lend({ path, edge }) {
  if (!nodeSet) return;
  const one = edge !== undefined && edgeById.get(edge);
  lent = path ? [path[0]] : [one.from, one.to];
  for (const step of path ? shortestPath(...path) || [] : []) lent.push(step.from === lent.at(-1) ? step.to : step.from);
  if (path && !lent.includes(path[1])) lent.push(path[1]);
  nodeSet.update(lent.map((id, index) => ({ id, x: index * 230, y: index % 2 ? 70 : -70 })));
}

function putBack() {
  if (lent.length) nodeSet.update(lent.map((id) => ({ id, ...home.get(id) })));
  lent = [];
}

function frameBubbles() {
  const left = groups.map(() => 0);
  for (const id of shownNodes) left[nodeById.get(id).group]++;
  drawnNodes = new Set(left.flatMap((count, number) => (count ? [bubbleId(number)] : [])));
  partners.clear();
  for (const id of shownEdges) {
    const ends = [nodeById.get(edgeById.get(id).from).group, nodeById.get(edgeById.get(id).to).group].sort((a, b) => a - b);
    if (ends[0] !== ends[1]) partners.set(`g${ends.join("-")}`, (partners.get(`g${ends.join("-")}`) || 0) + 1);
  }
  // A few of the strongest for each bubble: all of them would hide the picture.
  const strongest = [...partners].sort((a, b) => b[1] - a[1]);
  const counts = new Map();
  drawnEdges = new Set(strongest.filter(([id]) => id.slice(1).split("-").map((end) => {
    counts.set(end, (counts.get(end) || 0) + 1);
    return counts.get(end) <= PARTNERS;
  }).some(Boolean)).map(([id]) => id));
  if (edgeSet) edgeSet.update(bubbleEdges());
}

function bubbleEdges() {
  const most = Math.max(1, ...partners.values());
  return [...partners].map(([id, count]) => {
    const [from, to] = id.slice(1).split("-").map((number) => bubbleId(Number(number)));
    return { id, from, to, title: counted(count, "relationOne", "relationMany"), width: 0.8 + 7 * Math.sqrt(count / most),
      arrows: "", dashes: false, smooth: false, color: { color: ink.edge, hover: ink.accent, highlight: ink.edge, opacity: 0.25 + 0.45 * (count / most) } };
  });
}

function bubbleNodes() {
  const span = (axis) => Math.max(...groups.map((group) => group[axis])) - Math.min(...groups.map((group) => group[axis]));
  const upright = byId("picture").clientHeight > byId("picture").clientWidth * 1.15 && span("x") > span("y");
  return groups.map((group, number) => ({ id: bubbleId(number), ...(upright ? { x: group.y, y: group.x } : { x: group.x, y: group.y }), size: group.size, shape: "custom",
    title: `${groupName(group)}\n${counted(group.members, "entityOne", "entityMany")}`, ctxRenderer: renderBubble }));
}

const shares = groups.map(() => new Map()); // type → members, for each group
for (const node of groups.length ? nodes : []) shares[node.group].set(node.type, (shares[node.group].get(node.type) || 0) + 1);

/** A disc with a ring that shows the types of its members. */
function renderBubble({ ctx, id, x, y }) {
  const number = Number(id.slice(1));
  const group = groups[number];
  const parts = [...shares[number]].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const drawNode = () => {
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, group.size, 0, 2 * Math.PI);
    ctx.fillStyle = ink.raised;
    ctx.fill();
    ctx.lineWidth = Math.max(group.size * 0.2, 4);
    let angle = -Math.PI / 2;
    for (const [type, count] of parts) {
      const turn = (2 * Math.PI * count) / group.members;
      ctx.beginPath();
      ctx.arc(x, y, group.size - ctx.lineWidth / 2, angle, angle + turn);
      ctx.strokeStyle = kinds[type].color;
      ctx.stroke();
      angle += turn;
    }
    ctx.fillStyle = ink.soft;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `600 ${Math.round(group.size * 0.5)}px ${FONT}`;
    ctx.fillText(String(group.members), x, y + 1);
    ctx.restore();
  };
  return { drawNode, nodeDimensions: { width: group.size * 2, height: group.size * 2 } };
}

/** Names below the bubbles, the largest first, none on top of another. */
function drawBubbleLabels(board) {
  const { ctx, scale, view, boxes, drawn } = board;
  const [canvas, trail] = [byId("canvas"), byId("trail").firstChild].map((part) => part.getBoundingClientRect());
  boxes.add({ left: trail.left - canvas.left, top: trail.top - canvas.top, width: trail.width, height: trail.height });
  const spots = groups.map((group, number) => ({ number, group, spot: network.canvasToDOM(network.body.nodes[bubbleId(number)] || group) }))
    .filter(({ number }) => drawnNodes.has(bubbleId(number)));
  for (const { group, spot } of spots) {
    const reach = group.size * scale;
    boxes.add({ left: spot.x - reach, top: spot.y - reach, width: 2 * reach, height: 2 * reach });
  }
  for (const { number, group, spot } of spots) {
    const lines = group.members > 1 ? group.names.slice(0, 2) : group.names;
    ctx.font = `600 13px ${FONT}`;
    for (const text of [short(lines.join(", "), 40), short(group.names[0], 28)]) {
      const width = textWidth(ctx, text) + 8;
      const reach = group.size * scale;
      const left = Math.max(4, Math.min(spot.x - width / 2, view.width - 4 - width));
      const box = [reach + 4, -reach - 21].map((dy) => ({ left, top: spot.y + dy, width, height: 17 }))
        .find((choice) => boxes.free(choice));
      if (!box) continue;
      Object.assign(box, { node: bubbleId(number), text, alpha: 1, color: ink.ink, font: ctx.font });
      boxes.add(box);
      drawn.push(box);
      ctx.lineWidth = 4;
      ctx.strokeStyle = ink.ground;
      ctx.strokeText(text, left + width / 2, box.top + 8.5);
      ctx.fillStyle = ink.ink;
      ctx.fillText(text, left + width / 2, box.top + 8.5);
      break;
    }
  }
}

function openGroup(value) {
  closePanel();
  state.group = value;
  state.around = null;
  apply();
  showAll();
  byId("news").textContent = typeof value === "number" ? groupName(groups[value]) : countsText();
}

/** The choice of a group, above the picture. */
function buildTrail() {
  byId("trail").hidden = groups.length === 0;
  if (!groups.length) return;
  const option = (value, text) => make("option", { value }, text);
  const list = make("select", { "aria-label": words.groups, onchange: () => openGroup(
    list.value === "" ? null : list.value === WHOLE ? WHOLE : Number(list.value)) },
  option("", fill(words.overview, { n: groups.length })), ...groups.map((group, number) =>
    option(String(number), `${groupName(group)} · ${group.members.toLocaleString(words.lang)}`)), option(WHOLE, words.wholeGraph));
  byId("trail").replaceChildren(list, button(words.backToGroups, () => openGroup(null), { id: "to-groups" }));
}

function tellTrail() {
  if (!groups.length) return;
  byId("trail").querySelector("select").value = state.group === null ? "" : String(state.group);
  byId("to-groups").hidden = inOverview();
  byId("help").textContent = inOverview() ? words.helpGroups : words.help;
}
