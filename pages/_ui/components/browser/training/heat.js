// The gradient's reach as colours: one pixel a record and position, drawn as large as the map.

const SHEET = document.createElement("canvas");

function pen(m) {
  const { canvas, g } = m, scale = devicePixelRatio * m.zoom, width = Math.round(g.X * scale), height = Math.round(g.height * scale);
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  canvas.setAttribute("style", `width: ${g.X}px; height: ${g.height}px`);
  const made = canvas.getContext("2d");
  made.setTransform(scale, 0, 0, scale, 0, 0);
  made.imageSmoothingEnabled = false;
  made.clearRect(0, 0, g.X, g.height);
  return made;
}

/** `heats`: each a run, and the top and height of its rows. */
function paintHeats(m, heats) {
  const made = pen(m);
  for (const [run, top, height] of heats) if (run.count) paintHeat(m, made, run, top, height);
}

function paintHeat(m, made, run, top, height) {
  const { g } = m, { count, positions } = run, size = m.scales().size;
  [SHEET.width, SHEET.height] = [count, positions];
  const small = SHEET.getContext("2d"), image = small.createImageData(count, positions), pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < count; k++) for (let t = 0; t < positions; t++) {
    const norm = run.heat[k][t];
    if (norm !== null && Number.isFinite(norm)) pixels[t * count + k] = bytesOf(size((log10(norm) - HEAT.low) / (HEAT.high - HEAT.low)));
  }
  small.putImageData(image, 0, 0);
  // A record stands for the updates around it: half a column to the left, so that the cursor is in the middle of its column.
  const wide = g.at(run.every) - g.at(0);
  made.save();
  made.beginPath();
  made.rect(g.axis, top, g.right - g.axis, height);
  made.clip();
  made.drawImage(SHEET, 0, 0, count, positions, g.axis - wide / 2, top, count * wide, height);
  made.restore();
}

/** A state as pixels: positions down, units across, as large as the box that it is given. */
function paintStates(m, board, states, limit, box, key) {
  if (board.dataset.painted === key) return;  // the states change only with the snapshot
  board.dataset.painted = key;
  board.setAttribute("style", `left: ${box.x}px; top: ${box.y}px; width: ${box.w}px; height: ${box.h}px`);
  [board.width, board.height] = states ? [states[0].length, states.length] : [1, 1];
  if (!states) return;
  const made = board.getContext("2d"), image = made.createImageData(board.width, board.height), pixels = new Uint32Array(image.data.buffer), { signed } = m.scales();
  states.forEach((row, t) => row.forEach((value, unit) => { pixels[t * row.length + unit] = bytesOf(signed((value / limit + 1) / 2)); }));
  made.putImageData(image, 0, 0);
}
