// The unrolled network as one drawing.
// data: { id, serial, cell, tokens: [{text, gloss, known}], units, hidden: base64 float32 (T × H), row: its row of the table,
//         recurrent, input: the symbols of the weights, equation: {left, right}, terms: [{markup, part, says}],
//         next: [[{text, gloss, p, ends}, …], …], empty for a network that says nothing, step, text: {every label} }

const WIDE = 960, SMALLEST = 0.75;  // px of a desk, and how small its drawing may become before it is moved instead

function createUnrolled(root, report) {
  const part = (selector) => root.querySelector(selector);
  const [picture, stage, pin] = [part(".picture"), part(".stage"), part(".pin")];
  const measure = ruler(root), fade = fadeEdges(stage), formula = equation(root, part(".equation"), part(".say"));
  let data, bar, values, g, zero, steps, classes, panel, stem, reply, zoom = 1, drawn = "";

  function draw() {
    const { scales, widths: [width] } = page.now(), key = [width, scales.signed(0)].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = clamp(width / 1120, 1, 1.6);  // a projector gets a larger picture, not a wider one
    const cards = data.tokens.map(({ text, gloss }) => ({ text: shorten(measure, text, LONGEST, "600 20px"), gloss: shorten(measure, gloss, LONGEST, "13px") }));
    const words = cards.map(({ text, gloss }) => Math.max(44, measure(text, "600 20px") + 26, gloss ? measure(gloss, "13px") + 18 : 0));
    const said = data.next.at(-1)?.[0], replyWidth = said ? Math.max(128, measure(said.text + " …", "700 22px") + 32, measure(said.gloss, "13px") + 32) : 0;
    const guessWidth = Math.max(0, ...data.next.flat().map(({ text, gloss }) => measure(text, "700 15px") + (gloss ? 8 + measure(gloss, "13px") : 0)));
    const placed = (room) => layout({ words, cards, glossed: data.tokens.some((token) => token.gloss), units: data.units, width: room, replyWidth, guessWidth });
    g = placed(width / zoom);
    if (width >= WIDE && g.width * zoom > width) {  // a dozen words and some more stand on a desk whole, a little smaller
      const whole = width / g.width;
      if (whole >= (staged() ? 1 : SMALLEST)) g = placed(width / (zoom = whole));
    }
    zero = drawZero(g);
    steps = data.tokens.map((_, t) => drawStep(t, g, data, (t, u) => css(colorOf(scales, data.row, values[t * data.units + u])), measure));
    classes = steps.map(() => "");
    panel = said && drawPanel(g, data, measure);
    stem = said && svg("path", { class: "stem", d: `M0 ${g.bottom + 32}V${g.panelY}` });
    reply = said && drawReply(g, data, replyWidth);
    const labels = [[TOKEN_Y + 28, data.text.words], [g.top + 14, data.text.state], [g.bottom + 42, data.text.guess]].slice(0, said ? 3 : 2);
    const rows = labels.map(([y, label]) => svg("text", { class: "note", x: 4, y }, ...beside(label)));
    picture.setAttribute("viewBox", `0 0 ${g.width} ${g.height}`);
    picture.setAttribute("width", g.width * zoom);
    picture.setAttribute("height", g.height * zoom);
    picture.replaceChildren(...rows, zero, ...steps, ...(said ? [reply, svg("g", { class: "panel" }, stem), panel.node] : []));
    fade(scrolls());
  }

  /** A row's name, in two lines where it is wider than the place for it. */
  function beside(label) {
    const cut = measure(label, "13px") > GUTTER + 10 ? label.lastIndexOf(" ", label.length - 3) : -1;
    return cut < 0 ? [label] : [label.slice(0, cut), svg("tspan", { x: 4, dy: "1.2em" }, label.slice(cut + 1))];
  }

  const scrolls = () => g.width * zoom > page.now().widths[0] + 1;

  function paintSteps(t, cause) {
    steps.forEach((node, k) => {
      const names = "step" + (k === t ? " selected" : "") + (k > t ? " future" : "") + (k === t - 1 ? " previous" : "") + (k === t && cause === "play" ? " arriving" : "");
      if (classes[k] !== names) node.setAttribute("class", classes[k] = names);
    });
    put(zero, "class", t ? "zero" : "zero previous");
  }

  function paintReply(best, finished) {
    put(reply, "class", "reply" + (finished ? "" : " future") + (best.ends ? "" : " unfinished"));
    const said = reply.querySelector(".said");
    write(said, finished ? best.text + (best.ends ? "" : " …") : "?");
    put(said, "y", String(g.middle + (!finished ? 8 : best.gloss ? -18 : -6)));
  }

  function paintGuess(t, best, finished, left, view) {
    paintReply(best, finished);
    panel.node.style.transform = `translate(${panelX(g, t, left, view)}px, ${g.panelY}px)`;
    stem.style.transform = `translateX(${g.x[t]}px)`;
    panel.show(data.next[t]);
  }

  const valueAt = (t, u) => values[t * data.units + u];
  const valueText = (t, u) => fill(data.text.value, { step: t + 1, unit: u + 1, value: signedText(valueAt(t, u)) });

  /** The chosen unit keeps its mark in every column that has been read, and its number stands at the current one. */
  function paintUnit({ step, unit }) {
    pin.hidden = unit < 0;
    root.classList.toggle("of-unit", unit >= 0);
    if (unit < 0) return;
    const marks = `${unit * g.unit}px`;
    if (picture.style.getPropertyValue("--unit-y") !== marks) picture.style.setProperty("--unit-y", marks);  // thousands of cells inherit it
    const said = valueText(step - 1, unit), half = measure(said, "19px") / 2 + 12;
    write(pin, said);
    const x = clamp(g.x[step - 1] * zoom, half, Math.max(half, g.width * zoom - half)), y = (g.top + (unit + 0.5) * g.unit) * zoom;
    pin.style.transform = `translate(${x}px, ${y}px) translate(-50%, calc(-100% - 16px))`;
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!g) return;
    const t = state.step - 1, total = data.tokens.length, token = data.tokens[t], best = data.next[t]?.[0], finished = state.step === total;
    const view = page.now().widths[0] / zoom;
    const viewLeft = !scrolls() ? 0 : keepInView(stage, (g.x[t] - g.pitch * 1.5) * zoom, (finished ? g.width : g.x[t] + g.pitch * 1.5) * zoom, { glide: cause !== "data" });
    paintSteps(t, cause);
    paintUnit(state);
    if (best) paintGuess(t, best, finished, viewLeft / zoom, view);
    const size = Math.hypot(...values.subarray(t * data.units, (t + 1) * data.units));
    const now = fill(best ? data.text.now : data.text.now_silent, { step: state.step, total, token: token.text, best: best?.text, p: best && chance(best.p), norm: fixed(size) });
    nameImage(picture, now);
    write(part(".finding"), best ? fill(data.text.finding, { token: token.text, best: best.text, p: chance(best.p) }) : data.text.hint);
    if (cause === "user" && !state.playing) write(part(".live"), state.unit < 0 ? now : valueText(t, state.unit));
    bar(state, total, token.text);
  }

  const play = player({ total: () => data.tokens.length, paint, extra: { unit: -1 }, report: (state) => report({ of: data.id, step: state.step }) });
  const choose = (unit) => play.set({ unit: clamp(unit, -1, data.units - 1) });
  keys(root, play, {
    ArrowUp: () => choose(play.state.unit < 0 ? data.units - 1 : Math.max(0, play.state.unit - 1)), ArrowDown: () => choose(play.state.unit + 1),
    Escape: () => { formula.release(); choose(-1); },
  });
  scrub(stage, play, (event) => stepAtX(g, ((event.clientX - stage.getBoundingClientRect().left) / scaleOf(stage) + stage.scrollLeft) / zoom));

  /** Which part of the equation is under the pointer? */
  function partUnder({ target }) {
    const of = (selector) => target.closest?.(selector);
    if (of(".recurrent")) return "recurrent";
    if (of(".input")) return "input";
    if (of(".selected")) return of(".token") ? "word" : "state";
    return of(".previous") && !of(".token") ? "before" : null;
  }
  const saysOf = (key) => math(data.terms.find((term) => term.part === key).says);
  tooltip(root, stage, (event) => {
    const step = event.target.closest?.(".step"), key = partUnder(event);
    formula.light(key);
    if (key === "recurrent" || key === "input") return saysOf(key);
    if (!step) return null;
    const t = step.dataset.step - 1, { u } = event.target.dataset;
    if (event.target.closest(".token")) return data.tokens[t].known ? null : `${data.tokens[t].text}: ${data.text.unknown}`;
    return u === undefined || step.classList.contains("future") ? null : valueText(t, Number(u));
  });
  stage.addEventListener("pointerleave", () => formula.light(null));
  stage.onclick = (event) => {
    const step = event.target.closest(".step"), { u } = event.target.dataset;
    if (!step) return;
    if (u !== undefined && Number(step.dataset.step) <= play.state.step) play.state.unit = Number(u);
    play.go(() => Number(step.dataset.step));
  };

  function update(next) {
    const { moved, worded } = news(data, next);
    data = next;
    values = floats(data.hidden);
    root.dataset.cell = data.cell;
    stage.setAttribute("aria-label", data.text.title);
    part(".meaning").replaceChildren(legend(["h"], data.row));
    if (worded) bar = transport(part(".transport"), data.text, play, "←→↑↓");
    formula.update(data);
    if (moved) play.place({ step: data.at.step, unit: -1 });
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createUnrolled);
}
