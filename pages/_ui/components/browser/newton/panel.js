// Beside the map: the question before, and after it the outcome, what can be changed, and how many stages must wait.

/** `options`: [{ value, label }]; `act` is told what the reader does. What it returns paints the panel. */
function newtonPanel(side, data, act) {
  const { text } = data, live = {};
  const choices = data.options.map(({ value, label }) => { const one = el("button", { type: "button", class: "control" }, label); one.onclick = () => act.guess(value); return one; });
  const skip = el("button", { type: "button", class: "skip" }, text.skip);
  skip.onclick = () => act.guess("skip");
  const asked = el("div", { class: "card before" }, el("p", { class: "head" }, fill(text.ask, { total: data.total })), el("div", { class: "guesses", role: "group", "aria-label": fill(text.ask, { total: data.total }) }, ...choices), skip);
  const how = el("div", { class: "card before how" }, el("p", { class: "head" }, text.how), el("ol", {}, ...[text.assume, text.compute, text.correct].map((one) => el("li", {}, fill(one, { scan: data.scan })))));
  const pick = (name, values, label, said) => {
    const group = el("div", { class: "pick", role: "group", "aria-label": label }, el("span", {}, ...math(label)));
    group.append(...values.map((value) => { const one = el("button", { type: "button", class: "control", "aria-pressed": String(data[name] === value) }, said(value)); one.onclick = () => act.change({ [name]: value }); return one; }));
    return group;
  };
  Object.assign(live, { big: el("b"), unit: el("span"), right: el("dd"), error: el("dd"), peak: el("dd"), account: el("div", { class: "account" }), note: el("p") });
  const found = el("div", { class: "card after" }, el("div", { class: "outcome" }, live.big, live.unit),
    el("dl", {}, el("dt", {}, text.right_now), live.right, el("dt", {}, text.largest), live.error, el("dt", {}, text.peak), live.peak, el("dt", {}, text.exponent), el("dd", {}, data.exponent)));
  const tries = el("div", { class: "card after" }, pick("scale", data.scales, text.scale, (value) => String(value)), pick("clip", [false, true], data.relu ? text.clip_none : text.clip, (value) => text[value ? "on" : "off"]));
  const waits = el("div", { class: "card after" }, el("p", { class: "head" }, text.waits), live.account, live.note);
  side.replaceChildren(...(data.options.length ? [asked, how] : []), found, tries, waits);
  return ({ k, right, error, done }) => {
    const { total, rounds, scan } = data, needed = rounds === null ? null : rounds * (1 + scan), most = Math.max(total, needed ?? 0);
    write(live.big, done ? (rounds === null ? `> ${total}` : String(rounds)) : "…");
    write(live.unit, fill(text.unit, { total }));
    write(live.right, `${right} / ${total}`);
    write(live.error, sizeText(error));
    write(live.peak, done ? sizeText(data.peak) : "…");
    const line = (name, count, kind) => [el("span", {}, name), el("i", { class: kind, style: `width: ${(100 * (count ?? 0)) / most}%` }), el("b", {}, count === null ? "–" : String(count))];
    live.account.replaceChildren(...line(text.in_order, total, ""), ...line(text.by_newton, done ? needed : null, "mine"));
    write(live.note, !done ? "" : needed === null ? fill(text.loops, { loops: sizeText(data.loops) }) : fill(needed < total ? text.gain : text.no_gain, { rounds, scan, needed }));
  };
}
