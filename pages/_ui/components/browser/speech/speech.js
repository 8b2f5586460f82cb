// A sound as it is heard, step by step of 32 ms: wave, frequencies, gates and states, the probability of speech. The cursor is where the sound is.
// data: { id, serial, at: {step}, steps, rate, step: samples, sound: base64 int8 (µ-law), wave: base64 int8 (lowest, highest of each `fine`), fine, bands: base64 uint8 (columns × count), columns, hop, count,
//         rows: as `makeTracks` takes them, speech, clamped: base64 float32 (T), the latter null while it is asked, spoken: [T] or null, threshold, held: what the gate is clamped to, question, answer, options, verdict, text }

function createSpeech(root, report, tell) {
  const part = (selector) => root.querySelector(selector), board = part(".board"), stage = part(".stage"), slider = part(".threshold input"), asked = el("div", { class: "ask", role: "group" });
  let data, bar, g, tracks, lanes, drawn = "", speech, clamped = null, threshold = 0.5, answer = null;

  const seconds = () => data.step / data.rate, time = (step) => (step - 1) * seconds();
  const asking = () => Boolean(data.question) && answer === null, shown = () => (asking() ? null : clamped);
  const cell = (value) => svg("rect", { class: value, height: g.tallest });

  function canvas(name, columns, rows, paintOn) {
    const made = el("canvas", { class: name, width: columns, height: rows, "aria-hidden": "true" });
    paintOn(made.getContext("2d"));
    return made;
  }
  function wave() {
    const ends = signedBytes(data.wave), count = ends.length / 2, loudest = 127 / Math.max(1, ...ends.map(Math.abs));
    return canvas("wave", count, 255, (pen) => {
      pen.fillStyle = getComputedStyle(root).color;
      for (let k = 0; k < count; k += 1) pen.fillRect(k, 127 - loudest * ends[2 * k + 1], 1, Math.max(4, loudest * (ends[2 * k + 1] - ends[2 * k])));
    });
  }
  function bands(scales) {
    const levels = bytes(data.bands);
    return canvas("bands", data.columns, data.count, (pen) => {
      const image = pen.createImageData(data.columns, data.count), pixels = new Uint32Array(image.data.buffer);
      for (let t = 0; t < data.columns; t += 1) for (let b = 0; b < data.count; b += 1) pixels[(data.count - 1 - b) * data.columns + t] = bytesOf(scales.size(levels[t * data.count + b] / 255));
      pen.putImageData(image, 0, 0);
    });
  }

  /** Whatever the gate is clamped to, this is drawn once. */
  const pictured = ({ wave, bands, rows, speech, spoken, text }) => JSON.stringify([wave, bands, rows, speech, spoken, text]);

  function draw() {
    const { widths: [width], scales } = page.now(), key = [pictured(data), width, scales.size(0), staged()].join();
    if (!width || key === drawn) return;
    drawn = key;
    tracks = makeTracks(data.rows, data.steps, scales);
    g = speechLayout({ width, steps: data.steps, tall: tracks.tall });
    const at = (node, top, height, samples) => { node.setAttribute("style", `left: ${g.left}px; top: ${top}px; width: ${(samples / data.step) * g.pitch}px; height: ${height}px`); return node; };
    const lane = (top, height, said, more = "") => el("span", { class: "lane", style: `top: ${top}px; height: ${height}px; width: ${g.left - 6}px` }, said, more ? el("small", {}, more) : null);
    const { text } = data, count = signedBytes(data.wave).length / 2;
    lanes = { curve: svg("path", { class: "curve" }), held: svg("path", { class: "curve held" }), limit: svg("line", { class: "limit", x1: 0, x2: data.steps }), marks: svg("g") };
    const curves = svg("svg", { viewBox: `0 0 ${data.steps} ${g.tallest}`, preserveAspectRatio: "none", width: g.wide, height: g.tallest, style: `left: ${g.left}px; top: ${g.curve}px`, "aria-hidden": "true" },
      svg("rect", { class: "frame", width: data.steps, height: g.tallest }), lanes.marks, lanes.limit, lanes.curve, lanes.held);
    const said = stretches(data.spoken ?? []).map(([from, to]) => el("i", { class: "spoken", style: `left: ${g.left + from * g.pitch}px; top: ${g.curve + g.tallest + 3}px; width: ${(to - from) * g.pitch}px` }));
    tracks.place({ left: g.left, pitch: g.pitch, top: g.rows, above: g.rows });
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px`);
    board.replaceChildren(at(wave(), 0, WAVE, count * data.fine), at(bands(scales), g.bands, g.banded, data.columns * data.hop), curves, ...said, ...tracks.nodes,
      lane(0, WAVE, text.wave), lane(g.bands, g.banded, text.bands), lane(g.curve, g.tallest, text.speech, text.at), ...(data.spoken ? [lane(g.curve + g.tallest, 14, el("small", {}, text.spoken))] : []));
    const cursor = board.querySelector(".track-cursor");
    lanes.cursor = (moment) => { cursor.style.left = `${g.left + (moment / seconds()) * g.pitch}px`; cursor.style.height = `${g.bottom}px`; cursor.style.top = "0px"; };
    drawCurves();
  }

  function drawCurves() {
    const y = (value) => (1 - value) * (g.tallest - 4) + 2, marks = [];
    put(lanes.curve, "d", stairs(speech, y));
    put(lanes.held, "d", shown() ? stairs(shown(), y) : "");
    for (const end of ["y1", "y2"]) put(lanes.limit, end, String(y(threshold)));
    if (data.spoken) speech.forEach((value, k) => {
      const is = value >= threshold;
      if (is !== Boolean(data.spoken[k])) { const mark = cell(is ? "alarm" : "missed"); put(mark, "x", String(k)); put(mark, "width", "1"); marks.push(mark); }
    });
    lanes.marks.replaceChildren(...marks);
  }

  function counts() {
    const { text } = data, said = (values, name) => {
      const found = tally(values, data.spoken, threshold);
      return data.spoken ? fill(text[name], { ...found, spoken: data.spoken.filter(Boolean).length }) : fill(text.counted, { ...found, steps: data.steps });
    };
    const line = (name, of, values) => el("span", {}, el("i", { class: name }), `${of} `, said(values, "counts"));
    const held = shown() ? [line("held", fill(text.held, { value: data.held }), shown())] : [];
    part(".counts").replaceChildren(line("own", text.own, speech), ...held);
    write(part(".threshold output"), fixed(threshold));
    slider.value = threshold;
    put(slider, "aria-valuetext", fixed(threshold));
  }

  /** What is asked; after the answer, whether it was right and why; else what is heard here. */
  function finding(step) {
    if (asking()) return data.question;
    if (data.verdict && answer !== null && answer !== "skip") {
      const guess = data.options?.find(({ value }) => value === answer)?.label ?? "";
      return `${data.text[data.verdict.verdict]} ${fill(data.text.guess, { guess })} ${data.verdict.why}`;
    }
    return fill(data.text.value, { seconds: fixed(time(step)), value: fixed(speech[step - 1]) });
  }
  function ask() {
    const choices = asking() ? (data.options ?? []).map(({ value, label }) => button(label, "", label, () => reply(value), { class: "control" })) : [];
    const other = data.question ? [button(asking() ? data.text.skip : data.text.again, "", asking() ? data.text.skip : data.text.again, () => reply(asking() ? "skip" : null), { class: "control quiet" })] : [];
    asked.replaceChildren(...choices, ...other);
  }
  function reply(said) {
    answer = said;
    if (said === null) clamped = null;
    tell("answer", { of: data.id, answer: said, at: Date.now() });
    paint(play.state, "user");
    ask();
    stage.focus({ preventScroll: true });
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!g) return;
    tracks.paint(state.step);
    if (cause !== "play") {  // while it plays, only what moves: nobody could hear a sentence a frame
      lanes.cursor(time(state.step));
      drawCurves();
      counts();
      write(part(".finding"), finding(state.step));
    }
    bar(state, data.steps, `${fixed(time(state.step))} s`);
  }

  const play = soundPlayer({
    total: () => data.steps,
    paint,
    report: (state) => report({ of: data.id, step: state.step }),
    begins: time,
    stepAt: (moment) => clamp(Math.floor(moment / seconds() + 1e-6) + 1, 1, data.steps),
    cursor: (moment) => lanes.cursor(moment),
    unheard: () => write(part(".finding"), data.text.silent),
  });
  keys(root, play);
  slider.oninput = () => { threshold = Number(slider.value); drawCurves(); counts(); };
  slider.onchange = () => tell("threshold", { of: data.id, value: threshold, at: Date.now() });
  const stepUnder = (event) => (g ? tracks.stepAt((event.clientX - board.getBoundingClientRect().left) / scaleOf(board)) : null);
  pointAtTracks(root, stage, play, () => tracks, stepUnder);

  function update(next) {
    const { moved, worded, served } = news(data, next), other = data?.sound !== next.sound || data.rate !== next.rate;
    data = next;
    speech = floats(data.speech);
    if (other) play.load(data.sound, data.rate);
    if (worded) { bar = transport(part(".transport"), data.text, play, "←→"); part(".transport").append(asked); }
    if (served("threshold")) threshold = data.threshold;
    if (served("answer")) answer = data.answer;
    clamped = data.clamped ? floats(data.clamped) : null;
    stage.setAttribute("aria-label", data.text.title);
    asked.setAttribute("aria-label", data.question);
    write(part(".threshold span"), data.text.threshold);
    if (moved) { play.place({ step: data.at.step }); }
    root.classList.toggle("asking", asking());
    paint(play.state, "data");
    ask();
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createSpeech);
}
