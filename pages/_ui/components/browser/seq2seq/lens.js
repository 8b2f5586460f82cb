// The lens: one step, one source word. How its score comes about, which share it gets, what is written; without attention, what s_0 is made of.

const EDGE = 16, INSIDE = LENS - 2 * EDGE, NAMED = 52;
const upright = (said) => svg("tspan", { class: "upright" }, said), power = (said) => [svg("tspan", { dy: "-0.4em", class: "power" }, said), svg("tspan", { dy: "0.28em" }, "\u200b")];

/** Pieces under each other; `rows` are the strips of numbers, for the hints. Where the lens is `two` columns wide, they go on at
 *  the top of the second. */
function stacked({ scales, measure, two }) {
  const nodes = [], rows = [], stack = {
    nodes, rows, y: 26, left: EDGE,
    turn() { if (two) [stack.left, stack.y] = [LENS + EDGE, 26]; },
    title(said) { nodes.push(svg("text", { class: "title", x: stack.left, y: stack.y }, ...mathSpans(shorten(measure, said, INSIDE, "700 15px")))); stack.y += 26; },
    formula(parts, after = 12, cls = "formula") { nodes.push(svg("text", { class: cls, x: stack.left, y: stack.y }, ...parts)); stack.y += after; },
    row(name, values, limit) {
      const y = stack.y, x = stack.left + NAMED, wide = INSIDE - NAMED;
      rows.push({ y, x, wide, values, name });
      nodes.push(svg("text", { class: "row", x: stack.left, y: y + 15 }, ...mathSpans(name)), stretched(strip(values, (value) => scales.signed((value / limit + 1) / 2), true), x, y, wide, 20), svg("rect", { class: "frame", x: x - 0.5, y: y - 0.5, width: wide + 1, height: 21, rx: 2 }));
      stack.y += 27;
    },
  };
  return stack;
}
const largest = (values) => Math.max(1e-9, ...values.map(Math.abs));

/** The score as a sum, number by number. */
function drawScore(stack, { now, t, focus, data, text }) {
  const query = [...now.query(t)], key = [...now.key(focus)], limit = Math.max(1, largest(query), largest(key)), at = focus + 1;
  stack.title(fill(text.scoring, { at: data.cards[now.cards[focus]].text }));
  let terms;
  if (now.v) {
    const squashed = query.map((value, k) => Math.tanh(value + key[k]));
    terms = squashed.map((value, k) => value * now.v[k]);
    stack.formula([...mathSpans("e = v"), ...power("T"), ...mathSpans(`\u2009tanh(W s_{t-1} + U h_${at})`)]);
    for (const [name, values, most] of [["W s", query, limit], ["U h", key, limit], ["tanh", squashed, 1], ["× v", terms, largest(terms)]]) stack.row(name, values, most);
  } else {
    const [asks, answers] = data.heads > 1 ? ["q_t", `k_${at}`] : ["s_t", `W h_${at}`];
    terms = query.map((value, k) => value * key[k]);
    stack.formula([...mathSpans(`e = ${asks}`), ...power("T"), ...mathSpans(` ${answers}`)]);
    for (const [name, values, most] of [[asks, query, limit], [data.heads > 1 ? "k" : "W h", key, limit], ["×", terms, largest(terms)]]) stack.row(name, values, most);
  }
  const [one, other] = [...terms].sort((a, b) => Math.abs(b) - Math.abs(a));
  stack.y += 15;
  stack.formula([...mathSpans("e"), ` = ${fixed(one)}${other < 0 ? " − " : " + "}${fixed(Math.abs(other))} + … = `, svg("tspan", { class: "strong" }, fixed(now.score(t, focus)))], 31, "sum");
}

/** A row of weights as one bar of length 1. */
function drawShares(stack, weight, { now, focus, data, measure }, name) {
  const from = stack.left + (name ? 22 : 0), wide = INSIDE - (from - stack.left);
  let x = from;
  const parts = now.cards.flatMap((k, s) => {
    const long = wide * weight(s), left = x, { text } = data.cards[k];
    x += long;
    if (long < 0.5) return [];
    return [svg("rect", { class: s === focus ? "part chosen" : "part", x: left, y: stack.y, width: long, height: 20 }), long > measure(text, "13px") + 4 ? svg("text", { class: "note", x: left + long / 2, y: stack.y + 36, "text-anchor": "middle", lang: "ja" }, text) : null].filter(Boolean);
  });
  stack.nodes.push(...(name ? [svg("text", { class: "note", x: stack.left, y: stack.y + 15 }, name)] : []), ...parts, svg("rect", { class: "frame", x: from, y: stack.y, width: wide, height: 20, rx: 2 }));
  stack.y += name ? 46 : 58;
}

function drawAttention(stack, given) {
  const { now, t, focus, text } = given, share = now.weight(t, focus), rounded = chance(share), said = share > 0 && share < 0.005 ? ` = ${share.toExponential(0).replace("-", "−")}` : rounded.startsWith(">") ? ` > ${rounded.slice(1)}` : ` = ${rounded}`;
  if (given.data.heads > 1 && now.score(t, focus) === null) {
    stack.title(text.heads);
    stack.y -= 12;
    for (let head = 0; head < given.data.heads; head++) drawShares(stack, (s) => now.head(t, head, s), given, String(head + 1));
    stack.y += 12;
    stack.turn();
  } else {
    drawScore(stack, given);
    stack.turn();
    stack.title(text.shares);
    stack.y -= 16;
    drawShares(stack, (s) => now.weight(t, s), given);
    stack.formula([...mathSpans("α = "), `exp(${fixed(now.score(t, focus))}) / Σ exp(`, ...mathSpans("e"), `)${said}`], 25, "formula small");
  }
  const terms = now.cards.map((_, s) => s).sort((a, b) => now.weight(t, b) - now.weight(t, a)).filter((s) => now.weight(t, s) >= 0.005).slice(0, staged() ? 2 : 3);
  stack.formula(mathSpans(`c_t = ${terms.map((s) => `${chance(now.weight(t, s))} ${given.data.halves > 1 ? "h" : "v"}_${s + 1}`).join(" + ")}${terms.length < now.count ? " + …" : ""}`), 25, "formula small");
}

function drawNeck(stack, { now, data, text }) {
  const half = data.units / 2, values = (s, from) => [...now.state(s).subarray(from, from + half)], last = now.count;
  stack.title(text.neck);
  stack.formula(mathSpans(`s_0 = tanh(W [→h_${last}; ←h_1] + b)`));
  stack.row(`→h_${last}`, values(last - 1, 0), 1);
  stack.row("←h_1", values(0, half), 1);
  stack.row("s_0", [...now.first], 1);
  stack.y += 20;
}

/** How often it is right, down to `foot`: what the reader draws, or what was measured. Gives how a point of it is drawn. */
function drawCurve(stack, foot, { data, asking, text, guess, changed }) {
  stack.title(asking ? text.draw : text.curve);
  stack.y -= 14;
  const place = [stack.left, stack.y, INSIDE, foot - stack.y], made = asking ? drawGuess(...place, { data, guess, text, changed }) : { nodes: drawMeasured(...place, { data, text }), pull: null };
  stack.nodes.push(...made.nodes);
  return made.pull;
}

function drawNext(stack, { now, data, t, text, measure }) {
  stack.title(text.following);
  stack.y -= 18;
  data.lanes.find((lane) => lane.kind === now.kind).next[t].slice(0, 3).forEach(({ text: word, p }, k) => {
    stack.nodes.push(svg("text", { class: k ? "word" : "word first", x: stack.left, y: stack.y + 16, lang: "ja" }, shorten(measure, word, 92, "700 15px")), svg("rect", { class: k ? "bar" : "bar top", x: stack.left + 100, y: stack.y + 4, width: Math.max(2, (INSIDE - 158) * p), height: 14, rx: 2 }), svg("text", { class: "number", x: stack.left + INSIDE, y: stack.y + 16 }, chance(p)));
    stack.y += 24;
  });
}

/** All of it: its nodes, its strips, and where a guess can be drawn, for which the next outputs give way. */
function drawLens(given) {
  const { now, data, asking, two, high } = given, stack = stacked(given), curve = data.curve && !now.looks, guessing = asking && data.curve, ground = two ? 0 : high - 94;
  const next = () => { stack.y = Math.max(stack.y, ground); if (!guessing) drawNext(stack, given); };
  (now.looks ? drawAttention : drawNeck)(stack, given);
  if (two && curve) next();
  if (!now.looks) stack.turn();
  const pull = curve ? drawCurve(stack, two || asking ? high - 8 : ground - 22, given) : null;
  if (!two || !curve) next();
  return { nodes: stack.nodes, rows: stack.rows, pull };
}
