// Where everything of Newton's map is. Pure: counts and widths come in, coordinates go out.

const PER = 12, GOAL = 12;  // so many bytes a digit, and digits that count as right
const RIGHT = PER * (16 - GOAL), WORSE = PER * 16;  // below the first an error is none, from the second on it is above 1
const logError = (byte) => (byte + 0.5) / PER - 16;

/** Bars of digits above, rounds below; both share the columns, one a word. */
function newtonLayout({ total, width, glossed }) {
  const narrow = width < 480, tall = staged() ? Math.max(300, stageHeight() - 190) : 372, left = narrow ? 46 : 72;
  const top = narrow || !glossed ? 40 : 44, bars = Math.min(84, Math.round(tall * 0.2)), down = 20, zero = top + bars, map = zero + down + 12, end = 22;
  const height = tall - map - end, pitch = (width - left - 6) / total, row = height / (total + 1);
  return { narrow, left, top, bars, down, zero, map, height, pitch, row, width, bottom: map + height, whole: tall, x: (t) => left + pitch * t, y: (k) => map + row * k };
}

const raised = (n) => String(n).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻");
/** 0.31 · 2.2 · 28 · 1.4 × 10⁻¹⁵ */
function sizeText(v) {
  if (v === null || !Number.isFinite(v)) return "∞";
  if (v === 0) return "0";
  const power = Math.floor(Math.log10(v) + 1e-9);
  return power >= -1 && power < 3 ? fixed(v, power < 0 ? 2 : power < 1 ? 1 : 0) : `${fixed(v / 10 ** power, 1)} × 10${raised(power)}`;
}
const aboutText = (byte) => (byte >= 255 ? `> 10${raised(5)}` : byte <= 3 ? `< 10${raised(-15)}` : `≈ ${sizeText(Number((10 ** logError(byte)).toPrecision(1)))}`);
