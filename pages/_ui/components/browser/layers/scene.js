// The words, the layers above them and the RNN below as SVG. Drawn once a scene; a step only toggles classes.

const SEEN = 0.005;  // a smaller weight is no line

const column = (x, y, high, values, color, attributes) => svg("g", attributes, stretched(strip(values, color), x - CELL / 2, y, CELL, high),
  svg("rect", { class: "frame", x: x - CELL / 2 - 0.5, y: y - 0.5, width: CELL + 1, height: high + 1, rx: 2 }));
const tickMark = (x, y, n, cell) => svg("g", { class: "tick", "data-cell": cell, "data-n": n }, svg("circle", { cx: x, cy: y, r: 12 }), svg("text", { x, y: y + 5.5, "text-anchor": "middle" }, String(n)));
const bricks = (id, size) => svg("pattern", { id, class: id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("path", { d: `M0 0V${size}` }));

/** The states of one layer, who attends to whom below them, and what the chosen word attends to. */
function drawLayer(l, { g, now, data, scales }) {
  const from = g.foot(l) - 20, to = g.tops[l] + HIGH + 3, color = (value) => colorOf(scales, data.row, value);
  const seen = (t) => g.columns.slice(0, now.causal ? t + 1 : now.count);
  const web = g.columns.map((at, t) => svg("path", { class: "web", d: seen(t).map(({ x }) => bend(x, from, at.x, to)).join("") }));  // one a word: of many words one a line would be thousands
  const looks = g.columns.map(() => svg("path", { class: "look" })), shares = g.columns.map(({ x }) => svg("text", { class: "share", x, y: g.foot(l) - 6, "text-anchor": "middle" }));
  const columns = g.columns.map(({ x }, t) => column(x, g.tops[l], HIGH, now.state(l, t), color, { "data-t": t, "data-l": l }));
  return { web, looks, shares, columns, node: svg("g", { class: "layer", style: `--web: ${clamp(2.4 / now.count, 0.04, 0.4)}` }, ...web, ...looks, ...columns, ...shares) };
}

function drawWord(t, { g, now, data, scales, cards }) {
  const { x, wide } = g.columns[t], { known } = now.words[t], { text, gloss } = cards[t], code = floats(data.codes).subarray(t * data.units, (t + 1) * data.units);
  return svg("g", { class: "word", "data-t": t, tabindex: 0, role: "button" }, svg("rect", { x: x - wide / 2, y: g.words, width: wide, height: g.card, rx: 10, "stroke-dasharray": known ? null : "4 3" }),
    svg("text", { class: "token", x, y: g.words + 33, "text-anchor": "middle", lang: "ja" }, text), gloss ? svg("text", { class: "gloss", x, y: g.words + 52, "text-anchor": "middle" }, gloss) : null,
    now.positions ? stretched(strip(code, (value) => scales.signed((value + 1) / 2), true), x - wide / 2 + 7, g.words + 5, wide - 14, 5) : null);
}

/** Two words that changed places are joined by an arrow; of more, each that stands elsewhere is underlined. */
function drawExchange({ g, now }) {
  const moved = now.places ? now.places.flatMap((place, t) => (place === t ? [] : [t])) : [], low = g.words + g.card + 4, at = moved.map((t) => g.columns[t]);
  if (moved.length !== 2) return at.map(({ x, wide }) => svg("path", { class: "exchange", d: `M${x - wide / 2 - 2} ${low}H${x + wide / 2 + 2}` }));
  const [one, other] = at.map(({ x }) => x), head = (x, way) => svg("path", { class: "exchange-head", d: `M${x} ${low - 2}l${way * 10} 3l${-way * 6} 7z` });
  return [svg("path", { class: "exchange", d: `M${one} ${low + 2}C${one + 14} ${low + 17} ${other - 14} ${low + 17} ${other} ${low + 2}` }), head(one, 1), head(other, -1)];
}

function drawRnn(t, { g, now, scales }) {
  const { x } = g.columns[t], y = g.rnn + RNN_HIGH / 2, before = t ? g.columns[t - 1].x + CELL / 2 + 3 : x - CELL / 2 - 30, { text, ends } = now.rnnNext[t];
  const node = column(x, g.rnn, RNN_HIGH, now.rnn(t), (value) => scales.signed((value + 1) / 2), { "data-cell": "rnn" });
  node.append(svg("path", { class: "wire", d: `M${before} ${y}H${x - CELL / 2 - 10}` }), svg("path", { class: "wire-head", d: `M${x - CELL / 2 - 3} ${y}l-9 -6v12z` }), svg("path", { class: "drop", d: `M${x} ${g.words + g.card + 3}V${g.rnn - 4}` }));
  if (now.written) node.append(svg("text", { class: "spoken", x: x + 16, y: g.ticks + 5.5, lang: "ja" }, ends ? "" : text));
  return node;
}

/** The numbers of the steps: on a row where all words share it, beside each state where they do not. */
function drawTicks({ g, now }) {
  const below = g.columns.map(({ x }, t) => tickMark(x, g.ticks, t + 1, "rnn")), rows = g.tops.map((top, l) => [top + HIGH / 2, l]);
  if (!now.written) return [...below, ...rows.map(([y, l]) => tickMark(g.gutter - 22, y, l + 1, "transformer"))];
  return [...below, ...rows.flatMap(([y, l]) => g.columns.map(({ x }, t) => tickMark(x + CELL / 2 + 15, y, now.due(l, t), "transformer")))];
}

function drawNames({ g, now, text }) {
  const note = (y, said, cell) => svg("text", { class: cell ? "row-name" : "note", "data-cell": cell, x: 4, y }, said);
  return [note(24, now.ordered ? text.moved : text.next_word), ...g.tops.map((top, l) => note(top + HIGH / 2 + 5, fill(text.layer, { layer: l + 1 }), "transformer")),
    note(g.words + 20, text.words), now.positions && !g.narrow ? note(g.words + 38, text.plus) : "", note(g.rnn + RNN_HIGH / 2, "RNN", "rnn"), note(g.rnn + RNN_HIGH / 2 + 19, text.single)];
}

/** All of it; what a step changes is named. */
function drawScene(given) {
  const { g, now, text } = given, badge = Math.min(29, ...g.columns.slice(1).map(({ x }, t) => (x - g.columns[t].x) / 2 - 2));
  const layers = now.layers, made = {
    layers: Array.from({ length: layers }, (_, l) => drawLayer(l, given)), words: now.words.map((_, t) => drawWord(t, given)), rnn: now.words.map((_, t) => drawRnn(t, given)), ticks: drawTicks(given),
    guesses: now.next && !now.ordered ? now.words.map(() => svg("text", { class: "guess", y: 24, "text-anchor": "middle", lang: "ja" })) : [],
    badges: now.ordered ? g.columns.map(({ x }) => svg("g", { class: "badge" }, svg("rect", { x: x - badge, y: 5, width: 2 * badge, height: 26, rx: 13 }), svg("text", { x, y: 23.5, "text-anchor": "middle", class: badge < 26 ? "small" : null }))) : [],
    names: svg("g", { class: "names" }, ...drawNames({ g, now, text })),
    wallText: svg("text", { x: 14, y: g.tops.at(-1) + HIGH + 22 }),
  };
  made.wall = svg("g", { class: "wall" }, svg("rect", { x: -6, y: g.tops.at(-1) + HIGH + 6, width: 12, height: g.words + g.card - g.tops.at(-1) - HIGH - 8, rx: 2 }), made.wallText);
  made.all = [svg("defs", {}, bricks("bricks", 5)), ...made.rnn, ...made.layers.map((layer) => layer.node), made.wall, ...made.words, ...drawExchange(given), ...made.ticks, ...made.guesses, ...made.badges, made.names];
  return made;
}
