// A month of the test year, day by day: what was measured, the fan for the days to come, what came, and the states from which the fan is read.
// data: { id, serial, at: {step}, cell, dates: [a day each], unit, digits, low, high: of the axis, before: days before the first today, count: of todays, ahead: K,
//         values: every day, fan (count × K × Q), whole: {values, checked, tested, first: the first today in it}: base64 float32,
//         units, strips: [{symbol, name, scale, low, high, ends, values (days × units)}], text }

function createForecast(root, report) {
  const part = (selector) => root.querySelector(selector), [board, stage] = [part(".board"), part(".stage")];
  let data, g, bar, values = [], fan = [], moving = {}, zoom = 1, drawn = "";

  const total = () => data.count;
  const today = () => data.before + play.state.step - 1;
  /** One number of the fan: today's, so many days ahead, of this quantile. */
  const said = (ahead, q) => fan[((play.state.step - 1) * data.ahead + ahead - 1) * data.quantiles + q];

  function draw() {
    const { scales, widths: [width] } = page.now(), key = [width, scales.signed(0), staged()].join();
    if (!width || key === drawn) return;
    drawn = key;
    zoom = width < 640 ? 1 : clamp(width / 1104, 1, 1.6);  // a projector gets a larger picture, not a wider one
    g = forecastLayout({ days: data.dates.length, strips: data.strips.length, width: width / zoom, low: data.low, high: data.high });
    moving = {
      wide: svg("path", { class: "fan wide" }), narrow: svg("path", { class: "fan" }), middle: svg("path", { class: "middle" }), past: svg("path", { class: "curve" }),
      cursor: svg("path", { class: "today" }), dots: Array.from({ length: data.ahead }, () => svg("circle", { r: g.narrow ? 3.5 : 5 })), veil: svg("rect", { class: "unread" }), point: svg("circle", { class: "now", r: 6 }),
    };
    const { wide, narrow, middle, past, cursor, dots, veil, point } = moving;
    const picture = svg("svg", { width: g.width, height: g.height, "aria-hidden": "true" }, ...drawParts(g, data), ...drawCurve(g, data, values),
      ...data.strips.flatMap((strip, n) => drawStrip(strip, n, g, data, scales)), veil, wide, narrow, past, middle, ...dots, cursor, point);
    board.setAttribute("style", `width: ${g.width}px; height: ${g.height}px; zoom: ${zoom}`);
    board.replaceChildren(picture);
    const sample = (name, text) => [el("i", { class: name, "aria-hidden": "true" }), `${text} `], { text } = data;
    part(".key").replaceChildren(...sample("s-curve", text.measured), ...sample("s-middle", text.middle), ...sample("s-narrow", text.half), ...sample("s-wide", text.most), ...sample("s-dot", text.came), ...sample("s-out", text.outside));
  }

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!g) return;
    const at = today(), now = values[at], days = Array.from({ length: data.ahead }, (_, k) => k + 1), last = data.quantiles - 1;
    const along = (q) => [[g.x(at), g.y(now)], ...days.map((k) => [g.x(at + k), g.y(said(k, q))])];
    const area = (low, high) => `${line([...along(high), ...along(low).reverse()])}Z`;
    put(moving.wide, "d", area(0, last));
    put(moving.narrow, "d", area(1, last - 1));
    put(moving.middle, "d", line(along(last / 2)));
    put(moving.past, "d", line(values.slice(0, at + 1).map((value, k) => [g.x(k), g.y(value)])));
    put(moving.cursor, "d", `M${g.x(at)} ${g.top - 4}V${g.height}`);
    put(moving.point, "cx", String(g.x(at)));
    put(moving.point, "cy", String(g.y(now)));
    const out = (k) => values[at + k] < said(k, 0) || values[at + k] > said(k, last);
    moving.dots.forEach((dot, k) => {
      put(dot, "cx", String(g.x(at + k + 1)));
      put(dot, "cy", String(g.y(values[at + k + 1])));
      put(dot, "class", out(k + 1) ? "came out" : "came");
    });
    const from = g.x(at) + g.pitch / 2;
    for (const [name, value] of Object.entries({ x: from, y: g.first - 1, width: Math.max(0, g.end - from), height: g.height - g.first })) put(moving.veil, name, String(value));
    const line1 = sentence(1, out(1)), seven = sentence(data.ahead, out(data.ahead));
    write(part(".finding"), `${line1} ${seven}`);
    stage.setAttribute("aria-label", `${data.text.title}. ${data.dates[at]}. ${line1} ${seven}`);
    bar(state, total(), data.dates[at]);
  }

  function sentence(k, out) {
    const at = today(), number = (value) => amount(value, data.digits);
    return fill(k === 1 ? data.text.next_day : data.text.later, { days: k, middle: number(said(k, (data.quantiles - 1) / 2)), low: number(said(k, 0)), high: number(said(k, data.quantiles - 1)), came: number(values[at + k]), unit: data.unit, where: out ? data.text.was_outside : data.text.was_inside });
  }

  const play = player({ total, paint, report: (state) => report({ of: data.id, step: state.step }) });
  const dayAt = (event) => {
    const box = board.getBoundingClientRect(), x = (event.clientX - box.left) / (box.width / g.width);
    return Math.floor((x - g.left) / g.pitch);
  };
  keys(root, play);
  scrub(stage, play, (event) => clamp(dayAt(event) - data.before + 1, 1, total()));
  stage.addEventListener("click", (event) => play.go(() => clamp(dayAt(event) - data.before + 1, 1, total())));
  tooltip(root, stage, (event) => {
    const box = board.getBoundingClientRect(), y = (event.clientY - box.top) / (box.height / g.height), day = dayAt(event);
    if (day < 0 || day >= data.dates.length || y < g.top) return null;
    if (y < g.first) return [`${data.dates[day]}: ${amount(values[day], data.digits)} ${data.unit}`];
    const n = Math.floor((y - g.first) / (g.strip + SPACE)), strip = data.strips[n], unit = Math.floor(((y - g.row(n)) / g.strip) * data.units);
    if (!strip || unit >= data.units || day > today()) return null;
    return [fill(data.text.value, { name: strip.name, unit: unit + 1, value: signedText(floats(strip.values)[day * data.units + unit]) })];
  });

  function update(next) {
    const { moved, worded } = news(data, next);
    data = next;
    [values, fan] = [Array.from(floats(data.values)), floats(data.fan)];
    if (worded) bar = transport(part(".transport"), data.text, play, "");
    play.place(moved ? { step: data.at.step } : {});
    drawn = "";
    put(root, "data-cell", data.cell);
    paint(play.state, "data");
  }
  const page = surroundings(root, [stage], () => paint(play.state, "data"));
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createForecast);
}
