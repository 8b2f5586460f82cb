// One sentence, six networks, one row each.
// data: { id, serial, at: {step}, answer: null where it is asked, "skip", or the number of a row, words: [{text, gloss}], instead: {text, gloss}, right: the right reply or null, outputs: [{text, gloss, ends}], limit: of all,
//         networks: [{cell, name, limit, ended: it learned replies alone, backward: half of its states read from the end, parameters, states (T × H), gap (T), influence (T): base64 float32, left: a share or null, verdict: of a guess,
//                     next, p, twin: one entry a word, numbers of outputs, accuracy: {right, total, low, high} or null, times: {median, low, high} in seconds or null}], text }

function createCompare(root, report, tell) {
  const part = (selector) => root.querySelector(selector), [board, stage] = [part(".board"), part(".stage")], fade = fadeEdges(stage), measure = ruler(root);
  let data, bar, g, rows = [], words = [], cursors = [], heads = {}, zoom = 1, drawn = "", answer = null;

  const total = () => data.words.length;
  const asks = () => data.words.length > 1 && data.networks.some((one) => one.left !== null);
  const asking = () => answer === null && asks();
  const quoted = ({ text, gloss }) => fill(gloss ? data.text.word_gloss : data.text.word, { word: text, gloss });
  const names = () => ({ first: quoted(data.words[0]), instead: quoted(data.instead) });

  function draw() {
    const { scales, widths: [width] } = page.now(), { scale } = play.state, key = [width, scales.signed(0), scale].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.6);  // a projector gets a larger picture, not a wider one
    g = compareLayout({ count: total(), width: width / zoom, rows: data.networks.length });
    words = data.words.map((word, k) => {
      const made = locate(el("button", { type: "button", class: g.upright ? "word upright" : "word", tabindex: "-1" }, el("span", { lang: "ja", class: g.upright && word.text.length > 4 ? "long" : "" }, word.text), !g.upright && word.gloss ? el("small", {}, word.gloss) : null), g.x[k] + 1, 0, g.pitch - 2, g.head - 6);
      made.title = word.gloss;
      made.onclick = () => play.go(() => k + 1);
      return made;
    });
    const spans = g.narrow ? [[0, g.head - 2], ...data.networks.map((_, n) => [g.head + n * g.tall + g.heat - 3, HEAT + BARS + 8])] : [[0, g.height]];  // on a phone there is text between the rows
    cursors = spans.map(([y, high]) => locate(el("i", { class: "cursor" }), g.x[0] - 1, y, g.pitch, high));
    rows = data.networks.map((_, n) => drawRow(n, { g, data, scales, scale, measure, pick: (number) => reveal(number) }));
    const label = (said, column) => locate(el("span", { class: "note" }, said), g.columns[column], g.head - 24), { text } = data;
    heads = { key: el("span", { class: "note key" }), reply: g.narrow ? null : label("", 0), time: g.narrow || g.close ? null : label(text.time, 3) };
    if (heads.time) { heads.time.dataset.tip = text.time_note; heads.time.classList.add("time"); }
    const above = [...switches(), heads.key];
    if (!g.narrow) [[4, 0], [4, 38], [g.columns[0], 0]].forEach(([x, y], k) => locate(above[k], x, y));
    part(".tools").replaceChildren(...(g.narrow ? above : []));
    board.classList.toggle("stacked", g.stacked);
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px; zoom: ${zoom}`);
    board.replaceChildren(...rows.map((row) => row.box), ...words, ...(g.narrow ? [] : [...above, heads.reply, label(text.accuracy, 1), label(text.count, 2), heads.time].filter(Boolean)), ...cursors);
  }

  /** The colour scale of the states, and what the bars below them are. */
  function switches() {
    const { text } = data, make = (name, label, options) => el("span", { class: "switch", role: "group", "aria-label": label }, el("span", {}, label), ...Object.entries(options).map(([value, said]) => {
      const option = el("button", { type: "button", "data-sets": value, "aria-pressed": String(play.state[name] === value) }, said);
      option.onclick = () => { drawn = ""; play.set({ [name]: value }); root.querySelector(`[data-sets="${value}"]`).focus({ preventScroll: true }); };
      return option;
    }));
    return [make("scale", text.scale, { each: text.each, shared: text.shared }), make("bars", text.bars, { gap: text.gap, influence: text.influence })];
  }

  function paintKey(bars) {
    const { text } = data, said = bars === "gap" ? fill(text.gap_key, { first: data.words[0].text, instead: data.instead.text }) : text.influence_key;
    heads.key.replaceChildren(el("i", { class: "triangle" }), text.reads, el("span", { class: "legend" }, ...math("h"), " −", el("i", { class: "signed" }), "+"), el("br"), el("i", { class: "stick" }), said);
  }

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!g) return;
    const t = state.step - 1, finished = state.step === total(), tally = new Map(), { text } = data;
    data.networks.forEach((one) => tally.set(one.next[t], (tally.get(one.next[t]) ?? 0) + 1));
    const commonest = Math.max(...tally.values());
    words.forEach((word, k) => { word.classList.toggle("on", k === t); word.classList.toggle("later", k > t); });
    cursors.forEach((cursor) => { cursor.style.left = `${g.x[t] - 1}px`; });
    root.classList.toggle("asking", asking());
    rows.forEach((row) => row.paint({ t, finished, asking: asking(), bars: state.bars, answer, most: (output) => tally.get(output) < commonest }));
    paintKey(state.bars);
    if (heads.reply) write(heads.reply, finished ? text.reply : fill(text.after, { word: data.words[t].text }));
    const said = finding(state, finished);
    write(part(".finding"), said);
    write(again, asking() ? text.skip : text.again);
    again.hidden = !asks();
    const scrolls = g.width * zoom > stage.clientWidth + 1;
    fade(scrolls);
    if (scrolls && cause !== "data") keepInView(stage, (g.x[t] - g.pitch * 2) * zoom, (g.x[t] + g.pitch * 3) * zoom);
    stage.setAttribute("aria-label", `${text.title}. ${said}`);
    bar(state, total(), data.words[t].text);
  }

  function finding({ step }, finished) {
    const { text } = data, mine = data.networks[answer - 1], last = total() - 1;
    if (asking()) return fill(text.ask, names());
    if (!finished) return fill(text.so_far, { word: data.words[step - 1].text });
    if (mine && mine.left !== null) {
      const most = data.networks.reduce((best, one) => ((one.left ?? 0) > (best.left ?? 0) ? one : best)), ends = { name: mine.name, left: leftText(mine.left), best: most.name, most: leftText(most.left) };
      return fill(text.judged, { verdict: text[mine.verdict], why: fill(mine.verdict === "verdict_right" ? text.why_right : text.why_other, ends) });
    }
    const stay = data.networks.filter((one) => one.next[last] === one.twin[last]), ends = { ...names(), count: data.networks.length - stay.length, all: data.networks.length };
    return fill(stay.length === data.networks.length ? text.no_reply : stay.length ? text.some_replies : text.every_reply, { ...ends, names: stay.map((one) => one.name).join(text.join) });
  }

  const play = player({ total, paint, extra: { scale: "each", bars: "gap" }, report: (state) => report({ of: data.id, step: state.step }) });
  function reveal(said) {
    answer = said;
    play.place({ step: total() });
    paint(play.state, "user");
    tell("answer", { of: data.id, answer: said });
    stage.focus({ preventScroll: true });
  }
  const again = el("button", { type: "button", class: "control extra" });
  again.onclick = () => reveal(asking() ? "skip" : null);
  keys(root, play);
  tooltip(root, stage, (event) => {
    const { target, clientX, clientY } = event, row = rows.find(({ box }) => box.contains(target));
    if (target.dataset?.tip) return target.dataset.tip;
    if (!row) return null;
    const box = row.box.getBoundingClientRect(), px = scaleOf(row.box), x = (clientX - box.left) / px, y = (clientY - box.top) / px, k = Math.floor((x - g.left) / g.pitch), { bars, step } = play.state;
    if (k < 0 || k >= step || k >= total()) return null;
    if (y >= g.heat && y < g.heat + HEAT) { const unit = Math.min(row.units - 1, Math.floor(((y - g.heat) / HEAT) * row.units)); return fill(data.text.value, { step: k + 1, unit: unit + 1, value: signedText(row.values[k * row.units + unit]) }); }
    if (asking() || y < g.bars - 2 || y >= g.bars + BARS + 3 || (bars === "influence" && step < total())) return null;
    const values = row.series[bars], whole = bars === "gap" ? values[0] : Math.max(...values);
    return whole > 0 ? fill(bars === "gap" ? data.text.gap_value : data.text.influence_value, { value: sizeText(values[k]), ratio: sizeText(values[k] / whole) }) : sizeText(values[k]);
  });

  function update(next) {
    const { moved, worded, served } = news(data, next);
    data = next;
    if (worded) { bar = transport(part(".transport"), data.text, play, ""); part(".transport").append(again); }
    if (served("answer")) answer = data.answer;
    play.place(moved ? { step: data.at.step } : {});
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createCompare);
}
