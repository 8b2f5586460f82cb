// Where everything of a text and its feelings is. Pure: counts and widths come in, coordinates go out.

const RIVER = 164, STATES = 70, LEFT_OUT = 54, APART = 10, LETTER = 13;

/** Tokens are columns; below them the probabilities, the state and what leaving out does; the plane beside, on a phone below.
 *  `longest`: letters of the longest token. On the stage the river and the states take the height that there is. */
function feelingLayout({ count, width, longest, glossed, spare }) {
  const narrow = width < 640, named = narrow ? 0 : staged() ? 112 : 96, ends = narrow ? 76 : 92, gap = narrow ? 0 : 26;
  const side = narrow ? width - 8 : clamp(width * 0.34, 280, 400), room = narrow ? width - ends - 6 : width - named - ends - gap - side;
  const pitch = clamp(room / count, narrow ? 24 : 22, 92), letter = Math.max(LETTER, staged() ? 16 : 0), upright = longest * letter > pitch, rows = narrow ? 20 : 0;
  const head = upright ? letter * Math.min(longest, 6) + 18 : glossed ? 56 : 38, [riverHigh, statesHigh] = [RIVER + spare * 0.65, STATES + spare * 0.35];
  const river = head + rows + 2, states = river + riverHigh + APART + rows, out = states + statesHigh + APART + rows, below = out + LEFT_OUT, end = named + pitch * count;
  const above = staged() ? 84 : 48, x = narrow ? 4 : Math.max(end + ends + gap, width - side), y = narrow ? below + 100 : above, high = narrow ? Math.min(side, 340) : below - above;
  return { narrow, named, pitch, upright, fits: pitch > longest * 19, head, river, riverHigh, states, statesHigh, out, end, plane: { x, y, width: side, height: high, key: narrow ? 92 : above - 4 },
    x: Array.from({ length: count }, (_, k) => named + pitch * (k + 0.5)), width: Math.max(width, narrow ? end + ends : x + side), height: narrow ? y + high : below };
}

/** Put points of the plane into a frame, with one scale for both axes, so that distances are true. */
function planeScale(points, frame, pad = 22) {
  const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]), [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const unit = Math.min((frame.width - 2 * pad) / Math.max(x1 - x0, 1e-6), (frame.height - 2 * pad) / Math.max(y1 - y0, 1e-6));
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return ([x, y]) => [frame.x + frame.width / 2 + (x - mx) * unit, frame.y + frame.height / 2 - (y - my) * unit];
}
const triples = (flat, size) => Array.from({ length: flat.length / size }, (_, k) => Array.from(flat.slice(k * size, k * size + size)));
