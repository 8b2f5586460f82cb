// Where everything of a heard sound is, and what is counted of it. Pure.

const WAVE = 34, AIR = 6, SECOND = 16;

/** Lanes from top to bottom: wave, frequencies, the network's rows, probability; one time axis for all. */
function speechLayout({ width, steps, tall }) {
  const narrow = width < 640, low = staged() && stageHeight() < 680, banded = low ? 32 : 46, tallest = low ? 48 : 84, left = narrow ? 74 : 150, pitch = (width - left - 8) / steps;
  const bands = WAVE + AIR, rows = bands + banded + AIR, curve = rows + tall + AIR;
  return { narrow, left, pitch, wide: pitch * steps, width, wave: 0, bands, rows, curve, banded, tallest, bottom: curve + tallest + 8, height: curve + tallest + SECOND + 8 };
}

/** A curve of so many steps as an SVG path of steps: each value holds for its 32 ms. */
const stairs = (values, y) => Array.from(values, (value, k) => `${k ? "L" : "M"}${k} ${y(value)}H${k + 1}`).join("");

/** Where a row of yes and no says yes: [from, to) of each stretch. */
function stretches(row) {
  const ends = row.flatMap((is, k) => (Boolean(is) !== Boolean(row[k - 1]) ? [k] : [])), all = ends.length % 2 ? [...ends, row.length] : ends;
  return all.flatMap((from, k) => (k % 2 ? [] : [[from, all[k + 1]]]));
}

/** Of a threshold: how many spoken steps are missed, and how many others are taken for speech; without the truth, how many are heard. */
function tally(values, spoken, threshold) {
  const said = Array.from(values, (value) => value >= threshold), count = (test) => said.filter((one, k) => test(one, spoken?.[k])).length;
  return { heard: count((one) => one), missed: spoken ? count((one, is) => !one && is) : 0, alarms: spoken ? count((one, is) => one && !is) : 0 };
}
