// The reader's own curve: powers of ten around the value at the loss, or percentages.
// data: { words, steps: their numbers, low, high: the ends of the axis, notches: between them, given: which one stands from the start,
//         value: where, shares: percentages and not powers, beside: [before, after] the steps in the chart that takes its place, text: {every label} }

const HEIGHT = 320, TOP = 32, FOOT = 52, LEFT = 48, RIGHT = 16;

function createCurve(root, report) {
  const part = (selector) => root.querySelector(selector);
  const [paper, go, skip, left] = [part(".paper"), part(".go"), part(".skip"), part(".left")];
  let data, values = [], handles = [], line, width = 0;

  const last = () => data.words.length - 1, notch = () => (data.high - data.low) / data.notches;
  // The same share of the width lies beside the words as in the chart that takes the strip's place.
  const x = (i) => {
    const way = data.steps.at(-1) - data.steps[0], [before, after] = data.beside;
    return LEFT + (width - LEFT - RIGHT) * (data.steps[i] - data.steps[0] + before * way) / ((1 + before + after) * way);
  };
  const y = (value) => TOP + (HEIGHT - TOP - FOOT) * (data.high - value) / (data.high - data.low);
  const size = (value) => data.shares ? `${fixed(value, 0)}%` : value === 0 ? "1" : `10^${fixed(value, value % 1 ? 2 : 0)}`;
  /** What a handle stands at until it is set: where the next one on the way to the given one is. */
  const shown = (i) => (i < data.given ? values.slice(i) : values.slice(0, i + 1).reverse()).find((value) => value !== null) ?? 0;
  const free = (i) => data.words[i] !== undefined && i !== data.given;

  function set(i, value) {
    if (!free(i)) return;
    values[i] = clamp(data.low + Math.round((value - data.low) / notch()) * notch(), data.low, data.high);
    part(".hint")?.remove();
    paint();
  }

  function paint() {
    put(line, "points", values.map((value, i) => value === null ? "" : `${x(i)},${y(value)}`).join(" ").trim());
    handles.forEach((node, i) => {
      put(node, "transform", `translate(${x(i)},${y(shown(i))})`);
      node.classList.toggle("unset", values[i] === null);
      if (!free(i)) return;
      put(node, "aria-valuenow", String(shown(i)));
      put(node, "aria-valuetext", values[i] === null ? data.text.unset : fill(data.text.value, { value: size(values[i]) }));
    });
    const open = values.filter((value) => value === null).length;
    go.disabled = open > 0;
    write(left, open ? fill(data.text.left, { n: open }) : "");
  }

  function tick(value) {
    const label = svg("text", { class: "tick", x: LEFT - 8, y: y(value) + 4 }, data.shares ? size(value) : value === 0 ? "1" : "10");
    if (value !== 0 && !data.shares) label.append(svg("tspan", { dy: "-.5em", "font-size": "75%" }, fixed(value, 0)));
    return [svg("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }), label];
  }

  function press(event, i) {
    const change = { ArrowUp: 1, ArrowDown: -1, PageUp: 4, PageDown: -4 }[event.key], move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (change) set(i, shown(i) + change * notch());
    else if (move && free(i + move)) handles[i + move].focus();
    else return;
    event.preventDefault();
  }

  function handle(word, i) {
    const name = `${data.steps[i]} ${word}`, slider = { class: "handle", role: "slider", tabindex: 0, "aria-label": name, "aria-valuemin": data.low, "aria-valuemax": data.high, "aria-orientation": "vertical" };
    const node = svg("g", free(i) ? slider : { class: "handle given" }, svg("circle", { class: "hit", r: 18 }), svg("circle", { class: "dot", r: 7 }));
    if (free(i)) node.onkeydown = (event) => press(event, i);
    return node;
  }

  function draw() {
    if (!paper.clientWidth || paper.clientWidth === width) return;
    width = paper.clientWidth;
    put(paper, "height", String(HEIGHT));
    put(paper, "aria-label", data.text.title);
    const extent = data.high - data.low, every = data.shares ? 25 : Math.round(extent > 12 ? extent / 6 : 1), ticks = [];
    for (let value = data.low; value <= data.high; value += 1) if (value % every === 0) ticks.push(...tick(value));
    const words = data.words.map((word, i) => [svg("text", { class: "word", x: x(i), y: HEIGHT - 28 }, word), svg("text", { class: "step", x: x(i), y: HEIGHT - 8 }, data.shares ? "" : String(data.steps[i]))]).flat();
    const loss = data.shares ? [svg("text", { class: "axis", x: (LEFT + width - RIGHT) / 2, y: HEIGHT - 8 }, data.text.axis)] : [svg("line", { class: "loss", x1: x(last()), x2: x(last()), y1: TOP, y2: HEIGHT - FOOT }), svg("text", { x: x(last()), y: TOP - 12 }, data.text.loss)];
    const beside = data.given ? ["hint", -16] : ["hint after", 16];
    const hint = values.filter((value) => value !== null).length === 1 ? [svg("text", { class: beside[0], x: x(data.given) + beside[1], y: y(data.value) - 14 }, data.text.hint)] : [];
    line = svg("polyline", { class: "guess" });
    handles = data.words.map(handle);
    paper.replaceChildren(...ticks, ...words, ...loss, ...hint, line, ...handles);
    paint();
  }

  function pull(event) {
    const box = paper.getBoundingClientRect(), at = event.clientX - box.left;
    const nearest = data.words.map((_, i) => Math.abs(x(i) - at)).reduce((best, gap, i, gaps) => (gap < gaps[best] ? i : best), 0);
    if (Math.abs(x(nearest) - at) < (x(1) - x(0)) * 0.45) set(nearest, data.high - (event.clientY - box.top - TOP) / (HEIGHT - TOP - FOOT) * (data.high - data.low));
  }

  paper.onpointerdown = (event) => { paper.setPointerCapture(event.pointerId); pull(event); };
  paper.onpointermove = (event) => { if (event.buttons) pull(event); };
  go.onclick = () => report(values.filter((_, i) => free(i)).map((value) => String(Number(value.toFixed(3)))).join("_"));
  skip.onclick = () => report("skip");

  return {
    update(next) {
      data = next;
      values = data.words.map((_, i) => (i === data.given ? data.value : null));
      write(go, data.text.commit);
      write(skip, data.text.skip);
      width = 0;
      draw();
    },
    stop: watch(root, draw),
  };
}

export default function (component) { return mount(component, createCurve); }
