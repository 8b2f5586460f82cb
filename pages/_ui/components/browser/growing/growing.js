// A text that grows: its tokens, the gates and states of the network under them, and what the next one is drawn from.
// data: { id, serial, at: {step}, cell, way, tokens: [{text, gloss, known}], given, chosen: [{text, gloss, ends}], rows (`tracks.js`), outputs: V,
//         next: [{ left: how many outputs are left, null where nothing was drawn, top: [{text, gloss, ends, p, q, chosen}] }], start, text }

function createGrowing(root, report) {
  const part = (selector) => root.querySelector(selector), board = part(".board"), stage = part(".stage"), fade = fadeEdges(stage), measure = ruler(root);
  let data, bar, g, tracks, tokens = [], next, show, zoom = 1, drawn = "", unit = -1;
  const named = keepNames(stage, () => tracks?.names ?? [], () => zoom);
  const total = () => data.tokens.length;
  /** What was taken after a step, or null where nothing was. */
  const taken = (step) => data.chosen[step - data.given] ?? null;
  const said = (output) => (output.ends && data.start ? data.text.end : output.text);

  function draw() {
    const { widths: [width], scales } = page.now(), key = [width, scales.signed(0)].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.6);
    tracks = makeTracks(data.rows, total(), scales);
    const glossed = data.tokens.some(({ gloss }) => gloss), size = ({ text, gloss }) => Math.max(measure(text, "600 20px"), gloss ? measure(gloss, "13px") : 0) + 8;
    g = growingLayout({ widths: data.tokens.map(size), width: width / zoom, glossed, tracks: tracks.tall });
    tracks.place({ left: g.left, pitch: g.pitch, top: g.top, above: g.top - 2 });
    tokens = data.tokens.map(makeToken);
    next = el("span", { class: "token next", lang: "ja" });
    stand(next, total());
    root.classList.toggle("glossed", glossed);
    root.classList.toggle("narrow", g.narrow);
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px; zoom: ${zoom}`);
    board.replaceChildren(...tracks.nodes, ...tokens, next);
    Object.assign(part(".foot").style, { zoom, width: g.narrow ? "" : `${panelWidth()}px` });
    part(".meaning").replaceChildren(...trackLegends(data.rows));
    show = makePanel(part(".panel"), data);
  }

  const stand = (node, k) => Object.assign(node.style, { left: `${g.x(k)}px`, width: `${g.pitch}px` });
  function makeToken({ text, gloss, known }, k) {
    const kind = k < data.given ? "given" : "written", node = el("button", { type: "button", tabindex: "-1", class: `token ${kind}${known ? "" : " unknown"}`, lang: "ja" }, text, gloss ? el("small", { lang: "en" }, gloss) : null);
    node.onclick = () => play.go(() => k + 1);
    stand(node, k);
    return node;
  }

  function finding(step) {
    const { text } = data, token = data.tokens[step - 1].text, output = taken(step);
    if (step < data.given) return fill(text.reading, { token });
    if (!output) return text.cut;
    const { p, q } = data.next[step - 1].top.find((one) => one.chosen), held = data.way === "beam";
    return fill(text[(held ? "held" : "drawn") + (output.ends ? "_end" : "")], { token, next: said(output), p: chance(p), q: chance(q) });
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!g) return;
    const { step } = state, output = taken(step), whole = data.tokens.slice(data.start ? 1 : 0).map(({ text }) => text).join("");
    tracks.paint(step, unit);
    tokens.forEach((node, k) => { node.classList.toggle("on", k === step - 1); node.classList.toggle("later", k >= step); });
    const ends = step === total() && output;
    next.hidden = !ends;
    if (ends) write(next, said(output));
    show(step);
    const now = finding(step);
    write(part(".finding"), now);
    put(stage, "aria-label", fill(data.text.now, { text: whole, finding: now }));
    if (cause === "user" && !state.playing) write(part(".live"), now);
    fade(g.width > g.room + 1);
    keepInView(stage, g.x(step - 2) * zoom, g.x(step + 1) * zoom, { glide: cause !== "data" });
    named();
    bar(state, total(), data.tokens[step - 1].text);
  }

  const play = player({ total, paint, report: (state) => report({ of: data.id, step: state.step }) });
  const choose = (to) => { unit = clamp(to, -1, data.rows[0].units - 1); paint(play.state, "user"); };
  keys(root, play, { ArrowUp: () => choose(unit < 0 ? data.rows[0].units - 1 : unit - 1), ArrowDown: () => choose(unit + 1), Escape: () => choose(-1) });
  scrub(stage, play, (event) => tracks.stepAt(((event.clientX - stage.getBoundingClientRect().left) / scaleOf(stage) + stage.scrollLeft) / zoom));
  stage.addEventListener("click", (event) => { const found = tracks.at(event); if (found) { unit = unit === found.unit - 1 ? -1 : found.unit - 1; play.go(() => found.step); } });
  tooltip(root, stage, (event) => {
    const found = tracks.at(event);
    if (!found || found.step > play.state.step) return null;
    return [fill(data.text.value, { name: found.row.name, token: data.tokens[found.step - 1].text, unit: found.unit, value: signedText(found.value) })];
  });

  function update(sent) {
    const { fresh, moved, worded } = news(data, sent);
    if (fresh) unit = -1;
    data = sent;
    root.dataset.cell = data.cell;
    if (worded) bar = transport(part(".transport"), data.text, play, "←→↑↓");
    play.place(moved ? { step: data.at.step } : {});
    drawn = "";
    paint(play.state, "data");
  }
  const page = surroundings(root, [root], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createGrowing);
}
