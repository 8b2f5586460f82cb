// Newton's front: which states are right after which round, while all positions are computed at once.
// data: { id, serial, at: {step: round + 1}, cell, total: T, words: [{text, gloss}], scan: ⌈log₂ T⌉, scale, scales, clip, relu, rounds or null, exponent: as it is said, solved: the residual says so, loops: null where the states overflow, peak, largest: [R + 1],
//         errors: base64 bytes (R + 1) × T, floor(12 (log₁₀ error + 16)), options: [{value, label}], answer: null where it is asked, "skip" or a number, verdict: "" or right, near, wrong, text }
// Before the guess the same map shows what waiting looks like: one word a step.

function createNewton(root, report, tell) {
  const part = (selector) => root.querySelector(selector), [stage, picture, canvas] = [part(".stage"), part(".stage svg"), part("canvas")];
  let data, bar, g, marks, panel, bytes, colours, zoom = 1, answer = null, drawn = "";

  const asking = () => answer === null && data.options.length > 0;
  const last = () => (asking() ? data.total : bytes.length / data.total - 1);
  /** Before the guess the loop: step k makes the state of word k, and nothing is known of those behind it. */
  const byte = (k, t) => (asking() ? (t < k ? 0 : null) : bytes[k * data.total + t]);
  const right = (k) => Array.from({ length: data.total }, (_, t) => byte(k, t)).filter((one) => one !== null && one < RIGHT).length;

  function draw() {
    const { widths: [width], scales } = page.now(), key = [data.id, width, scales.signed(0), data.text.title, innerHeight, staged()].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = staged() || width < 1000 ? 1 : clamp(width / 860, 1, 1.6);
    colours = scales.signed;
    g = newtonLayout({ total: data.total, width: width / zoom, glossed: data.words.some((word) => word.gloss) });
    for (const [name, value] of [["viewBox", `0 0 ${g.width} ${g.whole}`], ["width", String(g.width)], ["height", String(g.whole)]]) put(picture, name, value);
    stage.firstElementChild.parentElement.style.zoom = zoom;
    marks = drawNewton(g, data, picture, data.text);
  }

  function finding(k) {
    const { text, total, rounds, verdict } = data;
    if (asking()) return fill(text.say_loop, { step: k, total });
    if (k < last()) return fill(text.say_now, { round: k, right: right(k), total, error: sizeText(data.largest[k]) });
    const said = rounds === null ? fill(text[data.loops === null ? "say_overflow" : data.solved ? "say_solved" : "say_never"], { total, residual: sizeText(data.residual) }) : fill(text.say_end, { rounds, total });
    return verdict ? `${text[verdict]} ${said}` : said;
  }

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!g) return;
    const { text, total } = data, k = clamp(state.step - 1, 0, last()), done = !asking() && k === last();
    root.dataset.cell = data.cell;
    root.classList.toggle("asking", asking());
    fillMap(canvas, g, { k, total, byte, zoom, colours });
    paintNewton(g, marks, { k, total, byte, ended: done && data.rounds !== null ? fill(text.ended, { rounds: data.rounds, total }) : "", rounds: asking() ? text.steps_axis : text.rounds_axis });
    panel({ k, right: right(k), error: asking() ? 0 : data.largest[k], done });
    write(part(".finding"), finding(k));
    put(stage, "aria-label", `${text.title}. ${finding(k)}`);
    if (cause === "user" && !state.playing) write(part(".live"), finding(k));
    bar({ step: k, playing: state.playing }, last(), fill(asking() ? text.step_of : text.round_of, { right: right(k), total }));
    again.hidden = asking() || !data.options.length;
  }

  const play = player({ total: () => last() + 1, paint, wait: () => clamp(6000 / Math.max(1, last()), 60, 900), together: false, report: (state) => report({ of: data.id, step: state.step }) });
  // Everything outside counts rounds from 0.
  const rounds = { go: (to) => play.go((at) => to(at - 1) + 1), toggle: play.toggle };
  const act = {
    guess(value) {
      answer = value;
      play.place({ step: 1 });
      paint(play.state, "user");
      tell("answer", { of: data.of, answer: value });
      stage.focus({ preventScroll: true });
      if (calm() || value === "skip") rounds.go(() => last()); else play.toggle();
    },
    change: (to) => tell("settings", { of: data.of, scale: data.scale, clip: data.clip, ...to }),
  };
  const again = el("button", { type: "button", class: "control again" });
  again.onclick = () => { answer = null; play.place({ step: data.total + 1 }); paint(play.state, "user"); tell("answer", { of: data.of, answer: null }); };
  keys(root, rounds, { c: () => { if (!asking()) act.change({ clip: !data.clip }); } });
  tooltip(root, stage, (event) => {
    if (!g) return null;
    const box = stage.getBoundingClientRect(), px = scaleOf(stage), [x, y] = [(event.clientX - box.left) / px, (event.clientY - box.top) / px], t = Math.floor((x - g.left) / g.pitch);
    const now = play.state.step - 1, k = y < g.map ? now : Math.floor((y - g.map) / g.row), found = t < 0 || t >= data.total || k < 0 || k > now || y < g.top || k > last() ? null : byte(k, t);
    return found === null || asking() ? null : [fill(data.text.value, { round: k, position: t + 1, word: data.words[t % data.words.length].text, error: aboutText(found) })];
  });

  function update(next) {
    const { moved, worded, served } = news(data, next);
    data = next;
    bytes = Uint8Array.from(atob(data.errors), (c) => c.charCodeAt(0));
    if (worded) {
      bar = transport(part(".transport"), data.text, rounds, "");
      put(part(".transport input"), "min", "0");
      part(".transport").append(again);
      write(again, data.text.again);
    }
    if (served("answer")) answer = data.answer;
    if (moved) play.place({ step: asking() ? data.total + 1 : data.at.step });
    panel = newtonPanel(part(".side"), data, act);
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => { if (data) paint(play.state, "data"); });
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createNewton);
}
