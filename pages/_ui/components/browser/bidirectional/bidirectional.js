// Two LSTMs over the characters, one in each direction: both states give the scores, and the best path through them the words.
// data: { id, serial, at: {step}, characters: [T], glosses: [{from, to, text}], units, row, lent, waits: [T − 1], bias: [4], tags: [{tag, name}],
//         lengths: how many characters each part has; where it is one, there is nothing to play; forward: base64 float32, the states of all parts one after the other, (P × H),
//         modes: [{key, name, says, tags: [tags of each part, as letters], backward: likewise, or null where it follows from the original, shares: (P × 4 × 2)}],
//         mode, place: the character that is chosen first, answer: null where it is asked, "skip", or the place of a word, 0 for none, text }

function createBidirectional(root, report, tell) {
  const part = (selector) => root.querySelector(selector), board = part(".board"), stage = part(".stage"), fade = fadeEdges(stage);
  let data, bar, scores, g, lanes, boxes = [], zoom = 1, drawn = "", mode = "own", place = 0, answer = null, states = {};

  const named = keepNames(stage, () => lanes?.notes ?? [], () => zoom);
  const total = () => data.characters.length, still = () => data.lengths.length === 1, asking = () => answer === null && data.words > 1;
  const read = () => data.lengths[play.state.step - 1];  // how many characters; time goes from part to part
  const partOf = (n) => data.lengths.indexOf(n), begin = (n) => data.lengths.slice(0, partOf(n)).reduce((sum, length) => sum + length, 0);
  const modeOf = (key) => data.modes.find((one) => one.key === key), shown = () => (asking() ? "own" : mode);
  const word = ([from, to]) => data.characters.slice(from, to).join("");
  const quoted = (spans) => fill(data.text.quote, { word: spans.map(word).join("｜") });
  const tagsAt = (key, n) => modeOf(key).tags[partOf(n)];

  function draw() {
    const { widths: [width], scales } = page.now(), key = [data.id, width, scales.signed(0)].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.5);
    g = laneLayout({ count: total(), width: width / zoom });
    lanes = makeLanes(g, data, choose);
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px; zoom: ${zoom}`);
    board.replaceChildren(lanes.picture, ...lanes.notes, ...lanes.fore, ...lanes.back, ...lanes.lent, ...lanes.waits, ...lanes.glosses);
    root.classList.toggle("glossed", lanes.glosses.length > 0);
    boxes = [];
  }

  function paintStates(n) {
    const { scales } = page.now(), now = shown(), from = begin(n);
    for (let k = 0; k < total(); k += 1) {
      const read = k < n, backward = read && now !== "off";
      lanes.fore[k].className = "state fore" + (read ? k === place ? " on" : "" : " empty");
      lanes.back[k].className = "state back" + (backward ? k === place ? " on" : "" : " empty");
      shade(lanes.fore[k], scales, data.row, read ? states.forward : null, from + k, data.units);
      const at = now === "reversed" ? from + n - 1 - k : from + k;
      shade(lanes.back[k], scales, data.row, backward ? states[now] : null, at, data.units);
      lanes.lent[k].hidden = now !== "other" || !read;
    }
    lanes.picture.replaceChildren(...wiresOf(g, { n, count: total(), mode: now, chosen: place }));
  }

  function paintWords(n) {
    const now = shown(), tags = tagsAt(now, n), changes = changesOf(tagsAt("own", n), tags), whole = n === total();
    const ends = endsOf(tags), had = endsOf(tagsAt("own", n)), earlier = partOf(n - 1) >= 0 && n > 1 ? endsOf(tagsAt(now, n - 1)) : ends;
    lanes.cuts.forEach((cut, k) => {
      const is = ends.includes(k + 1), moves = !whole && k + 1 < n - 1, was = now === "own" ? moves && earlier.includes(k + 1) : had.includes(k + 1);
      const fresh = is && (now === "own" ? moves && !earlier.includes(k + 1) : !had.includes(k + 1));
      cut.className = "cut" + (is ? "" : was && k + 1 < n ? " ghost" : " none") + (fresh ? " fresh" : "");
    });
    lanes.waits.forEach((wait, k) => { wait.hidden = !whole || now !== "own" || asking() || !data.waits[k] || g.narrow; });
    boxes.forEach((box) => box.remove());
    boxes = spansOf(tags).map((span, k) => {
      const odd = now !== "own" && inside(changes, span), name = "box" + (odd ? " odd" : "") + (span[1] === n && !whole ? " open" : "");
      const made = lanes.place(asking() ? el("button", { type: "button", class: name, "aria-label": word(span) }) : el("i", { class: name }), g.x[span[0]] - g.pitch / 2 + 5, g.middle - 1, g.pitch * (span[1] - span[0]) - 10, BOX);
      if (asking()) made.onclick = () => reveal(k + 1);
      lanes.characters.slice(...span).forEach((character) => character.classList.toggle("odd", odd));
      lanes.glosses.filter((_, j) => inside([{ from: span[0], to: span[1] }], [data.glosses[j].from])).forEach((gloss) => gloss.classList.toggle("odd", odd));
      return made;
    });
    board.append(...boxes, ...lanes.cuts, ...lanes.characters, ...lanes.glosses, ...lanes.waits);  // in this order they lie over each other
    lanes.characters.forEach((character, k) => {
      const read = k < n;
      character.classList.toggle("unread", !read);
      character.classList.toggle("on", read && k === place && !asking());
      if (!read) character.classList.remove("odd");
      write(character.lastChild, read ? tags[k] : " ");
      put(character, "aria-label", data.characters[k] + (read ? `, ${tags[k]}, ${data.tags.find(({ tag }) => tag === tags[k]).name}` : ""));
    });
  }

  /** One sentence: what is asked, what changed, or what was read so far. */
  function finding(n) {
    const { text } = data, now = shown(), tags = tagsAt(now, n), changes = changesOf(tagsAt("own", n), tags);
    if (asking()) return text.ask;
    if (n < total()) return fill(text.so_far, { last: data.characters[n - 1], words: spansOf(tags).map(word).join("｜") });
    if (now === "own") return data.own_says;
    const said = changes.length ? fill(modeOf(now).changed, { from: quoted(changes[0].own), to: quoted(changes[0].other) }) : modeOf(now).same;
    return now === "off" ? judged(changes) + said : said;
  }

  function judged(changes) {
    if (typeof answer !== "number") return "";
    const spans = spansOf(tagsAt("own", total())), broken = spans.map((span, k) => (inside(changes, span) ? k + 1 : 0)).filter(Boolean);
    const right = broken.length ? broken.includes(answer) : answer === 0, near = answer > 0 && broken.some((k) => Math.abs(k - answer) === 1);
    return `${data.text[right ? "right" : near ? "near" : "wrong"]} `;
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!g) return;
    const n = read();
    if (cause === "play") place = n - 1;
    place = Math.min(place, n - 1);
    root.classList.toggle("asking", asking());
    paintStates(n);
    paintWords(n);
    const now = modeOf(shown()), at = (begin(n) + place) * 8;
    scores(data.characters[place], data.tags.map((_, k) => [states.shares[now.key][at + 2 * k], states.shares[now.key][at + 2 * k + 1]]), tagsAt(now.key, n)[place]);
    results(part(".results"), data, { tags: (key) => tagsAt(key, n), mode, asking: asking() });
    write(part(".finding"), finding(n));
    choices.forEach((choice, k) => put(choice, "aria-pressed", String(!asking() && data.modes[k].key === mode)));
    none.hidden = !asking();
    again.hidden = data.words < 2;
    write(again, asking() ? data.text.skip : data.text.again);
    fade(g.width * zoom > page.now().widths[0] + 1);
    named();
    bar(state, data.lengths.length, data.characters[n - 1]);
    keepInView(stage, (g.x[place] - g.pitch * 2 - (g.narrow ? 0 : g.left)) * zoom, (g.x[place] + g.pitch * 2) * zoom, { glide: cause !== "data" });
  }

  function choose(k) {
    place = clamp(k, 0, read() - 1);
    paint(play.state, "user");
  }
  function reveal(said) {
    answer = said;
    if (said !== null) mode = "off";
    play.place({ step: data.lengths.length });
    const first = changesOf(tagsAt("own", total()), tagsAt("off", total()))[0];
    if (said !== null && first) place = first.from;
    paint(play.state, "user");
    telling();
    stage.focus({ preventScroll: true });
  }

  /** Tell the page what was answered and what stands in; when, so that the same answer to a question asked anew is another. */
  const telling = () => tell("said", { of: data.id, mode, answer, at: Date.now() });

  let choices = [];
  const [none, again] = ["none", "extra"].map((name) => el("button", { type: "button", class: `control ${name}` }));
  none.onclick = () => reveal(0);
  again.onclick = () => reveal(asking() ? "skip" : null);
  const play = player({ total: () => data.lengths.length, paint, report: () => report({ of: data.id, step: read() }) });
  keys(root, play, { ArrowUp: () => choose(place - 1), ArrowDown: () => choose(place + 1), " ": () => still() || play.toggle() });
  tooltip(root, stage, ({ target, clientY }) => {
    const k = Number(target.dataset?.k), n = read(), back = target.classList?.contains("back");
    if (target.tagName !== "CANVAS" || k >= n || (back && shown() === "off")) return null;
    const box = target.getBoundingClientRect(), unit = clamp(Math.floor(((clientY - box.top) / box.height) * data.units), 0, data.units - 1);
    const values = back ? states[shown()] : states.forward, at = begin(n) + (back && shown() === "reversed" ? n - 1 - k : k);
    return fill(data.text.value, { side: data.text[back ? "backward" : "forward"], character: data.characters[k], unit: unit + 1, value: signedText(values[at * data.units + unit]) });
  });

  function dressed() {
    bar = transport(part(".transport"), data.text, play, "←→↑↓");
    if (still()) [bar] = [() => {}, part(".transport").replaceChildren(el("p", { class: "why" }, data.text.still))];
    part(".transport").append(none, again);
    choices = data.modes.map(({ key, name }) => {
      const made = el("button", { type: "button" }, name);
      made.onclick = () => { mode = key; if (asking()) answer = "skip"; paint(play.state, "user"); telling(); };
      return made;
    });
    part(".modes").replaceChildren(el("span", {}, `${data.text.backward} ←`), ...choices);
    stage.setAttribute("aria-label", data.text.title);
    part(".modes").setAttribute("aria-label", data.text.backward);
    write(none, data.text.none);
    scores = scorePanel(part(".scores"), data);
  }

  function update(next) {
    const { fresh, moved, worded, served } = news(data, next);
    data = next;
    if (fresh) {
      const own = floats(modeOf("own").backward), others = data.modes.filter(({ backward }) => backward).map(({ key, backward }) => [key, floats(backward)]);
      states = { forward: floats(data.forward), reversed: own, ...Object.fromEntries(others), shares: Object.fromEntries(data.modes.map(({ key, shares }) => [key, floats(shares)])) };
      place = data.place;
    }
    if (fresh || worded) dressed();
    if (fresh || (served("mode") && data.mode !== mode)) mode = data.mode;
    if (fresh || (served("answer") && data.answer !== answer)) answer = data.answer;
    if (moved) play.place({ step: partOf(data.at.step) + 1 || data.lengths.length });
    if (fresh || worded) drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createBidirectional);
}
