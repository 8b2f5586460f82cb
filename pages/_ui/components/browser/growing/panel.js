// What is expected after a token, before anything is changed and after: the same outputs, two bars each.

/** `host` gets the rows; what it returns fills them for a step. */
function makePanel(host, data) {
  const { text } = data, head = el("p", { class: "head" }), left = el("p", { class: "left" });
  const rows = data.next[0].top.map(() => {
    const token = el("b", { lang: "ja" }), gloss = el("small"), before = el("i", { class: "before" }), after = el("i", { class: "after" }), p = el("span", { class: "p" }), q = el("span", { class: "q" });
    return { token, gloss, before, after, p, q, row: el("div", { class: "output" }, el("span", { class: "name" }, token, gloss), el("span", { class: "bars" }, before, after), p, q) };
  });
  const key = el("div", { class: "output key", "aria-hidden": "true" }, el("span"), el("span"), el("span", { class: "p" }, text.before), el("span", { class: "q" }, text.after));
  host.replaceChildren(head, key, ...rows.map(({ row }) => row), left);
  return (step) => {
    const found = data.next[step - 1], drawn = found.left !== null, most = Math.max(...found.top.flatMap(({ p, q }) => [p, q ?? 0]));
    write(head, fill(text.next, { token: data.tokens[step - 1].text }));
    key.lastChild.hidden = !drawn;
    rows.forEach((row, k) => {
      const one = found.top[k];
      write(row.token, one.ends && data.start ? text.end : one.text);
      write(row.gloss, one.gloss);
      row.row.classList.toggle("chosen", one.chosen);
      row.row.classList.toggle("gone", drawn && one.q === 0);
      row.before.style.width = `${(100 * one.p) / most}%`;
      row.after.style.width = `${(100 * (one.q ?? 0)) / most}%`;
      write(row.p, chance(one.p));
      write(row.q, drawn ? chance(one.q) : "");
    });
    write(left, drawn ? fill(text.left, { left: found.left, of: data.outputs }) : "");
  };
}
