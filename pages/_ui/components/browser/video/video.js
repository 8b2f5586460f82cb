// A film strip frame by frame: what came, what was predicted of it, the difference, the surprise, and the states from which it is predicted.
// data: { id, serial, at: {step}, cell, side, steps, frames: base64 uint8 (T × P), said: likewise (T − 1 × P), surprise, copy, linear: base64 float32 (T − 1), these four null while it is asked,
//         peak: the frame with the largest surprise, 1-based, or null, rows: as `makeTracks` takes them, question, answer: a frame, "skip" or null, verdict, events: [what a frame has that is new], text }

const ROOM = 410;  // px: of the board at a desk

function createVideo(root, report, tell) {
  const part = (selector) => root.querySelector(selector), board = part(".board"), stage = part(".stage"), asked = el("div", { class: "ask", role: "group" });
  let data, bar, g, tracks, drawn = "", numbers = [], marks, answer = null, surprise = null, copy = null, linear = null, judged = 0;

  const asking = () => answer === null;
  const board_room = () => (staged() ? Math.max(300, stageHeight() - 236) : ROOM);
  const byte = (values, step, k) => values[(step - 1) * data.side * data.side + k] / 255;

  function draw() {
    const { widths: [width], scales } = page.now(), key = [data.id, width, scales.size(0), scales.size(1), staged(), Math.round(board_room()), asking()].join();
    if (!width || key === drawn) return;
    drawn = key;
    tracks = makeTracks(data.rows, data.steps, scales);
    g = videoLayout({ width, steps: data.steps, tall: tracks.tall, room: board_room() });
    const { text } = data, came = bytes(data.frames), said = data.said && !asking() ? bytes(data.said) : null, steps = Array.from({ length: data.steps }, (_, k) => k + 1);
    const at = (node, step, lane) => { node.setAttribute("style", `left: ${g.x(step) - g.tile / 2}px; top: ${g.row(lane)}px; width: ${g.tile}px; height: ${g.tile}px`); return node; };
    const lane = (top, height, name) => el("span", { class: "lane", style: `top: ${top}px; height: ${height}px; width: ${g.left - 8}px` }, name);
    const frames = steps.map((step) => at(frameOf(data.side, (k) => scales.size(byte(came, step, k))), step, 0));
    const after = said ? steps.slice(1).flatMap((step) => [
      at(frameOf(data.side, (k) => scales.size(byte(said, step - 1, k))), step, 1),
      at(frameOf(data.side, (k) => scales.signed(0.5 + (byte(came, step, k) - byte(said, step - 1, k)) / 2)), step, 2)]) : [];
    const veiled = said ? [] : [el("div", { class: "veiled", style: `left: ${g.left}px; top: ${g.row(1)}px; width: ${g.wide}px; height: ${2 * g.tile + AIR}px` }, text.veiled)];
    numbers = steps.map((step) => el("span", { class: "number", style: `left: ${g.x(step) - g.pitch / 2}px; top: 1px; width: ${g.pitch}px` }, String(step)));
    marks = svg("g");
    const curves = svg("svg", { width: g.width, height: g.curve, style: `left: 0; top: ${g.surprise}px`, "aria-hidden": "true" }, svg("line", { class: "ground", x1: g.left, x2: g.left + g.wide, y1: g.curve - 1, y2: g.curve - 1 }), ...lines(), marks);
    tracks.place({ left: g.left, pitch: g.pitch, top: g.rows, above: g.rows - 4 });
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px`);
    board.replaceChildren(...frames, ...after, ...veiled, curves, ...numbers, ...tracks.nodes, lane(g.row(0), g.tile, text.came), lane(g.row(1), g.tile, text.said), lane(g.row(2), g.tile, text.difference), lane(g.surprise, g.curve, text.surprise));
    key_said();
  }

  const top = () => Math.max(...[surprise, copy, linear].filter(Boolean).flatMap((row) => Array.from(row)), 1e-6);
  const high = (value) => g.curve - 3 - (value / top()) * (g.curve - 22);
  /** The surprise and, beside it, the errors of what needs no network; nothing of it before the answer. */
  function lines() {
    if (!surprise) return [];
    const path = (values) => Array.from(values, (value, k) => `${k ? "L" : "M"}${g.x(k + 2).toFixed(1)} ${high(value).toFixed(1)}`).join("");
    return [svg("path", { class: "curve copy", d: path(copy) }), svg("path", { class: "curve linear", d: path(linear) }), svg("path", { class: "curve", d: path(surprise) }),
      ...Array.from(surprise, (value, k) => svg("circle", { class: "dot", cx: g.x(k + 2), cy: high(value), r: 3 }))];
  }
  function mark(step) {
    const found = [], guess = asking() ? step : answer === "skip" ? null : answer;
    if (surprise) {
      const most = surprise[data.peak - 2], left = data.peak > data.steps - 2;
      found.push(svg("circle", { class: "peak", cx: g.x(data.peak), cy: high(most), r: 8 }), svg("text", { class: "most", x: g.x(data.peak) + (left ? -12 : 12), y: high(most) - 6, "text-anchor": left ? "end" : "start" }, amount(most)));
    }
    if (guess >= 2) found.push(svg("text", { class: "mark", x: g.x(guess), y: 14 }, "▼"));
    marks.replaceChildren(...found);
  }
  function key_said() {
    const { text } = data, one = (name, said) => el("span", {}, el("i", { class: name, "aria-hidden": "true" }), said);
    part(".key").replaceChildren(...(surprise ? [one("", text.network), one("copy", text.copy), one("linear", text.linear)] : []), el("span", {}, `▼ ${text.guess}`), ...(surprise ? [el("span", {}, `○ ${text.peak}`)] : []));
  }

  /** What is asked; after the answer, whether it was right and why; else what is to be seen in this frame. */
  function finding(step) {
    const event = data.events[step - 1], here = fill(data.text.at, { step, event });
    if (asking()) return step === data.steps || step === 1 ? data.question : `${data.question} ${here}`;
    if (data.verdict && step === judged) return `${data.text[data.verdict.verdict]} ${data.verdict.why}`;
    return step === 1 ? data.text.first : `${here} ${fill(data.text.value, { value: amount(surprise[step - 2]), copy: amount(copy[step - 2]) })}`;
  }
  const amount = (value) => fixed(value, 3);
  function ask() {
    const { text } = data, step = Math.max(2, play.state.step), say = fill(text.choose, { step });
    const own = asking() ? [button(say, "", say, () => reply(Math.max(2, play.state.step)), { class: "control guess" })] : [];
    const other = asking() ? button(text.skip, "", text.skip, () => reply("skip"), { class: "control quiet" }) : button(text.again, "", text.again, () => reply(null), { class: "control quiet" });
    asked.replaceChildren(...own, other);
  }
  function reply(said) {
    if (said === null) [answer, surprise, copy, linear] = [null, null, null, null];
    tell("answer", { of: data.id, answer: said, at: Date.now() });
    paint(play.state, "data");
    stage.focus({ preventScroll: true });
  }

  function paint(state, cause) {
    glides(root, cause);
    if (cause === "data") draw();
    if (!g) return;
    tracks.paint(state.step);
    numbers.forEach((node, k) => put(node, "class", k + 1 === state.step ? "number now" : "number"));
    mark(state.step);
    const said = finding(state.step);
    write(part(".finding"), said);
    stage.setAttribute("aria-label", `${data.text.title}. ${said}`);
    if (asking() && asked.firstChild) { const now = fill(data.text.choose, { step: Math.max(2, state.step) }); write(asked.firstChild, now); put(asked.firstChild, "aria-label", now); put(asked.firstChild, "title", now); }
    bar(state, data.steps, staged() || g.narrow ? "" : data.events[state.step - 1]);
  }

  const play = player({ total: () => data.steps, paint, report: (state) => report({ of: data.id, step: state.step }) });
  keys(root, play);
  const stepUnder = (event) => (g ? tracks.stepAt((event.clientX - board.getBoundingClientRect().left) / scaleOf(board)) : null);
  pointAtTracks(root, stage, play, () => tracks, stepUnder);

  function update(next) {
    const { moved, worded, served } = news(data, next), told = served("answer");
    data = next;
    if (worded) { bar = transport(part(".transport"), data.text, play, "←→"); part(".transport").append(asked); }
    if (told) answer = data.answer;
    surprise = data.surprise && !asking() ? floats(data.surprise) : null;
    [copy, linear] = surprise ? [floats(data.copy), floats(data.linear)] : [null, null];
    if (moved) play.place({ step: data.at.step });
    if (told) judged = play.state.step;  // the verdict stands until the reader moves on
    asked.setAttribute("aria-label", data.question);
    put(root, "data-cell", data.cell);
    root.classList.toggle("asking", asking());
    drawn = "";
    ask();
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createVideo);
}
