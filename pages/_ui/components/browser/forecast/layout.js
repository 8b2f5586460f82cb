// Where everything is: the parts of the whole series above, the days with the fan, and the states under them, on one axis.

const PARTS_TALL = 36, SPACE = 4, AXIS = 26;

/** `days` columns, of which `ahead` come after the last one that can be today; `strips` rows of states. */
function forecastLayout({ days, strips, width, low, high }) {
  const narrow = width < 640, close = staged(), left = narrow ? 44 : close ? 156 : 128, right = narrow ? 6 : 14, strip = close || narrow ? 34 : 24;
  const pitch = (width - left - right) / days, top = PARTS_TALL + 28, tall = close || narrow ? 190 : 164;
  const bottom = top + tall, first = bottom + AXIS, y = (value) => bottom - 8 - ((value - low) / (high - low || 1)) * (tall - 16);
  return { narrow, left, right, pitch, top, tall, bottom, first, y, width, strip, end: left + pitch * days, x: (day) => left + pitch * (day + 0.5),
    row: (n) => first + n * (strip + SPACE), height: first + strips * (strip + SPACE) };
}

/** Round values for an axis from low to high, about so many. */
function ticksOf(low, high, about) {
  const rough = (high - low) / about || 1, ten = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 5, 10].map((m) => m * ten).find((one) => one >= rough);
  return Array.from({ length: Math.floor(high / step) - Math.ceil(low / step) + 1 }, (_, k) => (Math.ceil(low / step) + k) * step);
}

/** A number as the axis and the sentences have it: so many decimals as the series needs, with a real minus. */
const amount = (value, digits) => fixed(value, digits);
