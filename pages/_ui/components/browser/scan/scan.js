// A chain beside a tree. Rows are rounds, columns words; the two share both axes.
// data: { id, serial, at: {step: round + 1, unit}, cell, words: [{text, gloss}], units: H, gaps: [1, 2, 4], a, b: base64 float32 (R + 1, T, H), gru: base64 float32 (T, H), limit, reply,
//         guess: null or the rounds that were guessed, lengths: [{total, tree, rounds}], text }
// b after round r is the state of a minGRU that has read only the last 2^r words; where that is all of them, it is h_t.

function createScan(root, report) {
  const part = (selector) => root.querySelector(selector), [stage, picture] = [part(".stage"), part(".stage svg")], fade = fadeEdges(stage);
  let data, bar, g, drawn = "", scene = null, say = null, zoom = 1, values = {};

  const n = () => data.words.length, last = () => data.gaps.length;
  const at = (array, r, t, u) => array[(r * n() + t) * data.units + u];

  function draw() {
    const { widths: [width], scales } = page.now(), key = [data.id, data.guess, width, scales.signed(0), data.text.title].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.5);
    g = scanLayout({ count: n(), rounds: last(), width: width / zoom, glossed: data.words.some((word) => word.gloss) });
    for (const [name, value] of [["viewBox", `0 0 ${g.width} ${g.whole}`], ["width", String(g.width * zoom)], ["height", String(g.whole * zoom)]]) put(picture, name, value);
    scene = drawScan(g, data, { ...values, at }, scales, picture);
    say = drawCard(g, picture);
  }

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!g) return;
    const { text } = data, r = state.step - 1, deep = Math.min(r, last()), pick = { t: Math.min(state.word ?? n() - 1, n() - 1), u: state.unit - 1, r: Math.min(state.round ?? deep, deep) };
    for (const one of scene.nodes) put(one.group, "class", `node${one.r > r ? " future" : one.done ? " done" : ""}${one.lane === "tree" && one.t === pick.t && one.r === pick.r ? " picked" : ""}`);
    for (const one of scene.names) one.classList.toggle("now", Number(one.dataset.r) === r);
    const complete = Array.from({ length: n() }, (_, t) => t).filter((t) => joined(deep, t) === t + 1).length, lines = scanEquation(data, { ...values, at }, pick);
    const said = fill(r >= last() ? text.say_done : text.say_now, { round: r, rounds: last(), gru: Math.min(r, n()), scan: complete, total: n(), reply: data.reply });
    say(lines);
    write(part(".finding"), said);
    put(stage, "aria-label", `${text.title}. ${said}`);
    if (cause === "user" && !state.playing) write(part(".live"), `${said} ${lines.join(" ").replace(/_/g, " ")}`);
    bar({ step: r, playing: state.playing }, n(), "");
    fade(g.width * zoom > page.now().widths[0] + 1);
  }

  const play = player({ total: () => n() + 1, paint, together: false, extra: { unit: 1, word: null, round: null }, report: (state) => report({ of: data.id, step: state.step, unit: state.unit }) });
  const rounds = { go: (to) => { Object.assign(play.state, { round: null }); play.go((step) => to(step - 1) + 1); }, toggle: play.toggle };
  const unit = (by) => play.set({ unit: clamp(play.state.unit + by, 1, data.units) });
  keys(root, rounds, { ArrowUp: () => unit(-1), ArrowDown: () => unit(1) });
  stage.onclick = (event) => {
    const node = event.target.closest(".node");
    if (node?.dataset.lane === "tree" && Number(node.dataset.r) < play.state.step) play.set({ word: Number(node.dataset.t), round: Number(node.dataset.r), unit: Number(event.target.dataset.u ?? play.state.unit - 1) + 1 });
  };
  tooltip(root, stage, (event) => {
    const node = event.target.closest?.(".node"), u = event.target.dataset.u;
    if (!node || u === undefined || node.classList.contains("future")) return null;
    const { lane, r, t } = node.dataset, value = lane === "chain" ? values.gru[Number(t) * data.units + Number(u)] : at(values.b, Number(r), Number(t), Number(u));
    return [`${fill(data.text.pick, { word: data.words[Number(t)].text, position: Number(t) + 1, unit: Number(u) + 1, round: r })} ${fixed(value, 2)}`];
  });

  function update(next) {
    const { moved, worded } = news(data, next);
    data = next;
    values = { a: floats(data.a), b: floats(data.b), gru: floats(data.gru) };
    root.dataset.cell = data.cell;
    if (worded) {
      bar = transport(part(".transport"), data.text, rounds, "");
      put(part(".transport input"), "min", "0");
    }
    if (moved) play.place({ step: data.at.step, unit: data.at.unit ?? 1, word: null, round: null });
    growing(part(".grow"), data);
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => { if (data) paint(play.state, "data"); });
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createScan);
}
