// What a text feels like, token by token: the reader says from which token on the answer stays, and sees it.
// data: { id, serial, at: {step}, answer: null where it is asked, "skip", or a token's number, settled: the right one, cell, name, words: [{text, known, gloss}],
//         kinds: [{name, colour}], shares (T × K), states (T × H), path (T × 2), cloud (N × 3), slow (P × 3): base64 float32, limit, answers: [kind at each token], drops: [T], axes: [name, name], why, text }

function createFeeling(root, report, tell) {
  const part = (selector) => root.querySelector(selector), [board, stage] = [part(".board"), part(".stage")], fade = fadeEdges(stage);
  let data, bar, g, scene = null, words = [], cursor, marks = [], zoom = 1, drawn = "", answer = null;

  const total = () => data.words.length;
  const asking = () => answer === null && total() > 1;
  const quoted = ({ text, gloss }) => fill(gloss ? data.text.word_gloss : data.text.word, { word: text, gloss });

  function draw() {
    const { scales, widths: [width] } = page.now(), now = [width, scales.signed(0), staged(), stageHeight()].join();
    if (!width || now === drawn) return;
    drawn = now;
    zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.6);  // a projector gets a larger picture, not a wider one
    const spare = staged() && width >= 640 ? clamp(stageHeight() - 560, 0, 180) : 0, longest = Math.max(...data.words.map((word) => word.text.length));
    g = feelingLayout({ count: total(), width: width / zoom, longest, glossed: data.words.some((word) => word.gloss), spare });
    const river = drawRiver(data, g), plane = drawPlane(data, g), leftOut = drawLeftOut(data, g);
    const picture = svg("svg", { width: g.width, height: g.height, "aria-hidden": "true" }, river.picture, ...drawStates(data, g, scales), leftOut, plane.picture);
    words = data.words.map((word, t) => {
      const made = spot(el("button", { type: "button", class: `token${g.upright ? " upright" : g.fits ? "" : " long"}`, tabindex: "-1" }, el("span", { lang: "ja" }, word.text), word.gloss && !g.upright && g.pitch > 40 ? el("small", {}, word.gloss) : null), g.x[t] - g.pitch / 2, 0, `width: ${g.pitch}px; height: ${g.head}px`);
      made.title = word.gloss;
      made.onclick = () => play.go(() => t + 1);
      return made;
    });
    cursor = spot(el("i", { class: "cursor" }), 0, 0, `width: ${g.pitch}px; height: ${g.out + LEFT_OUT}px`);
    marks = [["settled", "▼", data.settled], ["guessed", "◇", null]].map(([name, sign]) => el("span", { class: `mark ${name}` }, sign));
    const name = (said, y) => spot(el("span", { class: "row-name" }, said), g.narrow ? 2 : 0, g.narrow ? y - 20 : y, g.narrow ? "" : `width: ${g.named - 8}px`), { text } = data;
    const names = [name(text.probability, g.river), name(text.state, g.states), name(text.left_out, g.out)];
    const kinds = el("span", { class: "kinds" }, ...data.kinds.map((kind, k) => el("span", {}, el("i", { style: `background: ${kindColor(data, k)}` }), kind.name)));
    const key = spot(el("div", { class: "key" }, el("span", { class: "row-name" }, text.plane), kinds), g.plane.x, g.plane.y - g.plane.key, `width: ${g.plane.width}px; height: ${g.plane.key - 4}px`);
    const axes = spot(el("span", { class: "row-name axes" }, `${data.axes[0]} →  ${data.axes[1]} ↑`), g.plane.x + 8, g.plane.y + g.plane.height - (staged() ? 46 : 24), `width: ${g.plane.width - 16}px`);
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px; zoom: ${zoom}`);
    board.replaceChildren(picture, ...names, key, axes, ...river.names, ...words, ...marks, cursor);
    scene = { river, plane, leftOut };
  }

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!scene) return;
    const t = state.step - 1, hidden = asking();
    root.classList.toggle("asking", hidden);
    words.forEach((word, k) => { word.classList.toggle("on", k === t); word.classList.toggle("later", k > t); });
    cursor.style.left = `${g.x[t] - g.pitch / 2}px`;
    scene.plane.paint(t, hidden);
    [data.settled, typeof answer === "number" ? answer : null].forEach((place, k) => {
      marks[k].hidden = hidden || place === null || total() < 2;
      if (place !== null) marks[k].style.left = `${g.x[place - 1] - 9}px`, marks[k].style.top = `${g.head - 12}px`;
    });
    const said = finding(state);
    write(part(".finding"), said);
    write(main, fill(data.text.choose, { word: data.words[t].text }));
    write(again, asking() ? data.text.skip : data.text.again);
    [main.hidden, again.hidden] = [!hidden, total() < 2];
    const scrolls = g.width * zoom > stage.clientWidth + 1;
    fade(scrolls);
    if (scrolls && cause !== "data") keepInView(stage, (g.x[t] - g.pitch * 2) * zoom, (g.x[t] + g.pitch * 2) * zoom);
    stage.setAttribute("aria-label", `${data.text.title}. ${said}`);
    bar(state, total(), data.words[t].text);
  }

  function finding({ step }) {
    const { text } = data, t = step - 1, k = data.answers[t];
    if (asking()) return fill(text.ask, { name: data.name });
    if (step < total()) return fill(text.so_far, { word: quoted(data.words[t]), feeling: data.kinds[k].name, p: chance(scene.river.shares[t][k]) });
    const off = typeof answer === "number" ? Math.abs(answer - data.settled) : null;
    return off === null ? data.why : `${text[off === 0 ? "right" : off === 1 ? "near" : "wrong"]} ${data.why}`;
  }

  const play = player({ total, paint, report: (state) => report({ of: data.id, step: state.step }) });
  function reveal(said) {
    answer = said;
    if (said !== null) play.place({ step: total() });
    paint(play.state, "user");
    tell("answer", { of: data.id, answer: said });
    stage.focus({ preventScroll: true });
  }
  const main = el("button", { type: "button", class: "control main" }), again = el("button", { type: "button", class: "control extra" });
  main.onclick = () => reveal(play.state.step);
  again.onclick = () => reveal(asking() ? "skip" : null);
  keys(root, play);
  tooltip(root, stage, ({ target, clientX, clientY }) => {
    const box = board.getBoundingClientRect(), px = scaleOf(board), x = (clientX - box.left) / px, y = (clientY - box.top) / px;
    if (!g || asking()) return null;
    const marked = target.dataset?.step, t = marked ? marked - 1 : Math.floor((x - g.named) / g.pitch);
    if (t < 0 || t >= total() || (!marked && x > g.end)) return null;
    if (!marked && y >= g.out) return fill(data.text.left_out_value, { word: data.words[t].text, value: signedText(data.drops[t]) });
    if (!marked && (y < g.river || y > g.river + g.riverHigh)) return null;
    return [...data.kinds.keys()].sort((a, b) => scene.river.shares[t][b] - scene.river.shares[t][a]).slice(0, 3).map((k) => `${data.kinds[k].name} ${chance(scene.river.shares[t][k])}`).join("  ");
  });

  function update(next) {
    const { moved, worded, served } = news(data, next);
    data = next;
    if (worded) { bar = transport(part(".transport"), data.text, play, ""); part(".transport").append(main, again); }
    root.dataset.cell = data.cell;
    if (served("answer")) answer = data.answer;
    play.place(moved ? { step: data.at.step } : {});
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createFeeling);
}
