// The signal on its way back: the three trails, what the weights' gradient adds up to, and the reader's guess.

/** Trails of all cells, the chosen one in front; what has not been reached is hidden. */
function drawTrails(g, { cells, names, runs, focus, former, cuts, text }) {
  const { xs, x, x1, y } = g, gone = svg("rect", { class: "glide", x: 0, y: -40, width: x1 - g.x0 + 14, height: BOTTOM + 80 }), trails = {}, nodes = [];
  const field = { "clip-path": "url(#kioku-field)" };
  nodes.push(svg("defs", {}, svg("clipPath", { id: "kioku-gone" }, gone), svg("clipPath", { id: "kioku-field" }, svg("rect", { x: g.x0 - 12, y: FIELD - 20, width: x1 - g.x0 + 30, height: BOTTOM - FIELD + 30 })),
    svg("pattern", { id: "kioku-hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("rect", { class: "hatch", width: 2, height: 7 }))));
  if (former) {
    nodes.push(svg("g", { class: "former" }, svg("path", { class: "ghost", d: lineOf(xs, former, g), ...field }), svg("text", { class: "tag grey", x: g.x0 + 6, y: clamp(y(former[0]) + 22, FIELD + 14, BOTTOM - 6) }, text.former)));
  }
  const uncut = svg("path", { class: "ghost", d: lineOf(xs, runs[focus].left, g), ...field });
  nodes.push(uncut);
  for (const cell of [...cells.filter((one) => one !== focus), focus]) {
    const run = runs[cell], main = cell === focus, floor = g.dusty ? FLOAT32 : -Infinity, road = main && run.road;
    const lines = road ? ["case", "road"].map((name) => svg("path", { class: name, d: lineOf(xs, run.road, g) })) : [];
    const shown = svg("g", { "clip-path": "url(#kioku-gone)" }, svg("path", { class: "ribbon", d: xs.length > 1 ? ribbon(g, run.left, main, floor) : "" }), ...(g.dusty ? dust(g, run.left, main) : []), ...lines), head = svg("circle", { class: "head glide" });
    const tag = (name) => svg("text", { class: `tag glide ${name}`, "text-anchor": "end", "data-cell": cell });
    trails[cell] = { run, head, group: svg("g", { class: "trail", "data-cell": cell }, shown, head), tag: tag(main ? "main" : ""), roadTag: road ? tag("road-tag") : null };
    nodes.push(svg("g", field, trails[cell].group));
  }
  const pulse = svg("circle", { class: "pulse", r: 16, cx: x1, cy: y(0), style: `transform-origin: ${x1}px ${y(0)}px` }), tags = cells.flatMap((cell) => [trails[cell].tag, trails[cell].roadTag]).filter(Boolean);
  return { nodes: [...nodes, svg("g", { class: "go" }, pulse)], tags, paint(t, cause, gauged) {
    const n = xs.length, before = n > 1 && t === n, cut = (cell) => (t === 1 ? cuts[cell] : 0), ends = cells.map((cell) => runs[cell].left[t - 1] + cut(cell)), main = trails[focus];
    gone.style.transform = `translateX(${x(t)}px)`;
    uncut.classList.toggle("absent", !cut(focus));
    const roadEnd = main.roadTag ? runs[focus].road[t - 1] + cut(focus) : null, heights = apart([...ends, ...(roadEnd === null ? [] : [roadEnd])].map(y), 22, FIELD + 26, BOTTOM - 2);
    cells.forEach((cell, k) => {
      const { run, group, head, tag, roadTag } = trails[cell], deep = g.dusty && run.left[t - 1] < FLOAT32, r = (cell === focus ? 9 : 6.5) - (deep ? 2.5 : 0) + clamp((run.left[t - 1] - 2) / 2, 0, 5);
      const span = (BOTTOM - FIELD) / (g.top - g.low), down = -cut(cell) * span;
      group.style.transform = down ? `translateY(${down}px)` : "";
      put(head, "class", `head glide${deep ? " small" : ""}${before && cell !== focus ? " absent" : ""}`);
      put(head, "r", String(r));
      head.style.transform = `translate(${x(t)}px, ${y(run.left[t - 1])}px)`;
      tag.replaceChildren(...(before ? [] : [svg("tspan", {}, `${names[cell]} `), ...sizeSpans(ends[k])]));
      tag.style.transform = `translate(${x(t) - r - 7}px, ${heights[k] + 6}px)`;
      if (!roadTag) return;
      write(roadTag, before || g.narrow || gauged ? "" : text.road);
      roadTag.style.transform = `translate(${x(t) - 16}px, ${heights.at(-1) + 5}px)`;
    });
    pulse.parentNode.classList.toggle("on", cause === "play" && t >= n - 1);
  } };
}

/** What ∂L/∂W adds up to, on the axis of the sizes, and the threshold that it is cut to. */
function drawGauge(g, run, threshold, text) {
  const left = g.narrow ? 0 : 2, wide = g.narrow ? 10 : 22, top = FIELD + 12, bar = svg("rect", { class: "gauge", x: left, width: wide, rx: 3 }), cut = svg("rect", { class: "cut", x: left, width: wide }), ceiling = svg("path", { class: "ceiling" });
  const label = svg("text", { class: "gauge-text", x: left + wide + 8, y: FIELD + 26 }), limit = svg("text", { class: "gauge-text", x: left + wide + 10 });
  return { nodes: [svg("rect", { class: "gauge-frame", x: left, y: top, width: wide, height: BOTTOM - top, rx: 3 }), bar, cut, ceiling, limit, label], paint(t) {
    const end = t === 1 && run.total !== null, high = end ? clamp(g.y(run.total + run.cut), top, BOTTOM) : BOTTOM, at = run.threshold === null ? null : clamp(g.y(run.threshold), top, BOTTOM), over = end && run.cut < 0;
    put(bar, "y", String(high));
    put(bar, "height", String(BOTTOM - high));
    put(ceiling, "d", at === null ? "" : `M${left - 6} ${at}h${wide + 12}`);
    cut.classList.toggle("absent", !over);
    if (over) { const from = clamp(g.y(run.total), top, BOTTOM); put(cut, "y", String(from)); put(cut, "height", String(Math.max(0, at - from - 2))); }
    label.replaceChildren(...(end ? [svg("tspan", {}, `${text.norm} `), ...sizeSpans(Math.log10(run.norm))] : []));
    put(limit, "y", String((at ?? 0) + 5));
    write(limit, at === null ? "" : fill(text.threshold, { value: threshold }));
  } };
}

/** The guess: rings to move up and down, the line through them, and a bracket from its end to what came out. */
function drawGuess(g, { words, rings, name, unit, text, draft, changed }) {
  const { x0, x1, y, top, low, narrow } = g, n = words.length, middle = (x0 + x1) / 2, hit = svg("rect", { class: "field-hit", x: x0 - 14, y: FIELD - 10, width: x1 - x0 + 28, height: BOTTOM - FIELD + 16 });
  const line = svg("path", { class: "guess" }), tag = svg("text", { class: "tag grey" }, text.guess), bracket = svg("path", { class: "bracket" }), gap = svg("text", { class: "bracket-text" });
  const across = (k, count) => x0 + ((x1 - x0) * k) / count, asked = [svg("text", { class: "ask", x: middle, "text-anchor": "middle" }, fill(text.ask, { cell: name })), svg("text", { class: "ask-how", x: middle, "text-anchor": "middle" }, text.how)];
  const under = Math.max(y(0) + 76, (FIELD + BOTTOM) / 2 + 16), said = Math.min(under, BOTTOM - 46);
  asked.forEach((node, k) => put(node, "y", String(said + 26 * k)));
  const set = (k, value) => { const values = draft(true); values[k] = clamp(Math.round(value / unit) * unit, low, top); changed(); };
  const handles = rings.map((word, k) => {
    const node = svg("g", { class: "ring", tabindex: 0, role: "slider", "aria-orientation": "vertical", "aria-valuemin": low, "aria-valuemax": top, "aria-label": fill(text.ring, { step: word + 1, word: words[word].text }) },
      svg("circle", { r: 10 }), svg("path", { class: "ways", d: "M-6 -17L0 -25L6 -17ZM-6 17L0 25L6 17Z" }), svg("circle", { class: "grab", r: 22 }));
    node.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key], to = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) set(k, (draft(false)[k] ?? 0) + by * unit); else if (to) handles[k + to]?.focus(); else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return node;
  });
  const pull = (event) => {
    const box = hit.getBoundingClientRect(), px = x0 - 14 + ((event.clientX - box.left) * (x1 - x0 + 28)) / box.width, py = FIELD - 10 + ((event.clientY - box.top) * (BOTTOM - FIELD + 16)) / box.height;
    const k = rings.reduce((best, _, i) => (Math.abs(across(i, rings.length) - px) < Math.abs(across(best, rings.length) - px) ? i : best), 0);
    set(k, top - ((py - FIELD) * (top - low)) / (BOTTOM - FIELD));
  };
  let open = false;
  const down = (event) => { if (open && event.button === 0) { hit.setPointerCapture(event.pointerId); pull(event); } };
  [hit, ...handles].forEach((node) => node.addEventListener("pointerdown", down));
  hit.addEventListener("pointermove", (event) => { if (open && event.buttons && hit.hasPointerCapture(event.pointerId)) pull(event); });
  return { under: [line, ...asked, tag], over: [bracket, gap, hit, ...handles], paint(t, asking, real) {
    open = asking;
    const values = draft(false), drawn = values.length > 0, shown = drawn ? values : rings.map(() => 0), end = drawn && !asking && t === 1;
    put(line, "d", asking || drawn ? `M${[...shown, 0].map((value, k) => `${across(k, shown.length).toFixed(1)} ${y(value).toFixed(1)}`).join("L")}` : "");
    put(line, "class", drawn ? "guess" : "guess open");
    asked.forEach((node) => node.classList.toggle("absent", narrow || !asking || drawn));
    hit.classList.toggle("absent", !asking);
    handles.forEach((node, k) => {
      node.classList.toggle("absent", !asking);
      put(node, "transform", `translate(${across(k, rings.length)} ${y(shown[k] ?? 0)})`);
      put(node, "aria-valuenow", String(shown[k] ?? 0));
      put(node, "aria-valuetext", fill(text.ring_value, { value: sizeSaid(shown[k] ?? 0) }));
    });
    put(tag, "x", String(across(0, 1) + 26));
    put(tag, "y", String(Math.min(y(shown[0]) + 18, BOTTOM - 4)));
    const [one, other] = [y(shown[0]), y(real)], far = end && Math.abs(other - one) > 14;
    tag.classList.toggle("absent", !drawn || (far && Math.abs(other - one) < 60));  // the bracket's own words are there
    put(bracket, "d", far ? `M${x0 + 8} ${one}H${x0 + 18}V${other}H${x0 + 8}` : "");
    write(gap, far ? fill(text.apart, { decades: decadesText(shown[0], real, low) }) : "");
    put(gap, "x", String(x0 + 26));
    put(gap, "y", String((one + other) / 2 + 6));
  } };
}
/** How many powers of ten a guess is off; a size below the axis is as low as that at least. */
function decadesText(guess, real, low) {
  const off = Math.abs(guess - Math.max(real, low)), said = off < 9.5 ? fixed(off, 1).replace(/\.0$/, "") : off.toFixed(0);
  return real < low ? `> ${said}` : said;
}
