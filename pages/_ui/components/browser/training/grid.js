// The points of a sweep as a picture: a map of one or two settings, or lines through the axes of three.

// How high the picture is, at least and at most on the stage too, and what stands above it: more where the legend takes several lines.
const TALL = { page: 500, stage: 436, most: 620 }, TOP = { wide: 28, tight: 68 }, FOOT = 44, BETWEEN = 6;
const gridLayout = (width, room) => ({ X: Math.max(280, width), tall: staged() ? clamp(room, TALL.stage, TALL.most) : TALL.page, top: width < 520 ? TOP.tight : TOP.wide });

const lossOf = (run) => (run.diverged ? null : run.curve.findLast((one) => one !== null) ?? null);
/** How far below the baseline a loss is, from 0 to 1 at a hundredth of it; null where there is none. */
const gain = (m, run) => { const loss = lossOf(run); return loss === null ? null : clamp(log10(m.task.baseline / loss) / 2, 0, 1); };
const goneWell = (runs) => runs.filter((run) => run.solved !== null).length * 2 > runs.length;
const pointSaid = (m, { at }) => m.axes.map((axis, n) => `${axis.name} ${axis.values[at[n]]}`).join(" · ");

/** A point as a button: what it shows, a ring where it is chosen. */
function pointNode(m, k, point, nodes) {
  const on = k === m.pick, node = svg("g", { class: on ? "point picked" : "point", tabindex: on ? 0 : -1, role: "button", "aria-pressed": String(on), "aria-label": pointSaid(m, point), "data-k": k }, ...nodes);
  node.onclick = () => m.choose(k);
  return node;
}

/** One or two settings: across the first, down the second; a strip a seed. */
function drawGrid(m) {
  const { axes: [across, down], g, points } = m, rows = down?.values.length ?? 1, left = down ? 64 : 12;
  const wide = (g.X - 6 - left) / across.values.length, tall = (g.tall - g.top - FOOT) / rows, out = [];
  points.forEach((point, k) => {
    const x = left + point.at[0] * wide, y = g.top + (point.at[1] ?? 0) * tall, w = wide - BETWEEN, h = tall - BETWEEN, strip = w / point.runs.length;
    const strips = point.runs.flatMap((run, n) => stripNodes(m, run, x + n * strip, y, strip, h));
    const waits = point.runs.every((run) => run.phase === "waiting");
    out.push(pointNode(m, k, point, [...strips, svg("rect", { class: waits ? "outline future" : "outline", x: x - 0.5, y: y - 0.5, width: w + 1, height: h + 1, rx: 3 }), svg("rect", { class: "ring", x: x - 3, y: y - 3, width: w + 6, height: h + 6, rx: 6 })]));
  });
  const chosen = points[m.pick].at, named = (n, at) => (chosen[n] === at ? "axis-word on" : "axis-word");
  across.values.forEach((value, n) => out.push(word(left + (n + 0.5) * wide - BETWEEN / 2, g.tall - 26, value, { class: named(0, n), "text-anchor": "middle" })));
  out.push(word((left + g.X) / 2, g.tall - 6, across.name, { class: "tick", "text-anchor": "middle" }));
  if (down) {
    down.values.forEach((value, n) => out.push(word(left - 10, g.top + (n + 0.5) * tall + 4, value, { class: named(1, n), "text-anchor": "end" })));
    out.push(word(0, g.top - 14, down.name, { class: "tick" }));
  }
  m.picture.replaceChildren(...out);
}

function stripNodes(m, run, x, y, w, h) {
  const share = gain(m, run), place = { x, y, width: w, height: h };
  if (run.phase !== "done") return [svg("rect", { class: "strip wait", ...place }), svg("rect", { class: "progress", x, y: y + h * (1 - run.part), width: w, height: h * run.part })];
  const nodes = [svg("rect", { class: "strip", ...place, style: `fill: ${share === null ? "var(--bg)" : css(m.scales().size(share))}` })];
  if (run.solved !== null) nodes.push(svg("circle", { class: "done", cx: x + w / 2, cy: y + h - 10, r: Math.min(4, w / 3) }));
  if (share === null) nodes.push(svg("path", { class: "cross", d: `M${x + w / 2 - 5} ${y + h / 2 - 5}l10 10m0 -10l-10 10` }));
  return nodes;
}

/** Three settings: an axis each, and one for the loss; a point is a line through its values. What is read lies over the lines. */
function drawParallel(m) {
  const { g, axes, points } = m, narrow = g.X < 420, left = narrow ? 36 : 60, step = (g.X - left - (narrow ? 64 : 96)) / axes.length, foot = g.tall - FOOT, end = left + axes.length * step;
  const yOf = (n, at) => g.top + 14 + ((foot - g.top - 28) * at) / Math.max(1, axes[n].values.length - 1), loss = (value) => g.top + 14 + ((foot - g.top - 28) * (STRIPS.loss.high - clamp(log10(value), STRIPS.loss.low, STRIPS.loss.high))) / (STRIPS.loss.high - STRIPS.loss.low);
  const marks = ["baseline", "goal"].map((kind) => [kind, loss(m.task[kind])]), free = (y) => marks.every(([, at]) => Math.abs(at - y) > 17);
  const rules = [0, 1, 2, 3].map((n) => svg("path", { class: "axis-line", d: `M${left + n * step} ${g.top}V${foot}` }));
  const said = axes.flatMap((axis, n) => [word(left + n * step, g.tall - 20 + (n % 2 && narrow ? 14 : 0), axis.name, { class: "tick", "text-anchor": "middle" }),
    ...axis.values.map((value, at) => word(left + n * step - 8, yOf(n, at) + 5, value, { class: points[m.pick].at[n] === at ? "axis-word on" : "axis-word", "text-anchor": "end" }))]);
  said.push(word(end, g.tall - 20, m.text.loss, { class: "tick", "text-anchor": "middle" }), ...[1, 0, -2, -4].map((k) => [k, loss(10 ** k)]).filter(([, y]) => free(y)).map(([k, y]) => word(end + 12, y + 4, tens(k), { class: "tick" })),
    ...marks.flatMap(([kind, y]) => [svg("path", { class: kind, d: `M${end - 10} ${y}h20` }), word(end + 12, y + 4, m.text[kind], { class: "ref" })]));
  const drawn = points.map((point, k) => {
    const done = point.runs.filter((run) => run.phase === "done"), losses = done.map(lossOf).filter((one) => one !== null).sort((one, other) => one - other), middle = losses[Math.floor(losses.length / 2)];
    const d = axes.map((_, n) => `${n ? "L" : "M"}${left + n * step} ${yOf(n, point.at[n])}`).join("") + (middle === undefined ? "" : `L${end} ${loss(middle)}`);
    const color = middle === undefined ? "" : `stroke: ${css(m.scales().size(clamp(log10(m.task.baseline / middle) / 2, 0, 1)))}`, line = done.length ? "point-line" : "point-line future";
    return pointNode(m, k, point, [svg("path", { class: "wide-line", d }), svg("path", { class: `${line} casing`, d }), svg("path", { class: line, d, style: color }), middle === undefined ? svg("g", {}) : svg("circle", { class: goneWell(point.runs) ? "done" : "open", cx: end, cy: loss(middle), r: 4 })]);
  });
  const chosen = drawn.splice(m.pick, 1);
  m.picture.replaceChildren(...rules, ...drawn, ...chosen, svg("g", { class: "over-lines" }, ...said));  // the chosen one lies over the others
}
