// A sound that came in 8 bits a sample becomes one that can be played.

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
