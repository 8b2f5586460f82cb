// The prediction, drawn in the chart that will answer it: a fate, by which update, and the loss bent by hand.

const HANDLES = 9, FATES = ["solves", "stuck", "diverges"];

/** The loss that a fate would leave, as powers of ten at the handles. */
function fated(m) {
  const { task, guess, g } = m, base = log10(task.baseline), goal = log10(task.goal);
  return Array.from({ length: HANDLES }, (_, k) => {
    const update = (k * g.updates) / (HANDLES - 1);
    if (k === 0) return Math.min(0.9, base + 0.7);
    if (guess.outcome === "stuck") return base;
    if (guess.outcome === "diverges") return update < guess.by ? base : STRIPS.loss.high;
    const past = (update - guess.by) / g.updates;
    return past < -0.13 ? base : past < 0 ? base - (base - goal) * (1 + past / 0.13) : goal - Math.min(1.3, past * 4);
  });
}
const guessed = (m) => (m.guess.outcome ? m.guess.curve ?? fated(m) : null);

function guessPath(m) {
  const curve = guessed(m), { g, guess, task } = m;
  if (!curve) return null;
  const points = curve.map((value, k) => [(k * g.updates) / (HANDLES - 1), value]);
  if (!guess.curve && guess.outcome === "solves") points.push([guess.by, log10(task.goal)], [Math.max(1, guess.by - 0.13 * g.updates), log10(task.baseline)]);
  if (!guess.curve && guess.outcome === "diverges") points.push([guess.by, log10(task.baseline)], [guess.by + 1, STRIPS.loss.high]);
  return points.sort((one, other) => one[0] - other[0]).map(([update, value], k) => `${k ? "L" : "M"}${g.at(update).toFixed(1)} ${g.y("loss", value).toFixed(1)}`).join("");
}

/** The band's name; while it is asked, the handles too. */
function guessMarks(m) {
  const { g, text } = m, curve = guessed(m), share = m.state === "diverged" ? 0.8 : 0.3, place = share * (HANDLES - 1), k = Math.floor(place);
  const y = g.y("loss", curve[k] + (curve[k + 1] - curve[k]) * (place - k));
  const name = word(g.at(share * g.updates), y + (m.state === "diverged" ? -8 : 19), text.guess, { class: "ref", "text-anchor": "middle" });
  return m.asking() ? [...curve.map((value, n) => handle(m, n, value)), name] : [name];
}

function handle(m, k, value) {
  const { g, text } = m, update = Math.round((k * g.updates) / (HANDLES - 1));
  const made = svg("g", { class: "handle", role: "slider", tabindex: 0, "aria-label": `${text.guess}, ${fill(text.at, { update: whole(update), updates: whole(g.updates) })}`, "aria-orientation": "vertical", "aria-valuemin": STRIPS.loss.low, "aria-valuemax": STRIPS.loss.high, "aria-valuenow": value.toFixed(2), "aria-valuetext": shown(10 ** value), transform: `translate(${g.at(update)},${g.y("loss", value)})`, "data-k": k },
    svg("circle", { class: "grip", r: 14 }), svg("circle", { class: "dot", r: 5 }));
  made.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 0.25, ArrowDown: -0.25 }[event.key], move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by && !move) return;
    if (by) bend(m, k, guessed(m)[k] + by);
    m.picture.querySelector(`[data-k="${clamp(move ? k + move : k, 0, HANDLES - 1)}"]`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  return made;
}

function bend(m, k, value) {
  const curve = [...guessed(m)];
  curve[k] = clamp(value, STRIPS.loss.low, STRIPS.loss.high);
  m.guess = { ...m.guess, curve };
  drawMap(m);
  m.tellGuess();
}

/** Bend the loss with the pointer: the nearest handle follows it. */
function bending(m) {
  m.picture.addEventListener("pointerdown", (event) => {
    const place = m.pointed(event), { loss } = m.g.strips;
    if (!m.asking() || !m.guess.outcome || place.y > loss.y + loss.h + GAP) return;
    const pull = (moved) => {
      const { x, y } = m.pointed(moved), k = clamp(Math.round((m.g.updateAt(x) / m.g.updates) * (HANDLES - 1)), 0, HANDLES - 1);
      bend(m, k, loss.high - ((y - loss.y) / loss.h) * (loss.high - loss.low));
    };
    const ended = new AbortController(), end = () => ended.abort();
    addEventListener("pointermove", pull, { signal: ended.signal });
    addEventListener("pointerup", end, { signal: ended.signal });
    addEventListener("pointercancel", end, { signal: ended.signal });
    pull(event);
    event.preventDefault();
  });
}

/** The three fates as the loss that they would leave. */
const SHAPES = { solves: "M2 6C8 14 12 16 26 16S38 34 48 35L70 36", stuck: "M2 6C8 14 12 16 24 17L36 15L48 17L60 15.5L70 16.5", diverges: "M2 6C8 14 12 16 26 16L36 15L42 3M46 2l7 7m0 -7l-7 7" };
const shape = (fate) => svg("svg", { class: "shape", viewBox: "0 0 72 40", "aria-hidden": "true" }, svg("path", { class: "dotted", d: "M2 16H70" }), svg("path", { d: SHAPES[fate] }));

/** What is asked before a run. */
function askCard(m) {
  const { guess, text, g } = m;
  const options = FATES.map((fate) => button(text[fate], "", "", () => {
    m.guess = { outcome: fate, by: fate === "stuck" ? null : guess.by ?? g.updates / 2, curve: null };
    m.tellGuess();
    m.redraw();
    m.part(".option[aria-checked=true]").focus();
  }, { class: "option", role: "radio", "aria-checked": String(guess.outcome === fate), tabindex: guess.outcome === fate || (!guess.outcome && fate === FATES[0]) ? 0 : -1 }));
  options.forEach((made, k) => made.replaceChildren(shape(FATES[k]), el("span", {}, text[FATES[k]])));
  const steps = Array.from({ length: 12 }, (_, k) => Math.round(((k + 1) * g.updates) / 12));
  const by = guess.by ? slider({ name: text.by, values: steps, value: guess.by, show: whole, change: (value) => { m.guess = { ...m.guess, by: value, curve: null }; drawMap(m); m.tellGuess(); } }) : null;
  return el("div", { class: "card" }, el("h2", {}, text.predict), el("div", { class: "options", role: "radiogroup", "aria-label": text.predict }, ...options), by);
}
