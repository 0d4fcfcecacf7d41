// The data as it was written into the page, its indexes, and what is shown at the moment.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.strings;
const nodes = data.nodes;
const edges = data.edges;
const kinds = Object.fromEntries(data.kinds.map((kind) => [kind.name, kind]));
const PLAIN = new Set(["asserted", "reported"]);
const STATUSES = Object.keys(words.statusNames);

const nodeById = new Map(nodes.map((node) => [node.id, node]));
const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
const edgesOf = new Map(nodes.map((node) => [node.id, []]));
for (const edge of edges) {
  edgesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
}

// What is held to be so; where nothing is, everything that is said.
const anyPlain = edges.some((edge) => PLAIN.has(edge.status));
const usualStatuses = () => new Set(STATUSES.filter((status) => PLAIN.has(status) || !anyPlain));

/** Who published an article: its publisher, or the host of its address, "" if neither is known. */
function source({ publisher, url }) {
  if (publisher) return publisher;
  try {
    const { protocol, hostname } = new URL(url);
    return /^https?:$/.test(protocol) ? hostname.replace(/^www\./, "") : "";
  } catch {
    return "";
  }
}
const sourceOf = data.articles.map(source);

const state = {
  relations: new Set(edges.map((edge) => edge.label)),
  types: new Set(nodes.map((node) => node.type)),
  statuses: usualStatuses(),
  articles: new Set(data.articles.keys()),
  sources: new Set(data.articles.map(source)),
  from: "", // the first and the last day of articles, "" for any
  until: "",
  least: 0, // confidence
  told: 1, // independent sources of a relation
  around: null, // { id, steps, more }: only what is that near, and the neighbours of the nodes in more
  chosen: null, // { node }, { edge } or { path: [from, to] }
  pointed: null, // the same, under the pointer
  view: "graph",
  group: null, // of a large graph: the number of the group that is open, "all" for the whole, null for the overview
};
let shownNodes = new Set();
let shownEdges = new Set();

const byId = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const counted = (n, one, many) => (n === 1 ? words[one] : fill(words[many], { n: n.toLocaleString(words.lang) }));
const percent = (share) => `${Math.round(share * 100)} %`;
const typeName = (type) => own(words.typeNames, type, type.replace(/([a-zäöü])([A-ZÄÖÜ])/g, "$1 $2"));
const statusName = (status) => own(words.statusNames, status, status);
const arrow = (edge) => (edge.symmetric ? "↔" : "→");

/** An element with properties and children; strings become text, never markup. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && key !== "list") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function button(text, onclick, properties = {}) {
  return make("button", { type: "button", onclick, ...properties }, text);
}

/** Node ids that lie within so many steps of a node, over the edges given. */
function near(start, steps, usable) {
  const found = new Set([start]);
  let rim = [start];
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const id of rim) {
      for (const edge of edgesOf.get(id)) {
        if (!usable(edge)) continue;
        const far = edge.from === id ? edge.to : edge.from;
        if (!found.has(far)) next.push(far);
        found.add(far);
      }
    }
    rim = next;
  }
  return found;
}

/** Whether anything is asked of the sentences behind a relation. */
function asksForProof() {
  return Boolean(state.from || state.until || state.least) || state.articles.size < data.articles.length
    || sourceOf.some((name) => !state.sources.has(name));
}

function proofPasses({ article, confidence }) {
  const { date } = data.articles[article];
  return state.articles.has(article) && state.sources.has(sourceOf[article]) && confidence >= state.least
    && (!state.from || (date !== null && date.slice(0, 10) >= state.from))
    && (!state.until || (date !== null && date.slice(0, 10) <= state.until));
}

function isChosen(id) {
  return Boolean(state.chosen) && (state.chosen.node === id || Boolean(state.chosen.path && state.chosen.path.includes(id)));
}

/** Work out what passes the filters. A node whose edges are all hidden goes with them. */
function sift() {
  const asking = asksForProof();
  const typed = (id) => state.types.has(nodeById.get(id).type);
  const passes = (edge) => state.relations.has(edge.label) && state.statuses.has(edge.status)
    && edge.sources >= state.told && typed(edge.from) && typed(edge.to) && (!asking || edge.evidence.some((index) => proofPasses(data.evidence[index])));
  const within = state.around ? near(state.around.id, state.around.steps, passes) : null;
  for (const id of within ? state.around.more : []) near(id, 1, passes).forEach((one) => within.add(one));
  const reached = (id) => !within || within.has(id);
  shownEdges = new Set(edges.filter((edge) => passes(edge) && reached(edge.from) && reached(edge.to)).map((e) => e.id));
  const kept = (node) => typed(node.id) && reached(node.id)
    && (edgesOf.get(node.id).length === 0 || edgesOf.get(node.id).some((edge) => shownEdges.has(edge.id)));
  shownNodes = new Set(nodes.filter((node) => kept(node) || isChosen(node.id))
    .map((node) => node.id));
}

function countsText() {
  return fill(words.counts, {
    nodes: counted(shownNodes.size, "entityOne", "entityMany"),
    edges: counted(shownEdges.size, "relationOne", "relationMany"),
  });
}
