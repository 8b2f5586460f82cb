// Beside the picture: all heads of all layers, or the four ways of reading another order; and the clock.

const LEFT = 16, CLOCK = 134, BOX = 74, PITCH = BOX + 25;

const inPanel = () => panelWidth() - 2 * LEFT;

/** A row looks, a column is looked at; bricks are masked. */
function drawMap(x, y, size, l, h, { now, scales }) {
  const n = now.count, k = size / n, canvas = el("canvas", { width: n, height: n }), pen = canvas.getContext("2d"), pixels = pen.createImageData(n, n), cells = new Uint32Array(pixels.data.buffer);
  const colors = Array.from({ length: 101 }, (_, share) => bytesOf(scales.share(share / 100)));
  for (let t = 0; t < n; t++) for (let s = 0; s < (now.causal ? t + 1 : n); s++) cells[t * n + s] = colors[Math.round(100 * now.weight(l, h, t, s))];
  pen.putImageData(pixels, 0, 0);
  const stairs = Array.from({ length: n - 1 }, (_, r) => `H${x + k * (n - 1 - r)}V${y + k * (n - 2 - r)}`).join(""), image = stretched(canvas.toDataURL(), x, y, size, size);
  const cover = svg("rect", { class: "cover", x, width: size }), row = svg("rect", { class: "row-ring", x: x - 1, width: size + 2, height: k + 1, rx: 2 });
  put(image, "class", "pixels");
  const node = svg("g", {}, now.causal && n > 1 ? svg("path", { class: "walled", d: `M${x + k} ${y}H${x + size}V${y + k * (n - 1)}${stairs}Z` }) : null, image, cover, svg("rect", { class: "cell-frame", x, y, width: size, height: size }), svg("rect", { class: "ring", x: x - 3.5, y: y - 3.5, width: size + 7, height: size + 7, rx: 4 }), row);
  return { node, paint({ step, t }) {
    const rows = now.words.filter((_, r) => step >= now.due(l, r)).length;
    put(cover, "y", String(y + k * rows));
    put(cover, "height", String(size - k * rows));
    put(row, "y", String(y + k * t - 0.5));
  } };
}

function drawHeads(given) {
  const { now, data, text } = given, size = Math.min(50, Math.floor((inPanel() - (data.heads - 1) * 8) / data.heads)), pitch = size + 30, apart = (inPanel() - data.heads * size) / Math.max(1, data.heads - 1), below = 60 + now.layers * pitch + 12;
  const picks = Array.from({ length: data.heads }, (_, h) => {
    const x = LEFT + h * (size + apart), maps = Array.from({ length: now.layers }, (_, l) => drawMap(x, 60 + (now.layers - 1 - l) * pitch, size, l, h, given));
    const node = svg("g", { class: "pick", "data-pick": h, role: "radio", "aria-label": fill(text.head, { head: h + 1 }) }, svg("rect", { class: "hit", x: x - 4, y: 36, width: size + 8, height: 24 + now.layers * pitch - 20 }), svg("text", { class: "head-name", x: x + size / 2, y: 52, "text-anchor": "middle" }, String(h + 1)), ...maps.map((map) => map.node));
    return { node, maps };
  });
  const names = Array.from({ length: now.layers }, (_, l) => svg("text", { class: "note", x: LEFT, y: 60 + (now.layers - 1 - l) * pitch + size + 18 }, fill(l === now.layers - 1 ? text.layer_rows : text.layer, { layer: l + 1 })));
  const lines = Array.from({ length: now.layers }, (_, l) => svg("text", { class: "line", x: LEFT, y: below + 22 * (now.layers - 1 - l) }));
  return { nodes: [svg("text", { class: "title", x: LEFT, y: 26 }, text.heads), ...picks.map((pick) => pick.node), ...names, ...lines], paint(state) {
    picks.forEach(({ node, maps }, h) => { choose(node, h === state.head); maps.forEach((map) => map.paint(state)); });
    lines.forEach((line, l) => {
      const at = now.most(l, state.head, state.t), share = hundredths(now.weight(l, state.head, state.t, at)), word = (k) => shorten(given.measure, now.words[k].text, 76, "15px");
      write(line, state.step < now.due(l, state.t) ? "" : fill(text.attends, { layer: l + 1, head: state.head + 1, word: word(state.t), at: word(at), share }));
    });
  } };
}

function choose(node, chosen) {
  put(node, "class", chosen ? "pick chosen" : "pick");
  put(node, "aria-checked", String(chosen));
  put(node, "tabindex", chosen ? "0" : "-1");
}

/** With and without positions (rows), with and without the mask (columns): how far each state is from the same word's in the first order. */
function drawWays({ now, data, text }) {
  const most = Math.max(...WAYS.flatMap((way) => data.scenes[way].moved)), wide = (inPanel() - 12) / 2, rows = [text.placed, text.unplaced].map((said, k) => svg("text", { class: "note", x: LEFT, y: 50 + k * PITCH }, said));
  const picks = WAYS.map((way, k) => {
    const { moved } = data.scenes[way], x = LEFT + (k % 2) * (wide + 12), y = 56 + Math.floor(k / 2) * PITCH, step = (wide - 8) / moved.length, said = svg("text", { class: "said", x: x + 6, y: y + BOX - 7 }), mark = svg("text", { class: "mark", x: x + wide - 6, y: y + 18, "text-anchor": "end" });
    const bar = (d, t) => { const gap = Math.min(2, step / 5), high = d ? Math.max(1, (26 * d) / most) : 3; return svg("rect", { class: d ? "delta" : "zero", x: x + 4 + step * t + gap, y: y + 52 - high, width: step - 2 * gap, height: high, rx: 1 }); };
    const bars = svg("g", { class: "bars" }, ...moved.map(bar)), query = svg("text", { class: "query", x: x + wide / 2, y: y + 50, "text-anchor": "middle" }, "?");
    const node = svg("g", { class: "pick", "data-pick": way, role: "radio", "aria-label": `${k < 2 ? text.placed : text.unplaced}, ${k % 2 ? text.open : text.masked}` }, svg("rect", { class: "ring", x, y, width: wide, height: BOX, rx: 8 }), svg("text", { class: "note", x: x + 6, y: y + 18 }, k % 2 ? text.open : text.masked), bars, query, said, mark);
    return { node, bars, query, said, mark, still: moved.every((d) => d === 0) };
  });
  const reply = svg("text", { class: "line", x: LEFT, y: 50 + 2 * PITCH });
  return { nodes: [svg("text", { class: "title", x: LEFT, y: 26 }, text.ways), ...rows, ...picks.map((pick) => pick.node), reply], paint({ step, asking, answer }) {
    const whole = step >= now.layers;
    picks.forEach(({ node, bars, query, said, mark, still }, k) => {
      choose(node, !asking && WAYS[k] === now.name);
      if (asking) put(node, "tabindex", k ? "-1" : "0");
      put(bars, "class", whole ? "bars" : "bars absent");
      put(query, "class", whole ? "query absent" : "query");
      write(said, !whole ? "" : still ? text.identical : text.changes);
      write(mark, answer === k + 1 ? `${text.guess}${whole ? (still ? " ✓" : " ✗") : ""}` : "");
    });
    const named = (guess) => guess.gloss || guess.text;
    write(reply, !whole ? "" : now.next ? fill(text.replies, { before: named(now.before), after: named(now.next.at(-1)) }) : text.untold);
  } };
}

/** Steps that wait for each other, as a row of slots each. */
function drawClock(top, { now, text }) {
  const most = Math.max(now.own, now.count), wide = Math.min(26, (inPanel() - 48) / most), gap = Math.min(3, wide / 3);
  const rows = [["transformer", "Transformer", now.own, now.written ? text.count_both : text.count_layers], ["rnn", "RNN", now.count, text.count_words]].map(([cell, name, total, counted], k) => {
    const y = top + 34 + k * 50, done = svg("tspan", { dx: 6 }), slots = Array.from({ length: total }, (_, n) => svg("rect", { class: "slot", x: LEFT + n * wide, y: y + 24, width: wide - gap, height: 16, rx: Math.min(2, wide / 3) })), count = svg("text", { class: "count", x: LEFT + inPanel(), y: y + 40 });
    return { node: svg("g", { "data-cell": cell }, svg("text", { class: "row-name", "data-cell": cell, x: LEFT, y: y + 15 }, name, done, svg("tspan", { class: "note", dx: 10 }, counted)), ...slots, count), total, done, slots, count };
  });
  return { nodes: [svg("path", { class: "rule", d: `M${LEFT} ${top - 2}H${LEFT + inPanel()}` }), svg("text", { class: "title", x: LEFT, y: top + 22 }, text.clock), ...rows.map((row) => row.node)], paint({ step }) {
    rows.forEach(({ total, done, slots, count }) => {
      const passed = Math.min(step, total);
      write(done, passed === total ? "✓" : "");
      slots.forEach((slot, n) => put(slot, "class", n < passed ? "slot done" : "slot"));
      write(count, String(passed));
    });
  } };
}

function drawPanel(given) {
  const { g, now } = given, parts = [now.ordered ? drawWays(given) : drawHeads(given), drawClock(g.height - CLOCK, given)];
  const nodes = [svg("defs", {}, bricks("small-bricks", 4)), svg("rect", { class: "box", x: 0.5, y: 0.5, width: panelWidth() - 1, height: g.height - 1, rx: 12 }), ...parts.flatMap((part) => part.nodes)];
  return { nodes, paint: (state) => parts.forEach((part) => part.paint(state)) };
}
