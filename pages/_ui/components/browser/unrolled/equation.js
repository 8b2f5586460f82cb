// The equation under the drawing: its terms are buttons that light their part of the drawing, and the other way round.

/** Symbols for the ear: "h_{t-1}" → "ht−1", which is also what stands there. */
const plainMath = (markup) => pieces(markup).map(({ text, sub }) => text + sub).join("");

/** `host` gets the equation, `say` what the lit term means. Returns { light, update }; light(null) puts everything back. */
function equation(root, host, say) {
  let data, pinned = null, shown;
  const light = (part) => {
    const lit = part ?? pinned;
    if (lit === shown) return;
    shown = lit;
    if (lit) root.dataset.lit = lit; else delete root.dataset.lit;
    for (const term of host.querySelectorAll(".term")) {
      term.classList.toggle("lit", term.dataset.part === lit);
      put(term, "aria-pressed", String(term.dataset.part === pinned));
    }
    say.replaceChildren(...math(lit ? data.terms.find((term) => term.part === lit).says : data.text.hint));
  };
  const repaint = (part) => { shown = undefined; light(part); };
  const partOf = (event) => event.target.closest?.(".term")?.dataset.part ?? null;
  host.onpointerover = host.onfocus = (event) => light(partOf(event));
  host.onpointerleave = () => light(null);
  host.addEventListener("focusin", (event) => light(partOf(event)));
  host.addEventListener("focusout", () => light(null));
  host.onclick = (event) => {
    const part = partOf(event);
    if (!part) return;
    pinned = pinned === part ? null : part;
    repaint(part);
  };
  const terms = (markup) => pieces(markup).map((piece) => {
    const term = piece.markup && data.terms.find((known) => known.markup === piece.markup);
    if (!term) return piece.text.replace(";", "\u2009;");
    return el("button", { type: "button", class: `term ${term.part}`, "data-part": term.part, "aria-label": `${piece.text}${piece.sub}: ${plainMath(term.says)}` }, ...math(piece.markup));
  });
  const update = (next) => {
    data = next;
    host.replaceChildren(...terms(data.equation.left), " = ", ...terms(data.equation.right));
    repaint(null);
  };
  const release = () => { pinned = null; repaint(null); };
  return { light, update, release };
}
