// Where the claims are: those that are not judged yet in two columns, the others on three piles. Pure: counts and sizes come in, coordinates go out.

/** `verdicts`: of each claim the pile on which it comes. Where there is little room, what is not judged yet is out of sight. */
function sortingLayout({ verdicts, piles, width, height }) {
  const narrow = width < 620, gap = narrow ? 6 : 12, axis = narrow ? 26 : 92, head = 30, total = verdicts.length;
  const counts = piles.map((_, pile) => verdicts.filter((one) => one === pile).length), rows = Math.max(...counts, Math.ceil(total / 2)), row = (height - head) / rows;
  const queue = narrow ? 0 : 2, wide = (width - axis - gap * (queue + piles.length - 1)) / (queue + piles.length);
  const column = (k) => (k < queue ? k * (wide + gap) : queue * (wide + gap) - (queue ? gap : 0) + axis + (k - queue) * (wide + gap));
  const place = verdicts.map((pile, k) => verdicts.slice(0, k).filter((one) => one === pile).length);
  const floor = head + rows * row;
  return {
    narrow, wide, row, head, height, floor, rows, axis: column(queue) - 8,
    heading: (pile) => column(queue + pile),
    /** The top of `count` claims on a pile. */
    top: (count) => floor - count * row,
    waiting: (k) => (narrow ? { x: column(k % piles.length), y: head + Math.floor(k / piles.length) * row } : { x: column(k % 2), y: head + Math.floor(k / 2) * row }),
    judged: (k) => ({ x: column(queue + verdicts[k]), y: floor - (place[k] + 1) * row }),
  };
}
