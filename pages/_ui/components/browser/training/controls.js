// A slider and a menu over given values.

/** A slider over given values. `plain`: how the value is shown. */
function slider({ name, values, value, show, change, disabled = false }) {
  const near = (one) => Math.abs(Math.log(Number(one) / Number(value))), found = values.findIndex((one) => Number(one) === Number(value));
  const at = found >= 0 ? found : values.reduce((best, one, k) => (near(one) < near(values[best]) ? k : best), 0), output = el("output", {}, show(value));
  const input = el("input", { type: "range", min: 0, max: values.length - 1, step: 1, value: at, disabled, "aria-label": name, "aria-valuetext": show(value) });
  const paint = () => input.style.setProperty("--at", `${(100 * input.value) / Math.max(1, values.length - 1)}%`);
  input.oninput = () => { const now = values[input.value]; output.textContent = show(now); put(input, "aria-valuetext", show(now)); paint(); };
  input.onchange = () => change(values[input.value]);  // of a drag: when it is let go
  paint();
  return el("label", { class: "slider" }, el("span", {}, name), output, input);
}

function choices(values, value, show, change, attributes = {}) {
  const made = el("select", attributes, ...values.map((one) => el("option", { value: one, selected: String(one) === String(value) }, show(one))));
  if (!values.some((one) => String(one) === String(value))) made.prepend(el("option", { value, selected: true }, show(value)));
  made.onchange = () => change(made.value);
  return made;
}
