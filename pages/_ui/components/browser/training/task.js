// A task in one small picture: a made-up example with its answer, or the last symbols of the one that is shown.

/** Numbers that look drawn by chance and are the same each time. */
function dice(seed) {
  let state = seed * 7919 + 13;
  const next = () => { state = (state * 16807) % 2147483647; return state / 2147483647; };
  for (let k = 0; k < 4; k++) next();
  return next;
}
const box = (k, said, on) => svg("g", { class: on ? "symbol on" : "symbol" }, svg("rect", { x: k * 24 + 1, y: 4, width: 22, height: 26, rx: 5 }), svg("text", { x: k * 24 + 12, y: 22, "text-anchor": "middle" }, said));
const under = (x, said) => svg("text", { class: "ask", x, y: 56, "text-anchor": "middle" }, said);
const LETTERS = "ABCDEFGH";
const letter = (random) => LETTERS[Math.floor(random() * LETTERS.length)];

const TASKS = {
  adding(random) {
    const values = Array.from({ length: 15 }, random), marked = [1 + Math.floor(random() * 6), 8 + Math.floor(random() * 6)], said = marked.map((k) => Math.max(0.2, values[k]).toFixed(2));
    const bars = values.map((value, k) => { const tall = 34 * (marked.includes(k) ? Math.max(0.2, value) : value); return svg("rect", { class: marked.includes(k) ? "bar on" : "bar", x: k * 16 + 2, y: 38 - Math.max(2, tall), width: 12, height: Math.max(2, tall), rx: 2 }); });
    return [...bars, svg("path", { class: "ground", d: "M0 38.5H240" }), svg("text", { class: "sum", x: 120, y: 57, "text-anchor": "middle" }, `${said[0]} + ${said[1]} = `, svg("tspan", { class: "strong" }, (Number(said[0]) + Number(said[1])).toFixed(2)))];
  },
  parity(random) {
    let odd = 0;
    return Array.from({ length: 10 }, (_, k) => { const bit = random() < 0.5 ? 1 : 0; odd ^= bit; return [box(k, bit, bit === 1), k === 9 ? under(k * 24 + 12, odd) : ""]; }).flat();
  },
  recall(random) {
    const first = letter(random);
    return [...Array.from({ length: 10 }, (_, k) => box(k, k ? "·" : first, k === 0)), under(228, first)];
  },
  copy(random) {
    const kept = Array.from({ length: 3 }, () => letter(random));
    return Array.from({ length: 10 }, (_, k) => [box(k, k < 3 ? kept[k] : k < 7 ? "·" : "?", k < 3), k > 6 ? under(k * 24 + 12, kept[k - 7]) : ""]).flat();
  },
  series() {
    const y = (k) => 20 - 14 * Math.sin(k * 0.7) * Math.cos(k * 0.23), points = Array.from({ length: 26 }, (_, k) => `${k * 8.6 + 4} ${y(k)}`);
    return [svg("path", { class: "wave", d: `M${points.join("L")}` }), svg("circle", { class: "bar on", cx: 26 * 8.6 + 4, cy: y(26), r: 5 }), under(222, "?")];
  },
  moving_digit(random) {
    const digit = Math.floor(random() * 10), places = [[10, 42], [22, 30], [34, 18], [38, 30]];
    return places.map(([x, y], k) => svg("g", { class: k === 3 ? "symbol on" : "symbol" }, svg("rect", { x: k * 58 + 8, y: 6, width: 48, height: 48, rx: 5 }), svg("text", { x: k * 58 + 8 + x, y: 6 + y, "text-anchor": "middle" }, k === 3 ? "?" : digit)));
  },
};

/** As many of an example's last symbols as there is room for, each as wide as it is long, and what is asked after them. */
function lastSymbols({ labels, marked, answer }) {
  const wide = (said) => 12 + 14 * [...said].length, shown = [];
  let left = 240;
  for (let at = labels.length - 1; at >= 0 && left >= wide(labels[at]); at--) { left -= wide(labels[at]); shown.unshift([left, at]); }
  const boxes = shown.map(([x, at]) => svg("g", { class: marked.includes(at) ? "symbol on" : "symbol", lang: "ja" }, svg("rect", { x: x + 1, y: 4, width: wide(labels[at]) - 2, height: 26, rx: 5 }), svg("text", { x: x + wide(labels[at]) / 2, y: 22, "text-anchor": "middle" }, labels[at])));
  return [...boxes, svg("text", { class: "ask", lang: "ja", x: 238, y: 56, "text-anchor": "end" }, answer)];
}
const pictureOf = (name, example) => TASKS[name] ?? (example.kind === "number" ? TASKS.series : () => lastSymbols(example));

function taskPicture(m) {
  const host = svg("svg", { class: "living", viewBox: "0 0 240 62" });
  nameImage(host, m.text.tasks[m.set.task].says);
  const show = () => host.replaceChildren(...pictureOf(m.set.task, m.example)(dice(m.shownExample)).filter(Boolean));
  m.nextExample = show;
  show();
  return host;
}
