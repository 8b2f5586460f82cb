// The parts of the decoding as SVG. Drawn once; a step moves the mix, the panel and the lines, and toggles classes.

/** A column with one image, or with one a step: all are there from the start, since even an image from memory counts as a request. */
const column = (kind, x, y, width, height, images) => svg("g", { class: kind },
  ...images.map((href) => svg("image", { href, x: x - width / 2, y, width, height, preserveAspectRatio: "none" })),
  svg("rect", { class: "frame", x: x - width / 2, y, width, height }));

function drawRead(k, g, { text, gloss, known }, image) {
  const { x } = g.x[k], wide = g.x[k].wide - 4;
  const states = column("states", x, g.top, g.column, STATE, [image]);
  return svg("g", { class: "read", "data-s": k },
    svg("rect", { class: "card", x: x - wide / 2, y: NOTE, width: wide, height: g.card, rx: 10, "stroke-dasharray": known ? null : "4 3" }),
    svg("text", { class: "word", x, y: NOTE + 26, "text-anchor": "middle" }, text),
    gloss && svg("text", { class: "gloss", x, y: NOTE + 46, "text-anchor": "middle" }, gloss),
    states, svg("text", { class: "weight", x, y: g.bottom + 15, "text-anchor": "middle" }));
}

function drawWritten(t, g, { text, p }) {
  const { x } = g.y[t], wide = g.y[t].wide - 4;
  return svg("g", { class: "written", "data-step": t + 1 },
    svg("rect", { class: "card", x: x - wide / 2, y: g.word, width: wide, height: CARD, rx: 10 }),
    svg("text", { class: "word", x, y: g.word + 26, "text-anchor": "middle" }, text),
    svg("text", { class: "chance", x, y: g.word + CARD + 17, "text-anchor": "middle" }, wide >= 30 ? `${hundredths(p)}%` : ""));
}

/** Without attention everything goes through one neck, which stands in the middle and is the same at every step. */
function drawNeck(g, label) {
  const x = EDGE + g.total / 2, wide = clamp(label.length * 13 + 24, 120, 240);
  return svg("g", { class: "neck" }, ...g.x.map((from) => svg("path", { class: "past", d: bend(from.x, g.bottom + NOTE, x, g.mix) })),
    svg("rect", { class: "box", x: x - wide / 2, y: g.mix, width: wide, height: MIX - 16, rx: 10 }),
    svg("text", { x, y: g.mix + 23, "text-anchor": "middle" }, label));
}

/** What is expected next; returns the panel and the function that fills it. */
function drawPanel(g, data, measure) {
  const wide = Math.min(340, g.width - 8), bar = 96, from = wide - bar - 64, room = from - 24;
  const rows = data.next[0].map((_, k) => {
    const word = svg("text", { class: "word" + (k ? "" : " first"), y: 14 }), number = svg("text", { class: "number", x: wide - 14, y: 14 });
    const length = svg("rect", { class: "bar" + (k ? "" : " top"), x: from, y: 2, width: bar, height: 14, rx: 2 });
    return { word, number, length, node: svg("g", { transform: `translate(0 ${30 + k * ROW})` }, svg("g", { transform: "translate(14 0)" }, word), length, number) };
  });
  const node = svg("g", { class: "panel" }, svg("rect", { class: "box", width: wide, height: 34 + ROW * rows.length, rx: 12 }),
    svg("text", { class: "title", x: 14, y: 20 }, data.text.following), ...rows.map((row) => row.node));
  const show = (guesses) => rows.forEach((row, k) => {
    const guess = guesses[k];
    write(row.word, guess ? shorten(measure, guess.text, room, "700 15px") : "");
    write(row.number, guess ? chance(guess.p, 3) : "");
    row.length.style.width = `${guess ? Math.max(2, bar * guess.p) : 0}px`;
  });
  return { node, show, wide };
}
