// Where everything of the chain and of the tree is. Pure: counts and widths come in, coordinates go out.

const ROW = 58, CELL = 33;  // px from round to round, and of one state

/** Words are columns and rounds rows, in both; the tree stands beside the chain, on a phone below it. */
function scanLayout({ count, rounds, width, glossed }) {
  const stacked = width < 640, axis = stacked ? 50 : 56, between = stacked ? 0 : 64, top = glossed && !stacked ? 84 : 66;
  const pitch = Math.max(46, (stacked ? width - axis : (width - axis - between) / 2) / count), lane = pitch * count;
  const shift = stacked ? 0 : lane + between, down = stacked ? top + ROW * (count + 1) : 0, card = down + top + ROW * (rounds + 1) + 8;
  return { stacked, axis, pitch, lane, top, down, card, start: axis + shift, second: stacked ? axis / 2 - 4 : axis + shift - 34, whole: Math.max(top + ROW * (count + 1), card + 128), width: Math.max(width, axis + shift + lane),
    chain: (t) => axis + pitch * (t + 0.5), tree: (t) => axis + shift + pitch * (t + 0.5), y: (r) => top + ROW * r, deep: (r) => down + top + ROW * r };
}

/** From how many words on a state knows of in round r: 2^r, or all up to it. */
const joined = (r, t) => Math.min(t + 1, 2 ** r);
