// The player alone, for a page whose pictures are charts: they are drawn again when the reader rests.
// data: { id, serial, at: {step}, cell, tokens: [{text, gloss, known}], text: {every label},
//         follow: [{key, across}]: charts that mark the step, and the axis along which the mark moves }

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
