// The panel: every sentence behind a relation, every relation of a name.
let cameFrom = null; // where the keyboard was before the panel opened

let moving = null;

/** Open the panel on something; ``wait`` milliseconds before the picture moves. */
function choose(target, { focus = false, wait = 0 } = {}) {
  target = asPath(target);
  if (!target || target.node !== picking) stopPicking();
  state.chosen = target;
  state.pointed = null;
  if (target && target.node !== undefined && !shownNodes.has(target.node)) apply();
  if (target) openAround(target);
  relight();
  markRow();
  if (!target) return closePanel();
  byId("help").hidden = true;
  if (byId("panel").hidden) cameFrom = document.activeElement;
  const panel = byId("panel");
  fillPanel();
  panel.hidden = false;
  panel.scrollTop = 0;
  const edge = target.edge !== undefined ? edgeById.get(target.edge) : null;
  const ends = [...spotlight().nodes];
  const wanted = (ends.length <= 30 || target.path ? ends : [target.node]).filter((id) => drawnNodes.has(id));
  clearTimeout(moving);
  if (wait) moving = setTimeout(() => { if (state.chosen === target) reveal(wanted); }, wait);
  else reveal(wanted);
  if (focus) panel.focus();
  noteView();
  byId("news").textContent = edge ? sentence(edge) : target.path ? pathText(target.path) : nodeById.get(target.node).label;
}

function fillPanel() {
  const { edge, node, path } = state.chosen;
  if (path) return byId("panel").replaceChildren(...pathPanel(path));
  byId("panel").replaceChildren(...(edge !== undefined ? edgePanel(edgeById.get(edge)) : nodePanel(nodeById.get(node))));
}

function closePanel() {
  const alone = state.chosen && groups.length > 0 && groupAround(state.chosen) === null;
  state.chosen = null;
  stopPicking();
  if (alone) { frame(); refreshPicture(); tellTrail(); showAll(); }
  byId("panel").hidden = true;
  byId("panel").replaceChildren();
  relight();
  markRow();
  noteView();
  if (cameFrom && cameFrom.isConnected && cameFrom !== document.body) cameFrom.focus();
  cameFrom = null;
}

function sentence(edge) {
  return `${nodeById.get(edge.from).label} ${edge.label} ${nodeById.get(edge.to).label}`;
}

function closer() {
  const close = button("", closePanel, { className: "round", title: words.close, "aria-label": words.close });
  close.append(sign("M6 6l12 12 M18 6L6 18"));
  return close;
}

function badge(status) {
  return make("span", { className: `badge ${STATUSES.includes(status) ? status : ""}`, title: own(words.statusHelp, status, "") }, statusName(status));
}

function certainty(share) {
  return make("span", { className: "meter", title: words.confidence },
    make("meter", { min: 0, max: 1, value: share, "aria-label": words.confidence }), percent(share));
}

function end(id) {
  const node = nodeById.get(id);
  return make("div", { className: "end" }, symbol(kinds[node.type], 24), button(node.label, () => choose({ node: id }, { focus: true })));
}

function edgePanel(edge) {
  const all = edge.evidence.map((index) => data.evidence[index]);
  const proofs = asksForProof() ? all.filter(proofPasses) : all;
  const dates = [edge.first, edge.last].filter(Boolean);
  const span = dates.length === 2 && dates[0] !== dates[1] ? `${dates[0]} – ${dates[1]}` : dates[0];
  return [
    make("div", { className: "top" },
      make("div", { className: "triple" }, make("h2", { className: "unseen" }, sentence(edge)),
        end(edge.from), make("div", { className: "via" }, `${edge.label} ${arrow(edge)}`), end(edge.to)),
      closer()),
    make("div", { className: "facts" }, badge(edge.status), edge.confidence === null ? null : certainty(edge.confidence),
      span ? make("span", {}, span) : null,
      new Set(all.map(({ article }) => article)).size > 1
        ? make("span", {}, counted(edge.sources, "sourceOne", "sourceMany")) : null),
    make("h3", {}, `${words.evidence} · ${counted(proofs.length, "evidenceOne", "evidenceMany")}`),
    proofs.length ? make("p", { className: "key" }, ...["subject", "predicate", "object"].map((part) =>
      make("span", {}, make("mark", { className: part }, { subject: words.subject, predicate: words.relation, object: words.object }[part])))) : null,
    ...(proofs.length ? folded(proofs).map(([proof, prints]) => card(proof, prints)) : [make("p", { className: "kind" }, words.noEvidence)].slice(all.length)),
    all.length > proofs.length ? make("p", { className: "kind" },
      counted(all.length - proofs.length, "filteredOne", "filteredMany")) : null,
  ].filter(Boolean);
}

/** The sentence with its words marked; offsets count code points, as Python does. */
function quote(proof) {
  const letters = Array.from(proof.quote);
  const parts = [];
  let done = 0;
  for (const [start, stop, role] of proof.marks) {
    if (start < done) continue;
    parts.push(letters.slice(done, start).join(""), make("mark", { className: role }, letters.slice(start, stop).join("")));
    done = stop;
  }
  return make("blockquote", {}, ...parts, letters.slice(done).join(""));
}

/** Each sentence once for all prints of a text, with the other articles that print it. */
function folded(proofs) {
  const found = new Map();
  for (const proof of proofs) {
    const { id, first } = data.articles[proof.article];
    const key = JSON.stringify([first ?? id, proof.quote, proof.marks, proof.status]);
    if (found.has(key)) found.get(key)[1].push(data.articles[proof.article]);
    else found.set(key, [proof, []]);
  }
  return [...found.values()];
}

function card(proof, prints = []) {
  const article = data.articles[proof.article];
  return make("article", { className: "card" }, quote(proof),
    make("p", { className: "from" }, make("span", { className: "title" }, article.title || article.id),
      article.publisher ? ` · ${article.publisher}` : null, article.date ? ` · ${article.date}` : null,
      article.url ? make("span", { className: "address" }, article.url) : null),
    prints.length ? make("p", { className: "from prints" }, fill(words.alsoPrinted,
      { names: prints.map(({ id, title }) => title || id).join(", ") })) : null,
    make("div", { className: "facts" }, badge(proof.status),
      proof.by ? make("span", {}, fill(words.saidBy, { name: proof.by })) : null, certainty(proof.confidence)),
    proof.added.length ? make("dl", { className: "added" }, ...proof.added.flatMap(([kind, text]) =>
      [make("dt", {}, own(words.qualifiers, kind, kind)), make("dd", {}, text)])) : null,
    proof.reasons.length ? make("details", {}, make("summary", {}, words.reasons),
      make("ul", {}, ...proof.reasons.map((reason) => make("li", {}, reason)))) : null);
}

function nodePanel(node) {
  const related = edgesOf.get(node.id).filter((edge) => shownEdges.has(edge.id))
    .sort((a, b) => a.label.localeCompare(b.label, words.lang) || b.weight - a.weight || a.id - b.id);
  const near = (steps, text) => button(text, () => lookAround(steps ? node.id : null, steps), {
    "aria-pressed": String(steps ? Boolean(state.around && state.around.id === node.id && state.around.steps === steps) : !state.around) });
  return [
    make("div", { className: "top" }, symbol(kinds[node.type], 34),
      make("div", {}, make("h2", {}, node.label), make("p", { className: "kind" }, typeName(node.type))), closer()),
    ...(node.aliases.length ? [make("h3", {}, words.aliases),
      make("ul", { className: "aliases" }, ...node.aliases.map((alias) => make("li", {}, alias)))] : []),
    make("h3", {}, `${words.relationsOf} · ${related.length}`),
    related.length ? make("ul", { className: "rows" }, ...related.map((edge) => make("li", {}, relationRow(edge, node.id))))
      : make("p", { className: "kind" }, words.noRelations),
    make("h3", {}, words.around),
    make("div", { className: "steps" }, near(1, words.steps1), near(2, words.steps2), near(0, words.everything),
      state.around && state.around.id !== node.id ? button(words.expand, () => expand(node.id),
        { "aria-pressed": String(state.around.more.includes(node.id)) }) : null, pathButton(node)),
    ...(node.iri ? [make("h3", {}, words.identifier), make("p", { className: "iri" }, node.iri)] : []),
    ...(node.same.length ? [make("h3", {}, words.same), make("ul", { className: "iri" }, ...node.same.map((iri) =>
      make("li", {}, elsewhere(iri))))] : []),
  ];
}

/** An item of Wikidata as a link; any other address stays text. */
function elsewhere(iri) {
  const item = /^(?:https:\/\/www\.wikidata\.org\/(?:wiki|entity)|http:\/\/www\.wikidata\.org\/entity)\/(Q[1-9]\d*)$/.exec(iri);
  return item ? make("a", { href: `https://www.wikidata.org/wiki/${item[1]}`, target: "_blank", rel: "noopener noreferrer" },
    `Wikidata ${item[1]}`) : iri;
}

function relationRow(edge, id) {
  const outward = edge.from === id;
  const far = nodeById.get(outward ? edge.to : edge.from).label;
  const verb = make("span", { className: "verb" }, edge.label);
  const text = outward || edge.symmetric ? [verb, ` ${far}`] : [make("strong", {}, far), " ", verb, ` ${nodeById.get(id).label}`];
  if (outward || edge.symmetric) text[1] = make("strong", {}, ` ${far}`);
  const row = button("", () => choose({ edge: edge.id }, { focus: true }), { className: "row" });
  row.append(...text);
  if (!PLAIN.has(edge.status)) row.append(badge(edge.status));
  if (edge.weight > 1) row.append(make("span", { className: "n", title: words.sentences }, `× ${edge.weight}`));
  return row;
}

/** Show only what lies within some steps of a node; null shows everything again. */
function lookAround(id, steps) {
  state.around = id === null ? null : { id, steps, more: [] };
  apply();
  showAll();
  if (id !== null) choose({ node: id });
  else if (state.chosen) choose(state.chosen);
}

/** Show a node's neighbours as well; where everything is shown, nothing but them. */
function expand(id) {
  if (!state.around) return lookAround(id, 1);
  if (state.around.id !== id && !state.around.more.includes(id)) state.around.more.push(id);
  apply();
  showAll();
  return choose({ node: id });
}
