// Where a melody stands: a row a pitch, a column a sixteenth, and under the notes the network's rows on the same axis. Pure.

const LENGTH = 26, AIR = 6, NEXT = 96;  // px: the lane of the next note's length, between two lanes, and the longest bar of a pitch

/** `pitches`: rows; `columns`: sixteenths of all notes; `longest`: of a note that may follow, in sixteenths. */
function melodyLayout({ width, pitches, columns, longest, tall }) {
  const narrow = width < 640, left = narrow ? 46 : 150, low = staged() && stageHeight() < 680, row = narrow ? 7 : low ? 5 : 6;
  const room = width - left - 8, wide = Math.max(room, staged() ? 0 : (columns + longest) * 3.2), pitch = wide / (columns + longest);
  const lane = Math.round(pitches * row) + AIR, rows = lane + LENGTH + AIR;
  return { narrow, left, row, pitch, lane, rows, next: Math.min(NEXT, longest * pitch), width: left + wide + 4, height: rows + tall + 6, x: (column) => left + column * pitch, y: (k) => (pitches - 1 - k) * row };
}

/** The step (1-based) of the note that sounds at a column; `begins` has the first column of each note, and where the last ends. */
const noteAt = (begins, column) => clamp(begins.findIndex((at) => at > column), 1, begins.length - 1) || 1;
