// Numbers as a reader writes them: no exponent where an axis has room for digits, and never smaller than the rest of the line.

const power = (x) => { const k = Math.floor(Math.log10(x)); return `${(x / 10 ** k).toFixed(1)} × 10${String(k).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻")}`; };
const whole = (x) => Math.round(x).toLocaleString("en");
function shown(x) {
  if (x === null || x === undefined || !Number.isFinite(x)) return "–";
  if (x < 0) return `−${shown(-x)}`;
  if (x >= 1e6 || (x > 0 && x < 1e-5)) return power(x);
  if (x >= 1000) return whole(x);
  if (x >= 0.1) return x.toPrecision(3);
  return x === 0 ? "0" : Number(x.toPrecision(2)).toFixed(Math.max(2, 1 - Math.floor(Math.log10(x))));
}
/** A setting: as short as it is exact. */
const setting = (x) => String(Number(x)).replace("-", "−");
/** The mark of an axis at a power of ten; digits, since an exponent would be too small to read. */
const tens = (k) => String(Number((10 ** k).toFixed(4))).replace(/^0(?=\.000)/, "");
const log10 = (x) => (x > 0 ? Math.log10(x) : -Infinity);
