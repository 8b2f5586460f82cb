// Where the growing text stands: one column a token and one for what comes next. Pure.

const TOKEN = 44, GLOSS = 16;  // px: a token, its meaning
/** How wide is what stands beside the text: what is expected next. */
const panelWidth = () => (staged() ? 340 : 304);

/** `widths`: of the tokens as they are written; `glossed`: whether a meaning stands under any of them. */
function growingLayout({ widths, width, glossed, tracks }) {
  const narrow = width < 640, left = narrow ? 34 : 128, room = narrow ? width : width - panelWidth() - 32;
  const least = Math.max(narrow ? 30 : 26, ...widths), columns = widths.length + 1;
  const pitch = clamp((room - left - 8) / columns, least, Math.max(least, 72));
  const top = TOKEN + (glossed ? GLOSS : 0) + 10;
  return { narrow, left, pitch, top, room, width: Math.max(room, left + pitch * columns + 4), height: top + tracks + 6, x: (k) => left + pitch * k };
}
