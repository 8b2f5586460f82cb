// The chain of the GRU and the tree of the scan: one node a state, its units as a column of colours.

function stateNode(x, y, values, limit, scales, attributes) {
  const unit = CELL / values.length;
  return svg("g", { class: "node", ...attributes }, svg("g", { class: "cells" }, ...values.map((value, u) => svg("rect", { x: x - 18, y: y + u * unit, width: 36, height: unit + 0.3, fill: css(scales.signed(0.5 + value / limit / 2)), "data-u": u }))),
    svg("rect", { class: "frame", x: x - 18.5, y: y - 0.5, width: 37, height: CELL + 1, rx: 2 }), svg("rect", { class: "ring", x: x - 22, y: y - 4, width: 44, height: CELL + 8, rx: 6 }));
}

/** `at(values, r, t, u)` reads a number. Returns the nodes: { group, lane, r, t, done }, and the names of the rounds. */
function drawScan(g, data, { a, b, gru, at }, scales, picture) {
  const { words, units, text } = data, n = words.length, last = data.gaps.length, out = [], nodes = [], names = [], unitsOf = (read) => Array.from({ length: units }, (_, u) => read(u));
  const label = (x, y) => words.flatMap((word, t) => [svg("text", { class: "word", x: x(t), y: y + (word.gloss && !g.stacked ? 46 : 50), lang: "ja" }, shorten(ruler(picture), word.text, g.pitch - 4, "600 17px") || "·"), word.gloss && !g.stacked && g.pitch > 60 ? svg("text", { class: "note middle", x: x(t), y: y + 64 }, shorten(ruler(picture), word.gloss, g.pitch - 2, "13px")) : null]);
  out.push(svg("text", { class: "lane", x: g.axis, y: 18 }, text.chain), svg("text", { class: "lane", x: g.start, y: g.down + 18 }, text.tree), ...label(g.chain, 0), ...label(g.tree, g.down));
  const name = (x, y, r) => { const one = svg("text", { class: "round", x, y: y + CELL / 2 + 5, "data-r": r }, String(r)); names.push(one); out.push(one); };
  for (let r = 0; r <= n; r++) {
    out.push(svg("path", { class: "row", d: `M${g.axis} ${g.y(r) - 10}h${g.lane}${r <= last ? `M${g.start} ${g.deep(r) - 10}h${g.lane}` : ""}` }));
    name(g.axis / 2 - 4, g.y(r), r);
    if (r <= last) { name(g.second, g.deep(r), r); out.push(svg("text", { class: "note middle", x: g.second, y: g.deep(r) + CELL / 2 + 22 }, fill(text.reads, { count: Math.min(n, 2 ** r) }))); }
  }
  for (let t = 0; t < n; t++) {  // in the chain h_t is made in round t
    const [x, r] = [g.chain(t), t + 1], group = stateNode(x, g.y(r), unitsOf((u) => gru[t * units + u]), 1, scales, { "data-lane": "chain", "data-r": r, "data-t": t });
    out.push(svg("path", { class: "wait", d: `M${x} ${g.y(0) - 8}V${g.y(r) - 8}` }));
    if (t) group.prepend(svg("path", { class: "wire", d: `M${g.chain(t - 1) + 22} ${g.y(r - 1) + 22}H${x - 8}V${g.y(r) - 12}` }), svg("path", { class: "arrow", d: `M${x - 8} ${g.y(r) - 4}l-5 -10h10z` }));
    group.append(svg("text", { class: "note count", x: x - 24, y: g.y(r) + 26, "text-anchor": "end" }, ...mathSpans(`h_${r}`)));
    nodes.push({ group, lane: "chain", r, t, done: true });
  }
  for (let r = 0; r <= last; r++) for (let t = 0; t < n; t++) {
    const [x, gap] = [g.tree(t), data.gaps[r - 1]], from = g.deep(r - 1) + CELL + 2;
    const group = stateNode(x, g.deep(r), unitsOf((u) => at(b, r, t, u)), data.limit, scales, { "data-lane": "tree", "data-r": r, "data-t": t });
    if (r) group.prepend(svg("path", { class: t >= gap ? "wire" : "carry", d: `M${x} ${from}V${g.deep(r) - (t >= gap ? 10 : 3)}` }));
    if (r && t >= gap) group.prepend(svg("path", { class: "wire", d: `M${g.tree(t - gap)} ${from}L${x - 4} ${g.deep(r) - 9}` }), svg("path", { class: "arrow", d: `M${x} ${g.deep(r) - 2}l-6 -10h12z` }));
    nodes.push({ group, lane: "tree", r, t, done: joined(r, t) === t + 1 });
  }
  const guess = data.guess === null ? [] : [svg("path", { class: "guess", d: `M${g.start} ${g.down + g.top + ROW * data.guess + CELL + 10}h${g.lane}` }), svg("text", { class: "guess-name", x: g.start + g.lane - 4, y: g.down + g.top + ROW * data.guess + CELL + 5 }, text.guess)];
  picture.replaceChildren(...[...out, ...nodes.map((one) => one.group), ...guess].filter(Boolean));
  return { nodes, names };
}
