// Where everything of the compared networks is. Pure: counts and widths come in, coordinates go out.

const HEAT = 28, BARS = 17, TOP = 1.3;  // a change may grow beyond the first word's: so far the bars reach
const NAMES = 176;

/** Words are columns, networks rows; right of them stand replies and numbers, on a phone below. */
function compareLayout({ count, width, rows }) {
  const narrow = width < 640, tight = width < 1000, close = staged() && !narrow, stacked = close && tight, left = narrow ? 18 : tight ? NAMES - 8 : NAMES;
  const [accuracy, counted, timed, all] = stacked ? [158, 240, 256, 332] : close ? [172, 258, 276, 366] : tight ? [188, 272, 350, 410] : [198, 288, 372, 430];
  const pitch = narrow ? Math.max(22, (width - left - 46) / count) : clamp((width - left - (stacked ? 56 : 58) - all) / count, stacked ? 17 : tight ? 22 : 27, 78);
  const upright = count > 8 || pitch < 44, head = narrow ? (upright ? 96 : 44) : close ? 88 : 74, tall = narrow ? 162 : stacked ? 66 : 54, end = left + pitch * count;
  const heat = narrow ? 28 : 3, bars = heat + HEAT + 3, out = end + (stacked ? 54 : 56);
  return { narrow, close, stacked, left, room: left - 26, pitch, upright, head, tall, end, heat, bars, view: width, x: Array.from({ length: count }, (_, k) => left + pitch * k),
    columns: narrow ? [4, 4, 150, 262] : [out, out + accuracy, out + counted, out + timed], said: narrow ? bars + BARS + 8 : 2, numbers: narrow ? 122 : 2, meters: narrow ? 146 : 23, ranges: 32,
    width: Math.max(width, narrow ? end + 46 : out + all), height: head + tall * rows };
}

function locate(node, x, y, width, height) {
  Object.assign(node.style, { left: `${x}px`, top: `${y}px` });
  if (width !== undefined) node.style.width = `${width}px`;
  if (height !== undefined) node.style.height = `${height}px`;
  return node;
}

/** What is left of a change. */
const leftText = (share) => (share === 0 ? "0" : share < 0.005 ? "< 0.01" : fixed(share));
/** A size of any order of magnitude. */
const sizeText = (x) => (x === 0 || x >= 0.001 ? x.toFixed(3) : `${(x / 10 ** Math.floor(Math.log10(x))).toFixed(0)} × 10${String(Math.floor(Math.log10(x))).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻")}`);
