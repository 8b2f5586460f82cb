// Where everything of the way back is, and how its sizes are written. Pure: counts and widths come in, coordinates go out.

const CHAIN = 22, NUMBERS = 56, FACTORS = 90, FIELD = 132, BOTTOM = 380, SIDE = 300;
const FLOAT32 = Math.log10(2 ** -24);  // added to 1, less than this changes nothing in float32

/** Words are columns, the loss at the right. Sizes are powers of ten: below the lowest that is drawn lies the lower edge. */
function trailsLayout({ count, width, axis, gauged }) {
  const narrow = width < 640, whole = narrow ? width : width - SIDE, x0 = narrow ? (gauged ? 124 : 104) : 152, x1 = whole - (narrow ? 52 : 58);
  const { top, low } = axis, pitch = count > 1 ? (x1 - x0) / (count - 1) : 0;
  const x = (t) => (count > 1 ? x0 + pitch * (t - 1) : x1), y = (l) => FIELD + ((BOTTOM - FIELD) * (top - clamp(l, low, top))) / (top - low);
  return { narrow, whole, x0, x1, pitch, x, y, ...axis, own: count <= 12 && pitch > 60, dusty: low <= -20, xs: Array.from({ length: count }, (_, k) => x(k + 1)), height: BOTTOM + 8 };
}

/** float16 → numbers. */
function halves(base64) {
  const raw = new Uint16Array(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer);
  return Float32Array.from(raw, (half) => {
    const exponent = (half >> 10) & 31, rest = half & 1023;
    return (half & 0x8000 ? -1 : 1) * (exponent === 0 ? rest * 2 ** -24 : exponent === 31 ? (rest ? NaN : Infinity) : (1 + rest / 1024) * 2 ** (exponent - 15));
  });
}
/** Shares of 1 in 255 steps. */
const shares = (base64) => Float32Array.from(atob(base64), (c) => c.charCodeAt(0) / 255);

/** 10^l as people read it: ["0.017"], or a power of ten as ["10", "−26"]. */
function sizeParts(l) {
  if (l === -Infinity) return ["0"];
  if (l < -3 || l >= 3.5) return ["10", String(Math.round(l)).replace("-", "−")];
  const x = 10 ** l;
  return [x >= 10 ? x.toFixed(0) : x >= 0.995 ? x.toFixed(1).replace(/\.0$/, "") : x.toPrecision(2)];
}
const sizeHtml = (l) => { const [base, power] = sizeParts(l); return el("b", {}, base, power ? el("sup", {}, power) : null); };
function sizeSpans(l) {
  const [base, power] = sizeParts(l);
  return power ? [svg("tspan", {}, base), svg("tspan", { dy: "-0.38em", class: "power" }, power), svg("tspan", { dy: "0.31em" }, "\u200b")] : [svg("tspan", {}, base)];
}
const sizeSaid = (l) => sizeParts(l).join("^");
const factorText = (l) => { const x = 10 ** l; return "×\u00a0" + (x === 0 ? "0" : x >= 99.5 ? x.toFixed(0) : x >= 0.095 ? x.toFixed(2) : x >= 0.001 ? x.toPrecision(1) : "0.00…"); };
/** log₁₀ of what the step from word t + 1 back to word t (from 1) multiplies the gradient by. */
const stepOf = (run, t) => (run.left[t - 1] === -Infinity ? -Infinity : run.left[t - 1] - run.left[t]);

/** A template with nodes among its values. */
const rich = (template, values) => template.split(/\{(\w+)\}/).map((part, k) => (k % 2 ? (values[part] instanceof Node ? values[part].cloneNode(true) : String(values[part] ?? "")) : part));

/** Heights of labels, pushed apart in their order, with `gap` between. */
function apart(ys, gap, low, high) {
  const order = ys.map((_, k) => k).sort((a, b) => ys[a] - ys[b]), out = [...ys];
  for (let k = 1; k < order.length; k++) out[order[k]] = Math.max(out[order[k]], out[order[k - 1]] + gap);
  const over = Math.max(0, Math.max(...out) - high);
  out.forEach((_, k) => { out[k] = Math.max(low, out[k] - over); });
  for (let k = order.length - 2; k >= 0; k--) out[order[k]] = Math.min(out[order[k]], out[order[k + 1]] - gap);
  return out;
}
