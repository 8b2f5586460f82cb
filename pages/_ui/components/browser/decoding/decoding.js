// Decoding step by step: where the decoder looks, what it mixes, what it writes.
// data: { id, serial, at: {step}, cell, source: [{text, gloss, known}], target: [{text, p}], units, states: base64 float32 (S × units),
//         attention: base64 float32 (T × S) or null, mixed: how many numbers c has, context: base64 float32 (T × mixed) or null,
//         row: the states' row of the table, next: [[{text, p}]], follow: [{key, across}], text: {every label} }

const SEEN = 0.005;  // a weight below it is no line

function createDecoding(root, report) {
  const part = (selector) => root.querySelector(selector);
  const [picture, stage] = [part(".picture"), part(".stage")];
  const measure = ruler(root), fade = fadeEdges(stage);
  let data, bar, states, attention, context, g, read, written, lines, past, mix, panel, stem, color, zoom = 1, drawn = "", text = "";

  const weight = (t, s) => attention[t * data.source.length + s];
  const peak = (t) => data.source.reduce((best, _, s) => (weight(t, s) > weight(t, best) ? s : best), 0);
  const word = (t) => data.target[t].text;

  function draw() {
    const { scales, widths: [width] } = page.now(), key = [width, scales.signed(0)].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = clamp(width / 1120, 1, 1.6);
    color = (value) => colorOf(scales, data.row, value);
    const cut = ({ text, gloss }) => [shorten(measure, text, LONGEST, "600 18px"), shorten(measure, gloss ?? "", LONGEST, "13px")];
    const source = data.source.map((token) => ({ ...token, text: cut(token)[0], gloss: cut(token)[1] }));
    const target = data.target.map((token) => ({ ...token, text: cut(token)[0] }));
    const widths = (tokens) => tokens.map(({ text, gloss }) => Math.max(LEAST, Math.max(measure(text, "600 18px"), gloss ? measure(gloss, "13px") : 0) + 20));
    g = layout({ read: widths(source), written: widths(target), glossed: source.some((token) => token.gloss), width: width / zoom });
    read = source.map((token, s) => drawRead(s, g, token, strip([...states.subarray(s * data.units, (s + 1) * data.units)], color)));
    written = target.map((token, t) => drawWritten(t, g, token));
    lines = attention ? source.map(() => svg("path", { class: "line" })) : [svg("path", { class: "line" })];
    past = attention ? target.map((_, t) => svg("path", { class: "past", d: bend(g.x[peak(t)].x, g.bottom + NOTE, g.y[t].x, g.word - 2) })) : [];
    const mixes = context ? target.map((_, t) => strip([...context.subarray(t * data.mixed, (t + 1) * data.mixed)], color)) : [];
    mix = column("mix", 0, g.mix, 32, MIX, mixes);
    panel = drawPanel(g, data, measure);
    stem = svg("path", { class: "stem", d: `M0 ${g.word + CARD + 22}V${g.panel}` });
    const labels = attention ? [data.text.source, data.text.looks] : [data.text.source];  // above all lines
    const note = svg("text", { class: "note", x: EDGE, y: 14 }, labels.join(" → "));
    put(picture, "viewBox", `0 0 ${g.width} ${g.height}`);
    put(picture, "width", String(g.width * zoom));
    put(picture, "height", String(g.height * zoom));
    picture.replaceChildren(...past, ...(attention ? [] : [drawNeck(g, data.text.neck)]), ...lines, note, ...read, ...(attention ? [mix] : []), ...written, stem, panel.node);
    fade(scrolls());
  }

  const scrolls = () => g.width * zoom > page.now().widths[0] + 1;

  function paintLook(t) {
    past.forEach((line, k) => put(line, "class", k < t ? "past" : "past future"));
    if (!attention) {
      put(lines[0], "d", bend(EDGE + g.total / 2, g.mix + MIX - 16, g.y[t].x, g.word));
      return;
    }
    lines.forEach((line, s) => {
      const share = weight(t, s), seen = share >= SEEN;
      put(line, "d", seen ? bend(g.x[s].x, g.bottom + NOTE, g.y[t].x, g.mix) : "M0 0");
      line.style.strokeWidth = seen ? `${1 + 13 * share}px` : "0";
      line.style.opacity = String(0.3 + 0.7 * share);
      write(read[s].querySelector(".weight"), share >= 0.05 ? `${hundredths(share)}%` : "");
      read[s].classList.toggle("seen", share >= 0.5);
    });
    mix.style.transform = `translateX(${g.y[t].x}px)`;
    mix.querySelectorAll("image").forEach((image, k) => put(image, "visibility", k === t ? "visible" : "hidden"));
  }

  function said(t) {
    const values = { step: t + 1, total: data.target.length, word: word(t), p: chance(data.target[t].p), at: "", share: "" };
    if (!attention) return fill(data.text.plain, values);
    const best = peak(t);
    return fill(data.text.now, { ...values, at: data.source[best].text, share: hundredths(weight(t, best)) });
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!g) return;
    const t = state.step - 1, total = data.target.length, { x } = g.y[t];
    const view = page.now().widths[0] / zoom, seen = attention ? g.x[peak(t)].x : x, fits = Math.abs(seen - x) + 120 < view;
    const [left, right] = fits ? [Math.min(seen, x) - 60, Math.max(seen, x) + 60] : [x - 90, x + 90];  // what is looked at too, if there is room
    const near = !scrolls() ? 0 : keepInView(stage, left * zoom, right * zoom, { glide: cause !== "data", margin: 0 }) / zoom;
    written.forEach((node, k) => put(node, "class", "written" + (k === t ? " selected" : "") + (k > t ? " future" : "")));
    paintLook(t);
    const under = clamp(x - panel.wide / 2, near + 4, Math.max(near + 4, near + view - panel.wide - 4));
    panel.node.style.transform = `translate(${under}px, ${g.panel}px)`;
    stem.style.transform = `translateX(${clamp(x, under + 12, under + panel.wide - 12)}px)`;
    panel.show(data.next[t]);
    nameImage(picture, said(t));
    if (cause === "user" && !state.playing) write(part(".live"), said(t));
    bar(state, total, word(t));
    moveMarks(data.follow, state.step);
  }

  const play = player({ total: () => data.target.length, paint, report: ({ step }) => report({ of: data.id, step }) });
  keys(root, play);
  scrub(stage, play, (event) => stepAtX(g, (event.clientX - stage.getBoundingClientRect().left + stage.scrollLeft) / zoom));
  stage.onclick = (event) => {
    const step = event.target.closest(".written");
    if (step) play.go(() => Number(step.dataset.step));
  };
  tooltip(root, stage, (event) => {
    const state = event.target.closest?.(".read"), step = event.target.closest?.(".written");
    if (state) {
      const token = data.source[state.dataset.s];
      const share = attention ? [`, α = ${fixed(weight(play.state.step - 1, Number(state.dataset.s)), 4)}`] : [];
      return [token.text, ...(token.known ? [] : [` (${data.text.unknown})`]), ...share];
    }
    return step && step.dataset.step <= play.state.step ? [`${word(step.dataset.step - 1)}: ${chance(data.target[step.dataset.step - 1].p, 4)}`] : null;
  });

  function update(next) {
    const moved = data?.id !== next.id || data.serial !== next.serial;
    data = next;
    [states, attention, context] = [data.states, data.attention, data.context].map((packed) => packed && floats(packed));
    root.dataset.cell = data.cell;
    put(stage, "aria-label", data.text.title);
    part(".foot").replaceChildren(legend(attention ? ["h_s", "c_t"] : ["h_s"], data.row));
    if (text !== data.text.title) bar = transport(part(".transport"), data.text, play, "←→");
    text = data.text.title;
    if (moved) play.place({ step: data.at.step });
    play.state.step = clamp(play.state.step, 1, data.target.length);
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createDecoding);
}
