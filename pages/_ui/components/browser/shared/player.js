// Time: one state, one timer, one bar. Everything that moves along the words goes through here.

const BEAT = 1000;
// The drawings of a page share one time axis: where one is moved the others follow, and only the moved one tells the page.
const TOGETHER = new Set();
let leader = null;  // the one that moves, until it has told where it rests

/** One state: the step (1-based), whether it plays, and what else the reader picked. `paint(state, cause)` is its only reader;
 *  `report(state)` is called once the reader has rested on it, and never while it moves. `wait(state)`: ms until the next step.
 *  `together` is false where its steps are not the words of the page. */
function player({ total, paint, report, extra = {}, wait = () => BEAT, together = true }) {
  const state = { step: 1, playing: false, ...extra };
  const REST = 250;
  let beat = 0, rest = 0;
  const pause = () => { clearTimeout(beat); state.playing = false; };
  const tell = (wait = REST) => { clearTimeout(rest); rest = setTimeout(() => { if (leader === self) leader = null; report(state); }, wait); };
  const move = (step, cause) => {
    state.step = clamp(step, 1, total());
    paint(state, cause);
    if (!together) return;
    leader = self;
    for (const other of TOGETHER) if (other !== self) other.follow(state.step, cause);
  };
  const self = {
    state,
    go(to) { pause(); move(to(state.step), "user"); tell(); },
    set(changes) { Object.assign(state, changes); paint(state, "user"); if (!state.playing) tell(); },
    toggle() {
      if (state.playing) { pause(); paint(state, "user"); return tell(0); }
      clearTimeout(rest);
      state.playing = true;
      move(state.step >= total() ? 1 : state.step, "play");
      const next = () => {
        if (state.step < total()) move(state.step + 1, "play");
        if (state.step < total()) return later();
        pause();
        paint(state, "user");
        tell(0);
      };
      const later = () => { beat = setTimeout(next, wait(state) / pace.now); };
      later();
    },
    /** Take a place over from the page without telling it back. */
    place(changes) {
      pause();
      clearTimeout(rest);
      Object.assign(state, changes);
      if (together && leader && leader !== self) state.step = leader.state.step;  // the page speaks of where it was
      state.step = clamp(state.step, 1, total());
    },
    /** Go where another drawing goes, without telling it. */
    follow(step, cause) { pause(); clearTimeout(rest); state.step = clamp(step, 1, total()); paint(state, cause === "play" ? cause : "follow"); },
    stop() { pause(); clearTimeout(rest); TOGETHER.delete(self); if (leader === self) leader = null; },
  };
  if (together) TOGETHER.add(self);
  return self;
}

/** How many steps a second while it plays: chosen on the stage, for every drawing of the visit. */
const pace = { now: 1, all: [0.5, 1, 1.5, 2] };

function paceButton(text) {
  const made = el("button", { type: "button", class: "pace" });
  const said = () => { write(made, `${pace.now} ×`); put(made, "aria-label", fill(text.pace, { pace: pace.now })); };
  made.onclick = () => { pace.now = pace.all[(pace.all.indexOf(pace.now) + 1) % pace.all.length]; said(); };
  said();
  return made;
}

/** The bar: back, play, next, scrub, and where we are. It owns no state; the function that it returns paints it. */
function transport(host, text, play, hint) {
  const back = button(text.back, "←", icon("back"), () => play.go((at) => at - 1));
  const start = el("button", { type: "button", class: "play" });
  const next = button(text.next, "→", icon("next"), () => play.go((at) => at + 1));
  const range = el("input", { type: "range", min: 1, step: 1, "aria-label": text.scrub });
  const ticks = el("span", { class: "ticks", "aria-hidden": "true" });
  const count = el("span"), word = el("b", { lang: "ja" });
  host.replaceChildren(back, start, next, paceButton(text), el("div", { class: "track" }, ticks, range), el("output", { "aria-live": "off" }, count, " ", word),
    el("span", { class: "keys", "aria-hidden": "true" }, hint));
  start.onclick = play.toggle;
  range.oninput = () => play.go(() => Number(range.value));
  let shown = 0, playing = null;
  const share = (k, total) => (total > 1 ? (100 * k) / (total - 1) : 0);
  return (state, total, token) => {
    if (total !== shown) ticks.replaceChildren(...Array.from({ length: total }, (_, k) => el("i", { style: `left: ${share(k, total)}%` })));
    shown = total;
    const place = fill(text.step, { step: state.step, total });
    range.max = total;
    range.value = state.step;
    range.disabled = total === 1;
    range.style.setProperty("--at", `${share(state.step - 1, total)}%`);
    put(range, "aria-valuetext", `${place}, ${token}`);
    if (playing !== state.playing) start.replaceChildren(icon(state.playing ? "pause" : "play"), state.playing ? text.pause : text.play);
    playing = state.playing;
    write(count, place);
    write(word, token);
  };
}

/** ←/→ Home End Space anywhere in the component; buttons, terms and the range keep their own keys. On the stage they work
 *  wherever the focus is. */
function keys(root, play, more = {}) {
  const map = { ArrowLeft: () => play.go((at) => at - 1), ArrowRight: () => play.go((at) => at + 1), Home: () => play.go(() => 1), End: () => play.go(() => Infinity), " ": () => play.toggle(), ...more };
  onStage(root, map);
  root.addEventListener("keydown", (event) => {
    const inner = event.composedPath()[0];
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || inner.matches("input, select")) return;
    if (!map[event.key] || (event.key === " " && inner.matches("button"))) return;
    map[event.key]();
    event.preventDefault();
  });
}

/** Drag along the time axis, by mouse, pen or finger: `stepAt(event)` says which step is under it. A click stays a click. */
function scrub(area, play, stepAt) {
  const FAR = 6;
  let from = null, moved = false;
  area.addEventListener("pointerdown", (event) => { if (event.button === 0) [from, moved] = [event.clientX, false]; });
  area.addEventListener("pointermove", (event) => {
    if (from === null || (!moved && Math.abs(event.clientX - from) < FAR)) return;
    if (!moved) area.setPointerCapture(event.pointerId);
    moved = true;
    const step = stepAt(event);
    if (step !== null && step !== play.state.step) play.go(() => step);
  });
  const end = () => { from = null; };
  area.addEventListener("pointerup", end);
  area.addEventListener("pointercancel", end);
  area.addEventListener("click", (event) => { if (moved) event.stopImmediatePropagation(); moved = false; }, true);
}
