// A melody as a piano roll: its notes in time, the network's gates and states under them, and what it expects next. The cursor is where the sound is.
// data: { id, serial, at: {step}, cell, notes: [[pitch, sixteenths]], given, ended, begins: first column of each note and where the last ends, low, high: rows of the roll,
//         names: of all P pitches, lowest: the first of them, outputs: P + 1, lengths: [sixteenths], said: their names, odds: base64 float32 (N × (P + 1)), spans: base64 float32 (N × D), rows (`tracks.js`, one value a note),
//         sound: base64 int8 (µ-law), rate, sixteenth: seconds, text }

function createMelody(root, report) {
  const part = (selector) => root.querySelector(selector), board = part(".board"), stage = part(".stage"), fade = fadeEdges(stage);
  let data, bar, g, tracks, scene, cursor, drawn = "", of = [];
  const named = keepNames(stage, () => [...(tracks?.names ?? []), ...(scene?.names ?? [])], () => 1);
  const total = () => data.notes.length, columns = () => data.begins[total()];
  const time = (column) => column * data.sixteenth, nameOf = (pitch) => data.names[pitch - data.lowest];

  function draw() {
    const { widths: [width], scales } = page.now(), key = [data.id, width, scales.signed(0), staged()].join();
    if (!width || key === drawn) return;
    drawn = key;
    of = data.notes.flatMap(([, length], k) => Array(length).fill(k));
    tracks = makeTracks(data.rows, columns(), scales, of);
    g = melodyLayout({ width, pitches: data.high - data.low + 1, columns: columns(), longest: Math.max(...data.lengths), tall: tracks.tall });
    tracks.place({ left: g.left, pitch: g.pitch, top: g.rows, above: g.rows });
    scene = makeScene(data, g);
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px`);
    board.replaceChildren(...scene.nodes, ...tracks.nodes, ...scene.names);
    cursor = board.querySelector(".track-cursor");
    part(".under").replaceChildren(...["given", "drawn", "odds"].map((kind) => el("span", { class: "key" }, el("i", { class: kind }), data.text[`key_${kind}`])), ...trackLegends(data.rows));
  }

  /** The cursor at a moment of the sound, as a bar over everything. */
  const stand = (column) => Object.assign(cursor.style, { left: `${g.x(column)}px`, top: "0px", height: `${g.height - 6}px` });

  function finding(step) {
    const { text } = data, { pitch, length } = scene.expected(step), best = pitch.indexOf(Math.max(...pitch)), long = length.indexOf(Math.max(...length));
    const said = { note: nameOf(data.notes[step - 1][0]), p: chance(pitch[best]), next: data.names[best] ?? "", length: data.said[long], q: chance(length[long]) };
    const expects = fill(best === data.outputs - 1 ? text.expects_end : text.expects, said);
    if (step === total()) return data.ended ? `${expects} ${text.ended}` : `${expects} ${text.full}`;
    const [next] = data.notes[step], p = chance(pitch[next - data.lowest]);
    return `${expects} ${fill(step < data.given ? text.given : text.drawn, { note: nameOf(next), p })}`;
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!g) return;
    const { step } = state;
    tracks.paint(data.begins[step]);
    scene.paint(step, cause === "play");
    if (cause !== "play") {
      stand(data.begins[step]);
      const now = finding(step);
      write(part(".finding"), now);
      put(stage, "aria-label", fill(data.text.now, { notes: data.notes.map(([pitch]) => nameOf(pitch)).join(" "), finding: now }));
      if (cause === "user") write(part(".live"), now);
      fade(g.width > stage.clientWidth + 1);
    }
    keepInView(stage, g.x(data.begins[step - 1]), g.x(data.begins[step]) + (cause === "play" ? 40 : g.next), { glide: false });
    named();
    bar(state, total(), nameOf(data.notes[step - 1][0]));
  }

  const play = soundPlayer({
    total,
    paint,
    report: (state) => report({ of: data.id, step: state.step }),
    begins: (step) => time(data.begins[step - 1]),
    stepAt: (moment) => noteAt(data.begins, moment / data.sixteenth + 1e-6),
    cursor: (moment) => stand(Math.min(moment / data.sixteenth, columns())),
    unheard: () => write(part(".finding"), data.text.silent),
  });
  keys(root, play);
  const stepUnder = (event) => (g ? of[tracks.stepAt((event.clientX - stage.getBoundingClientRect().left) / scaleOf(stage) + stage.scrollLeft) - 1] + 1 : null);
  pointAtTracks(root, stage, play, () => tracks, stepUnder);

  function update(next) {
    const { fresh, moved, worded } = news(data, next);
    data = { ...next, odds: floats(next.odds), spans: floats(next.spans) };
    root.dataset.cell = data.cell;
    if (fresh) play.load(data.sound, data.rate);
    if (worded) bar = transport(part(".transport"), data.text, play, "←→");
    drawn = "";
    if (moved) play.place({ step: data.at.step });
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createMelody);
}
