// Keys to play a beginning on, with the pointer or with a computer's keyboard; what is played is told when the reader wants it gone on with.
// data: { id, cell, low, high: MIDI's numbers, names: of the pitches, letters: { a letter: its pitch }, lengths: [{ sixteenths, label }], beats: what a length is in beats, by sixteenths, most: notes, text }

function createKeyboard(root, _report, tell) {
  const part = (selector) => root.querySelector(selector), BLACK = new Set([1, 3, 6, 8, 10]);
  let data, context, length = 4, played = [], buttons = new Map();

  /** A short tone; where there is no sound the key still counts. */
  function sound(pitch) {
    try { context ??= new AudioContext(); } catch { return; }
    const tone = context.createOscillator(), loud = context.createGain(), now = context.currentTime, lasts = Math.min(1.2, length * 0.125);
    tone.type = "triangle";
    tone.frequency.value = 440 * 2 ** ((pitch - 69) / 12);
    loud.gain.setValueAtTime(0.2, now);
    loud.gain.exponentialRampToValueAtTime(0.001, now + lasts);
    tone.connect(loud).connect(context.destination);
    tone.start(now);
    tone.stop(now + lasts);
  }
  function press(pitch) {
    if (played.length >= data.most) return;
    played = [...played, [pitch, length]];
    sound(pitch);
    const key = buttons.get(pitch);
    key?.classList.add("down");
    setTimeout(() => key?.classList.remove("down"), 160);
    paint();
  }
  const beats = (sixteenths) => (sixteenths === 4 ? "" : ` ${data.beats[sixteenths]}`);
  function paint() {
    const { text } = data, said = played.map(([pitch, lasts]) => data.names[pitch - data.low] + beats(lasts)).join(" · ");
    write(part(".played"), played.length ? `${fill(text.played, { count: played.length, most: data.most })} ${said}` : text.empty);
    for (const [k, one] of [...part(".lengths").children].entries()) one.setAttribute("aria-pressed", String(data.lengths[k].sixteenths === length));
    for (const one of part(".acts").children) one.disabled = !played.length;
  }
  function build() {
    const { text, low, high } = data, manual = part(".manual"), pitches = Array.from({ length: high - low + 1 }, (_, k) => low + k), whites = pitches.filter((pitch) => !BLACK.has(pitch % 12));
    const letters = Object.fromEntries(Object.entries(data.letters).map(([letter, pitch]) => [pitch, letter.toUpperCase()]));
    buttons = new Map(pitches.map((pitch) => {
      const black = BLACK.has(pitch % 12), name = data.names[pitch - low], made = button(name, letters[pitch] ?? "", pitch % 12 === 0 ? name : (letters[pitch] ?? ""), () => press(pitch), { class: black ? "black" : "white" });
      if (black) made.setAttribute("style", `left: ${(100 * (whites.filter((one) => one < pitch).length - 0.32)) / whites.length}%; width: ${64 / whites.length}%`);
      return [pitch, made];
    }));
    manual.replaceChildren(...buttons.values());
    manual.setAttribute("aria-label", text.keys);
    part(".lengths").setAttribute("aria-label", text.length);
    part(".lengths").replaceChildren(...data.lengths.map(({ sixteenths, label }) => button(label, "", label, () => { length = sixteenths; paint(); }, { class: "control" })));
    part(".acts").replaceChildren(
      button(text.go, "Enter", text.go, go, { class: "control go" }),
      button(text.undo, "⌫", text.undo, undo, { class: "control" }),
      button(text.clear, "", text.clear, () => { played = []; paint(); }, { class: "control" }),
    );
    paint();
  }
  const undo = () => { played = played.slice(0, -1); paint(); };
  const go = () => { if (played.length) tell("played", { of: data.id, notes: played, at: Date.now() }); };
  root.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.repeat) return;
    const pitch = data.letters[event.key.toLowerCase()], on = event.composedPath()[0].matches("button");
    if (pitch !== undefined) press(pitch);
    else if (event.key === "Backspace") undo();
    else if (event.key === "Enter" && !on) go();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  function update(next) {
    const fresh = !data || data.id !== next.id || data.text.keys !== next.text.keys;
    data = next;
    root.dataset.cell = data.cell;
    if (fresh) build();
  }
  return { update, stop: () => { context?.close(); } };
}

export default function (component) {
  return mount(component, createKeyboard);
}
