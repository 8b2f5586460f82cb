// Where everything of the decoding is. Pure: widths come in, coordinates go out.

const LONGEST = 132, EDGE = 12, NOTE = 20, STATE = 64, ARCS = 92, MIX = 52, CARD = 40, ROW = 24, GUESSES = 5, WIDEST = 128;

/** Read and written words share one width, so that what belongs together stands near each other however long they are. */
function layout({ read, written, glossed, width }) {
  const least = (widths) => Math.max(38, ...widths.map((wide) => wide + 10));
  const most = Math.max(read.length, written.length);
  const total = Math.max(read.length * least(read), written.length * least(written), Math.min(width - 2 * EDGE, most * WIDEST));
  const places = (count) => Array.from({ length: count }, (_, k) => EDGE + (total / count) * (k + 0.5));
  const pitch = { read: total / read.length, written: total / written.length };
  const card = CARD + (glossed ? 18 : 0);
  const top = NOTE + card + 8, bottom = top + STATE, mix = bottom + NOTE + ARCS, word = mix + MIX + 10, panel = word + CARD + 34;
  return { x: places(read.length), y: places(written.length), pitch, column: Math.min(40, pitch.read - 6), card, top, bottom, mix, word, panel,
    total, width: Math.max(width, total + 2 * EDGE), height: panel + 34 + ROW * GUESSES };
}

/** The written word that is nearest to x. */
const stepAtX = (g, x) => clamp(Math.floor((x - EDGE) / g.pitch.written) + 1, 1, g.y.length);

/** A line that leaves a state downwards and reaches what is mixed from above. */
const bend = (x1, y1, x2, y2) => `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`;
