// The path of a digit, drawn with a pointer or walked with the arrow keys: one place a frame, told once it is whole.
// data: { id, digit: base64 uint8 (its pixels), size: of the digit, side: of the frame, frames, path: two digits a frame, or "", text }

const FIELD = 224;  // px

function createPath(root, _report, tell) {
  const part = (selector) => root.querySelector(selector), field = part(".field"), light = part(".light");
  let data, digit, walked = [], traced = null;

  const places = () => data.side - data.size;  // the last place along each side
  const unit = () => FIELD / data.side;
  const inside = ([row, column]) => [clamp(row, 0, places()), clamp(column, 0, places())];
  const whole = () => walked.length === data.frames;
  /** The corner of a digit whose middle is under the pointer. */
  const under = (event) => {
    const box = field.getBoundingClientRect(), px = box.width / data.side;
    return [(event.clientY - box.top) / px - data.size / 2, (event.clientX - box.left) / px - data.size / 2];
  };

  /** A traced line as so many places, equally far apart along it. */
  function resampled(line) {
    const far = line.map(([row, column], k) => (k ? Math.hypot(row - line[k - 1][0], column - line[k - 1][1]) : 0)), along = far.reduce((all, one) => [...all, (all.at(-1) ?? 0) + one], []);
    return Array.from({ length: data.frames }, (_, k) => {
      const at = (along.at(-1) * k) / (data.frames - 1), next = Math.max(1, along.findIndex((one) => one >= at - 1e-9)), from = line[next - 1], to = line[next] ?? from;
      const share = far[next] ? clamp((at - along[next - 1]) / far[next], 0, 1) : 0;
      return inside([0, 1].map((axis) => Math.round(from[axis] + share * (to[axis] - from[axis]))));
    });
  }

  function paint() {
    const scales = readScales(root), pen = light.getContext("2d"), image = pen.createImageData(data.side, data.side), pixels = new Uint32Array(image.data.buffer), [row, column] = walked.at(-1) ?? [4, 4];
    pixels.fill(bytesOf(scales.size(0)));
    digit.forEach((value, k) => { pixels[(row + Math.floor(k / data.size)) * data.side + column + (k % data.size)] = bytesOf(scales.size(value / 255)); });
    pen.putImageData(image, 0, 0);
    const middle = ([r, c]) => [(c + data.size / 2) * unit(), (r + data.size / 2) * unit()], points = (traced ?? walked).map(middle);
    const trail = svg("path", { class: "trail", d: points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("") });
    field.querySelector("svg")?.remove();
    field.append(svg("svg", { width: FIELD, height: FIELD, "aria-hidden": "true" }, trail, ...(traced ? [] : walked.map(middle)).map(([x, y]) => svg("circle", { class: "stop", cx: x, cy: y, r: 3.5 }))));
    write(part(".count"), whole() ? fill(data.text.whole, { frames: data.frames }) : fill(data.text.count, { count: walked.length, frames: data.frames }));
    field.setAttribute("aria-label", `${data.text.field} ${part(".count").textContent}`);
    part(".buttons button").disabled = !walked.length;
  }
  function told() {
    paint();
    if (whole()) tell("path", { of: data.id, path: walked.flat().join(""), at: Date.now() });
  }
  function step(by) {
    const last = walked.at(-1) ?? [4, 4];
    if (whole()) walked = [last];
    walked.push(inside([last[0] + by[0], last[1] + by[1]]));
    told();
  }
  const clear = () => { walked = []; paint(); field.focus({ preventScroll: true }); };
  const WALK = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], " ": [0, 0] };
  field.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (WALK[event.key]) step(WALK[event.key]);
    else if (event.key === "Backspace") { walked.pop(); paint(); }
    else if (event.key === "Enter" && walked.length) { while (!whole()) walked.push(walked.at(-1)); told(); }
    else return;
    event.preventDefault();
  });
  field.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    field.setPointerCapture(event.pointerId);
    traced = [under(event)];
    walked = [inside(traced[0].map(Math.round))];
    paint();
  });
  field.addEventListener("pointermove", (event) => {
    if (!traced || traced.length > 2000) return;
    traced.push(under(event));
    walked = [inside(traced.at(-1).map(Math.round))];
    paint();
  });
  const end = () => {
    if (!traced) return;
    const line = traced;
    traced = null;
    if (line.length > 1) { walked = resampled(line); told(); } else paint();
  };
  field.addEventListener("pointerup", end);
  field.addEventListener("pointercancel", () => { traced = null; paint(); });

  function update(next) {
    const fresh = data?.path !== next.path, worded = data?.text.field !== next.text.field;
    data = next;
    digit = Uint8Array.from(atob(data.digit), (c) => c.charCodeAt(0));
    if (fresh) walked = Array.from({ length: data.path.length / 2 }, (_, k) => [Number(data.path[2 * k]), Number(data.path[2 * k + 1])]);
    write(part(".hint"), data.text.says);
    if (worded) part(".buttons").replaceChildren(button(data.text.clear, "", data.text.clear, clear, { class: "control" }));
    paint();
  }
  const stop = watch(root, () => data && paint());
  return { update, stop };
}

export default function (component) {
  return mount(component, createPath);
}
