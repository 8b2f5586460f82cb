// Right of the map: what is asked, the queue, or the example that the network answers, its input on the map's own rows.

const SCATTER = { x: 34, y: 80, size: 150 }, STATES = { x: 104, w: 160 }, INPUT = { x: 20, w: 56 };

function drawSide(m) {
  const host = m.part(".side");
  if (m.asking()) return host.replaceChildren(askCard(m), waitingExample(m));
  if (!m.run?.count && m.state === "failed") return host.replaceChildren(waitingExample(m));
  if (m.state === "queued") return host.replaceChildren(queueList(m), waitingExample(m));
  const picture = svg("svg", { class: "solved", role: "img", width: SIDE, height: m.g.height, viewBox: `0 0 ${SIDE} ${m.g.height}` });
  const verdict = verdictLine(m);
  host.replaceChildren(verdict ?? el("p", { class: "finding" }), el("div", { class: "solved-box" }, el("canvas", { class: "states", "aria-hidden": "true" }), picture));
  if (verdict) fitLine(verdict);
}

const isNamed = (m) => m.example.labels && m.g.row >= 13;  // there is room for a position's name

/** The input, a bar a position: those that the answer needs are lit, and point at their row of the map. */
function inputRows(m, { through = false } = {}) {
  const { example, g } = m, out = [word(INPUT.x, g.mapY - 9, m.text.input, { class: "name" }), svg("text", { class: "name", x: STATES.x, y: g.mapY - 9 }, `${m.text.state} `, ...mathSpans("h"))];
  const named = isNamed(m);
  example.inputs.forEach((value, t) => {
    const on = example.marked.includes(t), y = g.mapY + t * g.row, wide = Math.max(2, INPUT.w * value), thick = Math.max(on ? 2 : 1, g.row - (on ? 0 : 1)), middle = y + g.row / 2;
    out.push(svg("rect", { class: on ? "bar on" : "bar", x: INPUT.x, y: middle - thick / 2, width: wide, height: thick }));
    if (named) out.push(word(INPUT.x - 4, middle + 4, example.labels[t], { class: "tick", "text-anchor": "end", lang: "ja" }));
    if (on) out.push(named ? "" : svg("path", { class: "needed", d: `M0 ${middle}H${INPUT.x - 2}` }), through ? svg("path", { class: "needed thin", d: `M${INPUT.x + wide + 2} ${middle}H${STATES.x - 3}` }) : "");
  });
  return [...out, svg("rect", { class: through ? "frame" : "frame future", x: STATES.x - 0.5, y: g.mapY - 0.5, width: STATES.w + 1, height: g.rows + 1, rx: 3 })].filter(Boolean);
}

function waitingExample(m) {
  const { g } = m, top = g.mapY - NAME - 8, height = g.height - top;
  return svg("svg", { class: "solved waiting", style: `top: ${FINDING + top}px`, width: SIDE, height, viewBox: `0 ${top} ${SIDE} ${height}`, "aria-hidden": "true" }, ...inputRows(m));
}

function queueList(m) {
  const { text, status, spec } = m, ahead = Math.min(6, status.before ?? 0);
  const row = (kind, said, note, more = {}) => el("li", { class: kind, ...more }, el("span", {}, said), el("small", {}, note));
  const waits = Array.from({ length: ahead }, (_, k) => row("", text.queue_ahead, `${k + 1}`));
  return el("ol", { class: "queue" }, ...waits, row("you", text.queue_you, `${text.names[spec.cell]} · T ${spec.length}`, { "data-cell": spec.cell }));
}

/** What the network answers at the record where the reader stands. */
function paintSide(m) {
  const picture = m.part(".side .solved"), { run, g, text, example } = m;
  if (!picture || !run?.count) return;
  const k = m.record(), gone = m.state === "diverged" && m.update() > run.head(), answers = run.guesses[k] ?? [], own = answers[0];
  const said = gone || own === undefined || own === null ? text.nan : m.answered(own);
  const out = [word(0, 14, fill(text.example, { update: whole(Math.min(m.update(), run.head())) }), { class: "name" }),
    svg("text", { class: "equation", x: 0, y: 41 }, ...example.asked.map(([piece, on]) => svg("tspan", { class: on ? "on" : null, lang: "ja" }, piece))),
    svg("text", { class: "equation", x: 0, y: 66 }, `${text.prediction} `, svg("tspan", { class: "strong said" }, said))];
  out.push(...scatter(m, gone ? [] : answers), ...inputRows(m, { through: true }));
  out.push(word(STATES.x + STATES.w, g.floor + 17, fill(text.units, { units: run.spec.hidden }), { class: "tick", "text-anchor": "end" }));
  picture.replaceChildren(...out);
  nameImage(picture, `${text.prediction} ${said}, ${text.answer} ${example.answer}`);
  const snapshot = run.snapshotAt(m.update());
  paintStates(m, m.part(".side .states"), gone ? null : snapshot?.states, snapshot?.limit ?? 1, { x: STATES.x, y: g.mapY, w: STATES.w, h: g.rows }, [m.id, snapshot?.update, gone, css(m.scales().signed(0))].join());
}

const wideOf = (said) => [...String(said)].reduce((wide, one) => wide + (one > "\u2fff" ? 13 : 7), 0) * (staged() ? 16 / 13 : 1);  // px, about

/** Answer against truth: a flat row is an answer without memory, a diagonal is solved. Symbols stand by their number. */
function scatter(m, answers) {
  const { example, text, run } = m, truth = run.truth ?? [], [low, high] = example.range, share = (v) => (clamp(v, low, high) - low) / (high - low);
  const marks = example.kind === "number" ? [low, (low + high) / 2, high].map((v) => [v, setting(v)]) : example.symbols.length <= 10 ? example.symbols.map((one, v) => [v, one]) : [];
  const x = Math.max(SCATTER.x, ...marks.map(([, said]) => wideOf(said) + 9)), size = SCATTER.size + SCATTER.x - x, top = SCATTER.y + SCATTER.size - size;  // long names take room from the square
  const apart = example.kind === "symbol" && high < 12, sx = (v) => x + size * share(v), sy = (v) => top + size * (1 - share(v)), beside = x + size + 8;
  const note = (y, said) => word(beside, y, said, { class: "tick" }), scatterBy = (n, by) => (apart && n ? ((n * by) % 7) - 3 : 0);  // equal symbols lie beside each other
  const anchor = (v, said) => (wideOf(said) > 8 ? { [low]: "start", [high]: "end" }[v] : null) ?? "middle";  // within the square, beside which a name stands
  const crowded = marks.reduce((wide, [, said]) => wide + wideOf(said) + 6, 0) > size;  // of names the upright axis tells all
  const dots = [...truth].map((right, n) => (answers[n] === undefined ? null : svg("circle", { class: `${n ? "dot" : "dot this"}${answers[n] < low || answers[n] > high ? " beyond" : ""}`, cx: sx(right) + scatterBy(n, 3), cy: sy(answers[n]) + scatterBy(n, 5), r: n ? 3.5 : 6 }))).reverse().filter(Boolean);
  const always = example.always === null ? [] : [svg("path", { class: "baseline", d: `M${x} ${sy(example.always)}H${x + size}` }), note(sy(example.always) + 4, fill(text.always, { value: setting(example.always) }))];
  return [svg("rect", { class: "frame", x, y: top, width: size, height: size, rx: 3 }), svg("path", { class: "diagonal", d: `M${sx(low)} ${sy(low)}L${sx(high)} ${sy(high)}` }), ...always,
    ...marks.map(([v, said]) => word(x - 7, sy(v) + 4, said, { class: "tick", "text-anchor": "end" })), ...(crowded ? [] : marks).map(([v, said]) => word(sx(v), top + size + 16, said, { class: "tick", "text-anchor": anchor(v, said) })),
    note(top + size + 16, text.truth), note(top + 10, `${text.prediction} =`), note(top + 26, text.truth), note(top + size - 6, fill(text.dots, { examples: truth.length })), ...dots];
}

/** Right, nearly or not; the reason is the finding beside it. Null where there was no guess, or no outcome. */
function verdictLine(m) {
  const said = m.verdict();
  return said && el("p", { class: `verdict ${said}` }, el("b", {}, `${said === "right" ? "✓" : said === "near" ? "≈" : "✗"} ${m.text[said]}`), el("span", {}, el("span", { class: "whose" }, `${m.text.guess}: `), fateSaid(m)));
}
const fateSaid = ({ guess, text }) => (guess.by ? fill(text[`${guess.outcome}_by`], { update: whole(guess.by) }) : text[guess.outcome]);
