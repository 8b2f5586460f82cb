// One row a network, drawn as it reads: a bag that counts, places with a weight each, a window that moves, a state that is passed on.

const WIDEST_GAP = 1.6;  // more fills the box too: two states in [−1, 1] can be 2 apart, per unit

/** What a row is made of, by the kind of network. Each puts its parts into `row` and says how they are painted. */
const READS = {
  bag(row, g, data) {
    const texts = [...new Set(data.words.map((word) => word.text))].sort((a, b) => a.localeCompare(b, "ja"));
    row.add(el("span", { class: "bag" }), g.left + 14, g.middle - 20, `width: ${g.end - g.left - 28}px; height: 42px`);
    const room = g.end - g.left - 52, share = (text) => text.length + 1.9, all = texts.reduce((sum, text) => sum + share(text), 0), small = room / all < 20;
    let x = g.left + 26;
    const counts = texts.map((text) => {
      const width = room * (small ? 1 / texts.length : share(text) / all), count = el("small");
      const chip = row.add(el("span", { class: "chip" + (small ? " small" : "") }, el("span", { lang: "ja" }, text), count), x + 2, g.middle - (small ? 19 : 16), `width: ${width - 4}px`);
      x += width;
      return { chip, count, text };
    });
    row.leaves(g.end - 12);
    return (t, { order, lit }) => counts.forEach(({ chip, count, text }) => {
      const read = (list) => list.slice(0, t + 1).filter((index) => data.words[index].text === text).length, now = read(order);
      chip.classList.toggle("out", !now);
      write(count, `× ${now}`);
      lit(chip, now !== read(data.words.map((_, k) => k)));
    });
  },
  window(row, g, data) {
    const T = data.words.length, all = g.narrow || g.tight ? T : Math.max(T, data.places);
    const slots = Array.from({ length: all }, (_, k) => {
      const width = k < T ? g.pitch - 10 : 18, x = k < T ? g.x[k] - width / 2 : g.end + 4 + (k - T) * EMPTY;
      if (k < data.places && (k < T || !g.tight)) row.add(el("span", { class: "weight" + (k < T ? "" : " unused") }, "W", el("sub", {}, String(k + 1))), x + width / 2, g.middle + 7);
      return row.add(el("span", { class: "slot", lang: "ja" }), x, g.middle - 19, `width: ${width}px`);
    });
    if (row.able) row.leaves(g.end + g.spare);
    return (t, { order, lit, differs }) => slots.forEach((slot, k) => {
      write(slot, k < T ? data.words[order[k]].text : "");
      slot.classList.toggle("empty", k > t || !row.able);
      lit(slot, row.able && k <= t && differs(k));
    });
  },
  convolution(row, g, data) {
    const kernel = row.add(el("span", { class: "kernel" }), 0, 0);
    const seen = data.words.map((_, k) => row.add(el("span", { class: "seen", lang: "ja" }), g.x[k], g.middle - 14, g.pitch < 60 ? `font-size: ${sized(15)}px; padding: 0 4px` : ""));
    row.leaves(g.end + 4);
    return (t, { order, lit, differs }) => {
      const first = Math.max(0, t - data.kernel + 1);
      set(kernel, g.x[first] - g.pitch / 2 + 3, g.middle - 21, `width: ${g.pitch * (t - first + 1) - 6}px; height: 42px`);
      seen.forEach((word, k) => {
        write(word, data.words[order[k]].text);
        word.classList.toggle("unread", k > t);
        word.classList.toggle("outside", k < first);
        lit(word, k >= first && k <= t && differs(k));
      });
    };
  },
  recurrent(row, g, data) {
    const half = g.pitch < 60 ? 13 : 18, lines = row.kind === "lstm" ? [-6, 6] : [0];
    const states = data.words.map((_, k) => {
      const from = k ? g.x[k - 1] + half + 2 : Math.max(2, g.left - 8), to = g.x[k] - half - 2;
      const wires = lines.flatMap((dy) => row.arrow(from, to, dy));
      const box = row.add(el("span", { class: "state" }), g.x[k], g.middle - half, `width: ${2 * half}px; height: ${2 * half}px; margin-left: ${-half}px`);
      return { box, wires };
    });
    row.leaves(g.x.at(-1) + half + 2);
    return (t, { gap }) => states.forEach(({ box, wires }, k) => {
      const apart = k <= t ? gap(k) : 0;
      box.classList.toggle("empty", k > t);
      box.classList.toggle("on", apart > 0);
      box.style.setProperty("--gap", apart ? Math.max(0.07, apart / WIDEST_GAP) : 0);
      wires.forEach((wire) => { wire.classList.toggle("later", k > t); wire.classList.toggle("on", k > 0 && k <= t && gap(k - 1) > 0); });
    });
  },
};

/** A row with its name, what it reads, and room for both outputs and the verdict. `picture` gets its arrows. */
function makeRow(network, n, g, data, picture) {
  const y = g.top + n * g.tall, m = g.middle, box = set(el("div", { class: "row", "data-net": network.kind, "data-cell": network.kind }), 0, y, `width: ${g.width}px; height: ${g.tall}px`);
  const row = {
    box, kind: network.kind, able: Boolean(data.before[n]), ends: [], tight: g.tight,
    add(node, x, top, more) { box.append(set(node, x, top, more)); return node; },
    arrow(from, to, dy = 0) {
      const wire = svg("path", { class: "wire", d: `M${from} ${y + m + dy}H${to - 6}`, "data-net": network.kind, "data-cell": network.kind });
      const head = svg("path", { class: "point", d: `M${to} ${y + m + dy}l-9 -5v10z`, "data-net": network.kind, "data-cell": network.kind });
      picture.append(wire, head);
      return [wire, head];
    },
    leaves(from) { if (!g.narrow) row.ends = row.arrow(from, g.out - 6); },
  };
  row.name = row.add(el("span", { class: "name" }, el("b", {}, network.name), el("span", {}, network.how)), 4, g.narrow ? 3 : 4);
  row.paint = READS[network.kind in READS ? network.kind : "recurrent"](row, g, data);
  const line = g.narrow ? m + 27 : m - 21;
  row.after = row.add(el("span", { class: "said after" }), g.out, line, `width: ${g.narrow ? 176 : g.second - 6}px`);
  row.before = row.add(el("span", { class: "said before" }), g.out + g.second, line, g.narrow ? "display: none" : `width: ${g.second - 6}px`);
  const judged = g.narrow ? g.view - 178 : g.out + (row.able ? g.judged : 0);
  row.verdict = row.add(el("div", { class: "judged" }), judged, line, "height: 42px");
  return row;
}

/** An output with its probability, and below it what it means. */
function paintOutput(node, output, p, tight) {
  const long = output.text.length > (tight ? 3 : 6), share = chance(p);
  const word = el("span", { lang: "ja", class: output.text.length > 7 ? "long" : "" }, output.text + (output.ends ? "" : " …"));
  const below = [long ? share : "", tight ? "" : output.gloss].filter(Boolean).join(" · ");
  node.replaceChildren(el("span", {}, word, long ? null : el("small", {}, share)), below ? el("span", { class: "gloss" }, below) : "");
  node.title = output.gloss;
}
