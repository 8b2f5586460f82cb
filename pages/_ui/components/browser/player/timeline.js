// The player alone, for a page whose pictures are charts: they are drawn again when the reader rests.
// data: { id, serial, at: {step}, cell, tokens: [{text, gloss, known}], text: {every label},
//         follow: [{key, across}]: charts that mark the step, and the axis along which the mark moves }

// Until the page runs again, the marks are moved as they are drawn: one frame for all charts, no new drawing.
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

function createTimeline(root, report) {
  let data, bar, text = "";
  function paint(state, cause) {
    const token = data.tokens[state.step - 1].text, total = data.tokens.length;
    bar(state, total, token);
    moveMarks(data.follow, state.step);
    if (cause === "user" && !state.playing) write(root.querySelector(".live"), `${fill(data.text.step, { step: state.step, total })}, ${token}`);
  }
  const play = player({ total: () => data.tokens.length, paint, report: ({ step }) => report({ of: data.id, step }) });
  keys(root, play);

  function update(next) {
    const moved = data?.id !== next.id || data.serial !== next.serial;
    data = next;
    root.dataset.cell = data.cell;
    if (text !== data.text.scrub) bar = transport(root.querySelector(".transport"), data.text, play, "←→");
    text = data.text.scrub;
    if (moved) play.place({ step: data.at.step });
    paint(play.state, "data");
  }
  return { update, stop: play.stop };
}

export default function (component) {
  return mount(component, createTimeline);
}
