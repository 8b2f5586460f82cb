// How often the network without attention is right, by the length of its input: drawn by the reader, then measured.

const NOTCH = 5, MOST = 100;  // percent

/** Where lengths and shares are. */
function curvePlaces({ lengths }, left, top, wide, high) {
  const first = left + 44, way = Math.max(1, lengths.at(-1) - lengths[0]), last = left + wide - 10;
  return { x: (i) => first + ((lengths[i] - lengths[0]) / way) * (last - first), y: (percent) => top + 8 + (1 - percent / 100) * (high - 34), last };
}
function drawAxes({ lengths, axis }, { x, y }, left, wide, mark) {
  const lines = [0, 50, 100].flatMap((percent) => [svg("path", { class: "axis", d: `M${left + 38} ${y(percent)}H${left + wide}` }), svg("text", { class: "note", x: left + 34, y: y(percent) + 5, "text-anchor": "end" }, `${percent}%`)]);
  return [...lines, ...lengths.map((length, i) => svg("text", { class: i === mark ? "mark" : "note", x: x(i), y: y(0) + 19, "text-anchor": "middle" }, String(length))), svg("title", {}, axis)];
}
const line = (cls, places, shares) => svg("polyline", { class: cls, pathLength: 1, points: shares.map((share, i) => (share === null ? "" : `${places.x(i)},${places.y(share)}`)).join(" ").trim() });

/** The reader's own line: a handle a length, but for the first one, which is given. `guess` keeps the percentages. */
function drawGuess(left, top, wide, high, { data, guess, text, changed }) {
  const { curve } = data, places = curvePlaces(curve, left, top, wide, high), { x, y } = places, drawn = line("guess", places, []), hint = svg("text", { class: "note hint", x: x(0) + 14, y: y(guess.values[0]) + (guess.values[0] > 80 ? 26 : -14) }, text.hint);
  const shown = (i) => guess.values.slice(0, i + 1).findLast((value) => value !== null), handles = curve.lengths.map((length, i) => {
    const node = svg("g", i ? { class: "handle", role: "slider", tabindex: 0, "aria-label": `${length} (${curve.axis})`, "aria-valuemin": 0, "aria-valuemax": MOST, "aria-orientation": "vertical" } : { class: "handle given" }, svg("circle", { class: "hit", r: 13 }), svg("circle", { class: "knob", r: 7 }));
    if (i) node.onkeydown = (event) => press(event, i);
    return node;
  });
  function set(i, percent) {
    if (!(i > 0)) return;
    guess.values[i] = clamp(NOTCH * Math.round(percent / NOTCH), 0, MOST);
    paint();
    changed();
  }
  function press(event, i) {
    const change = { ArrowUp: 1, ArrowDown: -1, PageUp: 4, PageDown: -4 }[event.key], move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (change) set(i, shown(i) + change * NOTCH);
    else if (!move) return;
    else if (i + move) handles[i + move]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
  function paint() {
    put(drawn, "points", guess.values.map((value, i) => (value === null ? "" : `${x(i)},${y(value)}`)).join(" ").trim());
    hint.style.display = guess.values.some((value, i) => i && value !== null) ? "none" : "";
    handles.forEach((node, i) => {
      put(node, "transform", `translate(${x(i)},${y(shown(i))})`);
      node.classList.toggle("unset", guess.values[i] === null);
      if (!i) return;
      put(node, "aria-valuenow", String(shown(i)));
      put(node, "aria-valuetext", guess.values[i] === null ? text.unset : fill(text.correct, { share: `${shown(i)}%` }));
    });
  }
  /** The length that is nearest to a point takes its height. */
  function pull(px, py) {
    const nearest = curve.lengths.reduce((best, _, i) => (Math.abs(x(i) - px) < Math.abs(x(best) - px) ? i : best), 0);
    if (py > top - 20 && py < y(0) + 14) set(nearest, ((y(0) - py) / (y(0) - y(100))) * 100);
  }
  paint();
  return { nodes: [...drawAxes(curve, places, left, wide, curve.lengths.indexOf(data.length)), drawn, hint, ...handles], pull };
}

/** The measured lines over the reader's. */
function drawMeasured(left, top, wide, high, { data, text }) {
  const { curve } = data, places = curvePlaces(curve, left, top, wide, high), { x, y, last } = places, mine = curve.lengths.indexOf(data.length), none = curve.shares.none, others = Object.keys(curve.shares).filter((kind) => kind !== "none");
  const lines = [...others.map((kind) => line(`measured ${kind}`, places, curve.shares[kind])), line("measured none", places, none)], name = (kind) => data.lanes.find((lane) => lane.kind === kind).label;
  const own = mine < 0 ? [] : [svg("path", { class: "drop", d: `M${x(mine)} ${y(none[mine]) + 8}V${y(0)}` }), svg("circle", { class: "own", cx: x(mine), cy: y(none[mine]), r: 7 })], low = mine < 0 ? none.length - 1 : mine, under = none[low] > 60, late = x(low) > last - 70;
  const said = svg("text", { class: "mark", x: late ? left + wide : x(low) + 11, y: y(none[low]) + (under ? 20 : -12), "text-anchor": late ? "end" : "start" }, `${name("none")} ${hundredths(none[low] / 100)}%`);
  const rest = svg("text", { class: "note", x: left + wide, y: y(100) + (late && under ? 40 : 18), "text-anchor": "end" }, others.map(name).join(text.join));
  return [...drawAxes(curve, places, left, wide, mine), ...(curve.guess ? [line("guess", places, curve.guess)] : []), ...lines, rest, ...own, said];
}
