// The map of all rounds and the bars of the one that is shown: neutral ink for right digits, red and hatched for worse than nothing.

/** The parts of the picture that stay: words, axes, the loop's staircase. What it returns paints one round. */
function drawNewton(g, data, picture, text) {
  const { total, words } = data, { x, y } = g, repeated = total > words.length, nodes = [];
  if (!repeated) words.forEach((word, t) => {
    const cut = shorten(ruler(picture), word.text, g.pitch - 4, "600 17px");
    nodes.push(svg("text", { class: "word", x: x(t + 0.5), y: word.gloss && !g.narrow ? 17 : 26, lang: "ja" }, cut || "·"), word.gloss && !g.narrow && g.pitch > 70 ? svg("text", { class: "note middle", x: x(t + 0.5), y: 35 }, word.gloss) : null);
  });
  else {
    const many = total / words.length;
    for (let k = 0; k < many && many < 70; k++) nodes.push(svg("path", { class: "brace", d: `M${x(k * words.length) + 2} 36v-6H${x(Math.min(total, (k + 1) * words.length)) - 2}v6` }));
    nodes.push(svg("text", { class: "note", x: g.left + 2, y: 18 }, svg("tspan", { class: "repeated", lang: "ja" }, shorten(ruler(picture), words.map((one) => one.text).join(" "), g.width * 0.5, "600 16px")), svg("tspan", { dx: 10 }, fill(g.narrow ? text.times : text.repeated, { total }))));
  }
  nodes.push(svg("text", { class: "tick", x: g.left - 8, y: g.top + 10 }, String(GOAL)), svg("text", { class: "tick", x: g.left - 8, y: g.zero + 5 }, "0"),
    ...(g.narrow ? [] : text.digits.split("|").map((line, k) => svg("text", { class: "note", x: 0, y: g.top + 30 + 18 * k }, line))),
    svg("path", { class: "goal", d: `M${g.left} ${g.top}H${x(total)}` }), svg("path", { class: "zero", d: `M${g.left} ${g.zero}H${x(total)}` }));
  const bars = Array.from({ length: total }, (_, t) => svg("rect", { class: "digits", x: x(t + 0.1), width: g.pitch * 0.8, y: g.zero, height: 1 }));
  const step = total <= 12 ? 1 : total <= 70 ? 10 : 50, every = total <= 12 ? 1 : step * (g.narrow ? 2 : 1);
  for (let k = 0; k <= total; k += step) nodes.push(svg("text", { class: "tick", x: g.left - 8, y: y(k) + Math.min(g.row, 18) / 2 + 4.5 }, String(k)));
  for (let t = every; t <= total && total > 12; t += every) nodes.push(svg("text", { class: "tick middle", x: x(t - 0.5), y: g.bottom + 18 }, String(t)));
  nodes.push(svg("text", { class: "note", x: 0, y: g.bottom + 18 }, g.narrow ? "" : text.position), svg("text", { class: "note rounds", x: 0, y: y(step / 2) + Math.min(g.row, 18) / 2 + 4.5 }, ""));
  let stairs = `M${g.left} ${y(1)}`;
  for (let k = 1; k <= total; k++) stairs += `H${x(k)}V${y(k + 1)}`;
  const frame = svg("rect", { class: "frame empty", x: g.left, y: g.map, width: g.pitch * total, height: g.height }), filled = svg("rect", { class: "frame", x: g.left, y: g.map, width: g.pitch * total, height: g.row });
  const now = svg("rect", { class: "now", x: g.left - 3, width: g.pitch * total + 6, height: Math.max(g.row, 4) + 4, rx: 3 }), end = svg("text", { class: "end", x: x(total) - 8 });
  const loop = svg("text", { class: "loop-name", x: g.left + 12, y: g.bottom - 12 }, g.narrow ? text.loop_short : text.loop);
  picture.replaceChildren(...[...nodes, ...bars, frame, filled, svg("path", { class: "loop halo", d: stairs }), svg("path", { class: "loop", d: stairs }), loop, end, now].filter(Boolean));
  return { bars, filled, now, end, loop, named: picture.querySelector(".rounds") };
}

/** Bars and map of round k: `byte(k, t)` is an error, null where nothing was computed. */
function paintNewton(g, marks, { k, total, byte, ended, rounds }) {
  marks.bars.forEach((bar, t) => {
    const found = byte(k, t), d = found === null ? 0 : clamp(-logError(found), -3, GOAL), high = d >= 0 ? (d / GOAL) * g.bars : (-d / 3) * g.down;
    put(bar, "class", `digits${found !== null && found < RIGHT ? " done" : found >= WORSE ? " worse" : ""}`);
    put(bar, "height", String(Math.max(high, 1)));
    put(bar, "y", String(d >= 0 ? g.zero - Math.max(high, 1) : g.zero));
  });
  put(marks.filled, "height", String(g.row * (k + 1)));
  put(marks.now, "y", String(g.y(k) - 2 - Math.max(0, (4 - g.row) / 2)));
  write(marks.named, g.narrow ? "" : rounds);
  const room = g.y(k + 1) + 56 < g.bottom;
  write(marks.end, room ? ended : "");
  put(marks.end, "y", String(g.y(k + 1) + 24));
  marks.loop.style.display = k + 1 < total * 0.8 ? "" : "none";
}

/** The map as an image: what is not computed yet stays empty. */
function fillMap(canvas, g, { k, total, byte, zoom, colours }) {
  const ratio = (window.devicePixelRatio || 1) * zoom, [wide, high] = [g.pitch * total, g.height], pen = canvas.getContext("2d"), tile = el("canvas", { width: 6, height: 6 }), line = tile.getContext("2d");
  canvas.setAttribute("style", `left: ${g.left}px; top: ${g.map}px; width: ${wide}px; height: ${high}px`);
  [canvas.width, canvas.height] = [Math.round(wide * ratio), Math.round(high * ratio)];
  [line.fillStyle, line.strokeStyle, line.lineWidth] = [css(colours(0.75)), css(colours(0.875)), 2];
  line.fillRect(0, 0, 6, 6);
  for (const o of [-6, 0, 6]) { line.beginPath(); line.moveTo(o - 1, 7); line.lineTo(o + 7, -1); line.stroke(); }
  const hatch = pen.createPattern(tile, "repeat"), ink = getComputedStyle(canvas).color;
  for (let row = 0; row <= k; row++) for (let t = 0; t < total; t++) {
    const found = byte(row, t), [x0, y0] = [Math.round(t * g.pitch * ratio), Math.round(row * g.row * ratio)];
    if (found === null) continue;
    const box = [x0, y0, Math.round((t + 1) * g.pitch * ratio) - x0, Math.round((row + 1) * g.row * ratio) - y0];
    pen.globalAlpha = 1;
    pen.fillStyle = found >= WORSE ? hatch : ink;
    if (found < WORSE) pen.globalAlpha = clamp(-logError(found) / GOAL, 0.04, 1);
    pen.fillRect(...box);
  }
}
