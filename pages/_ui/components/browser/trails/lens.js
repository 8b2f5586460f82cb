// One step under the lens: how it stretches each direction (up), and how much of the gradient lies along it (down).

/** The step back to word t, or the nearest one on the way there that was computed; 0 where there is none. */
function stepUnder(run, t, n) {
  for (let k = t; k < n; k++) if (!Number.isNaN(run.sigma[(k - 1) * run.columns])) return k;
  return 0;
}

function paintLens(root, g, run, cell, t, n, text) {
  const [glass, title, tells] = [".lens svg", ".lens .step", ".tells"].map((one) => root.querySelector(one)), width = g.narrow ? g.whole - 26 : SIDE - 48, high = g.narrow ? 190 : 132, base = Math.round(high * 0.6);
  for (const [name, value] of [["viewBox", `0 0 ${width} ${high}`], ["width", String(width)], ["height", String(high)]]) put(glass, name, value);
  const step = t === n ? 0 : stepUnder(run, t, n);
  if (!step) {
    write(title, text.lens_title);
    glass.replaceChildren(svg("rect", { class: "empty", x: 1, y: 6, width: width - 2, height: high - 10, rx: 6 }), svg("text", { class: "unknown", x: width / 2, y: high / 2 + 9, "text-anchor": "middle" }, n > 1 ? "?" : "–"));
    return write(tells, n > 1 ? text.lens_before : text.lens_none);
  }
  const { columns, units } = run, sigma = run.sigma.subarray((step - 1) * columns, step * columns), aim = run.aim.subarray((step - 1) * columns, step * columns), f = 10 ** stepOf(run, step);
  const state = (k) => (cell === "lstm" ? el("span", { class: "math" }, "(h, c)", el("sub", {}, String(k))) : el("span", {}, ...math(`h_${k}`)));
  title.replaceChildren(`${text.lens_step} `, el("span", { class: "math" }, "∂"), state(step + 1), el("span", { class: "math" }, " / ∂"), state(step));
  const limit = Math.max(1.5, Math.ceil(Math.max(sigma[0], f) * 2.1) / 2), up = (v) => base - (Math.min(v, limit) / limit) * (base - 18), deep = high - base - 18, parts = [], more = units > columns, w = width / (columns + (more ? 2 : 0));
  for (let k = 0; k < columns; k++) {
    const rest = more && k === columns - 1, place = { x: ((k + (rest ? 0.6 : 0)) * w + w * 0.12).toFixed(1), width: (w * (rest ? 2.2 : 0.76)).toFixed(1) };
    parts.push(svg("rect", { class: rest ? "bar rest" : "bar", ...place, y: up(sigma[k]), height: Math.max(0.8, base - up(sigma[k])) }),
      svg("rect", { class: "aim", ...place, y: up(sigma[k] * aim[k]), height: base - up(sigma[k] * aim[k]) }), svg("rect", { class: "aim", ...place, y: base + 2, height: Math.max(0.8, aim[k] * deep) }));
  }
  const one = up(1), now = up(f), close = Math.abs(now - one) < 16 ? " absent" : "";
  glass.replaceChildren(...parts, svg("path", { class: "axis", d: `M0 ${base + 1}H${width}` }), svg("path", { class: "unit", d: `M0 ${one}H${width}` }), svg("text", { class: `note halo${close}`, x: width, y: one - 4, "text-anchor": "end" }, "× 1"),
    svg("path", { class: "result", d: `M0 ${now}H${width}` }), svg("text", { class: "result-text", x: width, y: Math.max(14, now - 6), "text-anchor": "end" }, factorText(Math.log10(f))), svg("text", { class: "note halo", x: 0, y: 12 }, text.stretch), svg("text", { class: "note", x: 0, y: high - 2 }, text.aim));
  const last = more ? columns - 2 : columns - 1, even = sigma[last] > 0 && sigma[0] / sigma[last] < 1.02, bold = (said) => el("b", {}, said);
  const values = { most: fixed(sigma[0]), along: bold(aim[0] < 0.005 ? "< 0.01" : fixed(aim[0])), factor: bold(factorText(Math.log10(f))), gate: run.gate ? fixed(run.gate[step]) : "", rest: units - columns + 1 };
  const said = [even ? text.lens_even : text.lens_said, ...(run.gate ? [text.lens_gate] : []), ...(more ? [text.lens_rest] : [])];
  tells.replaceChildren(...said.flatMap((template, k) => [...(k ? [" "] : []), ...rich(template, values)]));
}
