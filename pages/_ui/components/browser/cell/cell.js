// One cell: its circuit, its equations and its heatmaps, all showing one step of one unit (or the mean of all).
// data: { id, serial, at: {step, unit, quantity}, cell, tokens: [{text, gloss, known}], units, rows: {key: its row of the table},
//         shown: [key of each heatmap], equations: [{key, symbol, formula, lines}], values: {key: base64 float32 (T × H), or the keys from which it follows},
//         signs: {sign: what it means}, order: [unit of each line], clamps: [{key, steps, units, value}], sum: {parts: [key, …], gives: key}, text: {every label} }

const NARROW = 560;

function createCell(root, report) {
  const part = (selector) => root.querySelector(selector);
  const all = (selector) => [...root.querySelectorAll(selector)];
  const picture = part(".picture"), rows = sheet(root), fade = fadeEdges(rows.scroller), measure = ruler(root);
  let data, values, held, bar, scales, painters = [], drawn = "", wired = "", ready = false;

  /** The circuit and its equations stay while cell, language and shape do: other numbers only repaint them. */
  function wire(narrow) {
    const key = [data.cell, data.text.title, narrow].join();
    if (key === wired) return;
    wired = key;
    const spec = CIRCUITS[data.cell][narrow ? "narrow" : "wide"];
    picture.setAttribute("viewBox", `0 ${spec.top ?? 0} ${spec.size.join(" ")}`);
    root.classList.toggle("narrow", narrow);
    picture.replaceChildren(...drawCircuit(spec, data));
    part(".equations").replaceChildren(...data.equations.map((equation) => writeEquation(equation, data.rows)));
    explainSigns(part(".equations"), data.signs);
  }

  function build(narrow) {
    wire(narrow);
    rows.build(data);
    painters = all("[data-q]").filter((node) => !node.matches(".row, .equation, .label")).map((node) => painter(node, data.rows));
  }

  function draw() {
    const { scales: colours, widths } = page.now(), [circuit, sheet] = widths, key = [...widths, css(colours.signed(0))].join();
    if (!circuit || key === drawn) return;
    drawn = key;
    scales = colours;
    build(circuit < NARROW);
    ready = rows.fit(scales, values, measure, sheet) || staged();  // where the rows are not shown
    choose(play.state.quantity);
    fade(rows.scrolls());
  }

  /** Every array; one that follows from others is one's step before, zeros first, or the product of two in float32. */
  function unpack(packed) {
    const made = {}, of = (key) => (made[key] ??= typeof packed[key] === "string" ? floats(packed[key]) : follow(...packed[key].map(of)));
    const follow = (one, other) => (other ? one.map((value, place) => value * other[place]) : one.map((_, place) => one[place - data.units] ?? 0));
    for (const key of Object.keys(packed)) of(key);
    return made;
  }

  function at(key, { step, unit }) {
    const from = (step - 1) * data.units;
    if (unit >= 0) return values[key][from + unit];
    let sum = 0;
    for (let u = 0; u < data.units; u++) sum += values[key][from + u];
    return sum / data.units;
  }
  const which = ({ unit }) => (unit < 0 ? data.text.mean : fill(data.text.unit, { unit: unit + 1 }));

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!ready) return;
    const { step, unit } = state, mean = unit < 0, token = data.tokens[step - 1], total = data.tokens.length;
    rows.follow(state, cause !== "data");
    const now = {}, shades = {}, valueOf = (key) => (now[key] ??= at(key, state)), shadeOf = (key) => (shades[key] ??= css(colorOf(scales, data.rows[key], valueOf(key))));
    const heldOf = (key) => held[key]?.(step - 1, unit) ?? false;
    for (const one of painters) one.paint(valueOf, shadeOf, heldOf);
    write(picture.querySelector(".token-card .word"), shorten(measure, token.text, 70, "600 18px"));
    root.classList.toggle("of-mean", mean);
    write(part(".note"), mean ? data.text.mean_note : data.text.rounded);
    write(part(".readouts .corner"), which(state));
    write(part(".unit output"), mean ? data.text.mean : `${which(state)} ${fill(data.text.of, { units: data.units })}`);
    put(part(".unit .mean"), "aria-pressed", String(mean));
    rows.paint(state);
    const said = fill(data.text.now, { step, total, token: token.text, which: which(state), values: data.shown.map((key) => `${data.rows[key].name} ${show(data.rows[key], valueOf(key))}`).join(data.text.comma) });
    nameImage(picture, said);
    const named = (key) => `${data.rows[key].name} ${show(data.rows[key], valueOf(key))}`, { parts, gives } = data.sum;
    write(part(".finding"), fill(data.text.finding, { token: token.text, which: which(state), parts: parts.map(named).join(" + "), gives: named(gives) }));
    if (cause === "user" && !state.playing) write(part(".live"), said);
    bar(state, total, token.text);
  }

  const play = player({
    total: () => data.tokens.length, paint, extra: { unit: 0, quantity: null },
    report: ({ step, unit, quantity }) => report({ of: data.id, step, unit: unit < 0 ? null : unit + 1, quantity: data.rows[quantity]?.belongs ?? null }),
  });
  const move = (by) => play.set({ unit: rows.neighbour(play.state.unit, by) });
  let before = 0;
  const toggleMean = () => { const { unit } = play.state; if (unit >= 0) before = unit; play.set({ unit: unit < 0 ? Math.min(before, data.units - 1) : -1 }); };
  keys(root, play, { ArrowUp: () => move(-1), ArrowDown: () => move(1), m: toggleMean });
  scrub(rows.scroller, play, (event) => rows.stepAt(event));

  tooltip(root, rows.scroller, (event) => {
    const spot = rows.under(event);
    return spot && fill(data.text.value, { name: data.rows[spot.key].name, token: data.tokens[spot.step - 1].text, unit: spot.unit + 1, value: show(data.rows[spot.key], at(spot.key, spot)) });
  });
  const keyUnder = (event) => event.target.closest?.("[data-q]")?.dataset.q ?? null;
  let linked = null;
  const link = (key) => { if (key !== linked) { linked = key; for (const node of all("[data-q]")) node.classList.toggle("linked", node.dataset.q === key); } };
  const choose = (key) => { for (const node of all("[data-q]")) node.classList.toggle("chosen", node.dataset.q === key); for (const label of all("button.label")) put(label, "aria-pressed", String(label.dataset.q === key)); };

  root.addEventListener("pointerover", (event) => link(keyUnder(event)));
  root.addEventListener("pointerleave", () => link(null));
  root.addEventListener("focusin", (event) => link(keyUnder(event)));
  root.addEventListener("click", (event) => {
    const key = keyUnder(event), token = event.target.closest?.("[data-step]"), spot = rows.under(event);
    if (token) return play.go(() => Number(token.dataset.step));
    if (!key) return;
    choose(key);
    Object.assign(play.state, { quantity: key, unit: spot?.unit ?? play.state.unit });
    play.go((step) => spot?.step ?? step);
  });

  /** key → (step, unit) → is it held there? For the mean: is any unit of this step? */
  function holding() {
    const found = {};
    for (const { key, steps, units } of data.clamps) {
      const earlier = found[key], [when, whom] = [steps && new Set(steps), units && new Set(units)];
      found[key] = (t, u) => Boolean(earlier?.(t, u)) || ((!when || when.has(t)) && (!whom || u < 0 || whom.has(u)));
    }
    return found;
  }

  function relabel() {
    part(".unit").replaceChildren(el("output", { "aria-live": "off" }), button(data.text.up, "↑", icon("up"), () => move(-1), { class: "control" }),
      button(data.text.down, "↓", icon("down"), () => move(1), { class: "control" }), button(data.text.mean, "m", data.text.mean, toggleMean, { class: "control mean" }));
    bar = transport(part(".transport"), data.text, play, "←→↑↓");
    rows.scroller.setAttribute("aria-label", data.text.title);
  }

  function update(next) {
    const { moved, worded } = news(data, next);
    data = next;
    values = unpack(data.values);
    held = holding();
    root.dataset.cell = data.cell;
    if (worded) relabel();
    if (moved) play.place({ step: data.at.step, unit: data.at.unit === null ? -1 : data.at.unit - 1, quantity: data.at.quantity });
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [part(".circuit"), rows.scroller], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createCell);
}
