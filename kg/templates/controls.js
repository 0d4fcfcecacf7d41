// Search, table, theme and keys.
const TABLE_STEP = 300;
let tableLimit = TABLE_STEP;
let order = { column: 0, up: true };

/** Bring picture, table and counts in line with the filters. */
function apply() {
  sift();
  frame();
  tellTrail();
  byId("counts").textContent = countsText();
  byId("canvas").setAttribute("aria-label", fill(words.pictureLabel, { counts: countsText() }));
  refreshPicture();
  if (state.view === "table") fillTable();
  const gone = nodes.length > 0 && shownNodes.size === 0;
  byId("message").hidden = nodes.length > 0 && !gone;
  if (gone) byId("message").replaceChildren(make("strong", {}, words.nothingLeft), button(words.reset, resetFilters));
  byId("reset").hidden = isUsual();
  if (state.chosen) fillPanel();
  noteView();
}

// Search

const fold = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const names = nodes.map((node) => ({ node, keys: [node.label, ...node.aliases].map((name) => [fold(name), name]) }));
let hits = [];
let active = -1;

function find(text) {
  const query = fold(text.trim());
  if (!query) return [];
  const rank = (key) => (key === query ? 0 : key.startsWith(query) ? 1 : key.split(/[\s-]/).some((word) => word.startsWith(query)) ? 2
    : key.includes(query) ? 3 : 9);
  return names.map(({ node, keys }) => {
    const [score, index] = keys.map(([key], i) => [rank(key), i]).sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
    return { node, score, via: index ? keys[index][1] : "" };
  }).filter((hit) => hit.score < 9).sort((a, b) => a.score - b.score || b.node.weight - a.node.weight || a.node.id - b.node.id).slice(0, 8);
}

function listHits() {
  const box = byId("search");
  hits = find(box.value);
  active = hits.length ? 0 : -1;
  const rows = hits.map((hit, index) => make("li", { id: `hit-${index}`, role: "option", onmousedown: (event) => event.preventDefault(),
    onclick: () => take(index) }, symbol(kinds[hit.node.type], 20), make("span", {}, hit.node.label),
    make("span", { className: "also" }, hit.via || typeName(hit.node.type))));
  byId("hits").replaceChildren(...(rows.length ? rows : [make("li", { role: "presentation" }, words.noHit)]));
  openHits(box.value.trim() !== "");
  noteView();
}

function openHits(open) {
  byId("hits").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  [...byId("hits").children].forEach((row, index) => row.setAttribute("aria-selected", String(index === active)));
  if (open && active >= 0) byId("search").setAttribute("aria-activedescendant", `hit-${active}`);
  else byId("search").removeAttribute("aria-activedescendant");
}

function take(index) {
  const hit = hits[index];
  if (!hit) return;
  byId("search").value = hit.node.label;
  openHits(false);
  if (!shownNodes.has(hit.node.id) && state.around) { state.around = null; apply(); }
  choose({ node: hit.node.id });
}

function searchKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (hits.length) active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
    openHits(hits.length > 0);
  } else if (event.key === "Enter") {
    take(active);
  }
}

// Table

const COLUMNS = [
  ["subject", (edge) => nodeById.get(edge.from).label], ["relation", (edge) => edge.label],
  ["object", (edge) => nodeById.get(edge.to).label], ["status", (edge) => statusName(edge.status)],
  ["confidence", (edge) => edge.confidence ?? -1], ["sentences", (edge) => edge.weight],
  ["first", (edge) => edge.first || ""], ["last", (edge) => edge.last || ""],
];

function fillTable() {
  const value = COLUMNS[order.column][1];
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, words.lang));
  const rows = edges.filter((edge) => shownEdges.has(edge.id))
    .sort((a, b) => (order.up ? 1 : -1) * compare(value(a), value(b)) || a.id - b.id);
  const heads = COLUMNS.map(([key], index) => make("th", { scope: "col", className: index === 4 || index === 5 ? "number" : "",
    "aria-sort": index === order.column ? (order.up ? "ascending" : "descending") : "none" },
  button(words[key] + (index === order.column ? (order.up ? " ↑" : " ↓") : ""), () => {
    order = { column: index, up: index === order.column ? !order.up : true };
    fillTable();
    byId("listing").querySelectorAll("thead button")[index].focus();
  })));
  const table = make("table", {}, make("caption", {}, words.tableCaption), make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows.slice(0, tableLimit).map(tableRow)));
  const rest = rows.length - tableLimit;
  byId("listing").replaceChildren(table, ...(rest > 0 ? [button(fill(words.more, { n: Math.min(rest, TABLE_STEP) }), () => {
    tableLimit += TABLE_STEP;
    fillTable();
  }, { id: "more" })] : []));
  markRow();
}

function tableRow(edge) {
  const name = (id) => button(nodeById.get(id).label, () => choose({ node: id }));
  const row = make("tr", { onclick: (event) => { if (!event.target.closest("button")) choose({ edge: edge.id }); } },
    make("th", { scope: "row" }, name(edge.from)),
    make("td", { className: "relation" }, button(edge.label, () => choose({ edge: edge.id }, { focus: true }))),
    make("td", {}, name(edge.to)), make("td", {}, badge(edge.status)),
    make("td", { className: "number" }, edge.confidence === null ? "" : percent(edge.confidence)),
    make("td", { className: "number" }, String(edge.weight)),
    make("td", { className: "day" }, edge.first || ""), make("td", { className: "day" }, edge.last || ""));
  row.dataset.edge = edge.id;
  return row;
}

function markRow() {
  const id = state.chosen && state.chosen.edge !== undefined ? String(state.chosen.edge) : null;
  for (const row of byId("listing").querySelectorAll("tbody tr")) row.classList.toggle("chosen", row.dataset.edge === id);
}

function show(view) {
  state.view = view;
  document.body.dataset.view = view;
  byId("picture").hidden = view !== "graph";
  byId("listing").hidden = view !== "table";
  byId("show-graph").setAttribute("aria-pressed", String(view === "graph"));
  byId("show-table").setAttribute("aria-pressed", String(view === "table"));
  if (view === "table") fillTable();
  noteView();
}

// Theme and keys

const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const SUN = "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z M12 3v2 M12 19v2 M3 12h2 M19 12h2 M5.6 5.6 7 7 M17 17l1.4 1.4 M5.6 18.4 7 17 M17 7l1.4-1.4";
const MOON = "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z";

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").replaceChildren(sign(theme === "dark" ? SUN : MOON));
  recolor();
}

function toggleFilters(open = !byId("filters").classList.contains("open")) {
  byId("filters").classList.toggle("open", open);
  byId("filters-button").setAttribute("aria-expanded", String(open));
}

function keyPressed(event) {
  if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    byId("search").focus();
    byId("search").select();
  } else if (event.key === "Escape") {
    if (!byId("hits").hidden) openHits(false);
    else if (byId("filters").classList.contains("open")) toggleFilters(false);
    else closePanel();
  }
}

function start() {
  for (const [id, path] of [["zoom-in", "M12 6v12 M6 12h12"], ["zoom-out", "M6 12h12"],
    ["fit", "M5 9V5h4 M15 5h4v4 M19 15v4h-4 M9 19H5v-4"]]) byId(id).append(sign(path));
  setTheme(darkSystem.matches ? "dark" : "light");
  darkSystem.addEventListener("change", () => { if (!themed) setTheme(darkSystem.matches ? "dark" : "light"); });
  byId("theme").addEventListener("click", () => {
    themed = true;
    setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    noteView();
  });
  document.addEventListener("keydown", keyPressed);
  buildTrail();
  buildFilters();
  apply();
  if (nodes.length === 0) {
    byId("message").replaceChildren(make("strong", {}, words.empty), make("span", {}, words.emptyMore));
    for (const part of [byId("filters"), byId("filters-button"), byId("help"), byId("share"), document.querySelector(".zoom"),
      document.querySelector(".search"), document.querySelector(".switch")]) part.hidden = true;
    return;
  }
  byId("search").addEventListener("input", listHits);
  byId("search").addEventListener("keydown", searchKey);
  byId("search").addEventListener("blur", () => openHits(false));
  byId("show-graph").addEventListener("click", () => show("graph"));
  byId("show-table").addEventListener("click", () => show("table"));
  byId("filters-button").addEventListener("click", () => toggleFilters());
  byId("canvas").addEventListener("pointerdown", () => toggleFilters(false));
  const zoom = (factor) => { moved = true; network.moveTo({ scale: network.getScale() * factor }); };
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => showAll());
  openPicture();
  startExport();
  startLink();
}

start();
