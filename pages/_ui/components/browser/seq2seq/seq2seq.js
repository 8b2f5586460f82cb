// An encoder that reads above, decoders that write below: what passes between them, and what each of them writes.
// data: { id, serial, at: {step, quantity: the chosen network's kind}, answer: null where it is asked, target, cards: [{text, gloss, known, gone: "" or "blank" or "out", mark: no input}], hides: "blank" or "out", hideable, length, units, halves, hidden, heads, starts, row, follow,
//         lanes: [{kind, label, words: [{text, p}], next: [[{text, p}]], right, wrong, counts, changed: [places] or null, lost, forced, states (S × units), start, decoder (T × hidden), attention, scores (T × S), context (T × units), query (T × D), keys (S × D), v (D), heads (T × heads × S)}],
//         question, options: [{value, label}] or null, curve: {lengths, axis, given, guess, shares: {kind: [percent]} or null} or null, verdict: {verdict, why} or null, text }
// Arrays are base64 float32; a card that is "out" has no state.

function createSeq2seq(root, report, tell) {
  const part = (selector) => root.querySelector(selector), [picture, gutter, lens, stage] = [part(".picture"), part(".gutter"), part(".lens"), part(".stage")], measure = ruler(root), fade = fadeEdges(stage);
  let data, bar, g, now, made, lanes, scales, glass, guess, zoom = 1, near = 1, turns = false, drawn = "", chosen = null;

  const total = () => Math.max(...data.lanes.map((lane) => lane.words.length)), asking = () => data.answer === null && Boolean(data.question), hush = () => asking() && Boolean(data.options);
  const focus = (t) => (chosen !== null && chosen < now.count ? chosen : now.looks ? now.peak(t) : 0), at = () => Math.min(play.state.step, now.steps) - 1;

  function draw() {
    const surrounding = page.now(), full = surrounding.widths[0] - 8, key = [data.id, play.state.kind, full, surrounding.scales.signed(0)].join();
    if (full <= 0 || key === drawn) return;
    drawn = key;
    scales = surrounding.scales;
    now = takeLane(data, data.lanes.find((lane) => lane.kind === play.state.kind) ?? data.lanes[0]);
    zoom = clamp(full / 1104, 1, 1.6);  // a projector gets a larger picture, not a wider one
    turns = staged() && full < 900 && full > 640;  // a stage without room for both shows picture or lens
    const beside = staged() ? WIDE_GUTTER : GUTTER, below = full < 900, room = below ? full : full - LENS * zoom - 16, glossed = data.cards.some((card) => card.gloss);
    const cards = data.cards.map(({ text, gloss }) => ({ text: shorten(measure, text, 160, "600 20px"), gloss: shorten(measure, gloss, 160, "13px") }));
    const read = cards.map(({ text, gloss }) => Math.max(turns ? 30 : 36, measure(text, "600 20px") + (turns ? 10 : 14), glossed && gloss ? measure(gloss, "13px") + 10 : 0));
    const written = Array.from({ length: total() }, (_, t) => Math.max(turns ? 18 : 26, ...data.lanes.map((lane) => Math.min(150, measure(lane.words[t]?.text ?? "", "700 16px")) + (turns ? 4 : 9))));
    g = seqLayout({ read, written, glossed, width: room / zoom - beside, lanes: data.lanes.length, starts: data.starts, apart: turns ? 3 : 5 });
    g.tight = g.cards.some(({ pitch }) => pitch < 50);
    const given = { g, now, data, cards, beside, measure, color: (value) => colorOf(scales, data.row, value), told: !asking(), hush: hush(), text: data.text }, held = root.getRootNode().activeElement?.closest?.(".read, .state, .name");
    [made, lanes, glass] = [drawScene(given), drawLanes(given), null];
    for (const [node, width, high, nodes] of [[picture, g.width, g.height, [made.cursor, ...lanes.nodes, ...made.all.slice(1)]], [gutter, beside, g.height, lanes.beside]]) fit(node, width, high, nodes);
    near = turns ? full / (2 * LENS) : zoom;
    root.classList.toggle("turns", turns);
    part(".scale").replaceChildren(legend([data.halves > 1 ? "h" : "v", "s", ...(now.looks ? ["c"] : [])], data.row));
    if (held && !held.isConnected) (held.matches(".name") ? gutter.querySelector(`.name[data-kind="${play.state.kind}"]`) : picture.querySelector(held.matches(".read") ? `.read[data-k="${held.dataset.k}"]` : `.state[data-s="${held.dataset.s}"]`))?.focus({ preventScroll: true });
  }
  function fit(node, width, high, nodes, scale = zoom) {
    node.replaceChildren(...nodes);
    for (const [name, value] of [["viewBox", `0 0 ${width} ${high}`], ["width", width * scale], ["height", high * scale]]) put(node, name, String(value));
  }

  function paintLens(t) {
    const drawing = asking() && data.curve && !now.looks, high = (g.height * zoom - (asking() ? 56 : 0)) / near;
    lens.style.display = hush() ? "none" : "";
    if (hush() || (drawing && glass?.drawing)) return;  // a line that is being drawn stays
    glass = { ...drawLens({ now, data, t, focus: focus(t), scales, measure, asking: asking(), text: data.text, guess, changed: paintAsk, high, two: turns }), drawing };
    fit(lens, turns ? 2 * LENS : LENS, high, glass.nodes, near);
  }

  function paint(state, cause) {
    glides(root, cause);
    root.dataset.kind = state.kind;
    draw();
    if (!g) return;
    const t = at(), given = { g, now, data, t, focus: focus(t), kind: state.kind, step: state.step, hush: hush() }, { x } = g.steps[t];
    root.classList.toggle("asking", asking());
    root.classList.toggle("plain", !now.looks);
    root.classList.toggle("hushed", hush());
    paintScene(made, given);
    paintLanes(lanes, given);
    paintLens(t);
    paintAsk();
    const flaw = cause === "data" && state.step >= total() && !asking() ? data.lanes.find((lane) => lane.wrong !== null && lane.wrong < total())?.wrong : undefined;  // it opens where the point is
    const target = hush() ? 0 : flaw === undefined ? x : g.steps[flaw].x, peak = now.looks && flaw === undefined ? made.places[now.peak(t)].x : target, view = stage.clientWidth / zoom, fits = Math.abs(peak - target) + 150 < view, scrolls = g.width * zoom > stage.clientWidth + 1;
    const [left, right] = fits ? [Math.min(peak, target) - 66, Math.max(peak, target) + 66] : [target - 80, target + 80];
    if (scrolls) keepInView(stage, right < view ? 0 : left * zoom, right * zoom, { glide: cause !== "data", margin: 0 });
    fade(scrolls);
    paintSay(t);
    const said = hush() ? data.question : sayNow(t);
    put(picture, "aria-label", said);
    if (cause === "user" && !state.playing) write(part(".live"), said);
    bar(state, total(), now.steps >= state.step ? now.words[t].text : "");
    moveMarks(data.follow, t + 1);
  }

  function sayNow(t) {
    const { text, p } = now.words[t], values = { step: t + 1, total: now.steps, word: text, p: chance(p) };
    if (!now.looks) return fill(data.text.plain, values);
    const best = now.peak(t);
    return fill(data.text.now, { ...values, at: data.cards[now.cards[best]].text, share: hundredths(now.weight(t, best)) });
  }
  function paintSay(t) {
    const kind = data.heads > 1 ? "heads" : now.kind, said = math(fill(data.text[`say_${kind}`], { n: now.count, h: data.hidden })), { verdict } = data;
    const judged = verdict && (data.options ? play.state.step >= total() : !now.looks);
    put(part(".say"), "class", judged ? `say ${verdict.verdict}` : "say");
    part(".say").replaceChildren(...(asking() && !hush() ? [el("b", {}, data.question)] : judged ? [el("b", {}, data.text[verdict.verdict]), " ", verdict.why] : said));
  }
  function paintAsk() {
    const open = data.curve && asking() ? guess.values.filter((value) => value === null).length : 0, { text } = data;
    write(other, root.classList.contains("lensed") ? text.picture : asking() && data.curve ? text.to_guess : text.computation);
    if (data.options) return;
    write(go, !now || now.looks ? text.to_guess : open ? fill(text.left, { n: open }) : text.go);
    go.disabled = Boolean(now && !now.looks && open);
  }

  const play = player({ total, paint, extra: { kind: "none" }, report: ({ kind }) => report({ of: data.id, step: at() + 1, quantity: kind }) });
  const tellPage = (name, said) => tell(name, { of: data.id, ...said, at: Date.now() });  // the same again is said again
  const answer = (said) => tellPage("answer", { answer: said });
  const turn = (to) => { chosen = null; play.set({ kind: data.lanes[clamp(to, 0, data.lanes.length - 1)].kind }); };
  const place = () => data.lanes.findIndex((lane) => lane.kind === play.state.kind);
  const look = (s) => { chosen = s; paint(play.state, "user"); };
  const hide = (k) => { if (data.hideable && !data.cards[k].mark && !hush()) tellPage("hidden", { place: data.cards[k].gone ? null : k + 1 }); };
  const restore = () => { const k = data.cards.findIndex((card) => card.gone); if (k >= 0) hide(k); };
  const [go, skip, again, other] = ["control go", "skip", "control extra", "control other"].map((cls) => el("button", { type: "button", class: cls }));
  go.onclick = () => (now.looks ? turn(data.lanes.findIndex((lane) => lane.kind === "none")) : answer(guess.values.slice(1).join("_")));
  skip.onclick = () => answer("skip");
  again.onclick = () => answer(null);
  other.onclick = () => {
    if (root.classList.toggle("lensed") && asking() && data.curve && now.looks) turn(data.lanes.findIndex((lane) => lane.kind === "none"));
    paint(play.state, "user");
  };
  keys(root, play, { ArrowUp: () => turn(place() - 1), ArrowDown: () => turn(place() + 1), ",": () => now.looks && look(clamp(focus(at()) - 1, 0, now.count - 1)), ".": () => now.looks && look(clamp(focus(at()) + 1, 0, now.count - 1)), Escape: restore });
  scrub(stage, play, (event) => (hush() || event.target.closest?.(".read, .state") ? null : stepAtX(g, ((event.clientX - stage.getBoundingClientRect().left) / scaleOf(stage) + stage.scrollLeft) / zoom)));
  const press = ({ target }) => {
    const [card, state, lane] = [".read", ".state[role=button]", ".name, .said"].map((selector) => target.closest(selector));
    if (card) return hide(Number(card.dataset.k));
    if (state && !hush()) return look(chosen === Number(state.dataset.s) ? null : Number(state.dataset.s));
    if (!lane) return;
    if (lane.dataset.kind !== play.state.kind) turn(data.lanes.findIndex((one) => one.kind === lane.dataset.kind));
    if (lane.matches(".said") && !hush()) play.go(() => Number(lane.dataset.t) + 1);
  };
  for (const area of [stage, gutter]) {
    area.addEventListener("click", press);
    area.addEventListener("keydown", (event) => {
      if ((event.key !== "Enter" && event.key !== " ") || !event.target.closest(".read, .state, .name")) return;
      press(event);
      event.preventDefault();
      event.stopPropagation();
    });
  }
  const inLens = (event) => { const box = lens.getBoundingClientRect(), px = near * scaleOf(root); return [(event.clientX - box.left) / px, (event.clientY - box.top) / px]; };
  lens.onpointerdown = (event) => { if (glass?.pull) { lens.setPointerCapture(event.pointerId); glass.pull(...inLens(event)); } };
  lens.onpointermove = (event) => { if (glass?.pull && event.buttons) glass.pull(...inLens(event)); };
  tooltip(root, part(".board"), ({ target }) => {
    const [card, state, lane, said] = [".read", ".state", ".name", ".said"].map((selector) => target.closest?.(selector)), { text } = data;
    if (card) { const { gone, known, mark, text: word } = data.cards[card.dataset.k]; return [word, ...(known ? [] : [` (${text.unknown})`]), ...(data.hideable && !mark && !hush() ? [` · ${gone ? text.restore : text[data.hides]}`] : [])]; }
    if (hush()) return null;
    if (state && now.looks) { const s = Number(state.dataset.s), e = now.score(at(), s); return [data.cards[now.cards[s]].text, ...(e === null ? [] : [`: e = ${fixed(e)}`]), `, α = ${chance(now.weight(at(), s), 4)}`]; }
    const one = lane && data.lanes.find(({ kind }) => kind === lane.dataset.kind);
    if (one && !asking() && !one.changed) {
      const said = [one.counts ? fill(text.counts, { n: data.length, right: one.counts[0], total: one.counts[1] }) : "", data.target && one.right === false && play.state.step >= total() ? fill(text.target, { target: data.target }) : ""].filter(Boolean);
      return said.length ? [said.join(" · ")] : null;
    }
    if (!said || Number(said.dataset.t) >= play.state.step) return null;
    const { text: word, p } = data.lanes.find(({ kind }) => kind === said.dataset.kind).words[said.dataset.t];
    return [`${word}: ${chance(p, 4)}`];
  });
  tooltip(root, lens, (event) => {
    const [x, y] = inLens(event), row = glass?.rows.find((one) => y >= one.y && y <= one.y + 20 && x >= one.x && x < one.x + one.wide), unit = row && Math.floor(((x - row.x) / row.wide) * row.values.length);
    return row ? [...math(row.name), fill(data.text.unit, { unit: unit + 1, value: signedText(row.values[unit]) })] : null;
  });

  function label() {
    const { text } = data;
    bar = transport(part(".transport"), text, play, "←→ ↑↓");
    part(".transport").append(other, again);
    for (const [node, said] of [[skip, text.skip], [again, text.again]]) write(node, said);
    for (const [node, said] of [[stage, text.title], [gutter, text.networks], [lens, text.lens]]) put(node, "aria-label", said);
  }
  function offer() {
    const options = (data.options ?? []).map(({ value, label: said }) => { const option = el("button", { type: "button", class: "control" }, said); option.onclick = () => answer(value); return option; });
    part(".ask").replaceChildren(...(data.options ? [el("p", {}, data.question), ...options] : [go]), skip);
    again.hidden = !data.question || asking();
  }

  function update(next) {
    const { fresh, moved, worded } = news(data, next), told = !fresh && data.answer === null && next.answer !== null, freed = fresh || (data.answer !== null && next.answer === null);
    data = next;
    if (worded) label();
    if (fresh) chosen = null;
    if (freed && data.curve) guess = { values: data.curve.lengths.map((_, k) => (k ? null : data.curve.given)) };
    if (moved) play.place({ step: data.at.step, kind: data.at.quantity });
    if (!data.lanes.some((lane) => lane.kind === play.state.kind)) play.state.kind = data.lanes[0].kind;
    play.state.step = clamp(play.state.step, 1, total());
    drawn = "";
    offer();
    root.classList.toggle("run", told && !calm());
    paint(play.state, "data");
    if (!told || calm()) return;
    glides(root, "user");
    if (data.options) { play.place({ step: 1 }); play.toggle(); }
  }
  const page = surroundings(root, [root], () => { drawn = ""; paint(play.state, "data"); });
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createSeq2seq);
}
