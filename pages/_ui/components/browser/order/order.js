// Two orders of the same words, and how each of six networks reads them. Lit is what differs from the original order.
// data: { id, serial, at: {step}, words: [{text, gloss}], networks: [{kind, name, how}], places, kernel, outputs: [{text, gloss, ends}],
//         order: [the place in the original of each word …], turn: another number where the page, not the reader, put that order, answer: "" where it is asked, "skip", or "1", "0" or "-" for each network,
//         before: [{top: [number of an output …], p}], after: [{top, p, moved, gap or null}], null where a network can't read so many words,
//         text }; each of top, p, moved and gap has one entry a word

function createOrder(root, report, tell) {
  const part = (selector) => root.querySelector(selector), board = part(".board"), stage = part(".stage"), fade = fadeEdges(stage);
  const desk = { g: null, zoom: 1, order: [], picked: -1, cards: [], exchange, pick, repaint: () => paint(play.state, "user") };
  let data, bar, rows = [], threads = [], fore = [], drawn = "", answer = "", marks = {};

  const named = keepNames(stage, () => fore, () => desk.zoom);
  const differs = (k) => data.words[desk.order[k]].text !== data.words[k].text;
  const changed = () => desk.order.some((_, k) => differs(k));
  const there = () => desk.order.every((index, k) => data.order[k] === index);  // the numbers of this order have come
  const asking = () => answer === "" && changed();

  function draw() {
    const { widths: [width] } = page.now(), key = [data.id, width].join();
    if (!width || key === drawn) return;
    drawn = key;
    desk.zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.6);  // a projector gets a larger picture, not a wider one
    const glossed = data.words.some((word) => word.gloss) && data.words.length <= (width < 640 ? 5 : 7);
    const g = desk.g = orderLayout({ count: data.words.length, places: data.places, width: width / desk.zoom, glossed, networks: data.networks.length });
    const picture = svg("svg", { width: g.width, height: g.height, "aria-hidden": "true" }), size = g.pitch < 64 ? "font-size: 16px;" : "";
    const was = data.words.map((word, k) => set(el("span", { class: "was" }, el("span", { lang: "ja" }, word.text), glossed ? el("span", { class: "gloss" }, word.gloss) : null), g.x[k], g.was, size));
    threads = data.words.map(() => svg("path", { class: "thread" }));
    desk.cards = data.words.map((word, index) => makeCard(desk, word, index, Math.min(g.pitch - 6, Math.max(48, 22 * word.text.length + 22)), size));
    rows = data.networks.map((network, n) => makeRow(network, n, g, data, picture));
    picture.prepend(...threads);
    board.classList.toggle("tight", g.tight);
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px; zoom: ${desk.zoom}`);
    const said = notes(g);
    fore = g.narrow ? [] : [...said.slice(0, 2), ...rows.map((row) => row.name)];
    for (const name of fore) { name.classList.add("fore"); name.style.width = `${g.left - 16}px`; }
    board.replaceChildren(picture, ...said, ...was, ...rows.map((row) => row.box), ...desk.cards);
  }

  function notes(g) {
    const note = (x, y, ...said) => set(el("span", { class: "note" }, ...said), x, y), { text } = data;
    if (g.narrow) return [note(4, 0, text.original), note(4, g.card + CARD + 4, text.drag)];
    const head = (x, said) => set(el("span", { class: "note" }, said), g.out + x, g.card + (staged() ? 2 : 22), staged() ? `width: ${g.second - 8}px; white-space: normal` : "");
    const lit = el("span", { class: "note lit-key" }, el("i", {}), text.lit, el("br"), el("i", { class: "partly" }), text.gap);
    return [note(4, g.was + 3, el("b", {}, text.original)), note(4, g.card + 1, el("b", {}, text.now), staged() ? "" : text.drag),
      head(0, text.after), head(g.second, text.before), set(lit, g.out, g.was + 2)];
  }

  function paintRow(row, n, t) {
    const show = !asking() && there(), [now, old] = [data.after[n], data.before[n]], apart = show && now ? now.moved[t] : 0;
    row.paint(t, { order: desk.order, differs, lit: (node, on) => node.classList.toggle("lit", Boolean(on && show)), gap: (k) => (show ? now?.gap?.[k] ?? 0 : 0) });
    row.ends.forEach((arrow) => { arrow.classList.toggle("on", apart > 0); arrow.classList.toggle("later", t < data.words.length - 1 && arrow.classList.contains("wire")); });
    if (!row.able) return row.verdict.replaceChildren(el("span", { class: "unable" }, fill(data.text.unable, { places: data.places })));
    paintOutput(row.before, data.outputs[old.top[t]], old.p[t], row.tight);
    if (show) paintOutput(row.after, data.outputs[now.top[t]], now.p[t], row.tight); else row.after.replaceChildren(el("span", { class: "unknown" }, "?"));
    row.after.classList.toggle("same", show && !apart);
    row.verdict.classList.toggle("notices", apart > 0);
    if (asking()) return row.verdict.replaceChildren(toggle(row, n));
    const kind = !apart ? "same" : now.top[t] === old.top[t] ? "chance" : "reply", mark = answer === "skip" ? undefined : answer[n];
    const guessed = show && changed() && (mark === "1" || mark === "0");
    const detail = guessed ? `${fill(data.text[desk.g.tight ? "guess_short" : "guess"], { guess: mark === "1" ? data.text.notices : data.text.not })} ${(mark === "1") === now.moved.at(-1) > 0 ? "✓" : "✗"}` : apart ? fill(data.text[desk.g.tight ? "moved_short" : "moved"], { value: movedText(apart) }) : "";
    row.verdict.replaceChildren(el("i", { class: "lamp" }), el("span", {}, el("b", {}, show ? data.text[kind] : "…"), row.narrow ? "" : el("small", {}, detail)));
  }

  /** What is to be seen: of how many networks the output changed; with a guess, whether it was right, and why where it was not. */
  function finding(t) {
    const { text, words, networks } = data, able = networks.map((_, n) => n).filter((n) => data.before[n]);
    if (!changed()) return text.none;
    if (asking()) return text.ask;
    if (!there()) return "…";
    const noticed = able.filter((n) => data.after[n].moved[t] > 0), equal = able.filter((n) => !noticed.includes(n)).map((n) => networks[n].name);
    const counted = noticed.length === able.length ? text.all : noticed.length ? text.some : text.no_one;
    const said = (t < words.length - 1 ? fill(text.so_far, { step: t + 1 }) : "") + fill(counted, { noticed: noticed.length, able: able.length, names: equal.join(text.join) });
    return t === words.length - 1 ? judged(able, said) : said;
  }

  function judged(able, said) {
    const guessed = answer === "skip" ? [] : able.filter((n) => answer[n] === "1" || answer[n] === "0");
    const wrong = guessed.filter((n) => (answer[n] === "1") !== data.after[n].moved.at(-1) > 0), missed = wrong.length + able.length - guessed.length;
    if (!guessed.length) return said;
    const verdict = missed === 0 ? "right" : missed === 1 ? "near" : "wrong", first = wrong[0];
    const why = first === undefined ? "" : data.networks[first][data.after[first].moved.at(-1) > 0 ? "notices" : "misses"];
    return `${data.text[verdict]} ${why || said}`;
  }

  function toggle(row, n) {
    const choice = (mark, label) => {
      const made = el("button", { type: "button", "aria-pressed": String(marks[n] === mark) }, label);
      made.onclick = () => { marks = { ...marks, [n]: mark }; paint(play.state, "user"); row.verdict.querySelectorAll("button")[mark === "1" ? 0 : 1].focus(); };
      return made;
    };
    return el("span", { class: "guess", role: "group", "aria-label": data.networks[n].name }, choice("1", data.text.notices), choice("0", data.text.not));
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!desk.g) return;
    const t = state.step - 1, total = data.words.length;
    root.classList.toggle("asking", asking());
    paintCards(desk, threads, data, t);
    rows.forEach((row, n) => paintRow(row, n, t));
    write(part(".finding"), finding(t));
    write(main, Object.keys(marks).length ? data.text.reveal : data.text.skip);
    const scrolls = desk.g.width * desk.zoom > page.now().widths[0] + 1;
    fade(scrolls);
    if (scrolls) follow(t, cause);
    bar(state, total, data.words[desk.order[t]].text);
    [again.disabled, reset.disabled] = [!changed(), !changed()];
  }

  /** The word that is read stays in sight, and with the last one the outputs at the right; on a phone these stand at the left. */
  function follow(t, cause) {
    const { g, zoom } = desk, last = t === data.words.length - 1;
    if (g.narrow && cause === "data") return;
    keepInView(stage, (g.x[t] - g.pitch * 2 - (g.narrow ? 0 : g.left)) * zoom, (last && !g.narrow ? g.width : g.x[t] + g.pitch * 2) * zoom, { glide: cause !== "data", margin: 0 });
    named();
  }

  function arrange(next) {
    desk.order = next;
    if (answer !== "skip") [answer, marks] = ["", {}];
    play.place({ step: data.words.length });
    paint(play.state, "user");
    tell("order", { of: data.id, order: next });
  }
  function exchange(one, other, keep = false) {
    const next = [...desk.order];
    [next[one], next[other]] = [next[other], next[one]];
    if (!keep) desk.picked = -1;
    arrange(next);
    write(part(".live"), fill(data.text.at, { word: data.words[next[other]].text, place: other + 1 }));
  }
  function pick(index) {
    if (desk.picked >= 0 && desk.picked !== index) return exchange(desk.order.indexOf(desk.picked), desk.order.indexOf(index));
    desk.picked = desk.picked === index ? -1 : index;
    write(part(".live"), desk.picked < 0 ? "" : fill(data.text.picked, { word: data.words[index].text }));
    paint(play.state, "user");
  }
  function reveal(said) {
    [answer, marks] = [said, said ? marks : {}];
    play.place({ step: data.words.length });
    paint(play.state, "user");
    tell("answer", { of: data.id, answer: said });
  }

  const play = player({ total: () => data.words.length, paint, report: (state) => report({ of: data.id, step: state.step }) });
  const [main, again, reset] = ["main", "extra", "extra"].map((name) => el("button", { type: "button", class: `control ${name}` }));
  const hint = el("span", { class: "note" });
  part(".ask").append(main, hint);
  main.onclick = () => reveal(Object.keys(marks).length ? data.networks.map((_, n) => marks[n] ?? "-").join("") : "skip");
  again.onclick = () => reveal("");
  reset.onclick = () => { desk.picked = -1; arrange(data.words.map((_, k) => k)); };
  keys(root, play);

  function update(next) {
    const { fresh, moved, worded, served } = news(data, next);
    data = next;
    if (worded) bar = transport(part(".transport"), data.text, play, "");
    if (worded) part(".transport").append(again, reset);
    if (served("turn")) [desk.order, desk.picked] = [[...data.order], -1];  // the page has put another order
    if (fresh || (served("answer") && data.answer !== answer)) [answer, marks] = [data.answer, {}];
    for (const [node, said] of [[again, data.text.again], [reset, data.text.reset], [hint, data.text.hint]]) write(node, said);
    stage.setAttribute("aria-label", data.text.title);
    if (moved) play.place({ step: data.at.step });
    drawn = fresh || worded ? "" : drawn;
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createOrder);
}
