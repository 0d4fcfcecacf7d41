// The shortest path between two names, and the sentences along it.
let picking = null; // the name that a path is to start from, until the other end is chosen

/** Edges from one node to another, as few as there are over what is shown; null if there is no way. */
function shortestPath(from, to) {
  const cameBy = new Map([[from, null]]);
  let rim = [from];
  while (rim.length && !cameBy.has(to)) {
    const next = [];
    for (const id of rim) {
      const ways = edgesOf.get(id).filter((edge) => shownEdges.has(edge.id)).sort((a, b) => b.weight - a.weight || a.id - b.id);
      for (const edge of ways) {
        const far = edge.from === id ? edge.to : edge.from;
        if (cameBy.has(far)) continue;
        cameBy.set(far, edge);
        next.push(far);
      }
    }
    rim = next;
  }
  if (!cameBy.has(to)) return null;
  const found = [];
  for (let id = to; id !== from;) {
    const edge = cameBy.get(id);
    found.unshift(edge);
    id = edge.from === id ? edge.to : edge.from;
  }
  return found;
}

/** Nodes and edges along a path, for the picture. */
function alongPath([from, to]) {
  const steps = shortestPath(from, to) || [];
  return { nodes: new Set([from, to, ...steps.flatMap((edge) => [edge.from, edge.to])]), edges: new Set(steps.map((edge) => edge.id)) };
}

function startPicking(id) {
  picking = id;
  choose({ node: id });
  byId("search").value = "";
  byId("search").placeholder = fill(words.pathHint, { name: nodeById.get(id).label });
  byId("search").focus();
  byId("news").textContent = fill(words.pathHint, { name: nodeById.get(id).label });
}

function stopPicking() {
  picking = null;
  byId("search").placeholder = words.searchHint;
}

/** What a choice means while the other end of a path is sought. */
function asPath(target) {
  if (picking === null || !target || target.node === undefined || target.node === picking) return target;
  const path = [picking, target.node];
  stopPicking();
  return { path };
}

function pathButton(node) {
  if (picking !== node.id) return button(words.pathTo, () => startPicking(node.id), { id: "path-to" });
  return make("div", { className: "picking" }, make("span", {}, words.pathPick),
    button(words.cancel, () => { stopPicking(); fillPanel(); byId("path-to").focus(); }));
}

function pathText([from, to]) {
  const steps = shortestPath(from, to);
  return `${fill(words.pathBetween, { from: nodeById.get(from).label, to: nodeById.get(to).label })} · ${
    steps ? counted(steps.length, "steps1", "stepsMany") : words.noPath}`;
}

function pathPanel(path) {
  const steps = shortestPath(...path);
  const [from, to] = path;
  const rows = [];
  let at = from;
  for (const edge of steps || []) {
    const onward = edge.from === at;
    at = onward ? edge.to : edge.from;
    const proofs = edge.evidence.map((index) => data.evidence[index]).filter((proof) => !asksForProof() || proofPasses(proof));
    rows.push(make("li", {}, make("div", { className: "via" },
      button(`${edge.symmetric ? "↕" : onward ? "↓" : "↑"} ${edge.label}`, () => choose({ edge: edge.id }, { focus: true }),
        { "aria-label": sentence(edge) }), PLAIN.has(edge.status) ? null : badge(edge.status),
      proofs.length ? card(proofs[0]) : make("p", { className: "kind" }, words.noEvidence)), end(at)));
  }
  return [
    make("div", { className: "top" }, make("div", {}, make("h2", {}, fill(words.pathBetween, {
      from: nodeById.get(from).label, to: nodeById.get(to).label })),
    make("p", { className: "kind" }, steps ? counted(steps.length, "steps1", "stepsMany") : words.noPath)), closer()),
    ...(steps ? [make("ol", { className: "triple path" }, make("li", {}, end(from)), ...rows)] : []),
  ];
}
