// Where everything of the layers is, and when it can be computed. Pure: widths and numbers come in, coordinates go out.

const CELL = 34, HIGH = 48, BETWEEN = 66, RNN_HIGH = 36, LEAST_HIGH = 396;
const WAYS = ["placed-masked", "placed-open", "unplaced-masked", "unplaced-open"];

const panelWidth = () => (staged() ? 258 : 292);

/** Words are columns; layer 1 is the lowest of those above them, and the RNN is below. */
function layersLayout({ widths, layers, glossed, width, narrow }) {
  const gutter = narrow ? 96 : 132, close = narrow && staged(), margin = close ? 6 : 16, room = width - gutter - margin, total = widths.reduce((sum, wide) => sum + wide, 0), gap = clamp((room - total) / widths.length, close ? 3 : 8, 70);
  let end = gutter;
  const columns = widths.map((wide) => { const x = end + (wide + gap) / 2; end += wide + gap; return { x, wide, right: end }; });
  const card = glossed ? 60 : 44, tops = Array.from({ length: layers }, (_, l) => 40 + (layers - 1 - l) * (HIGH + BETWEEN));
  const words = tops[0] + HIGH + BETWEEN, rnn = words + card + 18, ticks = rnn + RNN_HIGH + 18;
  return { narrow, columns, gutter, card, tops, words, rnn, ticks, width: Math.max(width, end + margin), height: Math.max(ticks + 16, LEAST_HIGH), foot: (l) => (l ? tops[l - 1] : words) };
}

/** A line from a state or word up to the state that attends to it. */
const bend = (x1, y1, x2, y2) => `M${x1} ${y1}C${x1} ${y1 + (y2 - y1) * 0.3} ${x2} ${y2 - (y2 - y1) * 0.42} ${x2} ${y2}`;

/** What one scene shows: its words, every state and weight, and in which step each can be computed at the earliest. */
function takeScene(data, name) {
  const scene = data.scenes[name], sentence = data.sentences[scene.of], states = floats(scene.states), weights = floats(scene.attention), rnn = floats(sentence.rnn);
  const { words } = sentence, count = words.length, { units, layers, heads } = data, written = scene.of === "generate";
  const weight = (l, h, t, s) => weights[((l * heads + h) * count + t) * count + s];
  return {
    ...scene, name, words, count, layers, places: sentence.places, rnnNext: sentence.next, weight, written, ordered: scene.of === "order",
    state: (l, t) => states.subarray((l * count + t) * units, (l * count + t + 1) * units),
    rnn: (t) => rnn.subarray(t * units, (t + 1) * units),
    most: (l, h, t) => words.reduce((top, _, s) => (weight(l, h, t, s) > weight(l, h, t, top) ? s : top), 0),
    due: (l, t) => (written ? t * layers + l + 1 : l + 1),
    steps: written ? count * layers : Math.max(count, layers),
    own: written ? count * layers : layers,  // steps of the Transformer that wait for each other; of the RNN it is one a word
  };
}
