// One circuit as SVG, from its data. Painting it is a list of functions (state's value, its colour) made once, here.

const VALVE = 22, PIPE = 12;

/** A pipe is an outline, an empty bore and what flows in it: colour is sign and size, width is size again. 0 is an empty pipe. */
function drawPipe([key, d]) {
  return svg("g", { class: "pipe", "data-q": key }, svg("path", { class: "casing", d }), svg("path", { class: "ground", d }), svg("path", { class: "flow", d }));
}

const drawControl = ([key, d]) => svg("g", { class: "gate-wire", "data-q": key }, svg("path", { class: "casing", d }), svg("path", { class: "flow", d }));

/** ⊙ is a valve: a chamber filled with what flows in, two plates whose gap is exactly the gate's value, and a ⊙ badge. */
function drawValve([key, of, x, y, way], n) {
  const across = way === "across", r = VALVE, badge = across ? y - r + 1 : y + r - 1;
  const plate = (side) => {
    const shut = side > 0 ? (across ? y : x) : (across ? y : x) - r;
    return svg("rect", { class: `plate ${across ? "down" : "right"}`, x: across ? x - r : shut, y: across ? shut : y - r, width: across ? 2 * r : r, height: across ? r : 2 * r, style: `--side: ${side}; --shut: ${shut}` });
  };
  return svg("g", { class: "valve", "data-q": key, "data-of": of }, svg("clipPath", { id: `valve-${n}` }, svg("circle", { cx: x, cy: y, r })),
    svg("circle", { class: "chamber", cx: x, cy: y, r }), svg("g", { "clip-path": `url(#valve-${n})` }, plate(-1), plate(1)), svg("circle", { class: "rim", cx: x, cy: y, r }),
    svg("circle", { class: "badge", cx: x + r - 1, cy: badge, r: 10 }), svg("circle", { class: "badge-dot", cx: x + r - 1, cy: badge, r: 2.5 }));
}

/** The box of a function shows its curve; the dot on it sits at the value that came out: saturation is seen. */
function drawBox({ at: [x, y], size: [w, h] = [80, 44], symbol, curve, gives, named }, names) {
  const parts = [svg("rect", { class: "box", x: x - w / 2, y: y - h / 2, width: w, height: h, rx: 8 })];
  if (symbol) parts.push(svg("text", { class: "symbol", x, y: y + 6, "text-anchor": "middle" }, ...mathSpans(symbol)));
  if (curve) {
    const sx = w / 2 - 8, sy = h / 2 - 7, f = curve === "tanh" ? Math.tanh : (a) => Math.tanh(a / 2);
    const points = Array.from({ length: 33 }, (_, k) => { const a = (k - 16) / 4; return `${x + (a / 4) * sx} ${y - f(a) * sy}`; });
    parts.push(svg("path", { class: "axis", d: `M${x - sx} ${y}H${x + sx}M${x} ${y - sy}V${y + sy}` }), svg("path", { class: "curve", d: "M" + points.join("L") }),
      svg("text", { class: "function", x: x - w / 2 + 6, y: y - h / 2 + 15 }, curve), svg("circle", { class: "dot", r: w > 100 ? 8 : 5, "data-x": x, "data-y": y, "data-sx": sx, "data-sy": sy }));
  }
  const name = named && names[gives].name;
  if (name) parts.push(named === "left" ? svg("text", { class: "name", x: x - w / 2 - 8, y: y + 5, "text-anchor": "end" }, name) : svg("text", { class: "name", x: x + 8, y: y + h / 2 + 18 }, name));
  return svg("g", { class: "function-box", "data-q": gives }, ...parts);
}

/** A symbol with its number, and a lock that shows where it is held. */
function drawNumber([key, x, y, anchor, how], rows) {
  const symbol = how === "amount" ? [] : mathSpans(rows[key].symbol), stacked = how === "stacked";
  const amount = svg("tspan", { class: "amount", x: stacked ? x : null, dy: stacked ? 20 : null, dx: stacked || !symbol.length ? null : 6 });
  return svg("g", { class: "number", "data-q": key }, svg("text", { x, y, "text-anchor": anchor }, ...symbol, amount),
    how === "named" && svg("text", { class: "name", x, y: anchor === "middle" ? y + 48 : y + 23, "text-anchor": anchor }, rows[key].name),
    svg("g", { class: "lock", transform: `translate(${x + { start: 0, middle: -7, end: -14 }[anchor]} ${y - 30})` }, svg("path", { d: ICONS.lock })));
}

function drawLoop(loop, label) {
  if (!loop) return [];
  const [[x, y], [tx, ty]] = [loop.tip, loop.label];
  return [svg("path", { class: "loop", d: loop.d }), svg("path", { class: "loop-tip", d: `M${x} ${y}l-6 -11h12z` }), svg("text", { class: "name loop-label", x: tx, y: ty, "text-anchor": "middle" }, label)];
}

function drawSum([x, y], sign) {
  return svg("g", { class: "sum" }, svg("circle", { cx: x, cy: y, r: 17 }), sign ? svg("text", { x, y: y + 6, "text-anchor": "middle" }, sign) : svg("path", { d: `M${x - 9} ${y}h18M${x} ${y - 9}v18` }));
}

function drawCircuit(spec, data) {
  const [tx, ty] = spec.token, [x, y, anchor] = spec.word;
  return [
    ...drawLoop(spec.loop, data.text.loop), ...spec.feeds.map((d) => svg("path", { class: "feed", d })),
    ...spec.pipes.map(drawPipe), ...spec.controls.map(drawControl),
    ...spec.joins.map(([cx, cy]) => svg("circle", { class: "join", cx, cy, r: 5 })),
    ...spec.valves.map(drawValve), ...spec.boxes.map((box) => drawBox(box, data.rows)),
    ...spec.sums.map((at) => drawSum(at)), ...spec.flips.map((at) => drawSum(at, "1−")),
    ...spec.tips.map(([key, x, y]) => svg("path", { class: "arrowhead", "data-q": key, d: `M${x} ${y - 12}l18 12l-18 12z` })),
    ...[...spec.numbers, ...spec.ports].map((number) => drawNumber(number, data.rows)),
    svg("g", { class: "token-card" }, svg("rect", { x: tx - 40, y: ty - 22, width: 80, height: 44, rx: 10 }), svg("text", { class: "word", x: tx, y: ty + 7, "text-anchor": "middle", lang: "ja" }),
      svg("text", { class: "symbol", x, y, "text-anchor": anchor }, ...mathSpans("x_t"))),
  ];
}

/** Where on its curve the dot sits for the value that came out. */
function dotPlace({ x, y, sx, sy }, value, gate) {
  const out = gate ? 2 * value - 1 : value, a = Math.atanh(clamp(out, -0.9993, 0.9993)) * (gate ? 2 : 1);
  return { cx: `${+x + (clamp(a, -4, 4) / 4) * sx}px`, cy: `${y - clamp(out, -1, 1) * sy}px` };
}

/** How one node of the drawing, or one number of the equations, shows a value: { key, paint(valueOf, shadeOf, heldOf) }. */
function painter(node, rows) {
  const key = node.dataset.q, row = rows[key], of = node.dataset.of, pipe = node.classList.contains("pipe");
  const find = (selector) => node.querySelector(selector);
  const [flow, chamber, dot, swatch, amount] = [":scope > .flow", ".chamber", ":scope > .dot", ":scope > .swatch", ":scope > .amount, :scope > text > .amount"].map(find);
  const arrowhead = node.classList.contains("arrowhead"), largest = Math.max(Math.abs(row.low), Math.abs(row.high));
  const print = (value) => (!swatch ? show(row, value) : "wrap" in node.dataset && value <= -0.005 ? `(${fixed(value)})` : fixed(value));
  const paint = (valueOf, shadeOf, heldOf) => {
    const value = valueOf(key), shade = shadeOf(key);
    if (flow) flow.style.stroke = shade;
    if (flow && pipe) flow.style.strokeWidth = 3 + (PIPE - 5) * Math.min(1, Math.abs(value) / largest);
    if (arrowhead) node.style.fill = shade;
    if (chamber) { node.style.setProperty("--open", clamp(value, 0, 1)); chamber.style.fill = shadeOf(of); }
    if (dot) { Object.assign(dot.style, dotPlace(dot.dataset, value, row.scale === "share"), { fill: shade }); }
    if (swatch) swatch.style.background = shade;
    if (amount) write(amount, print(value));
    node.classList.toggle("held", heldOf(key));
  };
  return { node, key, paint };
}

const show = (row, value) => (row.scale === "share" ? fixed(value) : signedText(value));
