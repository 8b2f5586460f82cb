// Where everything of a heard sound is, and how a sound that came in 8 bits becomes one that can be played. Pure.

const WAVE = 34, AIR = 6, SECOND = 16;

/** Lanes from top to bottom: wave, frequencies, the network's rows, probability; one time axis for all. */
function speechLayout({ width, steps, tall }) {
  const narrow = width < 640, low = staged() && stageHeight() < 680, banded = low ? 32 : 46, tallest = low ? 48 : 84, left = narrow ? 58 : 150, pitch = (width - left - 8) / steps;
  const bands = WAVE + AIR, rows = bands + banded + AIR, curve = rows + tall + AIR;
  return { narrow, left, pitch, wide: pitch * steps, width, wave: 0, bands, rows, curve, banded, tallest, bottom: curve + tallest + 8, height: curve + tallest + SECOND + 8 };
}

const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const signedBytes = (base64) => new Int8Array(bytes(base64).buffer);

/** A WAV file, 16 bits, of samples in µ-law's 8. */
function wavOf(coded, rate) {
  const file = new DataView(new ArrayBuffer(44 + 2 * coded.length));
  const text = (at, said) => [...said].forEach((sign, k) => file.setUint8(at + k, sign.charCodeAt(0)));
  [[0, "RIFF"], [8, "WAVEfmt "], [36, "data"]].forEach(([at, said]) => text(at, said));
  [[4, 36 + 2 * coded.length], [16, 16], [24, rate], [28, 2 * rate], [40, 2 * coded.length]].forEach(([at, value]) => file.setUint32(at, value, true));
  [[20, 1], [22, 1], [32, 2], [34, 16]].forEach(([at, value]) => file.setUint16(at, value, true));
  coded.forEach((code, k) => file.setInt16(44 + 2 * k, Math.round(32767 * Math.sign(code) * Math.expm1(Math.abs(code) / 127 * Math.log(256)) / 255), true));
  return new Blob([file.buffer], { type: "audio/wav" });
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
