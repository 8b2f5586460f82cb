// A sound that came in 8 bits a sample becomes one that can be played, and leads a drawing through its steps.

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

/** A `player` whose clock is a sound: at each frame the cursor is where the sound is, and the step is the one that is heard.
 *  begins: seconds where a step begins, stepAt: the step at a moment, cursor: stands at a moment, unheard: called where no sound may be played; the others as `player` takes them. */
function soundPlayer({ total, begins, stepAt, cursor, unheard, paint, ...others }) {
  const audio = new Audio(), inner = player({ total, paint, ...others });
  let url = "", frame = 0;
  const drop = () => { if (url) URL.revokeObjectURL(url); };

  function halt() {
    cancelAnimationFrame(frame);
    audio.pause();
    inner.state.playing = false;
  }
  function follow() {
    if (audio.paused) return;
    const moment = audio.currentTime, step = stepAt(moment);
    if (step !== inner.state.step || !inner.state.playing) {
      Object.assign(inner.state, { step, playing: true });
      paint(inner.state, "play");
    }
    cursor(moment);
    frame = requestAnimationFrame(follow);
  }
  audio.onended = () => { halt(); inner.go(total); };
  const self = {
    ...inner,
    load(coded, rate) {
      halt();
      drop();
      url = URL.createObjectURL(wavOf(signedBytes(coded), rate));
      audio.src = url;
    },
    go(to) { halt(); inner.go(to); audio.currentTime = begins(inner.state.step); },
    toggle() {
      if (!audio.paused) return self.go((step) => step);
      if (inner.state.step >= total()) inner.state.step = 1;
      audio.currentTime = begins(inner.state.step);
      audio.playbackRate = pace.now;
      audio.play().then(() => { frame = requestAnimationFrame(follow); }, unheard);
    },
    stop() { halt(); audio.removeAttribute("src"); drop(); inner.stop(); },
  };
  return self;
}
