// The view as part of the address: what is chosen, filtered, focused and how it looks, so that a link restores it.
const nodeByIri = new Map(nodes.map((node) => [node.iri, node]));
const SETS = {
  types: { all: [...new Set(nodes.map((node) => node.type))] },
  relations: { all: [...new Set(edges.map((edge) => edge.label))] },
  statuses: { all: STATUSES },
  sources: { all: [...new Set(sourceOf)] },
  articles: { all: [...data.articles.keys()], write: (index) => data.articles[index].id,
    read: (id) => data.articles.findIndex((article) => article.id === id) },
};
for (const set of Object.values(SETS)) {
  set.write ||= (value) => value;
  set.read ||= (value) => value;
}

/** The view in the form of a query: only what differs from how the page opens. */
function fragment() {
  const found = new URLSearchParams();
  const iri = (id) => nodeById.get(id).iri;
  const { chosen, around } = state;
  if (chosen && chosen.node !== undefined) found.set("node", iri(chosen.node));
  if (chosen && chosen.edge !== undefined) {
    const edge = edgeById.get(chosen.edge);
    for (const [key, value] of [["subject", iri(edge.from)], ["relation", edge.label], ["object", iri(edge.to)], ["status", edge.status]]) {
      found.set(key, value);
    }
  }
  if (chosen && chosen.path) { found.set("path", iri(chosen.path[0])); found.set("to", iri(chosen.path[1])); }
  if (around) {
    found.set("around", iri(around.id));
    found.set("steps", around.steps);
    around.more.forEach((id) => found.append("more", iri(id)));
  }
  for (const [key, { all, write }] of Object.entries(SETS)) {
    const usual = key === "statuses" ? usualStatuses() : new Set(all);
    if (all.every((value) => usual.has(value) === state[key].has(value))) continue;
    const [on, off] = [all.filter((value) => state[key].has(value)), all.filter((value) => !state[key].has(value))];
    // Whichever is shorter; nothing at all is told by what is left out.
    if (on.length && on.length < off.length) on.forEach((value) => found.append(key, write(value)));
    else off.forEach((value) => found.append(`no-${key}`, write(value)));
  }
  if (state.told > 1) found.set("told", state.told);
  for (const [key, name] of [["from", "since"], ["until", "until"], ["least", "least"]]) if (state[key]) found.set(name, state[key]);
  if (byId("search").value.trim() && !chosen) found.set("q", byId("search").value.trim());
  if (state.group !== null) found.set("group", state.group);
  if (state.view !== "graph") found.set("view", state.view);
  if (themed) found.set("theme", document.documentElement.dataset.theme);
  return found.toString();
}

/** Bring the page into the state that a fragment tells; what it does not know stays as it is usually. */
function restore(text) {
  const given = new URLSearchParams(text);
  const known = (name) => nodeByIri.get(given.get(name) ?? "");
  setUsual();
  for (const [key, { all, read }] of Object.entries(SETS)) {
    const [on, off] = [given.getAll(key), given.getAll(`no-${key}`)].map((values) => values.map(read));
    if (on.length) state[key] = new Set(all.filter((value) => on.includes(value)));
    else if (off.length) state[key] = new Set(all.filter((value) => !off.includes(value)));
  }
  const told = Number(given.get("told"));
  if (Number.isInteger(told) && told > 1) state.told = told;
  const day = (name) => (/^\d{4}-\d\d-\d\d$/.test(given.get(name) || "") ? given.get(name) : "");
  state.from = day("since");
  state.until = day("until");
  state.least = Math.min(Math.max(Number(given.get("least")) || 0, 0), 1);
  if (known("around")) {
    const steps = Math.min(Math.max(Math.round(Number(given.get("steps"))) || 1, 1), 9);
    const more = given.getAll("more").filter((iri) => nodeByIri.has(iri)).map((iri) => nodeByIri.get(iri).id);
    state.around = { id: known("around").id, steps, more };
  }
  const group = given.get("group");
  if (groups.length && (group === WHOLE || groups[Number(group ?? NaN)])) state.group = group === WHOLE ? WHOLE : Number(group);
  if (["light", "dark"].includes(given.get("theme"))) { themed = true; setTheme(given.get("theme")); }
  byId("search").value = given.get("q") || "";
  buildFilters();
  state.chosen = null;
  byId("panel").hidden = true;
  apply();
  show(given.get("view") === "table" ? "table" : "graph");
  showAll();
  const [from, to] = [known("subject"), known("object")];
  const edge = from && to && edges.find((one) => one.from === from.id && one.to === to.id && one.label === given.get("relation")
    && one.status === given.get("status"));
  if (known("node")) choose({ node: known("node").id });
  else if (edge) choose({ edge: edge.id });
  else if (known("path") && known("to")) choose({ path: [known("path").id, known("to").id] });
}
let themed = false; // whether somebody chose the look

let noting = null;
let noted = location.hash.slice(1);

/** Write the view into the address, a moment later: browsers allow that only so often. */
function noteView() {
  clearTimeout(noting);
  noting = setTimeout(() => {
    noted = fragment();
    try {
      history.replaceState(null, "", address());
    } catch {
      // A frame without an address of its own.
    }
  }, 200);
}

function address() {
  const text = fragment();
  return location.href.split("#")[0] + (text ? `#${text}` : "");
}

async function copyLink() {
  const text = address();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { value: text, className: "unseen" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  tellShort(words.copied);
}

/** A line that says what was done, for some seconds. */
function tellShort(text) {
  byId("news").textContent = text;
  byId("toast").textContent = text;
  byId("toast").hidden = false;
  clearTimeout(telling);
  telling = setTimeout(() => { byId("toast").hidden = true; }, 2500);
}
let telling = null;

function startLink() {
  byId("share").querySelector("summary").append(sign("M12 15V4 M8 7.5 12 3.5l4 4 M5 12v7.5h14V12"));
  byId("share").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closeShare();
    byId("share").querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#share")) closeShare(); });
  const usable = /^(file|https?):$/.test(location.protocol);
  byId("copy-link").hidden = !usable;
  byId("copy-link").addEventListener("click", () => { closeShare(); copyLink(); });
  if (!usable) return;
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) !== noted) restore(location.hash.slice(1));
  });
  if (location.hash.length > 1) restore(location.hash.slice(1));
}

function closeShare() {
  byId("share").open = false;
}
