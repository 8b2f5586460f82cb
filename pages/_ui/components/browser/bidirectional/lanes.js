// The two directions: a state a character, arrows in the order of reading, and where both meet at the chosen character.

/** Everything of the drawing that stays: cells, characters, boundaries, what hangs under them. */
function makeLanes(g, data, choose) {
  const place = (node, x, y, width, height) => { Object.assign(node.style, { left: `${x}px`, top: `${y}px`, width: width === undefined ? "" : `${width}px`, height: height === undefined ? "" : `${height}px` }); return node; };
  const cell = (side, y) => data.characters.map((_, k) => place(el("canvas", { class: `state ${side}`, width: 1, height: data.units, "data-k": k }), g.x[k] - g.cell / 2, y, g.cell, LANE));
  const character = (text, k) => {
    const made = place(el("button", { type: "button", class: "character", lang: "ja", tabindex: "-1" }, text, el("small")), g.x[k] - g.pitch / 2 + 7, g.middle + 3, g.pitch - 14, 60);
    made.onclick = () => choose(k);
    return made;
  };
  const lent = [...data.lent], between = data.characters.slice(1);
  return {
    place, picture: svg("svg", { width: g.width, height: g.height, "aria-hidden": "true" }),
    fore: cell("fore", g.fore), back: cell("back", g.back), characters: data.characters.map(character),
    cuts: between.map((_, k) => place(el("i", { class: "cut none" }), g.x[k] + g.pitch / 2, g.middle - 8, undefined, CUT)),
    waits: between.map((_, k) => place(el("span", { class: "wait" }, `+${data.waits[k]}`), g.x[k] + g.pitch / 2, g.middle + BOX + 5)),
    lent: data.characters.map((_, k) => place(el("span", { class: "lent", lang: "ja" }, lent[k % lent.length]), g.x[k], g.back + LANE + 3)),
    glosses: data.glosses.map(({ from, to, text }) => place(el("span", { class: "gloss" }, text), (g.x[from] + g.x[to - 1]) / 2, g.middle + 5)),
    notes: laneNotes(g, data, place),
  };
}

function laneNotes(g, data, place) {
  const { text } = data;
  const note = (side, name, y, said) => place(el("span", { class: `note ${side}` }, el("b", {}, name), g.narrow || staged() ? null : said), 4, y);
  const both = [note("fore", `${text.forward} →`, g.narrow ? 0 : g.fore + 4, text.forward_note), note("back", `← ${text.backward}`, g.narrow ? g.back + LANE + 4 : g.back + 2, text.backward_note)];
  if (g.narrow) return both;
  const gutter = place(el("i", { class: "gutter" }), 0, 0, g.left, g.height);  // what is scrolled away goes under it
  return [gutter, ...both, note("", text.characters, g.middle + 12, text.tags_note), place(legend(["h"], data.row, text), 4, g.back + 49)];
}

/** The arrows while n characters are read, with this stand-in for the backward direction, and the chosen character. */
function wiresOf(g, { n, count, mode, chosen }) {
  const [top, low] = [g.fore + LANE / 2, g.back + LANE / 2], half = g.cell / 2, made = [];
  const line = (kind, d, later) => made.push(svg("path", { class: `wire ${kind}${later ? " later" : ""}`, d }));
  const arrow = (from, to, y, side, later) => {
    const way = Math.sign(to - from);
    line(side, `M${from} ${y}H${to - 9 * way}`, later);
    made.push(svg("path", { class: `point ${side}${later ? " later" : ""}`, d: `M${to} ${y}l${-10 * way} -6v12z` }));
  };
  const zero = (x, y) => made.push(svg("circle", { class: "origin", cx: x, cy: y, r: 13 }), svg("text", { class: "nought", x, y: y + 5 }, "0"));
  const last = g.x[n - 1] + g.pitch / 2, first = g.x[0] - g.pitch / 2, ordered = mode === "own" || mode === "reversed";
  zero(first - 8, top);
  for (let k = 0; k < count; k += 1) {
    arrow(k ? g.x[k - 1] + half + 3 : first + 6, g.x[k] - half - 4, top, "fore", k >= n);
    if (mode === "own" && (k < count - 1 || k === n - 1)) arrow(k < count - 1 && k !== n - 1 ? g.x[k + 1] - half - 3 : g.x[k] + g.pitch / 2, g.x[k] + half + 4, low, "back", k >= n);
    if (mode === "reversed" && k > 0 && k < n) arrow(g.x[k - 1] + half + 3, g.x[k] - half - 4, low, "back", false);
    if (mode === "alone" && k < n) line("later", `M${g.x[k] + g.pitch / 2} ${low - 20}V${low + 20}`);
    if (mode === "off" && k < n) made.push(svg("text", { class: "nought", x: g.x[k], y: low + 6 }, "0"));
    for (const [from, to] of [[g.fore + LANE + 3, g.middle - 2], [g.middle + BOX, g.back - 3]]) line("", `M${g.x[k]} ${from}V${to}`, k >= n);
  }
  if (ordered) zero(mode === "own" ? last + 12 : first - 8, low);
  if (chosen < n) {
    const x = g.x[chosen];
    made.push(svg("path", { class: "wire fore meets", d: `M${x} ${g.fore + LANE + 6}V${g.middle - 9}` }), svg("path", { class: "point fore", d: `M${x} ${g.middle + 3}l-9 -13h18z` }));
    if (mode !== "off") made.push(svg("path", { class: "wire back meets", d: `M${x} ${g.back - 6}V${g.middle + BOX + 8}` }), svg("path", { class: "point back", d: `M${x} ${g.middle + BOX - 5}l-9 13h18z` }));
  }
  return made;
}

/** One state as a column of colours; nothing where there is none. */
function shade(canvas, scales, row, values, at, units) {
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, 1, units);
  if (!values) return;
  for (let u = 0; u < units; u += 1) {
    pen.fillStyle = css(colorOf(scales, row, values[at * units + u]));
    pen.fillRect(0, u, 1, 1);
  }
}
