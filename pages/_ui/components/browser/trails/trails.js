// A gradient's way back from the loss to the first word, in each cell at once. Time runs to the right, the gradient to the left.
// data: { id, serial, at: {step, quantity: the cell that is looked at}, words: [{text, gloss}] up to the loss, loss: {kind, output, unit}, theta: null or what all gradients are clipped to,
//         axis: {top, low, every, unit: what a ring moves by}, rings: words (from 0) that have one, answer: {cell, curve: "" where it is asked, "skip", or powers of ten joined by "_", verdict},
//         names: {cell: what it is called}, former: null or {cell, left} of the setting that is compared with, runs: {cell: {left: base64 float32 log₁₀ of what is left at each word, units: N, columns, sigma: base64 float16, aim: base64 bytes (steps × columns),
//         size, norm: of ∂L/∂W, total, threshold: log₁₀ of these over ‖∂L/∂s_T‖ or null, cut: log₁₀ of what clipping multiplies by, road, gate: base64 float32 or null}}, text }

function createTrails(root, report) {
  const part = (selector) => root.querySelector(selector), [stage, picture] = [part(".stage"), part(".stage svg")];
  let data, bar, g, runs = {}, scene = null, drawn = "", guesses = {}, revealed = false, ghost = null, served = "";

  const n = () => data.words.length, cells = () => Object.keys(data.runs), focus = () => play.state.cell;
  const at = () => n() + 1 - play.state.step;  // the word, from 1; the player counts the steps back
  const asking = () => !revealed && n() > 1 && at() === n() && !play.state.playing;

  function decode() {
    runs = Object.fromEntries(Object.entries(data.runs).map(([cell, raw]) => [cell, { ...raw, left: floats(raw.left), sigma: halves(raw.sigma), aim: shares(raw.aim), road: raw.road && floats(raw.road), gate: raw.gate && floats(raw.gate) }]));
  }

  function draw() {
    const { widths: [outer] } = page.now(), width = outer - 8, key = [data.id, width, focus(), Boolean(ghost), data.theta].join();
    if (width < 50 || key === drawn) return;
    drawn = key;
    const zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.6), { text } = data, run = runs[focus()], gauged = data.theta !== null || data.axis.top >= 8;  // a projector gets a larger picture, not a wider one
    g = trailsLayout({ count: n(), width: width / zoom, axis: data.axis, gauged });
    root.classList.toggle("narrow", g.narrow);
    part(".body").style.zoom = zoom;
    for (const [name, value] of [["viewBox", `0 0 ${g.whole} ${g.height}`], ["width", String(g.whole)], ["height", String(g.height)]]) put(picture, name, value);
    for (const [name, value] of [["--from", (g.x0 - 22) * zoom], ["--wide", (g.x1 - g.x0) * zoom + 20]]) root.style.setProperty(name, `${Math.round(value)}px`);
    const former = data.former?.cell === focus() ? floats(data.former.left) : ghost?.cell === focus() ? ghost.left : null;
    const band = svg("rect", { class: `band glide${g.pitch > 64 ? " wide" : ""}`, x: 0, y: CHAIN, width: Math.max(3, g.pitch), height: BOTTOM - CHAIN });
    const chain = drawChain(g, data.words, text), factors = drawFactors(g, run, data.words, text), cuts = Object.fromEntries(cells().map((cell) => [cell, data.runs[cell].cut]));
    const trails = drawTrails(g, { cells: cells(), runs, names: data.names, focus: focus(), former, cuts, text }), gauge = gauged ? drawGauge(g, run, data.theta, text) : null;
    const guess = drawGuess(g, { words: data.words, rings: data.rings, name: data.names[focus()], unit: data.axis.unit, text, changed: () => paint(play.state, "user"), draft: (make) => guesses[focus()] ?? (make ? (guesses[focus()] = data.rings.map(() => 0)) : []) });
    scene = { gauge, paint(t, cause) {
      band.style.transform = `translateX(${g.x(t)}px)`;
      band.classList.toggle("absent", t === n());
      chain.paint(t);
      factors.paint(t);
      trails.paint(t, cause, Boolean(gauge));
      gauge?.paint(t);
      guess.paint(t, asking(), run.left[0]);
    } };
    const behind = svg("g", { "aria-hidden": "true" }, ...drawField(g, text), band, ...chain.nodes, ...factors.nodes, ...trails.nodes, ...guess.under, ...trails.tags, ...(gauge?.nodes ?? []));
    picture.replaceChildren(behind, ...guess.over);
  }

  /** "0.99 × 0.52 × 0.11", with … where there are more than five. */
  function product(run, t) {
    const one = (k) => factorText(stepOf(run, k)).slice(2), all = Array.from({ length: n() - t }, (_, k) => n() - 1 - k);
    return (all.length <= 5 ? all.map(one) : [...all.slice(0, 3).map(one), "…", one(t)]).join(" × ");
  }

  function finding(t) {
    const { text, words, answer } = data, run = runs[focus()], l = run.left[t - 1], k = n() - t, guess = guesses[focus()]?.[0], cell = el("b", {}, data.names[focus()]);
    const said = { cell, first: words[0].text, count: k, size: sizeHtml(l), step: el("b", {}, factorText(l / Math.max(1, k))), factor: k ? el("b", {}, factorText(stepOf(run, t))) : "", product: k ? product(run, t) : "", guess: guess === undefined ? "" : sizeHtml(guess) };
    if (n() === 1) return [text.say_one_word];
    if (run.left[n() - 1] === -Infinity) return rich(text.say_no_gradient, said);
    if (t === n()) return [g.narrow && asking() ? fill(text.ask, { cell: data.names[focus()] }) : text.say_before];
    if (t > 1) return rich(l === -Infinity ? text.say_gone : k === 1 ? text.say_first : text.say_now, said);
    const verdict = answer.verdict && answer.cell === focus() && guess !== undefined ? [el("strong", {}, text[answer.verdict]), " "] : [];
    const clipped = data.runs[focus()].cut < 0 ? [" ", ...rich(text.say_clipped, { size: sizeHtml(l + data.runs[focus()].cut) })] : [];
    return [...verdict, ...rich(text[guess === undefined ? (l === -Infinity ? "say_gone" : "say_end") : l === -Infinity ? "say_guessed_gone" : "say_guessed"], said), ...clipped];
  }

  function paintLoss(t) {
    const { text, loss, theta } = data, { cut, norm } = runs[focus()], symbols = (said) => said.split(/(∂L\/∂[hW]|\bh\b|\bL\b|θ)/).map((piece, k) => (k % 2 ? el("span", { class: "math" }, piece) : piece));
    const equals = rich(text[`loss_${loss.kind}`], { output: loss.output ?? "", unit: loss.unit ?? "", state: el("span", {}, ...math(`h_${n()}`)) }), clipped = theta === null || t > 1 ? "" : cut < 0 ? text.clipped : text.unclipped;
    const told = clipped ? rich(clipped, { norm: sizeHtml(Math.log10(norm)), factor: sizeHtml(cut), theta }).flatMap((piece) => (typeof piece === "string" ? symbols(piece) : [piece])) : symbols(text.gradient);
    part(".loss").replaceChildren(el("div", { class: "value" }, el("span", { class: "math" }, "L"), " ", ...equals), el("p", {}, ...told));
  }

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!g) return;
    const t = at(), run = runs[focus()];
    root.dataset.cell = focus();
    root.style.setProperty("--glide", `${cause === "play" ? Math.min(240, wait(state)) : 240}ms`);
    root.classList.toggle("asking", asking());
    scene.paint(t, cause);
    part(".finding").replaceChildren(...finding(t));
    paintLoss(t);
    paintLens(root, g, run, focus(), t, n(), data.text);
    part(".cells").childNodes.forEach((one) => put(one, "aria-pressed", String(one.dataset.cell === focus())));
    if (cause === "user" && !state.playing) write(part(".live"), part(".finding").textContent);
    put(stage, "aria-label", `${data.text.title}. ${part(".finding").textContent}`);
    again.hidden = !revealed || n() === 1;
    bar({ step: t, playing: state.playing }, n(), data.words[t - 1].text);
  }

  /** The first steps one by one, then the long way in seconds. */
  const wait = ({ step }) => (step < 4 ? 800 : Math.max(40, Math.min(1000, 7000 / n())));
  const curve = () => guesses[focus()]?.map(String).join("_") ?? "skip";
  const play = player({ total: n, paint, wait, extra: { cell: "" }, report: told });
  /** The answer is out once the first word is reached. */
  function told() {
    if (at() === 1 && !revealed) { revealed = true; paint(play.state, "user"); }
    report({ of: data.id, step: at(), quantity: focus(), curve: revealed ? curve() : "" });
  }
  // Everything outside counts words: ← is further back, and the thumb stands under its word.
  const words = { go: (to) => play.go(() => n() + 1 - clamp(to(at()), 1, n())), toggle: play.toggle };
  const look = (by) => { const all = cells(); play.set({ cell: all[(all.indexOf(focus()) + by + all.length) % all.length] }); };
  const again = el("button", { type: "button", class: "control again" });
  again.onclick = () => {
    [guesses, revealed, ghost] = [{}, false, null];
    play.place({ step: 1 });
    paint(play.state, "user");
    told();
    root.querySelector(".ring")?.focus({ preventScroll: true });
  };
  keys(root, words, { ArrowUp: () => look(-1), ArrowDown: () => look(1) });

  function wordedAnew() {
    const { text } = data;
    bar = transport(part(".transport"), text, words, "");
    part(".transport").append(again);
    write(again, text.again);
    part(".cells").setAttribute("aria-label", text.cells);
  }

  function update(next) {
    const { fresh, moved, worded } = news(data, next), before = data && revealed ? { cell: focus(), left: runs[focus()]?.left, words: n() } : null;
    data = next;
    if (fresh) {
      decode();
      ghost = before?.left && before.words === n() && runs[before.cell] ? before : null;
      part(".cells").replaceChildren(...cells().map((cell) => { const one = el("button", { type: "button", "data-cell": cell }, data.names[cell]); one.onclick = () => play.set({ cell }); return one; }));
    }
    if (worded) wordedAnew();
    const answer = JSON.stringify([data.answer.cell, data.answer.curve]);
    if (fresh) guesses = {};
    if (fresh || answer !== served) {
      revealed = data.answer.curve !== "";
      if (revealed && data.answer.curve !== "skip") guesses[data.answer.cell] = data.answer.curve.split("_").map(Number);
    }
    served = answer;
    if (!revealed) ghost = null;
    if (moved) play.place({ step: n() + 1 - Math.min(data.at.step, n()), cell: data.at.quantity });
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [root], () => { drawn = ""; if (data) paint(play.state, "data"); });
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createTrails);
}
