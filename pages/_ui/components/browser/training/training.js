// Train a network and watch how far back its gradient reaches: settings, prediction, the map, and an example, over one cursor.
// data: { id, serial, spec: the settings as the training has them, set: as the controls have them, every, stops: how many snapshots, seconds: about so long it takes, run: null or { id, mine, over }, offers: what each setting may be, task: { baseline, goal }, example: { kind, inputs, labels, marked, asked, answer, range, symbols, always },
//         guess: { outcome, by, curve, skipped }, at: the update at which it opens or null, text }
// The run's own numbers come from /live/<run>, see live.js.

function createTraining(root, report, tell) {
  const part = (selector) => root.querySelector(selector), REST = 250;
  const m = { root, part, picture: part(".strips"), canvas: part(".heat"), over: part(".over"), zoom: 1, spec: {}, guess: {}, state: "empty", status: {}, shownExample: 0, unfolded: false, following: true, through: "h" };
  let data, stopAsking = () => {}, drawn = "", resting = 0, serial = 0, wanted = null, changed = {}, bar;

  m.waiting = () => ["empty", "predict", "queued"].includes(m.state);
  m.asking = () => ["empty", "predict"].includes(m.state);
  m.busy = () => ["queued", "running"].includes(m.state);
  m.complete = () => ["finished", "diverged"].includes(m.state);
  m.live = () => m.state === "running" && m.following;
  m.update = () => (m.live() ? m.run.head() : stops()[play.state.step - 1] ?? 0);
  m.record = () => m.run.recordAt(m.update());
  m.scales = () => page.now().scales;
  m.pointed = (event) => { const box = m.picture.getBoundingClientRect(), size = box.width / m.g.X; return { x: (event.clientX - box.left) / size, y: (event.clientY - box.top) / size }; };
  m.verdict = () => verdictOf(m);
  m.answered = (value) => (m.example.kind === "number" ? fixed(value) : m.example.symbols[value] ?? "–");
  const stops = () => (m.run?.snapshots ?? []).map((one) => one.update);
  const all = () => Math.max(1, data.stops), ready = () => Math.max(1, stops().length);

  // ------------------------------------------------------------------ what the reader does
  const soon = (name, value) => { clearTimeout(resting); resting = setTimeout(() => tell(name, { of: data.id, ...value() }), REST); };
  m.tellGuess = () => soon("guess", () => ({ guess: m.guess }));
  m.change = (name, value) => {
    m.set = { ...m.set, [name]: value };
    changed = { ...changed, [name]: value };
    soon("set", () => ({ set: changed }));
    if (name !== "cell") return;
    root.dataset.cell = value;
    keepFocus(root, () => drawSetup(m));
  };
  /** What takes effect on the server; the number tells one press from the next. */
  m.act = (what, more = {}) => { clearTimeout(resting); tell("act", { of: data.id, what, set: changed, guess: m.guess, press: ++serial, ...more }); };
  /** The gradient of h, or of an LSTM's c. */
  m.look = (side) => { m.through = side; m.run.by(side); paint(); part(".through[aria-pressed=true]").focus(); };
  m.redraw = () => { settle(); drawSetup(m); drawSide(m); drawn = ""; paint(); };

  // ------------------------------------------------------------------ the run
  function settle() {
    const { run } = m, outcome = run?.outcome ?? m.status.state;
    m.state = !run ? (m.guess.outcome || m.guess.skipped ? "predict" : "empty") : outcome && !["queued", "running"].includes(outcome) ? outcome : run.count ? "running" : "queued";
    root.dataset.state = m.state;
  }
  function ask() {
    stopAsking();
    m.status = {};
    stopAsking = follow(m.run, { took, gone });
  }
  function took(run, status) {
    const before = m.state;
    m.status = status;
    settle();
    if (m.state !== before) { arrange(); announce(); }
    if (wanted !== null) open(wanted); else if (m.following) play.place({ step: ready() });
    paint();
  }
  function gone() { Object.assign(m, { status: { state: "failed" }, missing: true }); settle(); arrange(); paint(); }
  /** Stand where an address says, as soon as the run is so far. */
  function open(update) {
    const found = stops().findIndex((one) => one >= update);
    if (found < 0) return;
    [wanted, m.following] = [null, false];
    play.place({ step: found + 1 });
  }

  // ------------------------------------------------------------------ painting
  function measure() {
    const outer = page.now().widths[0];
    m.zoom = clamp(outer / 1120, 1, 1.56);
    part(".room").style.setProperty("--zoom", m.zoom.toFixed(3));
    const width = part(".plot").clientWidth;
    // On the stage the map gets what the screen has left below the strips and above settings and transport.
    const left = (stageHeight() - root.getBoundingClientRect().top / scaleOf(root)) / m.zoom - BESIDE - (width < TIGHT ? LEGEND : 0);
    m.g = mapLayout({ width, updates: m.spec.steps, positions: m.spec.length, rows: staged() ? clamp(left, LOWEST, ROWS) : ROWS });
    root.classList.toggle("narrow", m.g.narrow);
    const tall = m.g.height + (m.g.tight ? LEGEND : 0);
    for (const [name, value] of Object.entries({ width: m.g.X, height: tall, viewBox: `0 0 ${m.g.X} ${tall}` })) put(m.picture, name, String(value));
  }
  function arrange() {
    measure();
    keepFocus(root, () => { drawSetup(m); drawSide(m); });
    drawn = "";
  }
  function paint() {
    if (!page.now().widths[0]) return;
    if (!m.g) arrange();
    const key = [data.id, m.state, m.g.X, m.run?.count, m.status.before, m.guess.outcome, m.through, css(m.scales().size(1))].join();
    const finding = part(".middle .finding"), said = findingOf(m);
    if (key !== drawn || finding.textContent !== said) { write(finding, said); fitLine(finding); }
    if (key !== drawn) { drawn = key; drawMap(m); if (m.state === "queued") drawSide(m); }
    put(m.picture, "role", m.asking() ? "group" : "img");  // an image would hide its handles
    put(m.picture, "aria-label", said);
    move();
    paintStatus(m, () => { m.following = true; play.place({ step: ready() }); paint(); });
  }
  /** What moves with the cursor: nothing else is drawn anew while the reader scrubs. */
  function move() {
    const idle = m.waiting() || !m.run?.count;
    part(".transport").classList.toggle("idle", idle);
    if (idle) return;
    paintCursor(m);
    paintSide(m);
    const where = fill(m.text.at, { update: whole(m.update()), updates: whole(m.spec.steps) }), range = part(".transport input");
    bar(play.state, all(), where);
    range.step = m.live() ? "any" : 1;
    if (!m.live()) return;
    range.value = 1 + ((all() - 1) * m.update()) / m.spec.steps;
    range.style.setProperty("--at", `${(100 * m.update()) / m.spec.steps}%`);
  }
  const announce = () => requestAnimationFrame(() => write(part(".live"), `${part(".middle .finding").textContent} ${part(".status").textContent}`));

  const play = player({
    total: ready, wait: () => 400,
    paint(state, cause) {
      if (cause === "user" || cause === "play") m.following = m.state === "running" && cause === "user" && state.step === ready();
      paint();
      if (cause === "user" && m.run?.count) write(part(".live"), fill(m.text.now, { update: whole(m.update()), loss: shown(m.run.test[m.record()]), reach: m.run.reach[m.record()] ?? 0 }));
    },
    report: () => { if (m.run?.count && !m.live()) report({ of: data.id, step: m.update() }); },
  });
  const page = surroundings(root, [root, part(".plot")], () => { m.g = null; paint(); });
  keys(root, play);
  choosing(root);
  bending(m);
  m.picture.addEventListener("click", (event) => { if (!m.waiting() && m.run?.count) play.go(() => 1 + Math.round((m.g.updateAt(m.pointed(event).x) / m.spec.steps) * (all() - 1))); });
  tooltip(root, m.picture, (event) => tipOf(m, m.pointed(event)));
  const living = setInterval(() => { if (!calm() && !document.hidden && !root.matches(":focus-within")) { m.shownExample++; m.nextExample?.(); } }, 2600);

  return {
    update(next) {
      const fresh = data?.id !== next.id || data.serial !== next.serial, translated = data?.text.title !== next.text.title;
      data = next;
      Object.assign(m, { id: data.id, text: data.text, offers: data.offers, task: data.task, example: data.example, seconds: data.seconds, mine: data.run?.mine ?? true });
      if (fresh) {
        stopAsking();
        play.stop();
        [wanted, changed] = [data.at, {}];
        Object.assign(m, { missing: false, spec: data.spec, set: { ...data.set }, guess: { outcome: null, by: null, curve: null, ...data.guess }, status: {}, following: true, through: "h", run: data.run ? openRun({ id: data.run.id, spec: data.spec, every: data.every }) : null });
        root.dataset.cell = m.spec.cell;
        if (m.run) ask();
      }
      if (translated) bar = transport(part(".transport"), m.text, play, "");
      else if (m.run && !data.run.over && m.status.ended) ask();  // it goes on
      put(root, "aria-label", m.text.title);
      settle();
      m.g = null;
      drawn = "";
      paint();
      announce();
    },
    stop() { stopAsking(); clearInterval(living); clearTimeout(resting); play.stop(); page.stop(); },
  };
}

/** ←/→ and ↑/↓ among buttons of which one is chosen. */
function choosing(root) {
  root.addEventListener("keydown", (event) => {
    const inner = event.composedPath()[0], group = inner.closest?.("[role=radiogroup], [role=tablist]"), by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!group || !by) return;
    const list = [...group.querySelectorAll("button")], next = list[clamp(list.indexOf(inner) + by, 0, list.length - 1)], where = group.className;
    next.click();
    root.querySelector(`.${where} :is([aria-checked=true], [aria-selected=true])`)?.focus();
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}

export default function (component) { return mount(component, createTraining); }
