// The pieces of the drawing: the river of probabilities, the states, what leaving out does, and the plane.

const kindColor = (data, k) => `var(--kind-${data.kinds[k].colour})`;
const spot = (node, x, y, more = "") => { node.setAttribute("style", `left: ${x}px; top: ${y}px; ${more}`); return node; };

/** Stacked areas, one a feeling, through each token's middle; names stand at the right where there is room for them. */
function drawRiver(data, g) {
  const shares = triples(floats(data.shares), data.kinds.length), edges = shares.map((row) => row.reduce((sums, p) => [...sums, sums.at(-1) + p], [0]));
  const y = (share) => g.river + g.riverHigh * share, from = g.x[0] - g.pitch / 2, to = g.end;
  const picture = svg("g", { class: "river" }), names = [];
  data.kinds.forEach((kind, k) => {
    const line = (edge) => [[from, y(edges[0][edge])], ...g.x.map((x, t) => [x, y(edges[t][edge])]), [to, y(edges.at(-1)[edge])]];
    const path = [...line(k), ...line(k + 1).reverse()].map((p) => p.map((v) => v.toFixed(1)).join(" ")).join("L");
    picture.append(svg("path", { class: "band", d: `M${path}Z`, style: `fill: ${kindColor(data, k)}` }));
    const middle = (edges.at(-1)[k] + edges.at(-1)[k + 1]) / 2, tall = g.riverHigh * shares.at(-1)[k];
    if (tall >= 18) names.push(spot(el("span", { class: "kind" }, el("b", {}, kind.name), el("small", {}, chance(shares.at(-1)[k]))), to + 6, y(middle) - (tall >= 36 ? 17 : 9), tall >= 36 ? "" : "white-space: nowrap"));
  });
  return { picture, names, shares };
}

/** Each state as a column of cells. */
function drawStates(data, g, scales) {
  const values = floats(data.states), units = values.length / g.x.length, row = { scale: "signed", low: -data.limit, high: data.limit };
  return g.x.map((x, t) => {
    const column = values.slice(t * units, (t + 1) * units);
    return stretched(strip([...column], (value) => colorOf(scales, row, value)), x - g.pitch / 2 + 1, g.states, g.pitch - 2, g.statesHigh);
  });
}

/** How much less probable the answer is without a token, up; more probable, down. */
function drawLeftOut(data, g) {
  const most = Math.max(0.05, ...data.drops.map(Math.abs)), zero = g.out + LEFT_OUT / 2, picture = svg("g", { class: "left-out" });
  picture.append(svg("line", { class: "zero", x1: g.named, x2: g.end, y1: zero, y2: zero }));
  data.drops.forEach((drop, t) => {
    const high = Math.max(1, (Math.abs(drop) / most) * (LEFT_OUT / 2 - 2));
    picture.append(svg("rect", { class: drop < 0 ? "against" : "for", x: g.x[t] - Math.min(16, g.pitch - 6) / 2, width: Math.min(16, g.pitch - 6), y: drop < 0 ? zero : zero - high, height: high }));
  });
  return picture;
}

/** Final states of other texts as dots, slow points as diamonds, this text as a path. */
function drawPlane(data, g) {
  const cloud = triples(floats(data.cloud), 3), slow = triples(floats(data.slow), 3), path = triples(floats(data.path), 2), frame = g.plane;
  const at = planeScale([...cloud, ...path], frame), picture = svg("g", { class: "plane" }), dots = svg("g", {}), trail = svg("path", { class: "trail" }), steps = svg("g", {});
  picture.append(svg("rect", { class: "frame", x: frame.x, y: frame.y, width: frame.width, height: frame.height, rx: 10 }), dots);
  for (const point of cloud) {
    const [x, y] = at(point);
    dots.append(svg("circle", { class: "other", cx: x, cy: y, r: 3, style: `fill: ${kindColor(data, point[2])}` }));
  }
  for (const point of slow) {
    const [x, y] = at(point);
    if (x > frame.x && x < frame.x + frame.width && y > frame.y && y < frame.y + frame.height) dots.append(svg("path", { class: "slow", d: `M${x} ${y - 5}l5 5l-5 5l-5-5z` }));
  }
  picture.append(trail, steps);
  const places = path.map(at), here = svg("circle", { class: "here", r: 9 }), word = svg("text", { class: "here-word" });
  const marks = places.map(([x, y], t) => svg("circle", { class: "step", cx: x, cy: y, r: 4.5, style: `fill: ${kindColor(data, data.answers[t])}`, "data-step": t + 1 }));
  steps.append(...marks, here, word);
  return { picture, paint(t, hidden) {
    put(trail, "d", hidden ? "" : `M${places.slice(0, t + 1).map((p) => p.join(" ")).join("L")}`);
    marks.forEach((mark, k) => mark.classList.toggle("absent", hidden || k > t));
    for (const node of [here, word]) node.classList.toggle("absent", hidden);
    const [x, y] = places[t], right = x < frame.x + frame.width - 70;
    for (const [name, value] of [["cx", x], ["cy", y]]) put(here, name, String(value));
    for (const [name, value] of [["x", x + (right ? 13 : -13)], ["y", y > frame.y + 30 ? y - 8 : y + 20], ["text-anchor", right ? "start" : "end"]]) put(word, name, String(value));
    write(word, data.words[t].text);
  } };
}
