// Where everything of the decoding is. Pure: widths come in, coordinates go out.

const LONGEST = 132, EDGE = 12, NOTE = 20, STATE = 64, ARCS = 92, MIX = 52, CARD = 40, ROW = 24, GUESSES = 5, WIDEST = 128, LEAST = 36, MORE = 80;

/** Read and written words share one width, so that what belongs together stands near each other however long they are. */
function layout({ read, written, glossed, width }) {
  const sum = (widths) => widths.reduce((all, wide) => all + wide, 0);
  const most = Math.max(read.length, written.length);
  const total = Math.max(sum(read), sum(written), Math.min(width - 2 * EDGE, most * WIDEST));
  const places = (widths) => {
    const more = (total - sum(widths)) / widths.length;
    let left = EDGE;
    return widths.map((wide) => ({ wide: wide + Math.min(more, MORE), x: (left += wide + more) - (wide + more) / 2 }));
  };
  const [x, y] = [places(read), places(written)];
  const card = CARD + (glossed ? 18 : 0);
  const top = NOTE + card + 8, bottom = top + STATE, mix = bottom + NOTE + ARCS, word = mix + MIX + 10, panel = word + CARD + 34;
  return { x, y, column: Math.min(40, ...x.map(({ wide }) => wide - 6)), card, top, bottom, mix, word, panel,
    total, width: Math.max(width, total + 2 * EDGE), height: panel + 34 + ROW * GUESSES };
}

/** The written word that is nearest to x. */
const stepAtX = (g, x) => 1 + g.y.reduce((best, place, t) => (Math.abs(place.x - x) < Math.abs(g.y[best].x - x) ? t : best), 0);

/** A line that leaves a state downwards and reaches what is mixed from above. */
const bend = (x1, y1, x2, y2) => `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`;
