// Where everything of the training map is. Across: updates; down: positions of the sequence. A run fills it, and moves nothing.

const NAME = 20, ROWS = 166, GAP = 8, SIDE = 272, FINDING = 28, BESIDE = 448, LOWEST = 70, STACKED = 700;  // at most so wide, and all stands below each other, as in frame.css
const TIGHT = 520, LEGEND = 26;  // in less width the legend stands below the map, so high
// Powers of ten at the ends of each strip, the same for every run of the chapter.
const STRIPS = { loss: { h: 88, low: -4, high: 1 }, norm: { h: 50, low: -2, high: 3 }, growth: { h: 40, low: -1, high: 1 } };
const HEAT = { low: -8, high: 0 };
const DASHES = ["", "7 4", "2 3", "9 3 2 3"];

/** The strips above each other, the map below them. `open`: room for the names of runs right of the picture; `rows`: how
 *  high the map is. */
function mapLayout({ width, updates, positions, open = false, rows = ROWS }) {
  const X = Math.max(280, width), narrow = X < 400, tight = X < TIGHT, axis = narrow ? 44 : 56, pad = open ? (narrow ? 68 : 80) : 10;
  const strips = {};
  let top = 0;
  for (const [name, strip] of Object.entries(STRIPS)) { strips[name] = { ...strip, y: top + NAME }; top += NAME + strip.h + GAP; }
  const mapY = top + NAME + 4, floor = mapY + rows, right = X - pad;
  const at = (update) => axis + ((right - axis) * update) / updates;
  const y = (name, power) => { const s = strips[name]; return s.y + s.h * (1 - (clamp(power, s.low, s.high) - s.low) / (s.high - s.low)); };
  return { X, narrow, tight, axis, pad, right, strips, mapY, floor, updates, positions, rows, row: rows / positions, height: floor + 26, at, y,
    bands: [...Object.values(strips).map((s) => [s.y, s.h]), [mapY, rows]], updateAt: (x) => clamp(((x - axis) / (right - axis)) * updates, 0, updates) };
}

/** Marks along the updates: so many that their numbers stand apart, which are larger on the stage. */
function marksOf({ updates, narrow }) {
  const least = updates / (narrow || staged() ? 3 : 6), power = 10 ** Math.floor(Math.log10(least)), every = [1, 2, 5, 10].map((k) => k * power).find((k) => k >= least);
  const marks = Array.from({ length: Math.floor(updates / every) + 1 }, (_, k) => k * every);
  return updates - marks.at(-1) > every * 0.6 ? [...marks, updates] : [...marks.slice(0, -1), updates];
}

/** Positions that have a number: the first, and each fifth of the way; where the rows are low, the middle and the last. */
const placesOf = ({ positions, rows }) => [...new Set([1, ...(rows < ROWS ? [0.5, 1] : [0.2, 0.4, 0.6, 0.8, 1]).map((share) => Math.max(1, Math.round(share * positions)))])];
