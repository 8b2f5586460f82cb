// A network's quantities as rows under any input: one time axis, a cursor, and what lies under the pointer.
// Text, sound and curves alike stand over them: whoever has the input says where its steps are (`place`).
// rows: [{ row of the table (`packing.row`), units, values: base64 float32 (T × U) }], as `components/tracks.py` packs them.

const TRACK = 36, BETWEEN = 6;  // px: a row, and between two

/** The rows, `steps` columns each; `color` is that of `readScales`. Where the columns are more than the values, `at[column]` is
 *  the place of its value. What it returns has the nodes, and is told where they stand. */
function makeTracks(rows, steps, scales, at = null) {
  const of = (column) => (at ? at[column] : column);
  const lanes = rows.map((row) => {
    const values = floats(row.values), canvas = el("canvas", { class: "track", width: steps, height: row.units }), pen = canvas.getContext("2d");
    const image = pen.createImageData(steps, row.units), pixels = new Uint32Array(image.data.buffer);
    for (let t = 0; t < steps; t += 1) for (let u = 0; u < row.units; u += 1) pixels[u * steps + t] = bytesOf(colorOf(scales, row, values[of(t) * row.units + u]));
    pen.putImageData(image, 0, 0);
    return { row, values, canvas, name: el("span", { class: "track-name", title: row.name }, ...math(row.symbol), el("small", {}, row.name)) };
  });
  const veil = el("i", { class: "track-veil" }), cursor = el("i", { class: "track-cursor" }), mark = lanes.map(() => el("i", { class: "track-unit" }));
  const tall = rows.length * (TRACK + BETWEEN) - BETWEEN;
  let g = null;
  const put = (node, left, top, width, height) => Object.assign(node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  return {
    nodes: [...lanes.flatMap(({ canvas, name }) => [canvas, name]), ...mark, veil, cursor],
    names: lanes.map(({ name }) => name),
    tall,
    /** `left`: of the first column; `pitch`: of one; `top`: of the rows; `above`: how much higher the cursor begins, over the input. */
    place({ left, pitch, top, above = 0 }) {
      g = { left, pitch, top, above };
      lanes.forEach(({ canvas, name }, k) => {
        const y = top + k * (TRACK + BETWEEN);
        put(canvas, left, y, pitch * steps, TRACK);
        Object.assign(name.style, { left: "0", top: `${y}px`, width: `${left - 6}px` });
      });
    },
    /** The cursor is at a step (1-based), what comes after it is veiled; `unit` is marked in each row that has it, −1 for none. */
    paint(step, unit = -1) {
      put(cursor, g.left + (step - 1) * g.pitch, g.top - g.above - 3, Math.max(2, g.pitch), tall + g.above + 6);
      put(veil, g.left + step * g.pitch, g.top, Math.max(0, (steps - step) * g.pitch), tall);
      mark.forEach((line, k) => {
        const { units } = lanes[k].row, high = TRACK / units;
        line.hidden = unit < 0 || unit >= units;
        if (!line.hidden) put(line, g.left - 2, g.top + k * (TRACK + BETWEEN) + unit * high - 1, step * g.pitch + 4, Math.max(3, high) + 2);
      });
    },
    /** The step (1-based) at a distance from the left edge of the rows' board. */
    stepAt: (x) => clamp(Math.floor((x - g.left) / g.pitch) + 1, 1, steps),
    /** What is under the pointer: { row, step, unit, value }, or null. */
    at({ target, clientX, clientY }) {
      const lane = lanes.find(({ canvas }) => canvas === target);
      if (!lane) return null;
      const box = target.getBoundingClientRect(), { units } = lane.row;
      const t = clamp(Math.floor(((clientX - box.left) / box.width) * steps), 0, steps - 1), unit = clamp(Math.floor(((clientY - box.top) / box.height) * units), 0, units - 1);
      return { row: lane.row, step: of(t) + 1, unit: unit + 1, value: lane.values[of(t) * units + unit] };
    },
  };
}

/** The legends of all rows: one for those that share a scale. */
function trackLegends(rows) {
  const scaleOf = (row) => [row.scale, row.low, row.high, row.ends?.join("")].join(), kinds = [...new Set(rows.map(scaleOf))];
  return kinds.map((kind) => {
    const same = rows.filter((row) => scaleOf(row) === kind);
    return legend(same.map((row) => row.symbol), same[0]);
  });
}

/** Who points at the rows in `stage` moves `play` to the step that `stepUnder` finds there, and is told the value; `tracks` gives
 *  the rows, or nothing before they are drawn. */
function pointAtTracks(root, stage, play, tracks, stepUnder) {
  scrub(stage, play, stepUnder);
  stage.addEventListener("click", (event) => { const step = stepUnder(event); if (step) play.go(() => step); });
  tooltip(root, stage, (event) => {
    const found = tracks()?.at(event);
    return found ? [...math(found.row.symbol), ` ${signedText(found.value)}`] : null;
  });
}
