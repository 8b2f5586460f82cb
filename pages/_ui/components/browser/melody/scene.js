// The piano roll: its rows, the notes, and at the playhead what is expected next, by pitch and by length.

const BLACK = new Set([1, 3, 6, 8, 10]);

/** The nodes of the roll, once; what they return is told the step and paints what is expected after it. */
function makeScene(data, g) {
  const { low, high, notes, begins } = data, count = high - low + 1, box = (left, top, width, height) => `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
  const lines = Array.from({ length: count }, (_, k) => el("i", { class: `line${BLACK.has((low + k) % 12) ? " black" : ""}${(low + k) % 12 === 0 ? " do" : ""}`, style: box(g.left, g.y(k), g.width - g.left - 4, g.row) }));
  const names = Array.from({ length: count }, (_, k) => low + k).filter((pitch) => pitch % 12 === 0 || (!g.narrow && pitch % 12 === 7))
    .map((pitch) => el("span", { class: "pitch", style: `top: ${g.y(pitch - low) + g.row / 2 - 8}px; width: ${g.left - 8}px` }, data.names[pitch - data.lowest]));
  const rects = notes.map(([pitch, length], k) => el("i", { class: `note ${k < data.given ? "given" : "drawn"}`, style: box(g.x(begins[k]), g.y(pitch - low), Math.max(2, length * g.pitch - 1.5), g.row) }));
  const bars = Array.from({ length: count }, (_, k) => el("i", { class: "odds", style: `top: ${g.y(k)}px; height: ${g.row}px` }));
  const lasts = data.lengths.map(() => el("i", { class: "odds" })), ends = el("span", { class: "ends" });
  const lane = el("i", { class: "lane", style: box(g.left, g.lane, g.width - g.left - 4, LENGTH) });
  const title = el("span", { class: "name", style: `top: ${g.lane}px; height: ${LENGTH}px; width: ${g.left - 6}px` }, g.narrow ? "" : data.text.length);
  /** p of each pitch and of the end after a step (1-based), and of each length. */
  const expected = (step) => ({ pitch: data.odds.subarray((step - 1) * data.outputs, step * data.outputs), length: data.spans.subarray((step - 1) * data.lengths.length, step * data.lengths.length) });
  return {
    nodes: [...lines, lane, ...rects, ...bars, ...lasts, ends],
    names: [...names, title],
    expected,
    paint(step, playing) {
      const { pitch, length } = expected(step), x = g.x(begins[step]);
      rects.forEach((node, k) => { node.classList.toggle("later", k >= step); node.classList.toggle("on", k === step - 1); });
      for (const node of [...bars, ...lasts, ends]) node.hidden = playing;
      if (playing) return;  // while it plays only what sounds: nobody could read a distribution a frame
      bars.forEach((node, k) => { const p = pitch[low - data.lowest + k] ?? 0; Object.assign(node.style, { left: `${x}px`, width: `${Math.max(p > 0.004 ? 2 : 0, p * g.next)}px` }); });
      lasts.forEach((node, k) => { const high = length[k] * (LENGTH - 4); Object.assign(node.style, { left: `${x + (data.lengths[k] - 0.5) * g.pitch}px`, width: `${Math.max(3, 0.8 * g.pitch)}px`, top: `${g.lane + LENGTH - 2 - high}px`, height: `${high}px` }); });
      write(ends, fill(data.text.ends, { p: chance(pitch[data.outputs - 1]) }));
      Object.assign(ends.style, { left: `${x + 4}px`, top: `${g.lane - 2}px` });
      ends.hidden = pitch[data.outputs - 1] < 0.05;
    },
  };
}
