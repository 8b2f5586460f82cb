// Beside the piles: the question before, and the claim that is shown: what it says and, once that may be told, what was measured.

/** What it returns paints the claim `k`; `told`: also its verdict. */
function sortingPanel(side, data, act) {
  const { text } = data, group = el("div", { class: "guesses", role: "group", "aria-label": text.ask });
  group.append(...data.options.map(({ value, label }) => { const one = el("button", { type: "button", class: "control" }, label); one.onclick = () => act.guess(value); return one; }));
  const skip = el("button", { type: "button", class: "skip" }, text.skip);
  skip.onclick = () => act.guess("skip");
  const asked = el("div", { class: "card before" }, el("p", { class: "head" }, text.ask), group, skip);
  const said = el("p", { class: "said" }), verdict = el("span", { class: "judged" }), bars = el("div", { class: "bars" }), note = el("p", { class: "note" }), measured = el("p", { class: "measured" }), link = el("a", { target: "_self" }, text.try);
  const claim = el("div", { class: "card claim" }, el("div", { class: "line" }, verdict, link), said, bars, note, measured);
  side.replaceChildren(asked, claim);
  return ({ k, told }) => {
    const one = data.claims[k];
    said.replaceChildren(...lowered(one.said));
    verdict.className = told ? `judged pile-${one.pile}` : "judged";
    write(verdict, told ? data.piles[one.pile] : fill(text.place, { n: k + 1, total: data.claims.length }));
    for (const node of [bars, note, measured, link]) node.hidden = !told;
    if (!told) return;
    measured.replaceChildren(...lowered(one.measured));
    put(link, "href", one.link);
    put(link, "aria-label", `${text.try}: ${one.said}`);
    write(note, [one.scale === "power" ? text.powers : "", one.bars.some((bar) => bar.interval) ? text.interval : ""].filter(Boolean).join(" "));
    bars.replaceChildren(...one.bars.map(drawBar));
  };
}

/** Prose with symbols, "hₜ₋₁", as nodes with true subscripts: many fonts lack such small letters. */
const LOW = { ₕ: "h", ₓ: "x", ₜ: "t", "₋": "−", ...Object.fromEntries([..."₀₁₂₃₄₅₆₇₈₉"].map((sign, n) => [sign, String(n)])) };
function lowered(said) {
  return said.split(/([A-Za-z][₀-₉₋ₕₓₜ]+)/).map((piece, k) => (k % 2 ? el("span", { class: "math" }, piece[0], el("sub", {}, [...piece.slice(1)].map((sign) => LOW[sign]).join(""))) : piece));
}

/** A name, a bar with what it is not sure of, and the number. */
function drawBar({ label, value, length, interval }) {
  const [low, high] = (interval ?? [0, 0]).map((at) => 100 * at), sure = interval ? el("s", { style: `left: ${low}%; width: ${Math.max(high - low, 0.8)}%` }) : null;
  return el("div", { class: "bar" }, el("span", {}, label), el("i", {}, el("b", { style: `width: ${100 * length}%` }), sure), el("em", {}, value));
}
