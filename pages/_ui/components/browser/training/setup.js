// Left of the map: the settings, and the one main button, which is always at the same place.

function drawSetup(m) {
  const { set, text, offers } = m, disabled = m.busy(), change = (name) => (value) => m.change(name, value);
  const number = (name, label, show = setting) => slider({ name: label, values: offers[name], value: set[name], show, change: change(name), disabled: disabled || offers[name].length < 2 });
  const cells = el("div", { class: "cells", role: "radiogroup", "aria-label": text.cell }, ...offers.cell.map((cell) =>
    button(text.names[cell], "", text.names[cell], () => m.change("cell", cell), { role: "radio", "aria-checked": String(cell === set.cell), "data-cell": cell, disabled, tabindex: cell === set.cell ? 0 : -1 })));
  m.part(".setup").replaceChildren(
    el("label", { class: "task" }, el("span", {}, text.task), choices(offers.task, set.task, (task) => text.tasks[task].name, change("task"), { disabled, "aria-label": text.task })),
    taskPicture(m), el("p", { class: "says" }, text.tasks[set.task].says), el("p", { class: "floor" }, el("b", {}, text.baseline), ` ${fill(text.tasks[set.task].floor, { value: shown(m.task.baseline) })}`),
    number("length", `${text.length} T`, String), cells, number("hidden", `${text.hidden} H`, String), number("lr", text.lr), ...moreSettings(m), mainButtons(m));
}

/** The settings that are folded: what they are now in one line, and all of them when it is opened. */
function moreSettings(m) {
  const { set, text, offers } = m, off = m.busy(), told = offers.folded.filter((name) => !offers.without.includes(name) && (set[name] !== offers.usual[name] || offers.told.includes(name)));
  const close = button(text.close, "", text.close, () => fold(true), { class: "plain" });
  const fields = offers.folded.map((name) => el("label", {}, el("span", {}, text.settings[name]), choices(offers[name], set[name], (value) => valueSaid(m, name, value), (value) => m.change(name, value), { "aria-label": text.settings[name], disabled: off || offers.without.includes(name) })));
  const panel = el("div", { class: "panel", role: "dialog", "aria-label": text.more, hidden: !m.unfolded }, el("div", { class: "panel-head" }, el("b", {}, text.more), close), ...fields);
  const open = button(text.more, "", "", () => fold(false), { class: "more", "aria-expanded": String(m.unfolded) });
  open.replaceChildren(el("span", {}, text.more), el("small", {}, ...told.map((name) => el("span", {}, settingSaid(m, name, set[name])))));
  const fold = (folded) => {
    m.unfolded = !folded;
    panel.hidden = folded;
    put(open, "aria-expanded", String(!folded));
    (folded ? open : panel.querySelector("select")).focus();
  };
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") fold(true); event.stopPropagation(); });
  return [open, panel];
}

const valueSaid = (m, name, value) => m.text.values[`${name}:${value}`] ?? m.text.values[value] ?? (/^-?[\d.]/.test(String(value)) ? setting(value) : String(value));
/** A setting with as few words as tell it from others. */
const settingSaid = (m, name, value) => {
  const said = valueSaid(m, name, value);
  return m.offers.named.includes(name) ? said : `${m.text.settings[name]} ${said}`;
};

function mainButtons(m) {
  const { text, state, guess } = m, said = { queued: text.leave, running: text.cancel }[state] ?? (m.run ? text.again : text.train), own = !m.run || m.mine;
  const act = (what) => () => m.act(what), made = (label, what, kind) => button(label, "", label, act(what), { class: kind });
  const onward = own ? { diverged: ["clip", text.with_clipping], cancelled: ["continue", text.resume], failed: ["continue", text.resume] }[state] : null;
  const first = state === "diverged" && m.spec.clip ? null : onward;  // clipping is there already
  const main = made(said, m.busy() ? "cancel" : "train", `${first ? "plain" : "main"}${m.busy() ? " quiet" : ""}`);
  main.disabled = (state === "empty" && !guess.outcome && !guess.skipped) || (m.busy() && !own);
  return el("div", { class: "go" }, first && made(first[1], first[0], "main"), main,
    el("p", { class: "cost" }, fill(text.cost, { updates: whole(m.spec.steps), seconds: whole(m.seconds) })), state === "empty" && !guess.skipped ? made(text.skip, "skip", "plain skip") : null);
}
