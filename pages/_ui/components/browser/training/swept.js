// A sweep: what is swept, the points as they fill in, and the chosen one by its seeds.
// data: { id, going, axes: [{ field, name, values }], points: [{ at: [the value of each axis], runs: [{ phase, part, step, solved, diverged, curve }] }], first: the first seed, seeds, drawn,
//         offers: { field: name }, cell, updates, seconds, task: { baseline, goal }, text }

const AXES = 3, BUTTON = 104;  // px of the stage below the picture, with what is free around the button

function createSweep(root, report, tell) {
  const part = (selector) => root.querySelector(selector), m = { root, part, picture: part(".strips"), over: part(".over"), zoom: 1, pick: 0 };
  let data, serial = 0;
  m.scales = () => page.now().scales;
  m.choose = (k) => { m.pick = k; paint(); m.picture.querySelector(".picked").focus({ preventScroll: true }); };
  const all = () => data.points.flatMap((point) => point.runs), done = () => all().filter((run) => run.phase === "done").length;

  function setup() {
    const { text } = data, chosen = data.axes.map((axis) => axis.field);
    const tellChoice = (change) => tell("choice", { of: data.id, choice: { axes: chosen, seeds: data.seeds, drawn: data.drawn, ...change } });
    const axisOf = (n) => {
      const free = Object.keys(data.offers).filter((field) => field === chosen[n] || !chosen.includes(field)), label = fill(text.axis, { number: n + 1 });
      const put = (field) => tellChoice({ axes: [...chosen.slice(0, n), field, ...chosen.slice(n + 1)].filter((one) => one !== "none") });
      const select = choices(n ? ["none", ...free] : free, chosen[n] ?? "none", (field) => data.offers[field] ?? text.no_axis, put, { disabled: data.going, "aria-label": label });
      return el("div", { class: "axis" }, el("label", {}, el("span", {}, label), select), el("small", {}, (data.axes[n]?.values ?? []).join("  ")));
    };
    const seeds = choices([1, 2, 3], data.seeds, String, (count) => tellChoice({ seeds: Number(count) }), { disabled: data.going, "aria-label": text.seeds });
    const drawn = choices(["grid", "random"], data.drawn ? "random" : "grid", (way) => text[way], (way) => tellChoice({ drawn: way === "random" }), { disabled: data.going, "aria-label": text.draw });
    const over = done() === all().length, label = data.going ? text.stop_sweep : fill(text.start_sweep, { runs: all().length - done() });
    const main = button(label, "", label, () => tell("act", { of: data.id, what: data.going ? "cancel" : "sweep", press: ++serial }), { class: data.going ? "main quiet" : "main", disabled: over && !data.going });
    const progress = el("div", { class: "progress-all", role: "progressbar", "aria-label": text.title, "aria-valuemin": 0, "aria-valuenow": done(), "aria-valuemax": all().length }, el("b", { style: `width: ${(100 * done()) / all().length}%` }));
    part(".setup").replaceChildren(...[0, 1, 2].filter((n) => n <= chosen.length).map(axisOf),
      el("div", { class: "axis" }, el("label", {}, el("span", {}, text.seeds), seeds), el("label", {}, el("span", {}, text.draw), drawn)),
      el("div", { class: "go" }, progress, el("p", { class: "cost" }, fill(text.progress, { done: done(), all: all().length })), main, el("p", { class: "cost" }, fill(text.cost, { updates: whole(data.updates), seconds: whole(data.seconds) }))));
  }

  /** The chosen point: the loss of each seed, and each as a run to open. */
  function side() {
    const { text, task } = data, { runs } = data.points[m.pick], w = SIDE - 12, left = 44, h = 170, x = (k, run) => left + ((w - left) * k) / Math.max(1, run.curve.length - 1) * (run.phase === "done" && !run.diverged ? 1 : run.part), y = (v) => 26 + h * (1 - (clamp(log10(v), STRIPS.loss.low, STRIPS.loss.high) - STRIPS.loss.low) / (STRIPS.loss.high - STRIPS.loss.low));
    const path = (run) => { let open = false; return run.curve.map((v, k) => { if (v === null) { open = false; return ""; } const to = `${open ? "L" : "M"}${x(k, run).toFixed(1)} ${y(v).toFixed(1)}`; open = true; return to; }).join(""); };
    const chart = svg("svg", { class: "solved", width: SIDE, height: h + 52 }, word(left, 16, text.seeds_curves, { class: "name" }), svg("rect", { class: "frame", x: left, y: 26, width: w - left, height: h, rx: 3 }), ...[1, 0, -2, -4].map((k) => word(left - 6, y(10 ** k) + 4, tens(k), { class: "tick", "text-anchor": "end" })),
      ...["baseline", "goal"].flatMap((kind) => [svg("path", { class: kind, d: `M${left} ${y(task[kind])}H${w}` }), word(w - 6, y(task[kind]) + (kind === "goal" ? 15 : -5), text[kind], { class: "ref", "text-anchor": "end" })]),
      ...runs.map((run, n) => svg("path", { class: "run-line", "stroke-dasharray": DASHES[n], d: path(run) })), word(left, h + 43, "0", { class: "tick" }), word(w, h + 43, whole(data.updates), { class: "tick", "text-anchor": "end" }));
    const rows = runs.map((run, n) => {
      const name = fill(text.seed_row, { seed: data.first + n }), loss = lossOf(run);
      const said = run.phase === "waiting" ? text.pending : run.phase === "training" ? `${whole(run.step)} / ${whole(data.updates)}` : run.diverged ? text.nan : run.solved !== null ? fill(text.solved_at, { update: whole(run.solved) }) : `${text.loss} ${shown(loss)}`;
      const row = button(`${text.open}: ${name}, ${said}`, "", "", () => tell("open", { of: data.id, point: m.pick, seed: n, press: ++serial }), { class: "seed-row", disabled: run.phase !== "done" });
      row.replaceChildren(svg("svg", { viewBox: "0 0 26 8", class: "sample" }, svg("path", { d: "M0 4H26", "stroke-dasharray": DASHES[n] })), el("b", {}, name), el("span", {}, run.phase === "done" ? `${said}  ›` : said));
      return row;
    });
    const solved = runs.filter((run) => run.solved !== null).length;
    nameImage(chart, `${text.seeds_curves}. ${pointSaid(m, data.points[m.pick])}`);
    part(".side").replaceChildren(el("div", { class: "detail" }, el("h2", {}, pointSaid(m, data.points[m.pick])), el("p", { class: "cost left" }, fill(text.chosen_solved, { solved, all: runs.length })), chart, ...rows));
  }

  function finding() {
    const { text, points } = data;
    if (!done()) return text.find_sweep_empty;
    const good = points.filter((point) => goneWell(point.runs)).length;
    return good ? fill(text.find_sweep, { solved: good, all: points.length }) : text.find_sweep_none;
  }
  function paint() {
    const outer = page.now().widths[0];
    if (!outer) return;
    m.zoom = clamp(outer / 1120, 1, 1.56);
    part(".room").style.setProperty("--zoom", m.zoom.toFixed(3));
    // On the stage the picture gets what the screen has left between the finding and the button.
    m.g = gridLayout(part(".plot").clientWidth, (stageHeight() - root.getBoundingClientRect().top / scaleOf(root)) / m.zoom - FINDING - BUTTON);
    for (const [name, value] of Object.entries({ width: m.g.X, height: m.g.tall, viewBox: `0 0 ${m.g.X} ${m.g.tall}`, "aria-label": finding() })) put(m.picture, name, String(value));
    keepFocus(root, () => { setup(); (data.axes.length === AXES ? drawParallel : drawGrid)(m); side(); });
    write(part(".finding"), finding());
    const { text } = data;
    m.over.replaceChildren(el("span", { class: "legend" }, m.g.X > 520 && data.axes.length < AXES ? `${text.strip}   ` : "", text.improve, el("i", { class: "size" }), text.less, el("span", {}, el("i", { class: "round" }), `  ${text.goal_mark}`)));
    m.over.setAttribute("style", "top: -2px; right: 6px; left: 0; justify-content: flex-end");
  }
  const page = surroundings(root, [root, part(".plot")], paint);
  m.picture.addEventListener("keydown", (event) => {
    const by = { ArrowUp: [1, -1], ArrowDown: [1, 1], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); return; }
    if (!by) return;
    const wanted = [...data.points[m.pick].at];
    if (by[0] < wanted.length) wanted[by[0]] += by[1];
    const found = data.axes.length < AXES ? data.points.findIndex((point) => point.at.join() === wanted.join()) : m.pick + by[1];
    if (data.points[found]) m.choose(found);
    event.preventDefault();
    event.stopPropagation();
  });
  tooltip(root, m.picture, (event) => { const k = event.target.closest?.("[data-k]")?.dataset.k; return k === undefined ? null : [pointSaid(m, data.points[k])]; });

  return {
    update(next) {
      if (data?.id !== next.id) m.pick = Math.floor(next.points.length / 2);
      data = next;
      Object.assign(m, { text: data.text, task: data.task, axes: data.axes, points: data.points });
      if (data.axes.some((axis) => axis.field === "cell")) delete root.dataset.cell; else root.dataset.cell = data.cell;
      put(root, "aria-label", data.text.title);
      paint();
    },
    stop: page.stop,
  };
}

export default function (component) { return mount(component, createSweep); }
