// Where everything of the two orders is. Pure: counts and widths come in, coordinates go out.

const CARD = 44, EMPTY = 22;

/** Words are columns, networks rows; right of them stand both outputs and the verdict, on a phone below. */
function orderLayout({ count, places, width, glossed, networks }) {
  const narrow = width < 640, tight = staged() && width < 1000;
  const [names, second, judged, outputs] = tight ? [106, 97, 193, 380] : [182, 132, 264, 458], left = narrow ? 6 : names;
  const spare = !narrow && !tight && count <= places ? (places - count) * EMPTY + 6 : 0;  // the empty places of the window
  const pitch = narrow ? Math.max(60, (width - 12) / count) : clamp((width - left - outputs - spare - 20) / count, 44, 92);
  const end = left + pitch * count, was = narrow ? 20 : 0, wasBottom = was + (glossed ? 46 : 30);
  const card = wasBottom + (narrow ? 50 : 30), top = card + CARD + (narrow ? 30 : 8), tall = narrow ? 124 : 52;
  return { narrow, tight, second, judged, left, pitch, end, spare, was, wasBottom, card, top, tall, middle: narrow ? 52 : 26, view: width,
    x: Array.from({ length: count }, (_, k) => left + pitch * (k + 0.5)), out: narrow ? 6 : end + spare + 20,
    width: narrow ? Math.max(width, end + 6) : Math.max(width, end + spare + outputs + 18), height: top + tall * networks };
}

/** The place whose column is nearest to x. */
const placeAtX = (g, x) => clamp(Math.floor((x - g.left) / g.pitch), 0, g.x.length - 1);

/** How much probability moved: two decimals, less as a power of ten. */
function movedText(x) {
  if (x === 0 || x >= 0.01) return x === 0 ? "0" : fixed(x);
  const power = Math.floor(Math.log10(x) + 1e-9);
  return `${Math.round(x / 10 ** power)} × 10${String(power).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻")}`;
}
