// Where everything of the two networks is. Pure: widths come in, coordinates go out.

const GUTTER = 124, WIDE_GUTTER = 138, NUMBER = 62, COLUMN = 52, HALF = 13, NECK = 28, WRITER = 36, MIXED = 42, LANE = 30, LENS = 292, LEAST_HIGH = 420, START = 24;

/** The words that are read stand above, what is written below; s_0, where the decoder starts from, left of its steps. */
function seqLayout({ read, written, glossed, width, lanes, starts, apart }) {
  const spread = (widths, from, least, most) => {
    const gap = clamp((width - from - 8 - widths.reduce((sum, wide) => sum + wide, 0)) / widths.length, least, most);
    let at = from;
    return widths.map((wide) => { const place = { x: at + (wide + gap) / 2, wide, left: at, pitch: wide + gap }; at += wide + gap; return place; });
  };
  const cards = spread(read, 4, apart, 72), steps = spread(written, starts ? START + NECK / 2 + 14 : 8, 0, 44), end = ({ left, pitch }) => left + pitch;
  const card = glossed ? 52 : 38, top = card + 11, bottom = top + COLUMN, from = bottom + 45, mix = from + 66, writer = mix + MIXED + 11;
  const high = Math.max(LEAST_HIGH, writer + WRITER + 27 + LANE * lanes + 4), spare = high - (writer + WRITER + 27 + LANE * lanes + 4);
  return { cards, steps, pen: Math.min(20, ...steps.map(({ pitch }) => pitch - 3)), card, top, bottom, score: bottom + 17, share: bottom + 37, from, mix: mix + spare, writer: writer + spare, lanes: writer + spare + WRITER + 27,
    width: Math.max(width, end(cards.at(-1)) + 8, end(steps.at(-1)) + 8), height: high };
}

/** A line that leaves a state downwards and reaches what is mixed from above. */
const bend = (x1, y1, x2, y2, pull = 0.55) => `M${x1} ${y1}C${x1} ${y1 + (y2 - y1) * pull} ${x2} ${y2 - (y2 - y1) * pull} ${x2} ${y2}`;

/** Both edges of a flow from (x1, y1) down to (x2, y2), `wide1` and `wide2` thick across its own direction. */
function edges(x1, y1, wide1, x2, y2, wide2) {
  const a = y1 + (y2 - y1) * 0.5, b = y1 + (y2 - y1) * 0.45, left = [], right = [];
  for (let k = 0; k <= 48; k++) {
    const u = k / 48, v = 1 - u, x = v * v * v * x1 + 3 * v * v * u * x1 + 3 * v * u * u * x2 + u * u * u * x2, y = v * v * v * y1 + 3 * v * v * u * a + 3 * v * u * u * b + u * u * u * y2;
    const dx = 6 * v * u * (x2 - x1), dy = 3 * v * v * (a - y1) + 6 * v * u * (b - a) + 3 * u * u * (y2 - b), length = Math.hypot(dx, dy) || 1, half = (wide1 + (wide2 - wide1) * u) / 2;
    left.push([x - (half * dy) / length, y + (half * dx) / length]);
    right.push([x + (half * dy) / length, y - (half * dx) / length]);
  }
  return { left, right };
}
const through = (points) => points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");

/** The step whose column is nearest to x, 1-based. */
const stepAtX = (g, x) => 1 + g.steps.reduce((best, place, t) => (Math.abs(place.x - x) < Math.abs(g.steps[best].x - x) ? t : best), 0);

/** What one network did, unpacked: `weight(t, s)` is α, `peak(t)` where most of it lies, `state(s)` … its numbers. */
function takeLane(data, lane) {
  const read = Object.fromEntries(["states", "start", "decoder", "attention", "scores", "context", "query", "keys", "v", "heads"].map((name) => [name, lane[name] && floats(lane[name])]));
  const cards = data.cards.flatMap(({ gone }, k) => (gone === "out" ? [] : [k])), count = cards.length, { units, hidden } = data, wide = lane.query ? read.keys.length / count : 0;
  const row = (values, k, size) => values.subarray(k * size, (k + 1) * size), weight = (t, s) => read.attention[t * count + s];
  return {
    ...lane, cards, count, looks: Boolean(read.attention), steps: lane.words.length, first: read.start, v: read.v, weight,
    peak: (t) => cards.reduce((best, _, s) => (weight(t, s) > weight(t, best) ? s : best), 0),
    score: (t, s) => (read.scores ? read.scores[t * count + s] : null),
    head: (t, k, s) => read.heads[(t * data.heads + k) * count + s],
    state: (s) => row(read.states, s, units), writer: (t) => row(read.decoder, t, hidden), mixed: (t) => row(read.context, t, units),
    query: (t) => (lane.query ? row(read.query, t, wide) : null), key: (s) => row(read.keys, s, wide),
  };
}
