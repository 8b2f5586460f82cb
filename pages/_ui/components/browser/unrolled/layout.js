// Where everything of the unrolled network is. Pure: widths come in, coordinates go out.

const LONGEST = 180, GUTTER = 84, GAP = 10, TOKEN_Y = 4, COLUMN_HEIGHT = 192, BESIDE = 456, ROW = 24, GUESSES = 4, CLOSE = 70;

/** On the stage it is what a screen leaves beside all else. */
const columnHeight = () => (staged() ? clamp(stageHeight() - BESIDE, 120, 240) : COLUMN_HEIGHT);

/** `cards` are the words as they are shown; `words`, `replyWidth` and `guessWidth` are measured widths, the latter two 0 for a network that says nothing; a column has one height whatever the number of units. */
function layout({ words, cards, glossed, units, width, replyWidth, guessWidth }) {
  const narrow = width < 640, tall = columnHeight();
  const least = Math.max(narrow ? 84 : 92, Math.max(...words) + 12);
  const pitch = clamp((width - GUTTER - replyWidth - 36) / words.length, least, Math.max(148, least));
  const tokenHeight = glossed ? 58 : 44;
  const panelY = glossed ? 60 : 58;  // below the columns: there stand a prediction and its meaning
  const top = TOKEN_Y + tokenHeight + 32, bottom = top + tall;
  const fits = GUTTER + pitch * words.length + replyWidth + 34 <= width;
  const cell = narrow || !fits || (staged() && pitch < 110) ? 36 : 44;
  const columns = words.map((word) => fits || narrow ? pitch : Math.max(CLOSE, word + 12));  // on a desk, where columns of one width don't fit, each has its own
  const edges = columns.reduce((found, column) => [...found, found.at(-1) + column], [GUTTER]);
  const x = columns.map((column, t) => edges[t] + column / 2);
  const end = edges.at(-1);
  return { words, cards, pitch, columns, edges, cell, x, top, bottom, tokenHeight, tall, end, middle: top + tall / 2, unit: tall / units, gap: units <= 16 ? 1 : 0,
    panelWidth: clamp(guessWidth + 14 + 12 + 144, 248, Math.max(248, Math.min(460, width - 8))), panelY: bottom + panelY, width: Math.max(width, end + replyWidth + 34), height: bottom + panelY + (guessWidth ? ROW * GUESSES + 40 : 0) };
}

/** The panel sits under its column but inside the view; its stem still points at the column. */
const panelX = (g, t, viewLeft, viewWidth) => {
  const inset = clamp((viewWidth - g.panelWidth) / 2, 4, 32);
  return clamp(g.x[t] - g.panelWidth / 2, viewLeft + inset, Math.max(viewLeft + inset, viewLeft + viewWidth - g.panelWidth - inset));
};

/** The step in whose column x is, or the nearest one. */
const stepAtX = (g, x) => clamp(g.edges.filter((edge) => edge <= x).length, 1, g.x.length);
