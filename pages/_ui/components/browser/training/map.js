// The map: loss, norm and growth above the gradient's reach, all over the same updates. What is drawn belongs to one run.

/** Symbols, each with what stands below it: "∂h", "t". */
const formulaOf = (...parts) => parts.flatMap(([letters, sub]) => [svg("tspan", { class: "math" }, letters), ...(sub ? [svg("tspan", { class: "math sub", dy: "3" }, sub), svg("tspan", { dy: "-3" }, "\u200b")] : [])]);
const GROWTH = [["∂h", "t"], ["/∂h", "t−1"]], reachOf = (m) => [[`‖∂L/∂${m.through}`, "t"], ["‖"]];
const word = (x, y, said, more = {}) => svg("text", { x, y, ...more }, ...[said].flat());
const frame = (g, y, h, more = {}) => svg("rect", { class: "frame", x: g.axis - 0.5, y: y - 0.5, width: g.right - g.axis + 1, height: h + 1, rx: 3, ...more });
const hatch = () => svg("defs", {}, svg("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("path", { class: "hatch", d: "M0 0V7" })));
const across = (g, x) => g.bands.map(([y, h]) => `M${x} ${y}v${h}`).join("");

/** A line over the updates, broken where there is no number. */
function trace(g, updates, values, yOf, kind) {
  let d = "", pen = false;
  values.forEach((value, k) => {
    if (value === null || value === undefined || !Number.isFinite(value)) { pen = false; return; }
    d += `${pen ? "L" : "M"}${g.at(updates[k]).toFixed(1)} ${yOf(value).toFixed(1)}`;
    pen = true;
  });
  return svg("path", { class: kind, d });
}

function updateAxis(g, y, text) {
  const marks = marksOf(g).map((update) => word(g.at(update), y + 17, whole(update), { class: "tick", "text-anchor": update === g.updates ? "end" : update ? "middle" : "start" }));
  return svg("g", {}, ...marks, g.narrow ? null : word(g.axis - 8, y + (staged() ? 19 : 17), text.update, { class: "tick", "text-anchor": "end" }));
}

/** Frames, names and marks, which are there before anything is trained. */
function scaffold(m) {
  const { g, text, task } = m, kind = m.complete() ? "frame" : "frame future", out = [];
  const name = (strip, said) => out.push(word(g.axis, g.strips[strip].y - 6, said, { class: "name" }), word(g.right, g.strips[strip].y - 6, "", { class: "value", "data-strip": strip, "text-anchor": "end" }));
  const tick = (strip, k, said = tens(k)) => out.push(word(g.axis - 8, g.y(strip, k) + 4, said, { class: "tick", "text-anchor": "end" }));
  for (const { y, h } of Object.values(g.strips)) out.push(frame(g, y, h, { class: kind }));
  out.push(frame(g, g.mapY, g.rows, { class: kind }));
  name("loss", text.loss);
  [1, 0, -2, -4].forEach((k) => tick("loss", k));
  name("norm", text.norm);
  [2, 0, -2].forEach((k) => tick("norm", k));
  name("growth", g.tight ? text.growth : [`${text.growth}  `, ...formulaOf(...GROWTH)]);
  [1, 0, -1].forEach((k) => tick("growth", k));
  out.push(svg("path", { class: "one", d: `M${g.axis} ${g.y("growth", 0)}H${g.right}` }));
  out.push(word(g.axis, g.mapY - 9, [`${g.X < 600 ? text.reach_short : text.reach}  `, ...(g.narrow ? [] : formulaOf(...reachOf(m)))], { class: "name" }));
  for (const t of placesOf(g)) out.push(word(g.axis - 8, g.mapY + (t - 0.5) * g.row + 4, String(t), { class: "tick", "text-anchor": "end" }));
  if (!g.narrow) out.push(word(g.axis - 8, g.mapY - (staged() ? 12 : 9), text.position, { class: "tick", "text-anchor": "end" }), svg("path", { class: "arrow", d: `M18 ${g.floor - 32}V${g.mapY + 10}m-5 8l5 -9l5 9` }), word(18, g.floor - 15, text.at_loss, { class: "tick", "text-anchor": "middle" }));
  out.push(updateAxis(g, g.floor, text));
  const lost = m.state === "diverged" && m.run.end > g.updates / 3;  // the names stand where the run was
  out.push(...references(g, text, task, lost ? g.at(m.run.end) - 8 : g.right - 8));
  return out;
}

/** What an answer without having learned anything costs, and the loss that counts as solved. The names stand above their
 *  lines: where the two lie close together one stands below, and where there is no room above them both do. */
function references(g, text, task, side) {
  const at = (kind) => g.y("loss", log10(task[kind])), letters = staged() ? 22 : 16, below = staged() ? 16 : 13;
  const near = at("goal") - at("baseline") < letters, roof = at("baseline") - g.strips.loss.y < letters;
  const said = (kind) => `${text[kind]} ${shown(task[kind])}`, name = (kind, dy, words = said(kind)) => word(side, at(kind) + dy, words, { class: "ref", "text-anchor": "end" });
  const names = roof && near ? [name("goal", below, `${said("baseline")} · ${said("goal")}`)] : [name("baseline", roof ? below : -5), name("goal", roof || near ? below : -4)];
  return [...["baseline", "goal"].map((kind) => svg("path", { class: kind, d: `M${g.axis} ${at(kind)}H${g.right}` })), ...names];
}

/** Before a run: one line each on what will be seen. */
function ghosts(m) {
  const { g, text } = m, middle = (g.axis + g.right) / 2, line = (y, said) => word(middle, y, said, { class: "ghost", "text-anchor": "middle" });
  const { norm, growth, loss } = g.strips, out = [line(norm.y + norm.h / 2 + 5, text.ghost_norm), line(growth.y + growth.h / 2 - 5, text.ghost_growth)];
  if (!g.tight) out.push(line(g.mapY + g.rows / 2 + 5, text.ghost_reach));
  const said = m.guess.outcome ? text.drag : text.ghost_loss, parts = g.narrow ? said.split(/(?<=,) /) : [said];  // on a phone in two lines
  if (m.state !== "queued") out.push(word(g.axis + 10, loss.y + loss.h - 18 * parts.length + 8, parts.map((part, k) => svg("tspan", { x: g.axis + 10, dy: k ? 18 : 0 }, part)), { class: "ghost" }));
  return out;
}

/** The numbers of the run as lines; what clipping cuts off is a stem from the norm down to the limit. */
function lines(m) {
  const { g, run } = m, at = run.updates, clip = run.spec.clip, log = (strip) => (value) => g.y(strip, log10(value)), out = [];
  out.push(trace(g, at, run.train, log("loss"), "train"), trace(g, at, run.test, log("loss"), "test"));
  let stems = "", beyond = "";
  run.before.forEach((value, k) => {
    if (value === null) return;
    const x = g.at(at[k]).toFixed(1);
    if (clip && value > clip) stems += `M${x} ${log("norm")(value).toFixed(1)}V${log("norm")(clip).toFixed(1)}`;
    if (log10(value) > g.strips.norm.high) beyond += `M${x - 4} ${g.strips.norm.y + 7}l4 -7l4 7z`;
  });
  out.push(svg("path", { class: "stems", d: stems }), trace(g, at, run.before, log("norm"), "before"), svg("path", { class: "beyond", d: beyond }));
  if (clip) out.push(trace(g, at, run.after, log("norm"), "after"), svg("path", { class: "limit", d: `M${g.axis} ${log("norm")(clip)}H${g.right}` }));
  out.push(trace(g, at, run.sigma, log("growth"), "sigma"), trace(g, at, run.rho, log("growth"), "rho"));
  out.push(...reachLine(g, run, g.mapY, g.rows));
  if (m.state === "running") out.push(svg("path", { class: "live-head", d: across(g, g.at(run.head())) }));
  if (run.solved !== null) out.push(svg("circle", { class: "hit", cx: g.at(run.solved), cy: log("loss")(m.task.goal), r: 5.5 }));
  return out;
}

/** How far back the gradient keeps 1% of its norm, as a line on paper: it is read without the colours. */
function reachLine(g, run, top, height) {
  const row = height / run.positions, y = (reach) => top + (run.last - reach) * row;
  return ["reach under", "reach"].map((kind) => trace(g, run.updates, run.reach, y, kind));
}

/** Where a run ended early: by itself, so that the rest is lost, or by someone who can let it go on. */
function ending(m) {
  const { g, run } = m, out = [];
  if (!["diverged", "cancelled", "failed"].includes(m.state)) return out;
  const end = g.at(run.end ?? run.head());
  if (m.state === "diverged") out.push(...g.bands.map(([y, h]) => svg("rect", { class: "lost", x: end, y, width: g.right - end, height: h })));
  out.push(svg("path", { class: "end", d: across(g, end) }));
  if (m.state !== "diverged") return out;
  // What the last update met: a number off the scale, infinity, or none.
  const flip = end > g.right - 110, last = (value) => (value === "nan" ? ["M0 0l9 9m0 -9l-9 9", m.text.nan] : value === "inf" ? ["M0 9l5 -9l5 9z", "∞"] : ["M0 9l5 -9l5 9z", shown(value)]);
  for (const [strip, value] of [["loss", run.diverged.loss], ["norm", run.diverged.norm]]) {
    if (value === null || value === undefined) continue;
    const [mark, said] = last(value), y = g.strips[strip].y + 5;
    out.push(svg("path", { class: mark.endsWith("z") ? "cross filled" : "cross", transform: `translate(${flip ? end - 16 : end + 7} ${y})`, d: mark }), word(flip ? end - 23 : end + 23, y + 11, said, { class: "strong-mark", "text-anchor": flip ? "end" : "start" }));
  }
  return out;
}

/** The whole picture anew: when a run has another point, another run is drawn, or there is another width. */
function drawMap(m) {
  const { g, picture, run } = m, waiting = m.waiting(), guess = guessPath(m);
  const out = scaffold(m);
  if (waiting) out.push(...ghosts(m));
  if (guess) out.push(svg("path", { class: "guess-band", d: guess }));
  if (guess) out.push(...guessMarks(m));
  if (run && !waiting) out.push(...lines(m), ...ending(m));
  const until = g.narrow || isNamed(m) ? g.X : g.X + 40;  // the positions' names stand between, where they have any
  for (const t of m.example.marked) out.push(svg("path", { class: "needed", d: `M${g.right + 1} ${g.mapY + (t + 0.5) * g.row}H${until}` }));
  m.cursor = svg("g", { class: "cursor" });
  picture.replaceChildren(hatch(), ...out, m.cursor);
  paintHeats(m, run && !waiting ? [[run, g.mapY, g.rows]] : []);
  mapKey(m, g.tight ? g.height : g.mapY - NAME - 5);
}

function mapKey(m, top) {
  const { over, g, run } = m, sides = run?.count && run.heats.c[0].length ? ["h", "c"] : [];  // what runs through c alone is no part of ∂L/∂h
  const through = sides.map((side) => button(fill(m.text.through, { state: side }), "", math(`${side}_t`)[0], () => m.look(side), { class: "through", "aria-pressed": String(m.through === side) }));
  over.replaceChildren(...through, el("span", { class: "legend" }, el("span", {}, "≤ 10", el("sup", {}, "−8")), el("i", { class: "size" }), "1", el("span", { class: "one-line" }), m.text.one_percent));
  over.setAttribute("style", `top: ${top}px; right: ${g.pad}px`);
}

/** The line on which the reader stands, a ring on each curve, and the numbers there. */
function paintCursor(m) {
  const { g, run, cursor, picture } = m, x = g.at(m.update());
  cursor.replaceChildren(svg("path", { class: "cursor-line", d: g.bands.map(([y, h]) => `M${x} ${y - 3}v${h + 6}`).join("") + `M${x} ${g.floor + 21}v12` }));
  const k = m.record();
  const ring = (strip, value) => (value > 0 && Number.isFinite(value) ? svg("circle", { class: "at", cx: g.at(run.updates[k]), cy: g.y(strip, log10(value)), r: 4.5 }) : null);
  cursor.append(...[ring("loss", run.test[k]), ring("norm", run.before[k]), ring("growth", run.rho[k])].filter(Boolean));
  const say = (strip, ...parts) => picture.querySelector(`.value[data-strip="${strip}"]`).replaceChildren(...parts.flatMap(([dash, kind, said, value], n) => [
    svg("tspan", { class: `swatch ${kind}`, dx: n ? (g.tight ? 8 : 14) : 0 }, dash), svg("tspan", { class: "said-of" }, g.tight ? " " : ` ${said} `), svg("tspan", { class: "strong" }, value)]));
  const { text } = m;
  say("loss", ["━", "test", text.test, shown(run.test[k])], ["─", "train", text.train_loss, shown(run.train[k])]);
  say("norm", ["○", "before", text.before, shown(run.before[k])], run.spec.clip ? ["●", "after", text.after, shown(run.after[k])] : ["", "none", g.tight ? "" : text.unclipped, ""]);
  say("growth", ["━", "rho", "ρ", shown(run.rho[k])], ["┄", "sigma", text.sigma, shown(run.sigma[k])]);
}
