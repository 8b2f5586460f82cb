// One network: its states, what is left of the change below them, its replies, and what it is worth and costs.

const JUDGED = { verdict_right: "✓", verdict_near: "≈", verdict_wrong: "✗" };

/** States as one image of T × H pixels, with gaps between the words. */
function drawStates(one, g, scales, limit) {
  const count = g.x.length, values = floats(one.states), units = values.length / count, wide = g.pitch * count;
  const canvas = locate(el("canvas", { width: count, height: units }), g.left, g.heat, wide, HEAT), pen = canvas.getContext("2d"), pixels = pen.createImageData(count, units), cells = new Uint32Array(pixels.data.buffer);
  values.forEach((value, k) => { cells[(k % units) * count + Math.floor(k / units)] = bytesOf(scales.signed((value / limit + 1) / 2)); });
  pen.putImageData(pixels, 0, 0);
  const veil = locate(el("i", { class: "veil" }), g.left, g.heat, wide, HEAT), frame = locate(el("i", { class: "frame" }), g.left - 1, g.heat - 1, wide, HEAT + 2);
  veil.style.setProperty("--pitch", `${g.pitch}px`);
  const split = one.backward ? [locate(el("i", { class: "split" }), g.left, g.heat + HEAT / 2 - 1, wide, 2), locate(el("span", { class: "way" }, "→"), g.left - 17, g.heat + 2), locate(el("span", { class: "way" }, "←"), g.left - 17, g.heat + HEAT / 2 + 1)] : [];
  return { values, units, nodes: [canvas, veil, ...split, frame] };
}

/** What has not been read is there, but empty; a backward direction starts at the end, so it stays empty until then. */
function drawUnread(one, g) {
  const rest = el("i", { class: "unread" }), back = one.backward ? el("i", { class: "unread" }) : null, mark = () => el("i", { class: "reads" });
  const last = mark(), first = one.backward ? mark() : null, at = (node, t) => locate(node, g.x[t] + g.pitch / 2 - 6, g.heat + HEAT + 1), count = g.x.length;
  if (first) at(first, 0);
  return { nodes: [rest, back, last, first].filter(Boolean), paint(t) {
    const finished = t === count - 1, from = g.x[Math.min(t + 1, count - 1)];
    for (const node of [rest, back]) node?.classList.toggle("absent", finished);
    locate(rest, from - 1, g.heat - 1, g.end - from, HEAT + 2);
    if (back) locate(back, g.left - 1, g.heat + HEAT / 2, from - g.left, HEAT / 2 + 1);
    first?.classList.toggle("absent", !finished);
    at(last, t);
  } };
}

/** Accuracy with its interval, parameters and time: numbers over marks, each on one scale for all rows. */
function drawNumbers(one, g, data) {
  const { accuracy: a, parameters, times } = one, us = (seconds) => Math.round(1e6 * seconds).toLocaleString("en"), [, x, counted, timed] = g.columns, y = g.meters, wide = 74, at = (share) => x + wide * clamp(2 * share - 1, 0, 1), percent = (share) => fixed(100 * share, 1);
  const number = (said, left, width) => locate(el("span", { class: "number" }, said), left, g.numbers, width), most = (of) => Math.max(...data.networks.map((network) => of(network) ?? 0));
  const meter = (of, left) => locate(el("i", { class: "meter" }), left, y, Math.max(3, (54 * of(one)) / most(of)));
  const nodes = [number(a ? `${percent(a.right / a.total)}%` : "–", x), number(parameters.toLocaleString("en"), counted, g.narrow ? undefined : 54), meter((network) => network.parameters, counted)];
  if (g.close) nodes.slice(1).forEach((node) => node.classList.add("counted"));
  const time = [number(times ? fill(data.text.us, { us: us(times.median) }) : "–", timed, g.narrow ? undefined : 54)];
  if (times) time.push(meter((network) => network.times?.median, timed), ...(g.narrow ? [] : [locate(el("span", { class: "number range" }, `${us(times.low)}–${us(times.high)}`), timed, g.ranges, 54)]));
  time.forEach((node) => { node.classList.add("time"); if (times) node.dataset.tip = fill(data.text.spread, { low: us(times.low), high: us(times.high) }); });
  if (a) {
    const tip = fill(data.text.interval, { right: a.right.toLocaleString("en"), total: a.total.toLocaleString("en"), low: percent(a.low), high: percent(a.high) });
    const range = g.narrow ? [] : [locate(el("span", { class: "number range" }, `${percent(a.low)}–${percent(a.high)}`), x, g.ranges)];
    const marks = [locate(el("i", { class: "axis" }), x, y + 3, wide), locate(el("i", { class: "interval" }), at(a.low), y + 1.7, at(a.high) - at(a.low)), locate(el("i", { class: "dot" }), at(a.right / a.total), y + 3.7), ...range];
    [nodes[0], ...marks].forEach((node) => { node.dataset.tip = tip; });
    nodes.push(...marks);
  }
  return [...nodes, ...(g.close ? [] : time)];
}

/** A reply, or the next word with an ellipsis; filled where most networks reply otherwise. */
function paintReply(node, output, p, { odd, open, right, text, stacked }) {
  const mark = right === null ? "" : el("span", { class: "mark", title: right ? text.right : text.wrong }, right ? "✓" : "✗");
  const bubble = el("span", { class: `bubble${odd ? " odd" : ""}${open ? " open" : ""}${output.text.length > 7 ? " long" : ""}`, lang: "ja" }, output.text + (output.ends ? "" : " …"));
  node.replaceChildren(bubble, mark, el("small", { class: stacked ? "gloss" : "" }, [chance(p), stacked && output.gloss].filter(Boolean).join(" · ")));
}

/** What it replies with the other first word: the same, or another. */
function paintTwin(node, output, same, { instead, short }) {
  const gloss = output.gloss && !same && !short ? el("small", {}, ` ${output.gloss}`) : "";
  node.replaceChildren(el("small", { lang: "ja" }, `${instead} → `), el("b", {}, same ? "= " : "≠ "), el("span", { class: same ? "same" : "", lang: "ja" }, output.text + (output.ends ? "" : " …")), gloss);
  node.title = output.gloss;
}

/** A row; `paint` shows it at a step, `pick(n)` is what its button does while it is asked. */
function drawRow(n, { g, data, scales, scale, measure, pick }) {
  const one = data.networks[n], { text } = data, limit = scale === "shared" ? data.limit : one.limit, box = locate(el("div", { class: "row", "data-cell": one.cell }), 0, g.head + n * g.tall, g.width, g.tall);
  const states = drawStates(one, g, scales, limit), unread = drawUnread(one, g), tag = el("span"), learned = el("span", { class: "learned" }, one.ended ? text.replies_learned : text.words_learned), name = el("b", { class: !g.narrow && measure(one.name, "700 18px") > g.room ? "long" : "" }, one.name);
  const bars = data.words.map((_, k) => locate(el("i", { class: "bar" }), g.x[k] + 3, g.bars, Math.max(6, g.pitch - 8))), base = locate(el("i", { class: "base" }), g.left, g.bars + BARS, g.pitch * g.x.length - 2);
  const reply = locate(el("div", { class: "reply" }), g.columns[0], g.said), twin = el("div", { class: "twin" }), left = locate(el("span", { class: "limit left" }), g.end + 2, g.bars);
  const reach = locate(el("span", { class: "limit" }, `±${fixed(limit, 1)}`), g.end + 2, g.heat + 5), choice = locate(el("button", { type: "button", class: "pick", "aria-label": `${one.name}: ${text.choose}` }, text.choose), g.narrow ? g.view - 84 : g.columns[3] - 8, g.narrow ? g.said - 6 : 6);
  reach.dataset.tip = text.limit;
  choice.onclick = () => pick(n + 1);
  if (g.narrow) locate(learned, 4, g.said + 24);
  box.append(locate(el("span", { class: "name" }, name, tag, ...(g.narrow ? [] : [learned])), 4, g.narrow ? 2 : 1), ...(g.narrow ? [learned] : []), ...states.nodes, ...unread.nodes, base, ...bars, reach, left, reply, twin, choice, ...drawNumbers(one, g, data));
  const series = { gap: floats(one.gap), influence: floats(one.influence) };
  return { box, one, values: states.values, units: states.units, series, paint({ t, finished, asking, bars: shown, answer, most }) {
    unread.paint(t);
    const values = series[shown], whole = shown === "gap" ? values[0] : Math.max(...values), early = one.ended && !finished;
    bars.forEach((bar, k) => {
      const there = !asking && k <= t && (finished || (shown === "gap" && !one.backward)), ratio = there && whole > 0 ? values[k] / whole : 0, high = ratio > 0 ? Math.max(1.5, (BARS * Math.min(ratio, TOP)) / TOP) : 0;
      locate(bar, g.x[k] + 3, g.bars + BARS - high, undefined, high);
    });
    const output = data.outputs[one.next[t]], other = data.outputs[one.twin[t]], stacked = g.stacked || (Boolean(output.gloss) && !g.narrow);
    locate(reply, g.columns[0], stacked ? 0 : g.said);
    paintReply(reply, output, one.p[t], { odd: finished && most(one.next[t]), open: early || !output.ends, right: finished && data.right !== null ? output.text === data.right : null, text, stacked });
    locate(twin, g.columns[0] + (g.narrow ? 190 : 2), g.narrow ? g.said + 4 : g.stacked ? 46 : stacked ? 36 : 33);
    twin.hidden = asking;
    if (early) twin.replaceChildren(el("small", {}, text.if_ended)); else paintTwin(twin, other, one.next[t] === one.twin[t], { instead: data.instead.text, short: g.narrow || g.stacked || other.text.length > 6 });
    write(left, finished && !asking && shown === "gap" && one.left !== null ? (one.left >= 0.005 ? `× ${leftText(one.left)}` : leftText(one.left)) : "");
    const mine = answer === n + 1 && !asking;
    const guess = mine && `${text.guess} ${JUDGED[one.verdict]}`, size = fill(text.size, { units: states.units });
    write(tag, g.close && guess ? guess : [size, guess].filter(Boolean).join(" · "));
    box.classList.toggle("asking", asking);
  } };
}
