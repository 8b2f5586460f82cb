// Where the two directions and the characters are, and how tags make words. Pure.

const LANE = 50, BOX = 66, CUT = 80;  // px: a state, each unit one of them; a word; a boundary

function laneLayout({ count, width }) {
  const narrow = width < 640, left = narrow ? 30 : 150;
  const pitch = narrow ? Math.max(44, (width - left - 34) / count) : clamp((width - left - 44) / count, 52, 84);
  const fore = narrow ? 26 : 6, middle = fore + LANE + 21, back = middle + BOX + 24;
  return { narrow, left, pitch, fore, middle, back, cell: Math.min(36, pitch - 18), x: Array.from({ length: count }, (_, k) => left + pitch * (k + 0.5)),
    width: Math.max(width, left + pitch * count + 40), height: back + LANE + (narrow ? 30 : 19) };
}

/** "BES" → after how many characters a word ends; the end of all that was read is no decision. */
const endsOf = (tags) => [...tags].map((tag, k) => (k < tags.length - 1 && (tag === "E" || tag === "S" || "BS".includes(tags[k + 1])) ? k + 1 : 0)).filter(Boolean);
const spansOf = (tags) => { const ends = [0, ...endsOf(tags), tags.length]; return ends.slice(1).map((end, k) => [ends[k], end]); };

/** The stretches that two segmentations divide otherwise, between boundaries that both have. */
function changesOf(own, other) {
  const ends = spansOf(other).map(([, end]) => end), shared = spansOf(own).map(([, end]) => end).filter((end) => ends.includes(end)), found = [];
  let from = 0;
  for (const to of shared) {
    const [one, two] = [own, other].map((tags) => spansOf(tags).filter(([start]) => start >= from && start < to));
    if (one.length !== two.length || one.some(([start, end], k) => start !== two[k][0] || end !== two[k][1])) found.push({ from, to, own: one, other: two });
    from = to;
  }
  return found;
}
const inside = (changes, [from]) => changes.some((change) => from >= change.from && from < change.to);
