// Several runs over the same updates: their losses in one chart, below it a map each, named by the settings that differ.

const LOSSES = 150, ROW_GAP = 10;

/** Where the rows are; they share what is left of the picture's height. */
function rowsOf(m) {
  const top = NAME + LOSSES + 34, height = (m.g.height - 26 - top - ROW_GAP * (m.runs.length - 1)) / Math.max(1, m.runs.length);
  return { first: top, at: (k) => [top + k * (height + ROW_GAP), height] };
}
const lossY = (value) => NAME + LOSSES * (1 - (clamp(log10(value), STRIPS.loss.low, STRIPS.loss.high) - STRIPS.loss.low) / (STRIPS.loss.high - STRIPS.loss.low));
/** The dash of a run: another one for each run of one cell. */
const dashOf = (m, k) => DASHES[m.runs.slice(0, k).filter((run) => run.spec.cell === m.runs[k].spec.cell).length % DASHES.length];

function drawCompare(m) {
  const { g, text, picture, runs, task } = m, rows = rowsOf(m), out = [];
  out.push(word(g.axis, NAME - 6, `${text.loss} · ${text.test}`, { class: "name" }), frame(g, NAME, LOSSES), ...[1, 0, -1, -2, -3, -4].map((k) => word(g.axis - 8, lossY(10 ** k) + 4, tens(k), { class: "tick", "text-anchor": "end" })));
  for (const kind of ["baseline", "goal"]) out.push(svg("path", { class: kind, d: `M${g.axis} ${lossY(task[kind])}H${g.right}` }), word(g.axis + 8, lossY(task[kind]) + 16, `${text[kind]} ${shown(task[kind])}`, { class: "ref" }));
  runs.forEach((run, k) => out.push(...comparedRow(m, run, k, rows.at(k))));
  out.push(word(g.axis, rows.first - 9, text.reach, { class: "name" }), updateAxis(g, g.height - 26, text));
  m.cursor = svg("g", { class: "cursor" });
  picture.replaceChildren(hatch(), ...out, ...endNames(m), m.cursor);
  paintHeats(m, runs.map((run, k) => [run, ...rows.at(k)]));
  mapKey(m, g.tight ? g.height : rows.first - NAME - 5);
}

function comparedRow(m, run, k, [top, height]) {
  const { g } = m, own = { "data-cell": run.spec.cell }, out = [];
  const line = trace(g, run.updates, run.test, lossY, "run-line");
  for (const [name, value] of Object.entries({ ...own, "data-run": k, "stroke-dasharray": dashOf(m, k) })) line.setAttribute(name, value);
  out.push(line, frame(g, top, height, { width: g.at(run.spec.steps) - g.axis + 1, class: run.outcome ? "frame" : "frame future" }), word(g.axis - 8, top + 11, "1", { class: "tick", "text-anchor": "end" }), word(g.axis - 8, top + height, String(run.positions), { class: "tick", "text-anchor": "end" }));
  if (run.solved !== null) out.push(svg("path", { class: "solved-at", d: `M${g.at(run.solved)} ${top}v${height}` }), svg("circle", { class: "hit", ...own, cx: g.at(run.solved), cy: lossY(m.task.goal), r: 5 }));
  if (run.diverged) {
    const x = g.at(run.end), y = lossY(run.test.at(-1) ?? 1);
    out.push(svg("path", { class: "cross run-mark", ...own, d: `M${x - 5} ${y - 5}l10 10m0 -10l-10 10` }), svg("rect", { class: "lost", x, y: top, width: Math.max(0, g.at(run.spec.steps) - x), height }));
  }
  return [...out, ...reachLine(g, run, top, height)];
}

/** The names at the free ends of the lines, pushed apart. */
function endNames(m) {
  const { g, runs } = m, ends = runs.map((run, k) => ({ k, run, y: lossY(run.test.at(-1) ?? 1) })).filter(({ run }) => run.count).sort((one, other) => one.y - other.y);
  let last = -99;
  return ends.map(({ run, y }) => {
    last = Math.min(Math.max(y + 4, last + 16), NAME + LOSSES + 14);
    return word(Math.min(g.at(run.head()), g.right) + 8, last, run.name, { class: "end-name", "data-cell": run.spec.cell });
  });
}

/** Left: which runs lie over each other, and a row each with what tells it from the others. */
function drawRunList(m) {
  const { text, runs, stored } = m, rows = rowsOf(m), chosen = runs.map((run) => run.id);
  const boxes = stored.map(({ id, cell, name }) => {
    const on = chosen.includes(id), input = el("input", { type: "checkbox", checked: on, disabled: on ? chosen.length < 2 : chosen.length > 3 });
    input.onchange = () => m.overlay(input.checked ? [...chosen, id] : chosen.filter((one) => one !== id));
    return el("label", { "data-cell": cell }, input, el("span", {}, name));
  });
  const items = runs.map((run, k) => {
    const [top, height] = rows.at(k), made = button(`${text.open}: ${run.name}`, "", "", () => m.open(run.id), { class: "run-item", "data-cell": run.spec.cell, style: `top: ${top + FINDING}px; height: ${height}px` });
    made.replaceChildren(el("b", {}, svg("svg", { viewBox: "0 0 26 8", class: "sample" }, svg("path", { d: "M0 4H26", "stroke-dasharray": dashOf(m, k) })), m.text.names[run.spec.cell], el("em", {}, resultOf(m, run))), run.own.length ? el("small", { title: run.own.join(" · ") }, ...run.own.map((one) => el("span", {}, one))) : "");
    const dim = (on) => m.picture.querySelectorAll(".run-line").forEach((line) => line.classList.toggle("dim", on && line.dataset.run !== String(k)));
    made.onpointerenter = made.onfocus = () => dim(true);
    made.onpointerleave = made.onblur = () => dim(false);
    return made;
  });
  const none = stored.length ? null : el("p", { class: "says" }, text.no_runs);
  m.part(".setup").replaceChildren(...[el("p", { class: "list-head" }, text.overlay), none, el("div", { class: "stored", role: "group", "aria-label": text.overlay, tabindex: 0 }, ...boxes), ...items].filter(Boolean));
}

const resultOf = (m, run) => (run.diverged ? fill(m.text.lost_at, { update: whole(run.end) }) : run.solved !== null ? fill(m.text.solved_at, { update: whole(run.solved) }) : run.outcome ? m.text.unsolved : m.text.under_way);

function drawCompareSide(m) {
  const from = m.stacked ? rowsOf(m).first - NAME - 8 : 0, height = m.g.height - from;  // beside the picture its rows are level with those
  m.part(".side").replaceChildren(el("p", { class: "finding" }), el("div", { class: "solved-box" }, svg("svg", { class: "solved", role: "img", width: SIDE, height, viewBox: `0 ${from} ${SIDE} ${height}` })));
}

/** Right: of each run its answers against the truth, and its numbers, where the cursor is. */
function paintCompareSide(m) {
  const { text, runs, g } = m, rows = rowsOf(m), picture = m.part(".side .solved"), out = [word(0, rows.first - 9, `${text.prediction} / ${text.truth}`, { class: "name" })];
  runs.forEach((run, k) => {
    if (!run.count) return;
    const [top, height] = rows.at(k), size = Math.min(height, 84), at = run.recordAt(m.update()), gone = run.diverged && m.update() > run.head(), [low, high] = rangeOf(run);
    const place = (v) => (size * (clamp(v, low, high) - low)) / (high - low || 1), y = (v) => top + size - place(v), own = { "data-cell": run.spec.cell };
    out.push(svg("rect", { class: "frame", x: 0.5, y: top, width: size, height: size, rx: 2 }), svg("path", { class: "diagonal", d: `M0 ${top + size}L${size} ${top}` }));
    if (!gone) [...run.truth].forEach((right, n) => { if (run.guesses[at][n] !== undefined) out.push(svg("circle", { class: "mini", ...own, cx: place(right), cy: y(run.guesses[at][n]), r: 2 })); });
    const line = (dy, said, more = { class: "tick" }) => out.push(word(100, top + Math.min(height, 84) / 2 + dy, said, more));
    line(-4, `${text.loss} ${gone ? text.nan : shown(run.test[at])}`, { class: "equation said", ...own });
    line(16, run.reach[at] === null || gone ? "" : fill(text.reach_back, { reach: run.reach[at] }));
  });
  const where = fill(text.at, { update: whole(m.update()), updates: whole(g.updates) });
  picture.replaceChildren(...out);
  nameImage(picture, [where, ...runs.map((run) => `${run.name}: ${resultOf(m, run)}`)].join(". "));
}
/** From the least to the largest truth of a run's examples. */
const rangeOf = (run) => [Math.min(0, ...run.truth), Math.max(1, ...run.truth)];

function paintCompareCursor(m) {
  const { g, cursor, runs } = m, rows = rowsOf(m), x = g.at(m.update());
  const spans = [[NAME, LOSSES], ...runs.map((_, k) => rows.at(k))];
  cursor.replaceChildren(svg("path", { class: "cursor-line", d: spans.map(([y, h]) => `M${x} ${y - 3}v${h + 6}`).join("") + `M${x} ${g.height - 5}v12` }));
}

const comparedFinding = (m) => (m.runs.length ? fill(m.text.find_compare, { solved: m.runs.filter((run) => run.solved !== null).length, all: m.runs.length }) : m.text.find_choose);
