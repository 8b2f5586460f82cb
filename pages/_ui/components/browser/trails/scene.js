// What stands still behind the way back: the words, the factor of each step, and the field of sizes.

const thick = (l, main, low) => (main ? 1 : 0.6) * (l >= 0 ? Math.min(34, 14 + 1.7 * l) : 3 + 11 * clamp(1 - l / low, 0, 1));
const lineOf = (xs, ls, g) => `M${xs.map((x, k) => `${x.toFixed(1)} ${g.y(ls[k]).toFixed(1)}`).join("L")}`;

/** A trail, thinner as less is left, down to `floor`. */
function ribbon(g, ls, main, floor) {
  const up = [], down = [], { xs, y } = g, last = xs.length - 1;
  for (let k = 0; k <= last; k++) {
    if (ls[k] < floor && (k === last || ls[k + 1] < floor)) continue;
    const a = Math.max(0, k - 1), b = Math.min(last, k + 1), slope = (y(ls[b]) - y(ls[a])) / (xs[b] - xs[a]), half = thick(Math.max(ls[k], floor), main, g.low) / 2, n = Math.hypot(1, slope);
    up.push([xs[k] - (slope / n) * half, y(ls[k]) + half / n]);
    down.push([xs[k] + (slope / n) * half, y(ls[k]) - half / n]);
  }
  return up.length < 2 ? "" : `M${[...up, ...down.reverse()].map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L")}Z`;
}

/** Grains where float32 would no longer see it: the deeper, the finer. Always the same ones. */
function dust(g, ls, main) {
  const grains = [], { xs, y } = g;
  let seed = 7;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let k = 0; k + 1 < xs.length; k++) {
    const [from, to] = [Math.max(ls[k], g.low), Math.max(ls[k + 1], g.low)], n = Math.max(1, Math.round(Math.hypot(xs[k + 1] - xs[k], y(to) - y(from)) / 4.2));
    for (let i = 0; i < n; i++) {
      const part = (i + 0.5) / n, l = from + (to - from) * part;
      if (l >= FLOAT32 || ls[k] === -Infinity) continue;
      const depth = clamp((FLOAT32 - l) / 22, 0, 1), r = (main ? 1 : 0.8) * (2.5 - 1.1 * depth) * (0.75 + 0.5 * chance());
      grains.push(svg("circle", { class: "grain", cx: (xs[k] + (xs[k + 1] - xs[k]) * part + (chance() - 0.5) * 4).toFixed(1), cy: (y(l) + (chance() - 0.5) * (main ? 8 : 4)).toFixed(1), r: r.toFixed(2) }));
    }
  }
  return grains;
}

function drawField(g, text) {
  const { x0, x1, y, top, low, every, narrow } = g, out = [], beside = x1 + (narrow ? 10 : 18);
  if (g.dusty) {
    const at = y(FLOAT32), note = narrow ? [] : [svg("text", { class: "note", x: x1, y: BOTTOM - 8, "text-anchor": "end" }, text.float)];
    out.push(svg("rect", { class: "dust-zone", x: x0 - 10, y: at, width: x1 - x0 + 20, height: BOTTOM - at }), svg("path", { class: "limit", d: `M${x0 - 10} ${at}H${x1 + 10}` }), ...note);
  }
  for (let l = Math.floor(top); l >= low; l--) {
    if (l % every) continue;
    const one = l === 0 ? " one" : "", said = l === 0 ? ["1"] : every === 1 && Math.abs(l) <= 2 ? [String(10 ** l)] : powerSpans(l);
    out.push(svg("path", { class: "grid" + one, d: `M${x0 - 10} ${y(l)}H${x1 + 10}` }), svg("text", { class: "tick" + one, x: beside, y: y(l) + 5 }, ...said));
  }
  if (!narrow) out.push(svg("text", { class: "note", x: 4, y: FIELD - 12 }, text.size), svg("text", { class: "note", x: 4, y: FIELD + 6 }, text.at_loss));
  return out;
}
const powerSpans = (l) => [svg("tspan", {}, "10"), svg("tspan", { dy: "-0.38em", class: "power" }, String(l).replace("-", "−"))];

/** The words, from the last to the first: each with its own plate where there is room, else a dot, and a plate that moves. */
function drawChain(g, words, text) {
  const { x, x0, x1, narrow, own } = g, n = words.length, every = n <= 30 ? 5 : n <= 60 ? 10 : 40, out = [svg("path", { class: "chain", d: `M${x0} ${CHAIN}H${x1}` })], went = svg("path", { class: "went" });
  if (!narrow) out.push(svg("text", { class: "note", x: 4, y: CHAIN + 5 }, text.words), svg("path", { class: "from-loss", d: `M${g.whole + 20} ${CHAIN}H${x1 + 40}` }), svg("path", { class: "from-loss-head", d: `M${x1 + 26} ${CHAIN}l14 -8v16z` }));
  out.push(went);
  const dots = [];
  for (let t = 1; t <= n && !own; t++) {
    const named = t === 1 || t === n || t % every === 0;
    if (n > 60 && !named && t % 4) continue;
    dots.push([t, svg("circle", { class: "dot", cx: x(t), cy: CHAIN, r: named ? 4 : n > 60 ? 1.4 : 2.8 })]);
    if (named && (t === n || t === 1 || n - t > every / 3)) out.push(svg("text", { class: "note", x: x(t), y: NUMBERS, "text-anchor": "middle" }, String(t)));
  }
  const wide = (word) => 22 * Math.min(6, [...word].length) + 20;
  const shown = (word) => ([...word].length > 6 ? `${[...word].slice(0, 5).join("")}…` : word);
  const plate = (t, now = "") => {
    const { text: word, gloss } = words[t - 1], node = svg("g", { class: `plate${now}` }, svg("rect", { x: -wide(word) / 2, y: -19, width: wide(word), height: 38, rx: 10 }), svg("text", { y: 7, "text-anchor": "middle", lang: "ja" }, shown(word)));
    if (own && gloss) node.append(svg("text", { class: "gloss", y: NUMBERS - CHAIN, "text-anchor": "middle" }, gloss));
    node.style.transform = `translate(${x(t)}px, ${CHAIN}px)`;
    return node;
  };
  const plates = (own ? words.map((_, k) => k + 1) : n > 1 ? [1, n] : [1]).map((t) => [t, plate(t)]), now = own ? null : plate(n, " now glide"), head = svg("path", { class: "arrow glide", d: "M-13 0L2 -9V9Z" });
  out.push(...dots.map(([, dot]) => dot), head, ...plates.map(([, node]) => node), ...(now ? [now] : []));
  return { nodes: out, paint(t) {
    const before = t === n, end = t === 1, width = wide(words[t - 1].text);
    put(went, "d", before ? "" : `M${x(n)} ${CHAIN}H${x(t)}`);
    dots.forEach(([k, dot]) => dot.classList.toggle("on", k >= t && !before));
    plates.forEach(([k, node]) => { node.classList.toggle("on", k >= t); node.classList.toggle("now", k === t); node.style.opacity = now && k !== t && Math.abs(x(k) - x(t)) < 56 ? 0 : 1; });
    if (now) {
      put(now.firstChild, "x", String(-width / 2));
      put(now.firstChild, "width", String(width));
      write(now.lastChild, shown(words[t - 1].text));
      now.style.transform = `translate(${x(t)}px, ${CHAIN}px)`;
      now.style.opacity = before || end ? 0 : 1;
    }
    head.classList.toggle("absent", before || end);
    head.style.transform = `translate(${x(t) - width / 2 - 5}px, ${CHAIN}px)`;
  } };
}

/** What each step multiplies the gradient by: up where it stretches, down where it shrinks. */
function drawFactors(g, run, words, text) {
  const { x, x0, x1, pitch, narrow } = g, n = words.length, own = g.own && pitch > 64, wide = clamp(pitch * 0.62, 1.4, own ? 18 : 12), out = narrow ? [] : [svg("text", { class: "note", x: 4, y: FACTORS + 5 }, text.factor)];
  out.push(svg("path", { class: "grid one", d: `M${x0 - 10} ${FACTORS}H${x1 + 10}` }), svg("text", { class: "tick one", x: x1 + (narrow ? 10 : 18), y: FACTORS + 5 }, "× 1"));
  const hops = [], times = own ? null : svg("text", { class: "times", "text-anchor": "end" });
  for (let t = n - 1; t >= 1; t--) {
    const f = stepOf(run, t), high = clamp(f, -1.6, 1.2) * 22, middle = (x(t) + x(t + 1)) / 2;
    const bar = svg("rect", { class: "factor", x: middle - wide / 2, y: high < 0 ? FACTORS : FACTORS - high, width: wide, height: Math.max(1.5, Math.abs(high)), rx: Math.min(2, wide / 3) });
    const said = own ? svg("text", { class: "times old", x: middle + 14, y: FACTORS + (high < 0 ? 20 : -6) }, factorText(f)) : null;
    hops.push([t, svg("g", { class: "hop" }, bar, said)]);
  }
  return { nodes: [...out, ...hops.map(([, node]) => node), ...(times ? [times] : [])], paint(t) {
    hops.forEach(([k, node]) => node.classList.toggle("on", k >= t));
    if (!times) return;
    const edge = t <= n * 0.13;
    write(times, t === n ? "" : factorText(stepOf(run, t)));
    put(times, "x", String(edge ? Math.max(x(t) + 84, x0 + 76) : x(t) - 4));
    put(times, "y", String(FACTORS + (edge ? -12 : 27)));
  } };
}
