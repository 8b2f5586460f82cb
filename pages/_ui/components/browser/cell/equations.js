// The equations beside the circuit: symbols first, then the same line in numbers with swatches, then the result.

const numberHtml = (key, wrapped) => el("span", { class: "num", "data-q": key, "data-wrap": wrapped ? "" : null }, el("i", { class: "swatch" }), el("span", { class: "amount" }), icon("lock"));

/** One line of numbers. It may break before "+", never inside a product; a negative factor or addend is put in brackets. */
function numbersLine(parts, gives, rows) {
  const groups = [[]];
  parts.forEach((part, k) => {
    if (part === "+" && k) groups.push([]);
    groups.at(-1).push(rows[part] ? numberHtml(part, k > 0 && parts[k - 1] !== "tanh(") : el("span", { class: part === "×" || part === "+" ? "op" : null }, part));
  });
  const product = parts.includes("×") || parts.includes("tanh(");
  return el("div", { class: "line numbers" + (product ? " product" : "") }, el("span", { class: "op" }, "="), ...groups.flatMap((group) => [el("span", { class: "group" }, ...group), " "]),
    gives ? el("span", { class: "group" }, el("span", { class: "op" }, "="), numberHtml(gives)) : null);
}

/** Means do not multiply: for the mean of all units only sums are shown (`product` lines give way to `mean-only` ones). */
function writeEquation({ key, symbol, formula, lines }, rows) {
  const result = () => el("span", { class: "group" }, el("span", { class: "op" }, "="), numberHtml(key));
  return el("div", { class: "equation", "data-q": key },
    el("div", { class: "line" }, ...math(symbol), el("span", { class: "op" }, "="), ...breakable(formula), lines.length ? null : " ", lines.length ? null : result()),
    ...lines.map((parts, k) => numbersLine(parts, k === lines.length - 1 ? key : null, rows)),
    lines.length === 1 ? el("div", { class: "line numbers mean-only" }, result()) : null);
}

/** The right-hand side in pieces that stay whole: a line breaks before "+" only. */
function breakable(formula) {
  return formula.split(/ (?=\+)/).flatMap((term, k) => [k ? " " : "", el("span", { class: "group" }, ...math(term))]);
}
