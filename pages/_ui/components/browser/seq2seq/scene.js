// The words that are read, their states, what is mixed of them and the decoder's states as SVG. Drawn once a network; a step moves what is named.

const SEEN = 0.005;  // a smaller weight is no line

/** Numbers as a column of cells with its frame; those of two directions stand side by side. */
function column(x, y, high, values, { data, color }, attributes) {
  const size = values.length / data.halves, wide = 2 * HALF / data.halves;
  const images = Array.from({ length: data.halves }, (_, half) => stretched(strip([...values.subarray(half * size, (half + 1) * size)], color), x - HALF + half * wide, y, wide, high));
  return svg("g", attributes, ...images, data.halves > 1 ? svg("path", { class: "middle", d: `M${x} ${y}V${y + high}` }) : null, svg("rect", { class: "frame", x: x - HALF - 0.5, y: y - 0.5, width: 2 * HALF + 1, height: high + 1, rx: 2 }));
}
const writerState = (x, y, wide, values, color, attributes) => svg("g", attributes, stretched(strip([...values], color), x - wide / 2, y, wide, WRITER), svg("rect", { class: "frame", x: x - wide / 2 - 0.5, y: y - 0.5, width: wide + 1, height: WRITER + 1, rx: 2 }));

/** Without attention all that was read is squeezed into s_0; with it the decoder still starts from there. */
function drawFunnel({ g, now, places }) {
  const per = Math.min(2.6, 30 / now.count), wide = now.count * per, y0 = g.bottom + 7, from = [places[0].x + HALF / 2, places.at(-1).x - HALF / 2], to = [START - NECK / 4, START + NECK / 4];
  const flow = (k, extra) => edges(from[k], y0, wide + extra, to[k], g.writer - 4, NECK / 2 + extra / 2), walls = [flow(0, 16).left, flow(1, 16).right].map((wall) => wall.filter(([, y]) => !now.looks || y > g.from + 2));
  if (now.looks) return [svg("path", { class: "funnel", d: walls.map((wall) => `M${through(wall)}`).join("") })];
  const shade = svg("linearGradient", { id: "squeeze", x1: 0, y1: 0, x2: 0, y2: 1 }, svg("stop", { class: "thin", offset: 0.05 }), svg("stop", { class: "thick", offset: 1 }));
  const ribbons = [0, 1].map((k) => { const { left, right } = flow(k, 0); return svg("path", { class: "ribbon", d: `M${through(left)}L${through(right.reverse())}Z` }); });
  return [svg("defs", {}, shade), svg("path", { class: "funnel", d: `M${through(walls[0])}L${through(walls[1].reverse())}Z` }), ...ribbons];
}

/** Both directions between the states; without attention as thick as what was read so far. */
function drawChains({ g, now, places }) {
  const per = Math.min(2.6, 30 / now.count), up = g.top + COLUMN * 0.27, low = g.top + COLUMN * 0.73;
  return places.slice(1).flatMap(({ x }, k) => {
    const [a, b] = [places[k].x + HALF + 3, x - HALF - 3], thick = (words) => (now.looks ? 1 : Math.max(1, (words * per) / 2)), tip = Math.min(8, (b - a) / 2), head = now.looks ? 5 : 0, [f, w] = [thick(k + 1), thick(now.count - k - 1)];
    return [svg("path", { class: "chain", d: `M${a} ${up - f}H${b - tip}V${up - f - head}L${b} ${up}L${b - tip} ${up + f + head}V${up + f}H${a}Z` }),
      svg("path", { class: "chain", d: `M${b} ${low - w}H${a + tip}V${low - w - head}L${a} ${low}L${a + tip} ${low + w + head}V${low + w}H${b}Z` })];
  });
}

/** A word that is read: pressed, it is another input. */
function drawCard(k, { g, data, cards }) {
  const { text, gloss } = cards[k], { known, gone, mark, text: word } = data.cards[k], { x, wide } = g.cards[k], free = data.hideable && !mark;
  const says = free ? { tabindex: 0, role: "button", "aria-pressed": String(Boolean(gone)), "aria-label": `${word}: ${gone ? data.text.restore : data.text[data.hides]}` } : { role: "img", "aria-label": word };
  return svg("g", { class: "read" + (gone ? " gone" : ""), "data-k": k, ...says },
    svg("rect", { class: "card", x: x - wide / 2, y: 2, width: wide, height: g.card, rx: 10, "stroke-dasharray": known ? null : "4 3" }),
    svg("text", { class: "word", x, y: 28, "text-anchor": "middle", lang: "ja" }, text), gone ? svg("path", { class: "struck", d: `M${x - wide / 2 + 5} 22H${x + wide / 2 - 5}` }) : null,
    gloss ? svg("text", { class: "gloss", x, y: 46, "text-anchor": "middle" }, gloss) : null);
}

function drawState(s, given) {
  const { g, now, data, places } = given, { x } = places[s], score = svg("text", { class: "score", x, y: g.score, "text-anchor": "middle" }), share = svg("text", { class: "share", x, y: g.share, "text-anchor": "middle" });
  const node = column(x, g.top, COLUMN, now.state(s), given, { class: "state", "data-s": s, tabindex: now.looks ? 0 : null, role: now.looks ? "button" : "img", "aria-label": data.cards[now.cards[s]].text });
  return { node, score, share, all: svg("g", {}, svg("path", { class: "stem", d: `M${x} ${2 + g.card}V${g.top - 2}` }), node, score, share) };
}

/** What is mixed at a step, and its way: before the state (additive) or past it (dot). */
function drawMix(given) {
  const { g, now } = given, columns = Array.from({ length: now.steps }, (_, t) => column(0, g.mix, MIXED, now.mixed(t), given, {})), name = svg("text", { class: "tag", "text-anchor": "middle" }, ...mathSpans("c_t"));
  return { columns, name, node: svg("g", { class: "mix" }, ...columns, name), way: svg("path", { class: "feeds" }), head: svg("path", { class: "feeds-head" }) };
}

/** All of it; what a step changes is named. */
function drawScene(given) {
  const { g, now, data, color } = given, places = now.cards.map((k) => g.cards[k]), own = { ...given, places }, x0 = START + NECK / 2 + 4;
  const made = {
    places, states: places.map((_, s) => drawState(s, own)), cursor: svg("rect", { class: "cursor", y: g.writer - 6, height: g.lanes + LANE * data.lanes.length - g.writer + 6, rx: 8 }),
    writers: Array.from({ length: now.steps }, (_, t) => {
      const { x } = g.steps[t], before = t ? g.steps[t - 1].x + 12 : x0, node = writerState(x, g.writer, g.pen, now.writer(t), color, { "data-t": t });
      if ((t || data.starts) && x - before > 22) node.prepend(svg("path", { class: "arrow", d: `M${before} ${g.writer + WRITER / 2}H${x - 18}` }), svg("path", { class: "arrow-head", d: `M${x - 12} ${g.writer + WRITER / 2}l-8 -5v10z` }));
      return node;
    }),
    holes: g.steps.slice(0, now.steps).map(({ x }) => svg("rect", { class: "hole", x: x - g.pen / 2 - 0.5, y: g.writer - 0.5, width: g.pen + 1, height: WRITER + 1, rx: 2 })),
    looks: now.looks ? places.map(() => svg("path", { class: "look" })) : [],
    past: now.looks ? Array.from({ length: now.steps }, (_, t) => (now.weight(t, now.peak(t)) > 0.5 ? svg("path", { class: "past", d: bend(places[now.peak(t)].x, g.from, g.steps[t].x, g.writer - 3) }) : null)) : [],
    mix: now.looks ? drawMix(own) : null, asks: svg("text", { class: "asks", y: g.writer - 7, "text-anchor": "middle" }, ...mathSpans(now.kind === "additive" ? "s_{t-1}" : "s_t")),
    gives: svg("g", {}, svg("path", { class: "gives", d: `M0 ${g.writer + WRITER + 3}V${g.lanes - 8}` }), svg("path", { class: "gives-head", d: `M0 ${g.lanes - 2}l-5 -8h10z` })),
  };
  const start = data.starts ? [svg("rect", { class: "neck", x: START - NECK / 2 - 4, y: g.writer - 4, width: NECK + 8, height: WRITER + 8, rx: 6 }), writerState(START, g.writer, NECK, now.first, color, { class: "start" }), svg("text", { class: "symbol", x: START, y: g.writer + WRITER + 19, "text-anchor": "middle" }, ...mathSpans("s_0"))] : [];
  const big = now.looks ? [] : [svg("text", { class: "big", x: 190, y: g.writer - 32 }, fill(data.text.inwords, { n: now.count }), svg("tspan", { class: "to" }, " → "), svg("tspan", { class: "numbers" }, fill(data.text.numbers, { h: data.hidden }))),
    svg("text", { class: "note", x: 191, y: g.writer - 10 }, ...mathSpans(data.text.only))];
  made.all = [made.cursor, ...(data.starts ? drawFunnel(own) : []), ...drawChains(own), ...made.past.filter(Boolean), ...made.looks, ...data.cards.map((_, k) => drawCard(k, given)), ...made.states.map((state) => state.all), ...big, ...start,
    ...made.writers, ...made.holes, made.gives, ...(made.mix ? [made.mix.node, made.mix.way, made.mix.head, made.asks] : [])];
  return made;
}

/** What a step changes: `t` is it, `focus` the source word that the lens shows. */
function paintScene(made, { g, now, t, focus, hush }) {
  const { x, pitch } = g.steps[t], asks = now.kind === "additive" ? t - 1 : now.looks ? t : NaN;
  put(made.cursor, "x", String(x - pitch / 2 + 1));
  put(made.cursor, "width", String(pitch - 2));
  made.cursor.style.display = made.gives.style.display = hush ? "none" : "";
  made.writers.forEach((node, k) => put(node, "class", "writer" + (k > t || hush ? " future" : "") + (k === asks ? " query" : "")));
  made.holes.forEach((node, k) => put(node, "class", k > t || hush ? "hole" : "hole filled"));
  made.gives.style.transform = `translateX(${x}px)`;
  if (!now.looks) return;
  made.looks.forEach((line, s) => {
    const share = now.weight(t, s), seen = !hush && share >= SEEN, { node, score: said, share: under } = made.states[s], e = now.score(t, s);
    put(line, "d", seen ? bend(made.places[s].x, g.from, x + (made.places[s].x - x) * 0.012, g.mix - 2) : "M0 0");
    line.style.strokeWidth = seen ? `${1.25 + 15 * share}px` : "0";
    line.style.strokeOpacity = String(0.35 + 0.65 * share);
    write(said, e === null || hush ? "" : fixed(e, Math.abs(e) < 9.95 ? 1 : 0));
    write(under, hush ? "" : g.tight && share < SEEN ? "≈0" : `${hundredths(share)}%`);
    put(under, "class", "share" + (share < 0.1 ? " little" : ""));
    put(node, "class", "state" + (s === focus && !hush ? " chosen" : ""));
  });
  made.past.forEach((line, k) => line && put(line, "class", k < t && !hush ? "past" : "past later"));
  for (const node of [made.mix.node, made.mix.way, made.mix.head, made.asks]) node.style.display = hush ? "none" : "";
  made.mix.node.style.transform = `translateX(${x}px)`;
  const last = x + HALF + 34 > g.width;
  put(made.mix.name, "x", String(last ? -HALF - 16 : HALF + 18));
  put(made.mix.name, "y", String(g.mix + (last ? 14 : 32)));
  made.mix.columns.forEach((pair, k) => put(pair, "visibility", k === t ? "visible" : "hidden"));
  const low = g.mix + MIXED, turn = x + 20;
  put(made.mix.way, "d", now.kind === "additive" ? `M${x} ${low + 2}V${g.writer - 6}` : `M${x + 7} ${low + 2}C${x + 7} ${low + 14} ${turn} ${low + 4} ${turn} ${g.writer + 10}V${g.lanes - 18}Q${turn} ${g.lanes - 12} ${x + 12} ${g.lanes - 12}H${x + 2}`);
  put(made.mix.head, "d", now.kind === "additive" ? `M${x} ${g.writer - 1}l-5 -7h10z` : "M0 0");
  made.asks.style.transform = `translateX(${asks >= 0 ? g.steps[asks].x - (now.kind === "additive" ? 0 : 24) : START}px)`;
}
