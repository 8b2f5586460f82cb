// What does not move with today: the axis, the curve, the parts of the whole series, and the states as images.

const line = (points) => points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** The whole series in its three parts, from which is learned first; the month that is shown has a frame. */
function drawParts(g, data) {
  const all = floats(data.whole.values), wide = g.end - g.left, at = (step) => g.left + (wide * step) / all.length;
  const low = Math.min(...all), high = Math.max(...all), y = (value) => PARTS_TALL - 3 - ((value - low) / (high - low || 1)) * (PARTS_TALL - 8);
  const edges = [0, data.whole.checked, data.whole.tested, all.length], names = [data.text.learned, data.text.checked, data.text.tested];
  const bands = names.map((_, k) => svg("rect", { class: `part part-${k}`, x: at(edges[k]), y: 0, width: at(edges[k + 1]) - at(edges[k]), height: PARTS_TALL }));
  const curve = svg("path", { class: "all", d: line(Array.from(all, (value, k) => [at(k + 0.5), y(value)])) });
  const frame = svg("rect", { class: "frame", x: at(data.whole.first), y: 1, width: Math.max(4, at(data.whole.first + data.count) - at(data.whole.first)), height: PARTS_TALL - 2 });
  const said = names.map((name, k) => svg("text", { class: "note", x: k === 2 ? at(edges[3]) : at(edges[k]) + 2, y: PARTS_TALL + 15, "text-anchor": k === 2 ? "end" : k === 1 && g.narrow ? "middle" : "start" }, name));
  return [...bands, curve, frame, ...said];
}

/** The axes, and the curve of what was measured: all of it, of which today lights the past. */
function drawCurve(g, data, values) {
  const rules = ticksOf(data.low, data.high, 4).flatMap((tick) => [
    svg("path", { class: "rule", d: `M${g.left} ${g.y(tick)}H${g.end}` }),
    svg("text", { class: "note", x: g.left - 6, y: g.y(tick) + 4, "text-anchor": "end" }, `${amount(tick, Number.isInteger(tick) ? 0 : 1)}${g.narrow ? "" : ` ${data.unit}`}`),
  ]);
  const apart = g.narrow ? 14 : 7, dates = data.dates.flatMap((said, k) => (k % apart === 0 && g.x(k) < g.end - 30 ? [svg("text", { class: "note", x: g.x(k), y: g.bottom + 18, "text-anchor": k ? "middle" : "start" }, said)] : []));
  return [...rules, ...dates, svg("path", { class: "curve later", d: line(values.map((value, k) => [g.x(k), g.y(value)])) })];
}

/** One quantity of the cell: a row a unit, a column a day, in its colour scale. */
function drawStrip(strip, n, g, data, scales) {
  const values = floats(strip.values), units = data.units, days = values.length / units, y = g.row(n);
  const canvas = el("canvas", { width: days, height: units }), pen = canvas.getContext("2d"), pixels = pen.createImageData(days, units), cells = new Uint32Array(pixels.data.buffer);
  values.forEach((value, k) => { cells[(k % units) * days + Math.floor(k / units)] = bytesOf(colorOf(scales, strip, value)); });
  pen.putImageData(pixels, 0, 0);
  const symbol = svg("text", { class: "symbol", x: 4, y: y + g.strip / 2 + 5 }, ...mathSpans(strip.symbol));
  const name = g.narrow ? null : svg("text", { class: "note", x: 30, y: y + g.strip / 2 + 5 }, strip.name);
  return [stretched(canvas.toDataURL(), g.left, y, g.pitch * days, g.strip), symbol, name, svg("rect", { class: "edge", x: g.left, y, width: g.pitch * days, height: g.strip })].filter(Boolean);
}
