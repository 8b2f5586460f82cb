// A run as arrays, filled by its events as they come; events that came before change nothing.
// Events: see rnn_core/training/lab/events.py. Numbers that JSON has not are "NaN" and "Infinity" there.

const number = (given) => (given === null ? null : Number(given));
const finiteOr = (given) => (given === null || given === undefined ? null : Number.isNaN(Number(given)) ? "nan" : Number.isFinite(Number(given)) ? Number(given) : "inf");

/** `spec`: that of the run; `every`: updates from one look at it to the next; `name` and `own`: what tells it from others. */
function openRun({ id, spec, every, name = "", own = [] }) {
  const run = { id, spec, every, name, own, positions: spec.length, last: 0, count: 0, next: 0, updates: [], train: [], test: [], before: [], after: [], accuracy: [],
    heat: [], heats: { h: [], c: [] }, reach: [], reaches: { h: [], c: [] }, guesses: [], snapshots: [], rho: [], sigma: [], solved: null, diverged: null, end: null, outcome: null, truth: null };
  run.head = () => run.updates.at(-1) ?? 0;
  run.snapshotAt = (update) => run.snapshots.findLast((one) => one.update <= update) ?? run.snapshots[0];
  run.recordAt = (update) => Math.max(0, run.updates.findLastIndex((one) => one <= update));
  run.by = (name) => { run.heat = run.heats[name]; run.reach = run.reaches[name]; };
  run.by("h");
  return run;
}

/** The last position, 0-based, that has a gradient: a sentence may end before the last of all; -1 where there is none. */
const lastOf = (norms) => norms.findLastIndex((norm) => norm !== 0);

/** How many positions back from that one the gradient keeps at least 1% of its norm there; null where it has none. */
function keptBack(norms) {
  const end = lastOf(norms), last = norms[end];
  if (!(last > 0) || !Number.isFinite(last)) return null;
  const below = norms.findLastIndex((norm, at) => at < end && !(norm >= last / 100));
  return end - 1 - below;
}

const TAKES = {
  started(run, event) { run.truth = floats(event.truth); run.goal = Number(event.goal); run.baseline = Number(event.baseline); },
  point(run, event) {
    run.updates.push(event.step);
    for (const [list, name] of [["train", "train"], ["test", "loss"], ["before", "before"], ["after", "after"], ["accuracy", "accuracy"], ["rho", "rho"], ["sigma", "sigma"]]) run[list].push(number(event[name]));
    for (const [name, given] of [["h", event.reach], ["c", event.reach_cell]]) {
      const norms = floats(given);
      run.heats[name].push(norms);
      run.reaches[name].push(norms.length ? keptBack(norms) : null);
    }
    run.last = Math.max(run.last, lastOf(run.heats.h.at(-1)));
    run.guesses.push(Array.from(floats(event.guess)));
    run.count = run.updates.length;
  },
  snapshot(run, event) {
    const flat = floats(event.states), units = flat.length / run.positions;
    const states = Array.from({ length: run.positions }, (_, t) => flat.subarray(t * units, (t + 1) * units));
    const largest = flat.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    run.snapshots.push({ update: event.step, states, limit: run.spec.activation === "relu" ? Math.max(largest, 1e-6) : 1 });
  },
  solved(run, event) { run.solved = event.step; },
  diverged(run, event) { run.diverged = { loss: finiteOr(event.loss), norm: finiteOr(event.norm) }; run.end = event.step; run.outcome = "diverged"; },
  finished(run, event) { run.end = event.step; run.outcome = "finished"; },
};

/** Events in their order; what bears a number that was there already came twice. False where some in between are missing. */
function append(run, events) {
  for (const event of events) {
    if (event.n < run.next) continue;
    if (event.n > run.next) return false;
    run.next = event.n + 1;
    TAKES[event.kind](run, event);
  }
  return true;
}

/** Draw anew what may have the focus, and let what is called the same have it again. */
function keepFocus(root, draw) {
  const inner = root.getRootNode().activeElement, name = root.contains(inner) ? inner.getAttribute("aria-label") : null, kind = inner?.tagName;
  draw();
  if (name) [...root.querySelectorAll(kind)].find((one) => one.getAttribute("aria-label") === name)?.focus({ preventScroll: true });
}

/** How it went: `left`, that it had reached the goal and is above it again at its end. */
function fateOf(run) {
  if (run.outcome === "diverged") return "diverged";
  if (run.solved !== null) return run.test.at(-1) >= run.goal ? "left" : "solved";
  return Math.min(...run.test) > 0.85 * run.baseline ? "stuck" : "partly";
}
