// A chart as a file that speaks for itself: over the drawing stand its name, its finding and its key, which the page has in HTML.
// data: { key, lang, title, finding: markup, symbol, low, high, ramp: [colour], marks: [{glyph, meaning, color}],
//         size: px of a label, ink, muted, edge }

const LINE = 1.45, LARGE = 1.25, RAMP = 9;  // of a label's size: a line, the finding's letters, the ramp's length

/** The finding in lines of at most `width` px. Signs stay with the word before them, an opening bracket with the one behind it. */
function wrapped(markup, width, lang, measure) {
  const units = [];
  for (const piece of markup.match(/<[^>]*>|&[^;\s]+;|[^<&]+/g) ?? []) {
    const parts = piece[0] === "<" || piece[0] === "&" ? [{ segment: piece }] : new Intl.Segmenter(lang, { granularity: "word" }).segment(piece);
    for (const { segment, isWordLike } of parts) {
      const opens = /^[「『“（(]/.test(segment), last = units.at(-1);
      if (last !== undefined && (/[「『“（(]$|<sup>$/.test(last) || !(isWordLike || opens))) units[units.length - 1] += segment;
      else units.push(segment);
    }
  }
  const lines = [""];
  for (const unit of units) {
    if (lines.at(-1) && measure(lines.at(-1) + unit.trimEnd()) > width) lines.push(unit);
    else lines[lines.length - 1] += unit;
  }
  return lines;
}

/** The key's pieces in rows of at most `width` px, each with its place, and how many rows they fill; one may fill several. */
function rows(pieces, width, gap) {
  let x = 0, row = 0, filled = 0;
  const placed = pieces.map((piece) => {
    if (x && x + piece.wide > width) [x, row] = [0, filled];
    const here = { ...piece, x, row };
    x += piece.wide + gap;
    filled = Math.max(filled, row + (piece.lines?.length ?? 1));
    return here;
  });
  return [placed, filled];
}

/** The chart's figure with the words over it. */
function titled(chart, data) {
  const { width, height, margin, font } = chart._fullLayout, { size } = data, pad = size * 0.6, room = width - 2 * pad;
  const pen = document.createElement("canvas").getContext("2d");
  const measure = (bold, px) => (markup) => {
    pen.font = `${bold} ${px}px ${font.family}`;
    return pen.measureText(markup.replace(/<[^>]*>/g, "").replace(/&[^;\s]+;/g, "<")).width;
  };
  const plain = measure("", size), lines = wrapped(data.finding, room, data.lang, measure("bold", size * LARGE));
  const ramp = data.ramp.length ? [{ wide: plain(data.symbol) + plain(data.low) + plain(data.high) + size * (RAMP + 2) }] : [];
  const marks = data.marks.map(({ glyph, meaning, color }) => `<span style="color:${color || data.ink}">${glyph}</span> ${meaning}`);
  const [key, filled] = rows([...ramp, ...marks.map((markup) => ({ lines: wrapped(markup, room, data.lang, plain), wide: plain(markup) }))], room, size * 1.5);
  const above = size * LINE, below = above + lines.length * size * LARGE * LINE + pad, deep = filled ? filled * size * LINE + pad : 0;
  const top = margin.t + below + deep;
  const at = (x, y) => ({ xref: "paper", yref: "paper", x: 0, y: 1, xshift: x + pad - margin.l, yshift: top - y - pad / 2 });
  const write = (text, x, y, px = size, color = data.ink) =>
    ({ ...at(x, y), text, showarrow: false, borderpad: 0, align: "left", xanchor: "left", yanchor: "top", font: { size: px, color } });
  const words = [write(data.title, 0, 0, size, data.muted), write(`<b>${lines.join("<br>")}</b>`, 0, above, size * LARGE)], shapes = [];
  for (const { lines: marked, x, row } of key) {
    const y = below + row * size * LINE;
    if (marked) { words.push(write(marked.join("<br>"), x, y)); continue; }
    const low = x + plain(data.symbol) + size * 0.7, from = low + plain(data.low) + size * 0.5, each = size * RAMP / data.ramp.length;
    words.push(write(data.symbol, x, y), write(data.low, low, y), write(data.high, from + size * (RAMP + 0.5), y));
    const box = (start, end, rest) => ({ type: "rect", xref: "paper", yref: "paper", xsizemode: "pixel", ysizemode: "pixel", xanchor: 0, yanchor: 1,
      x0: start + pad - margin.l, x1: end + pad - margin.l, y0: top - y - pad / 2 - size * 0.3, y1: top - y - pad / 2 - size * 1.1, ...rest });
    data.ramp.forEach((color, k) => shapes.push(box(from + k * each, Math.min(from + (k + 1.5) * each, from + size * RAMP), { fillcolor: color, line: { width: 0 } })));
    shapes.push(box(from, from + size * RAMP, { line: { width: 1, color: data.edge } }));
  }
  const layout = structuredClone(chart.layout);
  return {
    data: structuredClone(chart.data),
    layout: { ...layout, width, height: height + below + deep, margin: { ...margin, t: top }, annotations: [...(layout.annotations ?? []), ...words], shapes: [...(layout.shapes ?? []), ...shapes] },
  };
}

export default function ({ data, parentElement }) {
  async function save({ format }) {
    const figure = titled(document.querySelector(`.st-key-chart_${data.key} .js-plotly-plot`), data), { width, height } = figure.layout;
    const made = await fetch(await window.Plotly.toImage(figure, { format, width, height, scale: format === "png" ? 2 : 1 }));
    // Plotly's own download clicks a link outside the popover, which shuts it.
    const href = URL.createObjectURL(await made.blob());
    Object.assign(document.createElement("a"), { href, download: `kioku-${data.key}.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }
  for (const button of parentElement.querySelectorAll("button")) button.onclick = () => save(button.dataset);
}
