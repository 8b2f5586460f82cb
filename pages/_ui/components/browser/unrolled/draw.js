// The parts of the unrolled network as SVG. Drawn once; a step only toggles classes and moves the panel.

const arrow = (x1, y1, x2, y2) => {
  const [ux, uy] = [Math.sign(x2 - x1), Math.sign(y2 - y1)];
  return [svg("path", { class: "wire", d: `M${x1} ${y1}L${x2 - 8 * ux} ${y2 - 8 * uy}` }),
    svg("path", { class: "head-mark", d: `M${x2} ${y2}l${-10 * ux - 5 * uy} ${-10 * uy - 5 * ux}l${10 * uy} ${10 * ux}z` })];
};

function drawArrows(t, g, recurrent, input) {
  const x = g.x[t], left = x - g.cell / 2, previous = t ? g.x[t - 1] + g.cell / 2 : GUTTER - 26, gap = left - GAP / 2 - previous;
  return [
    svg("g", { class: "recurrent" }, ...arrow(previous + (t ? 4 : 0), g.middle, left - 5, g.middle),
      svg("text", { class: "weight", x: previous + gap / 2 - 2, y: g.middle - 10, "text-anchor": "middle" }, ...mathSpans(recurrent)),
      svg("rect", { class: "hit", x: previous, y: g.middle - 30, width: Math.max(4, gap), height: 44 })),
    svg("g", { class: "input" }, ...arrow(x, TOKEN_Y + g.tokenHeight + 2, x, g.top - 4),
      svg("text", { class: "weight", x: x + 9, y: g.top - 13 }, ...mathSpans(input)),
      svg("rect", { class: "hit", x: x - 16, y: TOKEN_Y + g.tokenHeight + 1, width: 54, height: 28 })),
    svg("circle", { class: "pulse", cx: x, cy: g.top - 8, r: 6, style: "--dx: 0px; --dy: -28px" }),
    svg("circle", { class: "pulse", cx: left - 8, cy: g.middle, r: 6, style: `--dx: ${8 - gap}px; --dy: 0px` }),
  ];
}

function drawToken({ known }, { text, gloss }, x, width, g) {
  return svg("g", { class: "token" },
    svg("rect", { x: x - width / 2, y: TOKEN_Y, width, height: g.tokenHeight, rx: 10, "stroke-dasharray": known ? null : "4 3" }),
    svg("text", { class: "word", x, y: TOKEN_Y + 29, "text-anchor": "middle", lang: "ja" }, text),
    gloss && svg("text", { class: "gloss", x, y: TOKEN_Y + 48, "text-anchor": "middle" }, gloss));
}

function drawStep(t, g, data, color, measure) {
  const x = g.x[t], left = x - g.cell / 2, tall = g.tall - g.gap;
  const cells = Array.from({ length: data.units }, (_, u) => svg("rect", { x: left, y: g.top + u * g.unit, width: g.cell, height: g.unit - g.gap, fill: color(t, u), "data-u": u }));
  return svg("g", { class: "step", "data-step": t + 1 },
    ...drawArrows(t, g, data.recurrent, data.input), drawToken(data.tokens[t], g.cards[t], x, g.words[t] - 4, g),
    svg("rect", { class: "hit", x: left - 6, y: g.top - 2, width: g.cell + 12, height: g.tall + 80 }),
    svg("g", { class: "cells" }, ...cells),
    svg("rect", { class: "frame", x: left - 0.5, y: g.top - 0.5, width: g.cell + 1, height: tall + 1, rx: 2 }),
    svg("rect", { class: "ring", x: left - 4, y: g.top - 4, width: g.cell + 8, height: tall + 8, rx: 6 }),
    svg("rect", { class: "unit-mark", x: left - 2, y: g.top - 1, width: g.cell + 4, height: Math.max(4, g.unit - g.gap) + 2, rx: 2 }),
    svg("text", { class: "name", x, y: g.bottom + 24, "text-anchor": "middle" }, ...mathSpans(`h_${t + 1}`)),
    data.next[t] && svg("text", { class: "guess", x, y: g.bottom + 42, "text-anchor": "middle", lang: "ja" }, shorten(measure, data.next[t][0].text, g.columns[t] - 8, "15px")),
    data.next[t]?.[0].gloss && svg("text", { class: "guess gloss", x, y: g.bottom + 56, "text-anchor": "middle" }, shorten(measure, data.next[t][0].gloss, g.columns[t] - 8, "12px")));
}

function drawZero(g) {
  return svg("g", { class: "zero" }, svg("circle", { cx: GUTTER - 42, cy: g.middle, r: 16, class: "frame" }),
    svg("text", { x: GUTTER - 42, y: g.middle + 6, "text-anchor": "middle", "font-size": 16 }, "0"),
    svg("text", { class: "name", x: GUTTER - 42, y: g.bottom + 24, "text-anchor": "middle" }, ...mathSpans("h_0")));
}

/** The reply: a speech bubble at the end, with its probability. */
function drawReply(g, data, width) {
  const { gloss, p } = data.next.at(-1)[0], x = g.end + 26, tall = gloss ? 116 : 92, y = g.middle - tall / 2, start = g.x.at(-1) + g.cell / 2 + 4;
  const side = (tall - 44) / 2, bubble = `M${x + 12} ${y}h${width - 24}q12 0 12 12v${tall - 24}q0 12 -12 12h${24 - width}q-12 0 -12 -12v-${side}l-12 -10l12 -10v-${side}q0 -12 12 -12z`;
  return svg("g", { class: "reply" }, svg("path", { class: "wire", d: `M${start} ${g.middle}L${x - 14} ${g.middle}` }), svg("path", { d: bubble }),
    svg("text", { class: "said", x: x + width / 2, "text-anchor": "middle", lang: "ja" }),
    gloss && svg("text", { class: "gloss", x: x + width / 2, y: y + 62, "text-anchor": "middle" }, gloss),
    svg("rect", { class: "bar-back", x: x + 16, y: y + tall - 28, width: width - 84, height: 8, rx: 4 }),
    svg("rect", { class: "bar", x: x + 16, y: y + tall - 28, width: Math.max(4, (width - 84) * p), height: 8, rx: 4 }),
    svg("text", { class: "chance", x: x + width - 16, y: y + tall - 18, "text-anchor": "end" }, chance(p)));
}

/** The guess for the next word; returns the panel and the function that fills it. */
function drawPanel(g, data, measure) {
  const room = g.panelWidth - 144 - 14 - 8;
  const rows = data.next[0].slice(0, GUESSES).map((_, k) => {
    const word = svg("tspan", { class: "word" + (k ? "" : " first"), lang: "ja" }), gloss = svg("tspan", { class: "gloss", dx: 8 });
    const bar = svg("rect", { class: "bar" + (k ? "" : " top"), x: g.panelWidth - 144, y: 2, width: 68, height: 14, rx: 2 });
    const number = svg("text", { class: "number", x: g.panelWidth - 28, y: 14 });
    return { word, gloss, bar, number, node: svg("g", { transform: `translate(14 ${32 + k * ROW})` }, svg("text", { y: 14 }, word, gloss), bar, number) };
  });
  const node = svg("g", { class: "panel" }, svg("rect", { class: "box", width: g.panelWidth, height: 32 + ROW * GUESSES + 6, rx: 12 }),
    svg("text", { class: "title", x: 14, y: 22 }, data.text.following), ...rows.map((row) => row.node));
  const show = (guesses) => rows.forEach((row, k) => {
    write(row.word, shorten(measure, guesses[k].text, room, "700 15px"));
    write(row.gloss, shorten(measure, guesses[k].gloss, room - 8 - measure(guesses[k].text, "700 15px"), "13px"));
    write(row.number, chance(guesses[k].p));
    row.bar.style.width = `${Math.max(2, 68 * guesses[k].p)}px`;
  });
  return { node, show };
}
