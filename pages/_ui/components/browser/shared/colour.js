// The colour scales, read from the theme that the page has now.

/** Scales as functions of the share of the way from the low to the high end, → [r, g, b]. Mixed in sRGB, as Plotly does. */
function readScales(root) {
  const names = ["signed", "share", "size"], marks = names.map((name) => Array.from({ length: 9 }, (_, k) => el("i", { style: `color: var(--${name}-${k})` })));
  root.querySelector(".probe").replaceChildren(...marks.flat());  // all before any is read: then the styles are found once
  const ramps = marks.map((row) => {
    const stops = row.map((mark) => getComputedStyle(mark).color.match(/[\d.]+/g).slice(0, 3).map(Number));
    return (share) => {
      const at = clamp(share, 0, 1) * 8, low = Math.min(7, Math.floor(at));
      return stops[low].map((channel, i) => Math.round(channel + (stops[low + 1][i] - channel) * (at - low)));
    };
  });
  return Object.fromEntries(names.map((name, k) => [name, ramps[k]]));
}

/** The colour of a value of one quantity; `row` is its row of the table: { scale, low, high, ends: what 0 and 1 of a gate do, or null }. */
const colorOf = (scales, row, value) => scales[row.scale]((value - row.low) / (row.high - row.low));
/** An opaque pixel of an ImageData that is written as 32 bits, on the little-endian machines that all browsers run on. */
const bytesOf = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
const css = ([r, g, b]) => `rgb(${r},${g},${b})`;

/** Numbers as one image, a column or a row of cells. */
function strip(values, color, across = false) {
  const count = values.length, canvas = el("canvas", across ? { width: count * 8, height: 1 } : { width: 1, height: count * 8 }), pen = canvas.getContext("2d");
  values.forEach((value, k) => { pen.fillStyle = css(color(value)); pen.fillRect(across ? k * 8 : 0, across ? 0 : k * 8, across ? 8 : 1, across ? 1 : 8); });
  return canvas.toDataURL();
}
const stretched = (href, x, y, width, height) => svg("image", { href, x, y, width, height, preserveAspectRatio: "none" });

/** What a colour means: symbols, the two ends, and the ramp between them. */
function legend(symbols, row) {
  const end = (sign, value) => (row.beyond ? (sign < 0 ? "≤ " : "≥ ") : "") + (value > 0 ? "+" : "") + fixed(value, Number.isInteger(value) ? 0 : 1);
  const [low, high] = row.ends ?? [end(-1, row.low), end(1, row.high)];
  const named = symbols.flatMap((symbol, k) => [k ? ", " : "", ...math(symbol)]);
  return el("span", { class: "legend" }, el("span", { class: "of" }, ...named), low, el("i", { class: row.scale }), high);
}
