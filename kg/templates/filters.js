// The filters: by type, status, relation, article, source, day and confidence.
const FILTER_ROWS = 12; // more sources or articles than that are cut short, and can be searched

/** Values with their counts, the most frequent first. */
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0]), words.lang));
}

function dashSample(status) {
  const line = svg("line", { x1: 1, y1: 8, x2: 29, y2: 8, "stroke-width": 2, stroke: "currentColor",
    "stroke-dasharray": (DASHES[status] || []).map((n) => n * 0.8).join(" ") });
  const box = svg("svg", { viewBox: "0 0 30 16", width: 30, height: 16, "aria-hidden": "true" }, line);
  box.style.color = PLAIN.has(status) ? "var(--soft)" : status === "negated" ? "var(--negated)"
    : status === "planned" || status === "requested" ? "var(--planned)" : "var(--doubt)";
  return box;
}

/** A group of boxes to tick; long ones show the most frequent values, and what is typed into the field above them. */
function filterGroup(heading, chosen, rows, describe, most = rows.length) {
  const list = make("div", {});
  const tick = ([value, count]) => {
    const box = make("input", { type: "checkbox", checked: chosen.has(value), onchange: () => {
      if (box.checked) chosen.add(value); else chosen.delete(value);
      line.classList.toggle("off", !box.checked);
      apply();
    } });
    const { text, image = null, help = "" } = describe(value);
    const line = make("label", { title: help, className: box.checked ? "" : "off" }, box, image,
      make("span", { className: "what" }, text), make("span", { className: "count" }, count.toLocaleString(words.lang)));
    return line;
  };
  const long = rows.length > most;
  let limit = long ? most - 2 : rows.length;
  const narrow = make("input", { type: "search", className: "narrow", placeholder: words.narrow, "aria-label": `${heading}: ${words.narrow}`,
    oninput: () => refill() });
  const refill = () => {
    const typed = fold(narrow.value.trim());
    const fitting = typed ? rows.filter(([value]) => fold(describe(value).text).includes(typed)) : rows;
    const rest = fitting.length - limit;
    list.replaceChildren(...fitting.slice(0, limit).map(tick), ...(rest > 0 ? [button(fill(words.more, { n: rest > 100 ? 100 : rest }),
      () => { limit += 100; refill(); }, { className: "more" })] : []));
  };
  refill();
  const set = (on) => {
    for (const [value] of rows) if (on) chosen.add(value); else chosen.delete(value);
    refill();
    apply();
  };
  const head = make("header", {}, make("h2", {}, heading),
    make("span", {}, button(words.all, () => set(true), { "aria-label": `${heading}: ${words.all}` }),
      button(words.none, () => set(false), { "aria-label": `${heading}: ${words.none}` })));
  return make("section", { "aria-label": heading }, head, long ? narrow : null, list);
}

/** From which day to which day, where the articles' days differ. */
function dayGroup() {
  const days = [...new Set(data.articles.map(({ date }) => (date || "").slice(0, 10)).filter(Boolean))].sort();
  if (days.length < 2) return null;
  const field = (key, name) => make("label", { className: "day" }, make("span", { className: "what" }, name),
    make("input", { type: "date", value: state[key], min: days[0], max: days[days.length - 1], onchange: (event) => {
      state[key] = event.target.value;
      apply();
    } }));
  return make("section", { "aria-label": words.days }, make("header", {}, make("h2", {}, words.days)),
    field("from", words.from), field("until", words.until));
}

function leastGroup() {
  if (data.evidence.length === 0) return null;
  const shown = make("span", { className: "count" });
  const tell = () => { shown.textContent = state.least ? fill(words.atLeast, { share: percent(state.least) }) : words.any; };
  const slide = make("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": words.least, oninput: () => {
    state.least = Number(slide.value) / 100;
    slide.setAttribute("aria-valuetext", percent(state.least));
    tell();
    apply();
  } });
  slide.value = Math.round(state.least * 100);
  tell();
  return make("section", { "aria-label": words.least }, make("header", {}, make("h2", {}, words.least), shown),
    make("label", { className: "slide" }, slide));
}

/** From how many independent sources on, where some relation has several. */
function toldGroup() {
  const most = Math.max(1, ...edges.map((edge) => edge.sources));
  if (most < 2) return null;
  const shown = make("span", { className: "count" });
  const tell = () => { shown.textContent = state.told > 1 ? fill(words.atLeast, { share: state.told }) : words.any; };
  const slide = make("input", { type: "range", min: 1, max: most, step: 1, "aria-label": words.independent, oninput: () => {
    state.told = Number(slide.value);
    tell();
    apply();
  } });
  slide.value = state.told;
  tell();
  return make("section", { "aria-label": words.independent }, make("header", {}, make("h2", {}, words.independent), shown),
    make("label", { className: "slide" }, slide));
}

function buildFilters() {
  const statuses = tally(edges.map((edge) => edge.status)).sort((a, b) => STATUSES.indexOf(a[0]) - STATUSES.indexOf(b[0]));
  const spoken = data.evidence.map(({ article }) => article);
  const sources = tally(spoken.map((article) => sourceOf[article]));
  byId("filters").replaceChildren(...[
    filterGroup(words.types, state.types, tally(nodes.map((node) => node.type)),
      (type) => ({ text: typeName(type), image: symbol(kinds[type], 20) })),
    filterGroup(words.statuses, state.statuses, statuses,
      (status) => ({ text: statusName(status), image: dashSample(status), help: own(words.statusHelp, status, "") })),
    dayGroup(),
    leastGroup(),
    toldGroup(),
    filterGroup(words.relations, state.relations, tally(edges.map((edge) => edge.label)), (label) => ({ text: label })),
    sources.length > 1 ? filterGroup(words.sources, state.sources, sources, (name) => ({ text: name || words.noSource }), FILTER_ROWS) : null,
    data.articles.length > 1 ? filterGroup(words.articles, state.articles, tally(spoken), (index) => {
      const { id, title, date } = data.articles[index];
      return { text: title || id, help: [title || id, date, sourceOf[index]].filter(Boolean).join(" · ") };
    }, FILTER_ROWS) : null,
    button(words.reset, resetFilters, { id: "reset" })].filter(Boolean));
}

function setUsual() {
  state.relations = new Set(edges.map((edge) => edge.label));
  state.types = new Set(nodes.map((node) => node.type));
  state.statuses = usualStatuses();
  state.articles = new Set(data.articles.keys());
  state.sources = new Set(sourceOf);
  state.from = state.until = "";
  state.least = 0;
  state.told = 1;
  state.group = null;
  state.around = null;
}

function isUsual() {
  return !state.around && state.told === 1 && !asksForProof() && edges.every((edge) => state.relations.has(edge.label))
    && nodes.every((node) => state.types.has(node.type))
    && STATUSES.every((status) => state.statuses.has(status) === usualStatuses().has(status));
}

function resetFilters() {
  setUsual();
  buildFilters();
  apply();
  showAll();
}
