// The heatmaps: every quantity of the cell as one row of T × H pixels, on one time axis with one cursor.
// All rows are one picture, stretched over the sheet, and no canvas: that would be a layer of its own in every frame.

/** Widths of the time axis. Pure. */
const columnWidth = (widths, available) => Math.max(40, Math.min(160, Math.max(...widths)) + 12, available / widths.length);
const rowHeight = (units) => (units <= 8 ? 40 : units <= 16 ? 48 : 64);
/** The lines of pixels that lie between two rows: about 8 px. */
const linesBetween = (units) => Math.max(1, Math.round((8 * units) / rowHeight(units)));

/** Builds the rows, and returns what paints them. `order[k]` is the unit in the k-th line from the top. */
function sheet(root) {
  const part = (selector) => root.querySelector(selector);
  const [scroller, track] = [part(".scroller"), part(".track-area")];
  const [picture, cursor] = [part(".pixels"), part(".cursor")], canvas = document.createElement("canvas");
  let data, width = 0, column = 0, tokens = [], places = [], latest = null, built = "";

  const rowLabel = (key, row) => el("button", { type: "button", class: "label", "data-q": key, "aria-label": row.name, title: row.name }, el("span", {}, ...math(row.symbol)), el("span", { class: "long" }, row.name));

  function build(next) {
    data = next;
    places = Array(data.units);
    data.order.forEach((unit, line) => { places[unit] = line; });
    const names = data.shown.map((key) => [key, data.rows[key].symbol, data.rows[key].name]);
    const key = JSON.stringify([names, data.tokens, data.clamps.length && [data.clamps, data.units, data.order, data.text.held]]);
    if (key !== built) furnish();
    built = key;
    part(".legends").replaceChildren(...legends());
    root.style.setProperty("--row", `${rowHeight(data.units)}px`);
    root.style.setProperty("--between", `${(linesBetween(data.units) * rowHeight(data.units)) / data.units}px`);
    root.style.setProperty("--unit-height", 1 / data.units);
    column = 0;
  }

  /** What stays while the words and the names of the rows do: other numbers of other units only repaint it. */
  function furnish() {
    part(".labels").replaceChildren(el("div", { class: "corner" }), ...data.shown.map((key) => rowLabel(key, data.rows[key])));
    part(".readouts").replaceChildren(el("div", { class: "corner" }), ...data.shown.map((key) => el("div", { class: "readout", "data-q": key }, el("span", { class: "amount" }))));
    part(".rows").replaceChildren(...data.shown.map((key) => el("div", { class: "row", "data-q": key }, ...holds(key))));
    cursor.replaceChildren(...data.shown.map((_, k) => el("div", { class: "unit-mark", style: `--k: ${k}` })));
    tokens = data.tokens.map(({ text, gloss, known }, t) => el("button", { type: "button", tabindex: -1, "data-step": t + 1, class: known ? null : "unknown", title: text }, el("span", { lang: "ja" }, text), gloss ? el("small", {}, gloss) : null));
    part(".tokens").replaceChildren(...tokens);
    root.style.setProperty("--head", data.tokens.some(({ gloss }) => gloss) ? "54px" : "40px");
  }

  /** One legend for all quantities that share a scale, and the same words at its ends. */
  function legends() {
    const groups = new Map();
    for (const key of data.shown) {
      const row = data.rows[key], scale = [row.scale, row.low, row.high, row.ends].join();
      groups.set(scale, [...(groups.get(scale) ?? []), row]);
    }
    const gatesFirst = [...groups.values()].sort(([a], [b]) => Boolean(b.ends) - Boolean(a.ends));
    return gatesFirst.map((rows) => legend(rows.map((row) => row.symbol), { ...rows[0], beyond: rows.some((row) => row.beyond) }));
  }

  /** Hatched frames over what is held: one for each run of steps and lines. */
  function holds(key) {
    return data.clamps.filter((clamp) => clamp.key === key).flatMap((clamp) => {
      const steps = runs(clamp.steps ?? data.tokens.map((_, t) => t)), lines = runs((clamp.units ?? [...places.keys()]).map((unit) => places[unit]));
      return steps.flatMap(([from, to]) => lines.map(([top, bottom]) => el("div", { class: "hold", title: fill(data.text.held, { value: fixed(clamp.value) }),
        style: `left: calc(var(--column) * ${from}); width: calc(var(--column) * ${to - from}); top: ${(100 * top) / data.units}%; height: ${(100 * (bottom - top)) / data.units}%` })));
    });
  }

  /** The pixels, once per data, width of the scroller and theme. Returns whether there is room to draw at all. */
  function fit(scales, values, measure, room) {
    width = room;
    if (!width) return false;
    column = columnWidth(data.tokens.map(({ text, gloss }) => Math.max(measure(text, "700 15px"), gloss ? measure(gloss, "700 13px") : 0)), width);
    root.style.setProperty("--column", `${column}px`);
    track.style.width = `${column * data.tokens.length}px`;
    const [T, H] = [data.tokens.length, data.units], step = H + linesBetween(H), pixels = new ImageData(T, step * data.shown.length);
    const paints = new Uint32Array(pixels.data.buffer);
    data.shown.forEach((key, k) => {
      const row = data.rows[key], series = values[key];
      for (let line = 0; line < H; line++) for (let t = 0; t < T; t++) paints[(k * step + line) * T + t] = bytesOf(colorOf(scales, row, series[t * H + data.order[line]]));
    });
    [canvas.width, canvas.height] = [T, pixels.height];
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    show(canvas.toDataURL());
    return true;
  }

  /** The old picture stays until the new one can be shown. */
  function show(url) {
    const image = new Image();
    image.src = url;
    latest = image;
    image.decode().then(() => { if (latest === image) picture.style.backgroundImage = `url(${url})`; });
  }

  let current = null;
  function paint({ step, unit }) {
    current?.removeAttribute("aria-current");
    current = tokens[step - 1];
    current.setAttribute("aria-current", "true");
    track.style.setProperty("--cursor", `${(step - 1) * column}px`);
    track.style.setProperty("--place", unit < 0 ? 0 : places[unit] / data.units);
  }
  const scrolls = () => column * tokens.length > width + 1;
  /** Reads the layout, so it comes before anything is written. */
  const follow = ({ step }, glide) => { if (scrolls()) keepInView(scroller, (step - 2) * column, (step + 1) * column, { glide }); };

  const stepAt = (event) => clamp(Math.floor((event.clientX - track.getBoundingClientRect().left) / scaleOf(track) / column) + 1, 1, data.tokens.length);
  /** Which quantity, step and unit is under the pointer? */
  function under(event) {
    const row = event.target.closest?.(".row");
    if (!row) return null;
    const box = row.getBoundingClientRect(), line = clamp(Math.floor(((event.clientY - box.top) / box.height) * data.units), 0, data.units - 1);
    return { key: row.dataset.q, step: stepAt(event), unit: data.order[line] };
  }
  /** The unit that stands `by` lines below `unit`. */
  const neighbour = (unit, by) => data.order[clamp(unit < 0 ? (by > 0 ? 0 : data.units - 1) : places[unit] + by, 0, data.units - 1)];
  return { build, fit, scrolls, follow, paint, under, stepAt, neighbour, scroller };
}

/** [3, 4, 5, 9] → [[3, 6], [9, 10]] */
function runs(indices) {
  const found = [];
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    if (found.length && found.at(-1)[1] === index) found.at(-1)[1]++;
    else found.push([index, index + 1]);
  }
  return found;
}
