// What each network writes, all at one cursor: left the networks, each a switch, with what they are worth; right their words.

/** The words of one network; what is wrong or has changed is marked once it has been written. */
function drawWords(lane, k, { g, measure, told, hush }) {
  const y = g.lanes + k * LANE, mid = y + LANE / 2, pieces = lane.words.map(({ text }, t) => {
    const { x, pitch } = g.steps[t], shown = shorten(measure, text, Math.max(22, pitch - 4), "700 16px"), half = Math.min(pitch, measure(shown, "700 16px") + 12) / 2, box = Math.max(half, 13), off = told && t === lane.wrong && !lane.changed;
    const flaw = off ? svg("g", { class: "flaw" }, svg("rect", { x: x - box, y: y + 2.5, width: 2 * box, height: LANE - 5, rx: 8 }), svg("circle", { cx: x + box - 2, cy: y + 5, r: 8 }), svg("path", { d: `M${x + box - 5} ${y + 2}l6 6m0 -6l-6 6` })) : null;
    return svg("g", { class: "said" + (off ? " bad" : ""), "data-t": t, "data-kind": lane.kind }, svg("rect", { class: "now", x: x - half, y: y + 2, width: 2 * half, height: LANE - 4, rx: 8 }), t === lane.forced ? svg("rect", { class: "forced", x: x - half, y: y + 3, width: 2 * half, height: LANE - 6, rx: 4 }) : null,
      svg("text", { x, y: mid + 6, "text-anchor": "middle", lang: "ja" }, shown), svg("circle", { class: "dot", cx: x, cy: mid, r: 2.5 }), flaw, lane.changed?.includes(t) ? svg("path", { class: "changed", d: `M${x - half + 5} ${y + LANE - 4}H${x + half - 5}` }) : null);
  });
  return { pieces, node: svg("g", { class: "lane", "data-kind": lane.kind }, svg("rect", { class: "ground", x: 0, y, width: g.width, height: LANE }), hush ? svg("text", { class: "riddle", x: 12, y: mid + 8 }, "?") : null, k ? svg("path", { class: "rule", d: `M0 ${y}H${g.width - 6}` }) : null, ...pieces) };
}

/** The network's name, ✓ or ✗ for this input, and its share of right outputs among inputs of this length. */
function drawName(lane, k, { g, data, beside, told, hush }) {
  const pill = beside - NUMBER, y = g.lanes + k * LANE, mid = y + LANE / 2, of = lane.counts, sign = lane.changed || !told ? null : lane.right;
  const verdict = svg("text", { class: "verdict" + (sign === false ? " bad" : " good"), x: pill + 8, y: mid + 5 }, sign === null ? "" : sign ? "✓" : "✗");
  const value = svg("text", { class: "percent", x: beside - 3, y: mid + 5 }, lane.changed ? String(lane.lost) : of ? `${hundredths(of[0] / of[1])}%` : "");
  return { verdict, value, node: svg("g", { class: "name", "data-kind": lane.kind, role: "radio", "aria-label": hush ? lane.label : `${lane.label}: ${lane.words.map((word) => word.text).join(" ")}` },
    svg("rect", { class: "hit", x: 0, y, width: beside, height: LANE }), k ? svg("path", { class: "rule", d: `M4 ${y}H${beside}` }) : null, svg("rect", { class: "pill", x: 4, y: y + 2, width: pill, height: LANE - 4, rx: 9 }),
    svg("text", { class: "label", x: 4 + pill / 2, y: mid + 5, "text-anchor": "middle" }, lane.label), verdict, value) };
}

/** The rows of the picture by name, left of it and in sight however far it is scrolled. */
function drawNames({ g, now, data }) {
  const { text } = data, middle = g.top + COLUMN / 2, note = (y, ...said) => svg("text", { class: "note", x: 4, y }, ...said), changed = data.lanes.some((lane) => lane.changed);
  const rows = [note(18, text.words), data.hideable ? note(36, text[data.hides === "blank" ? "press" : "press_out"]) : null, note(now.looks ? middle + 5 : middle - 5, data.halves > 1 ? text.states : text.values), now.looks ? null : note(middle + 14, text.thick)];
  const scores = now.looks ? [now.score(0, 0) !== null ? note(g.score, text.score, " ", svg("tspan", { class: "math" }, "e")) : null, note(g.share, text.weight, " ", svg("tspan", { class: "math" }, "α"))] : [];
  const below = changed ? text.effect : data.lanes.some((lane) => lane.counts) ? fill(text.accuracy, { n: data.length }) : "";
  return [...rows, ...scores, note(g.lanes - 8, below)].filter(Boolean);
}

function drawLanes(given) {
  const words = given.data.lanes.map((lane, k) => drawWords(lane, k, given)), names = given.data.lanes.map((lane, k) => drawName(lane, k, given));
  return { words, names, nodes: words.map((lane) => lane.node), beside: [...drawNames(given), ...names.map((name) => name.node)] };
}

function paintLanes(made, { data, kind, step, hush }) {
  data.lanes.forEach((lane, k) => {
    const chosen = lane.kind === kind, last = lane.words.length - 1, { node, pieces } = made.words[k], name = made.names[k], done = !hush && (step > last || (lane.wrong !== null && step > lane.wrong));
    put(node, "class", chosen ? "lane chosen" : "lane");
    put(name.node, "class", chosen ? "name chosen" : "name");
    put(name.node, "aria-checked", String(chosen));
    put(name.node, "tabindex", chosen ? "0" : "-1");
    name.verdict.style.opacity = done ? "1" : "0";
    pieces.forEach((piece, t) => { piece.classList.toggle("future", hush || t > step - 1); piece.classList.toggle("here", !hush && t === step - 1); });
  });
}
