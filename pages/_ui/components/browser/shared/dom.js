// Shared by all components, each of which imports what it mentions: there is no bundler.

/** Make an element. Text always goes in as a text node, so that what a reader types can never become markup. */
function el(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:") ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
const svg = (tag, attributes, ...children) => el("svg:" + tag, attributes, ...children);

/** Set an attribute only where it changed: most nodes of a drawing stay as they were from one step to the next. */
function put(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
/** A picture says what it shows, once it shows something: before that it is none. */
function nameImage(picture, said) {
  put(picture, "role", "img");
  put(picture, "aria-label", said);
}
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** "f_t⊙c_{t-1} + tanh(b)" → pieces { text, sub, font }: one-letter symbols ("math") with their subscripts, and what stands between. */
function pieces(markup) {
  return markup.split(/(⊙|(?<![A-Za-z])[A-Za-z](?![A-Za-z])(?:_(?:\{[^\x7d]*\}|\w+))?)/).filter(Boolean).map((piece) => {
    const [, letter, braced, plain] = piece.match(/^([A-Za-z])(?:_(?:\{(.*)\}|(\w+)))?$/) ?? [];
    if (letter) return { font: "math", markup: piece, text: letter, sub: (braced ?? plain ?? "").replace("-", "−") };
    return { font: piece === "⊙" ? "sign" : null, text: piece, sub: "" };  // as wide as a kanji in a Japanese font
  });
}

/** Symbols as HTML: letters in math italics, true subscripts (many fonts lack the glyph ₜ), functions upright. */
function math(markup) {
  return pieces(markup).map((piece) => {
    if (!piece.font) return piece.text;
    return el("span", { class: piece.font }, piece.text, piece.sub ? el("sub", {}, piece.sub) : null);
  });
}

/** Each of `meanings`, a sign where it occurs first, gets what it means as its name, which a pointer, a finger or the focus shows. */
function explainSigns(root, meanings) {
  for (const [sign, means] of Object.entries(meanings)) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const at = texts.currentNode.data.indexOf(sign);
      if (at < 0) continue;
      const found = texts.currentNode.splitText(at);
      found.splitText(sign.length);
      found.replaceWith(el("span", { class: "symbol", tabindex: "0", role: "img", "aria-label": means }, sign));
      break;
    }
  }
}

/** The same as SVG; the empty last part brings what follows back to the line. */
function mathSpans(markup) {
  let low = false;
  const spans = pieces(markup).flatMap(({ font, text, sub }) => {
    const base = svg("tspan", { class: font, dy: low ? "-0.2em" : null }, text);
    low = Boolean(sub);
    return sub ? [base, svg("tspan", { class: "math sub", dy: "0.28em" }, sub)] : [base];
  });
  return low ? [...spans, svg("tspan", { dy: "-0.2em" }, "\u200b")] : spans;
}

const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
const fixed = (x, digits = 2) => { const size = Math.abs(x).toFixed(digits); return (x < 0 && Number(size) !== 0 ? "−" : "") + size; };
const signedText = (x) => (Number(Math.abs(x).toFixed(2)) === 0 ? "0.00" : (x < 0 ? "−" : "+") + Math.abs(x).toFixed(2));
/** A share in whole hundredths, in which only nothing is 0 and only all is 100. */
const hundredths = (share) => { const said = (100 * share).toFixed(0); return said === "0" && share > 0 ? "<1" : said === "100" && share < 1 ? ">99" : said; };
/** A probability with so many decimals, likewise. */
const chance = (p, digits = 2) => { const said = p.toFixed(digits), least = 10 ** -digits; return Number(said) === 0 && p > 0 ? `<${least.toFixed(digits)}` : Number(said) === 1 && p < 1 ? `>${(1 - least).toFixed(digits)}` : said; };
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const floats = (base64) => new Float32Array(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer);
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Widths of text as this component sets it. */
function ruler(root) {
  const pen = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(root).fontFamily;
  return (text, font) => { pen.font = `${font.replace(/[\d.]+(?=px)/, sized)} ${family}`; return pen.measureText(text).width; };
}

/** `word` as far as it fits in `width`, then an ellipsis: a long word must not push the others out of the picture. */
function shorten(measure, word, width, font) {
  if (measure(word, font) <= width) return word;
  let end = word.length;
  while (end && measure(word.slice(0, end) + "…", font) > width) end--;
  return end ? word.slice(0, end) + "…" : "";
}

const ICONS = {
  back: "M11 1 3 7l8 6zM1 1h2v12H1z", next: "M3 1l8 6-8 6zM11 1h2v12h-2z", play: "M2 1l11 6-11 6z", pause: "M2 1h4v12H2zM8 1h4v12H8z",
  up: "M7 2l5 6H8.5v5h-3V8H2z", down: "M7 12L2 6h3.5V1h3v5H12z", lock: "M3 6V4.5a4 4 0 0 1 8 0V6h1v7H2V6zM5 6h4V4.5a2 2 0 0 0-4 0z",
};
const icon = (name) => svg("svg", { viewBox: "0 0 14 14", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));

function button(label, key, content, act, attributes = {}) {
  const made = el("button", { type: "button", "aria-label": label, title: key ? `${label} ${key}` : label, ...attributes }, content);
  made.onclick = act;
  return made;
}
