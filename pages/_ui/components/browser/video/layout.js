// Where everything of a film strip is: one column a frame for the frames, the curve and the network's rows. Pure.

const NUMBER = 18, AIR = 5;

/** Lanes from top to bottom: numbers, frames as they came, as predicted, their difference, the surprise, the network's rows. */
function videoLayout({ width, steps, tall, room }) {
  const narrow = width < 640, left = narrow ? 62 : 132, pitch = (width - left - 8) / steps, least = 60, free = room - NUMBER - tall - 5 * AIR;
  const tile = Math.floor(clamp(Math.min(pitch - 3, (free - least) / 3), 14, 96)), curve = clamp(free - 3 * tile, least, 130);
  const row = (k) => NUMBER + k * (tile + AIR), surprise = row(3), rows = surprise + curve + AIR;
  return { narrow, left, pitch, tile, row, surprise, curve, rows, width, wide: pitch * steps, x: (step) => left + (step - 0.5) * pitch, height: rows + tall + AIR };
}

const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

/** One frame of side × side pixels as a canvas, its pixels coloured by `color(k)`. */
function frameOf(side, color) {
  const canvas = el("canvas", { class: "frame", width: side, height: side, "aria-hidden": "true" }), pen = canvas.getContext("2d");
  const image = pen.createImageData(side, side), pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < pixels.length; k += 1) pixels[k] = bytesOf(color(k));
  pen.putImageData(image, 0, 0);
  return canvas;
}
