// The numbers of one node of the tree, and the stages that must wait as the sentence grows.

/** Title and lines: how a and b of one unit came to be. `at(values, r, t, u)` reads a number. */
function scanEquation(data, { a, b, at }, { r, t, u }) {
  const { text, words } = data, gap = data.gaps[r - 1], [A, B] = [at(a, r, t, u), at(b, r, t, u)], whole = joined(r, t) === t + 1, name = whole ? `h_${t + 1} = b` : "b";
  const title = fill(text.pick, { word: words[t].text, position: t + 1, unit: u + 1, round: r }), show = (v) => fixed(v, 2), factor = (v) => (v < 0 ? `(${show(v)})` : show(v));
  if (!r) return [title, text.starts, `a = ${show(A)}`, `${name} = ${show(B)}`];
  if (t < gap) return [title, text.carried, `a = ${show(A)}`, `${name} = ${show(B)}`];
  const [a1, b1, a2, b2] = [at(a, r - 1, t - gap, u), at(b, r - 1, t - gap, u), at(a, r - 1, t, u), at(b, r - 1, t, u)];
  return [title, fill(text.joins, { from: t - gap + 1 }), `a = ${show(a2)} × ${show(a1)} = ${show(A)}`, `${name} = ${show(a2)} × ${factor(b1)} ${b2 < 0 ? "−" : "+"} ${show(Math.abs(b2))} = ${show(B)}`];
}

function drawCard(g, picture) {
  const lines = [0, 1, 2, 3].map((k) => svg("text", { class: k ? "line" : "title", x: g.start + 14, y: g.card + 26 + k * 27 }));
  picture.append(svg("g", { class: "card" }, svg("rect", { class: "box", x: g.start, y: g.card, width: Math.min(g.lane, g.width - g.start) - 2, height: 120, rx: 12 }), ...lines));
  return (said) => lines.forEach((line, k) => line.replaceChildren(...(k > 1 ? mathSpans(said[k]) : [svg("tspan", {}, said[k])])));
}

/** Bars of stages for a length that is chosen, up to thousands of words. */
function growing(host, data) {
  const { text, lengths } = data, input = el("input", { type: "range", min: 0, max: lengths.length - 1, step: 1, value: 0, "aria-label": text.grow }), out = el("output"), bars = el("div", { class: "bars" });
  const update = () => {
    const { total, tree, rounds } = lengths[Number(input.value)], newton = rounds === null ? null : rounds * (1 + tree), most = Math.max(total, newton ?? 0);
    write(out, fill(text.words, { total: total.toLocaleString("en") }));
    put(input, "aria-valuetext", out.textContent);
    const rows = [[text.in_order, total], [text.by_scan, tree], [fill(text.by_newton, { rounds: rounds ?? "–", each: 1 + tree }), newton]];
    bars.replaceChildren(...rows.flatMap(([name, count]) => [el("span", {}, name), el("span", { class: "bar" }, el("i", { style: `width: ${(100 * (count ?? 0)) / most}%` })), el("b", {}, count === null ? "–" : count.toLocaleString("en"))]));
  };
  input.oninput = update;
  host.replaceChildren(el("label", {}, el("b", {}, text.grow), input, out), bars, el("p", {}, text.caution));
  update();
}
