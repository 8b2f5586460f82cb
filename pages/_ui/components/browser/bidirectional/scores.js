// What both directions add to the score of each tag of one character, and the words under every backward direction.

const short = (characters) => characters.length <= 24 && !staged();  // of a longer text, and on the stage, only the words that differ are said again

/** The panel of scores; what it returns paints it for a character: `shares` are [forward, backward] of each tag. */
function scorePanel(host, data) {
  const { text } = data, sample = (side) => el("i", { class: `sample ${side}` });
  const title = el("div", { class: "title" }, el("b"), el("span", {}, sample("fore"), text.by_forward), el("span", {}, sample("back"), text.by_backward),
    el("span", {}, sample("sum"), text.sum), el("span", {}, sample("path"), text.path));
  const rows = data.tags.map(({ tag, name }) => {
    const [fore, back, sum] = ["fore", "back", "sum"].map((side) => el("i", { class: side })), number = el("span", { class: "number" });
    return { tag, fore, back, sum, number, row: el("div", { class: "tag" }, el("span", {}, el("b", {}, tag), el("small", {}, name)), el("span", { class: "axis" }, el("i", { class: "zero" }), fore, back, sum), number) };
  });
  host.replaceChildren(title, ...rows.map(({ row }) => row));
  const reach = (value) => { const half = (50 * Math.min(Math.abs(value), data.limit)) / data.limit; return `left: ${value < 0 ? 50 - half : 50}%; width: ${half}%`; };
  return (character, shares, best) => {
    write(title.firstChild, fill(text.score, { character }));
    rows.forEach(({ tag, fore, back, sum, number, row }, k) => {
      const total = shares[k][0] + shares[k][1] + data.bias[k];
      row.classList.toggle("best", tag === best);
      fore.style.cssText = reach(shares[k][0]);
      back.style.cssText = reach(shares[k][1]);
      sum.style.left = `${50 + (50 * clamp(total, -data.limit, data.limit)) / data.limit}%`;
      write(number, signedText(total));
      row.title = `${text.by_forward} ${signedText(shares[k][0])}, ${text.by_backward} ${signedText(shares[k][1])}, ${text.bias} ${signedText(data.bias[k])}`;
    });
  };
}

/** The words of the same characters under each backward direction; what differs from the original is filled, "?" waits for the guess. */
function results(host, data, { tags, mode, asking }) {
  const own = tags("own"), row = ({ key, name }) => {
    const here = tags(key), changes = changesOf(own, here), hidden = asking && key !== "own";
    const spans = key === "own" || short(here) ? spansOf(here) : changes.flatMap(({ other }) => other);
    const words = spans.map((span) => el("span", { class: inside(changes, span) ? "odd" : "" }, data.characters.slice(...span).join("")));
    return [el("span", { class: "label" + (key === mode && !asking ? " on" : "") }, name), el("span", { class: "words", lang: "ja" }, ...(hidden ? [el("span", { class: "unknown" }, "?")] : words.length ? words : ["="]))];
  };
  host.tabIndex = short(data.characters) ? -1 : 0;  // it scrolls
  host.replaceChildren(el("div", { class: "title" }, el("b", {}, data.text.results)), ...data.modes.flatMap(row));
}
