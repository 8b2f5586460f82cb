// What a step changes of a scene: which states are there, what the chosen word attends to, what comes next.

const named = (...names) => names.filter(Boolean).join(" ");

/** One layer at a step: `t` is the chosen word, `fresh` whether what has just been computed is marked. */
function paintLayer(layer, l, { g, now, step, t, head, fresh }) {
  const from = g.foot(l) - 20, to = g.tops[l] + HIGH + 3, { x } = g.columns[t], least = clamp(6 / now.count, 0.1, 0.4);  // of many words lines lie on each other
  put(layer.node, "class", named("layer", step < now.due(l, t) && "future"));
  layer.web.forEach((lines, k) => put(lines, "class", named("web", step < now.due(l, k) && "later")));
  layer.columns.forEach((node, k) => put(node, "class", named("state", step < now.due(l, k) && "future", fresh && step === now.due(l, k) && "just", step > 0 && k === t && l === now.layers - 1 && "chosen", now.causal && k > t && "masked")));
  layer.looks.forEach((line, s) => {
    const share = now.weight(l, head, t, s), seen = share >= SEEN;
    put(line, "d", seen ? bend(g.columns[s].x, from, x + (g.columns[s].x - x) * 0.015, to) : "M0 0");
    line.style.strokeWidth = seen ? `${1.5 + 13 * share}px` : "0";
    line.style.strokeOpacity = String(least + (1 - least) * share);
    write(layer.shares[s], now.causal && s > t ? "" : `${hundredths(share)}%`);
    put(layer.shares[s], "class", named("share", share < 0.1 && "little"));
  });
}

/** The most probable next words; the chosen one has its probability, and its neighbours give way. */
function paintGuesses(nodes, { g, now, step, t, measure }) {
  nodes.forEach((node, k) => {
    const { text, gloss, p } = now.next[k], chosen = k === t;
    put(node, "class", named("guess", chosen && "chosen", step < now.due(now.layers - 1, k) && "future"));
    node.replaceChildren(staged() && !chosen ? shorten(measure, text, g.columns[k].wide, "15px") : text, ...(chosen && gloss ? [svg("tspan", { class: "meaning", dx: 6 }, gloss)] : []), ...(chosen ? [svg("tspan", { class: "p", dx: 6 }, chance(p))] : []));
    node.style.display = "";
  });
  const halves = nodes.map((node) => node.getComputedTextLength() / 2);  // all at once, for it lays them out
  const places = nodes.map((node, k) => {
    const half = halves[k], x = k === t ? clamp(g.columns[k].x, half + g.gutter - 40, Math.max(half + g.gutter - 40, g.width - half - 6)) : g.columns[k].x;
    put(node, "x", String(x));
    return [x - half - 4, x + half + 4];
  });
  const [from, to] = places[t];
  nodes.forEach((node, k) => { if (k !== t && places[k][0] < to && places[k][1] > from) node.style.display = "none"; });
}

function paintScene(made, given) {
  const { g, now, step, t, fresh, text } = given, whole = step >= now.layers;
  made.layers.forEach((layer, l) => paintLayer(layer, l, given));
  made.words.forEach((node, k) => {
    put(node, "class", named("word", k === t && "chosen", now.causal && k > t && "masked", now.written && k && step < now.due(now.layers - 1, k - 1) && "unwritten"));
    put(node, "aria-pressed", String(k === t));
  });
  made.rnn.forEach((node, k) => put(node, "class", named("rnn", step < k + 1 && "future", fresh && step === k + 1 && "just")));
  made.ticks.forEach((node) => node.classList.toggle("done", step >= Number(node.dataset.n)));
  made.badges.forEach((node, k) => {
    put(node, "class", named("badge", whole && now.moved[k] === 0 && "same"));
    write(node.querySelector("text"), !whole ? "?" : now.moved[k] === 0 ? text.zero : chance(now.moved[k]));
  });
  const shut = now.causal && !now.written && step > 0;
  put(made.wall, "class", shut ? "wall" : "wall absent");
  made.wall.style.transform = `translateX(${g.columns[t].right}px)`;
  write(made.wallText, t < now.count - 1 ? text.wall : "");
  if (made.guesses.length) paintGuesses(made.guesses, given);
}
