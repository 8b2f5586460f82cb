// A Transformer's layers above the words, an RNN on the same words below, and one clock for both.
// data: { id, serial, at: {step: the chosen word, unit: head, quantity: scene}, answer: null where it is asked, "skip", or the number of one of WAYS,
//         units, heads, layers, row: of the states, codes: of the places (T × E), sentences: {read, order, generate: {words: [{text, gloss, known}], rnn (T × H), next: [guess], places or null}},
//         scenes: {read, each of WAYS, generate: {of: the sentence, positions, causal, states (L × T × E), attention (L × heads × T × T), next: [guess] or null, moved (T) and before of WAYS}}, text }
// Arrays are base64 float32, a guess is {text, gloss, p, ends}; a sentence that is not there is not offered, nor are its scenes.

function createLayers(root, report, tell) {
  const part = (selector) => root.querySelector(selector), [picture, stage, panel] = [part(".picture"), part(".stage"), part(".panel")], fade = fadeEdges(stage), measure = ruler(root);
  let data, bar, g, now, made, side, zoom = 1, drawn = "", answer = null;

  const named = keepNames(stage, () => (made ? [made.names] : []), () => zoom);
  const view = () => data.scenes[play.state.scene].of;
  const asking = () => view() === "order" && answer === null;
  const scenesOf = { read: () => "read", order: () => (WAYS[answer - 1] ?? WAYS[0]), generate: () => "generate" };

  function draw() {
    const { scales, widths: [outer] } = page.now(), full = outer - 8, key = [play.state.scene, full, scales.signed(0)].join();
    if (full <= 0 || key === drawn) return;
    drawn = key;
    now = takeScene(data, play.state.scene);
    zoom = clamp(full / 1120, 1, 1.6);  // a projector gets a larger picture, not a wider one
    const stacked = full <= (staged() ? 640 : 780), room = stacked ? full : full - panelWidth() * zoom - 20, longest = staged() && room < 640 ? 72 : 180, glossed = now.words.some((word) => word.gloss);
    const cards = now.words.map(({ text, gloss }) => ({ text: shorten(measure, text, 180, "600 20px"), gloss: shorten(measure, gloss, 180, "13.4px") }));
    const widths = cards.map(({ text, gloss }, t) => Math.max(46, measure(text, "600 20px") + 22, measure(gloss, "13.4px") + 10, now.next && !now.ordered ? Math.min(longest, measure(now.next[t].text, "15px")) - 6 : 0));
    g = layersLayout({ widths, layers: now.layers, glossed, width: room / zoom, narrow: room < 640 * zoom });
    const given = { g, now, data, scales, cards, measure, text: data.text };
    root.classList.toggle("stacked", stacked);
    [made, side] = [drawScene(given), drawPanel(given)];
    for (const [node, nodes, width] of [[picture, made.all, g.width], [panel, side.nodes, panelWidth()]]) {
      const held = root.getRootNode().activeElement?.closest?.(".word, .pick"), kept = held && node.contains(held) && (held.dataset.pick ? `.pick[data-pick="${held.dataset.pick}"]` : `.word[data-t="${held.dataset.t}"]`);
      node.replaceChildren(...nodes);
      for (const [name, value] of [["viewBox", `0 0 ${width} ${g.height}`], ["width", width * zoom], ["height", g.height * zoom]]) put(node, name, String(value));
      if (kept) node.querySelector(kept)?.focus({ preventScroll: true });
    }
  }

  /** While it is asked nothing has been computed; in a sentence that is being written only what is written can be chosen. */
  const stepNow = () => (asking() ? 0 : play.state.step);
  const wordNow = () => Math.min(play.state.word, now.written ? Math.max(0, Math.ceil(play.state.step / now.layers) - 1) : now.count - 1);

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!g) return;
    const step = stepNow(), t = wordNow(), scrolls = g.width * zoom > stage.clientWidth + 1, { x } = g.columns[t];
    const given = { g, now, step, t, head: state.head, fresh: cause !== "data", asking: asking(), answer, measure, text: data.text };
    root.classList.toggle("asking", asking());
    paintScene(made, given);
    side.paint(given);
    for (const option of part(".views").children) { put(option, "aria-checked", String(option.dataset.view === view())); put(option, "tabindex", option.dataset.view === view() ? "0" : "-1"); }
    write(part(".finding"), finding(step));
    if (scrolls) keepInView(stage, !step || (x + 120) * zoom < stage.clientWidth ? 0 : (x - 120) * zoom, !step ? 0 : (x + 120) * zoom, { glide: cause !== "data", margin: 0 });
    fade(scrolls);
    named();
    const top = now.layers - 1, at = now.most(top, state.head, t);
    const said = asking() ? data.text.ask : fill(data.text.now, { step, total: now.steps, word: now.words[t].text, head: state.head + 1, at: now.words[at].text, share: hundredths(now.weight(top, state.head, t, at)) });
    put(picture, "aria-label", said);
    if (cause === "user" && !state.playing) write(part(".live"), said);
    bar(state, now.steps, now.written ? now.words[Math.min(now.count - 1, Math.floor(step / now.layers))].text : "");
    again.hidden = view() !== "order";
  }

  function finding(step) {
    const { text } = data, mine = WAYS[answer - 1];
    if (now.written) return now.rnnNext.every((guess, t) => guess.text === now.next[t].text) ? text.write_same : text.write_other;
    if (!now.ordered) return text.at_once;
    if (asking()) return text.ask;
    if (step < now.layers) return "…";
    const still = (way) => data.scenes[way].moved.every((d) => d === 0);
    if (mine) return fill(text.judged, { verdict: still(mine) ? text.right : text.wrong, why: !still(mine) ? (answer < 3 ? text.why_placed : text.why_masked) : answer === 4 ? text.why_set : text.why_still });
    const names = [[text.placed, text.masked], [text.placed, text.open], [text.unplaced, text.masked], [text.unplaced, text.open]].map((both) => both.join(text.and));
    return fill(text.still, { names: names.filter((_, k) => still(WAYS[k])).join(text.join) });
  }

  const total = () => { const count = data.sentences[view()].words.length; return view() === "generate" ? count * data.layers : Math.max(count, data.layers); };
  const play = player({ total, paint, extra: { word: 0, head: 0, scene: "read" }, report: (state) => report({ of: data.id, step: wordNow() + 1, unit: state.head + 1, quantity: state.scene }) });
  /** Another scene is shown as a whole; a sentence that has been written ends with the chosen word. */
  function show(scene, more = {}) {
    const count = data.sentences[data.scenes[scene].of].words.length;
    play.place({ scene, word: Math.min(play.state.word, count - 1), step: Infinity, ...more });
    play.set({});
  }
  const choosePlace = (name) => show(scenesOf[name](), name === "generate" ? { word: Infinity } : {});
  function reveal(said) {
    answer = said;
    tell("answer", { of: data.id, answer: said });
    show(scenesOf.order(), said === null || calm() ? {} : { step: 1 });
    if (said !== null && !calm()) play.toggle();
  }
  function pick(name) {
    if (view() !== "order") return Number(name) < data.heads && play.set({ head: Number(name) });
    if (asking()) return reveal(WAYS.indexOf(name) + 1);
    return show(name, { step: play.state.step });
  }
  const along = (by) => play.set({ word: clamp(wordNow() + by, 0, now.count - 1) });
  const digits = Object.fromEntries([1, 2, 3, 4].map((n) => [String(n), () => pick(view() === "order" ? WAYS[n - 1] : n - 1)]));

  const [skip, again] = [el("button", { type: "button", class: "control" }), el("button", { type: "button", class: "control extra" })];
  const hint = el("span", { class: "hint" });
  part(".ask").append(skip, hint);
  skip.onclick = () => reveal("skip");
  again.onclick = () => reveal(null);
  keys(root, play, { ArrowUp: () => along(-1), ArrowDown: () => along(1), ...digits });
  const press = ({ target }) => {
    const word = target.closest(".word, .state"), option = target.closest(".pick");
    if (word) play.set({ word: Number(word.dataset.t) });
    if (option) pick(option.dataset.pick);
  };
  for (const area of [picture, panel]) {
    area.addEventListener("click", press);
    area.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key], option = event.target.closest(".pick");
      if (option && by) { const all = [...panel.querySelectorAll(".pick")], other = all[clamp(all.indexOf(option) + by, 0, all.length - 1)]; if (asking()) other.focus(); else { other.focus(); pick(other.dataset.pick); } }
      else if ((event.key === "Enter" || event.key === " ") && event.target.closest("[role]") !== area) press(event);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
  tooltip(root, stage, ({ target }) => {
    const word = target.closest?.(".word"), state = target.closest?.(".state"), { text } = data;
    if (target.closest?.(".badge")) return text.moved_tip;
    if (word) return now.words[word.dataset.t].known ? null : text.unknown;
    if (!state || state.matches(".future")) return null;
    const above = Number(state.dataset.l) + 1, t = Number(state.dataset.t);
    return above < now.layers && !(now.causal && t > wordNow()) ? fill(text.value, { layer: above, word: now.words[t].text, share: chance(now.weight(above, play.state.head, wordNow(), t), 3) }) : null;
  });

  function label() {
    const { text } = data;
    bar = transport(part(".transport"), text, play, "←→ ↑↓ 1–4");
    part(".transport").append(again);
    for (const [node, said] of [[skip, text.skip], [again, text.again], [hint, text.hint]]) write(node, said);
    for (const [node, said] of [[stage, text.title], [part(".views"), text.views], [panel, text.beside]]) put(node, "aria-label", said);
  }
  function offer() {
    const { text } = data, names = { read: text.read, order: text.order, generate: text.generate };
    part(".views").replaceChildren(...Object.keys(names).filter((name) => data.sentences[name]).map((name) => {
      const option = el("button", { type: "button", role: "radio", "data-view": name }, names[name]);
      option.onclick = () => choosePlace(name);
      option.onkeydown = (event) => { const other = { ArrowLeft: option.previousElementSibling, ArrowRight: option.nextElementSibling }[event.key]; if (other) { other.focus(); other.click(); event.preventDefault(); event.stopPropagation(); } };
      return option;
    }));
    part(".scale").replaceChildren(legend(["h"], data.row, text), el("span", { class: "legend" }, text.rnn_scale));
  }

  function update(next) {
    const { moved, worded, served } = news(data, next), other = data?.sentences.read !== next.sentences.read;
    data = next;
    if (worded) label();
    offer();
    if (served("answer") || other) answer = data.answer;
    if (moved || !data.scenes[play.state.scene]) {
      play.place({ scene: data.scenes[data.at.quantity] ? data.at.quantity : "read", word: data.at.step - 1, head: data.at.unit - 1, step: Infinity });
    }
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [root], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createLayers);
}
