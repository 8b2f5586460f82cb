// The charts of a page that mark the step: until the page runs again, their marks are moved as they are drawn.

/** One frame for all charts, no new drawing. `charts`: [{ key, across }], and the axis along which each mark moves. */
function moveMarks(charts, step) {
  for (const { key, across } of charts) {
    const chart = document.querySelector(`.st-key-chart_${key} .js-plotly-plot`);
    const shapes = chart?.layout?.shapes ?? [], index = shapes.findIndex((shape) => shape.name === "cursor");
    const mark = chart?.querySelector(`.shapelayer path[data-index="${index}"]`);
    const axis = chart?._fullLayout?.[`${across}axis`];
    if (!mark || !axis?.l2p) continue;
    const drawn = shapes[index], middle = (drawn[`${across}0`] + drawn[`${across}1`]) / 2;
    mark.style.transform = `translate${across.toUpperCase()}(${axis.l2p(step) - axis.l2p(middle)}px)`;
  }
}
