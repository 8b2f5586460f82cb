// Runs over each other: which, and where the cursor stands.
// data: { id, runs: [{ id, spec, every, name, own: the settings that tell it apart }], stored: [{ id, cell, name }] that can be laid over them, task: { baseline, goal }, text }
// The runs' own numbers come from /live/<run>, see live.js.

function createComparison(root, report, tell) {
  root.classList.add("compared");
  const part = (selector) => root.querySelector(selector);
  const m = { root, part, picture: part(".strips"), canvas: part(".heat"), over: part(".over"), zoom: 1, runs: [], stored: [], through: "h" };
  let data, bar, drawn = "", serial = 0, asked = [], pinned = false;

  m.scales = () => page.now().scales;
  m.overlay = (runs) => tell("overlay", { of: data.id, runs });
  m.open = (run) => tell("open", { of: data.id, run, press: ++serial });
  const longest = () => m.runs.reduce((one, other) => (other.spec.steps > one.spec.steps ? other : one), m.runs[0]);
  const stops = () => (longest()?.snapshots ?? []).map((one) => one.update);
  const ready = () => Math.max(1, stops().length), counted = () => m.runs.some((run) => run.count);
  m.update = () => stops()[play.state.step - 1] ?? 0;

  function measure() {
    m.zoom = clamp(page.now().widths[0] / 1120, 1, 1.56);
    m.stacked = page.now().widths[0] <= STACKED;
    part(".room").style.setProperty("--zoom", m.zoom.toFixed(3));
    const first = longest()?.spec;
    m.g = mapLayout({ width: part(".plot").clientWidth, updates: first?.steps ?? 1200, positions: first?.length ?? 50, open: true });
    root.classList.toggle("narrow", m.g.narrow);
    const tall = m.g.height + (m.g.tight ? LEGEND : 0);
    for (const [name, value] of Object.entries({ width: m.g.X, height: tall, viewBox: `0 0 ${m.g.X} ${tall}` })) put(m.picture, name, String(value));
  }
  function paint() {
    if (!page.now().widths[0]) return;
    if (!m.g) { measure(); drawn = ""; }
    const key = [data.id, m.g.X, css(m.scales().size(1)), ...m.runs.map((run) => [run.count, run.outcome])].join();
    if (key !== drawn) {
      drawn = key;
      keepFocus(root, () => drawRunList(m));
      drawCompareSide(m);
      drawCompare(m);
    }
    const said = comparedFinding(m);
    write(part(".middle .finding"), said);
    nameImage(m.picture, said);
    part(".transport").classList.toggle("idle", !counted());
    if (!counted()) return;
    paintCompareCursor(m);
    paintCompareSide(m);
    bar(play.state, stops().length || 1, fill(m.text.at, { update: whole(m.update()), updates: whole(m.g.updates) }));
  }

  const play = player({ total: ready, wait: () => 400, paint: (_, cause) => { if (cause === "user" || cause === "play") pinned = true; paint(); }, report: () => {} });
  const page = surroundings(root, [root, part(".plot")], () => { m.g = null; paint(); });
  keys(root, play);
  m.picture.addEventListener("click", (event) => {
    const box = m.picture.getBoundingClientRect(), update = m.g.updateAt((event.clientX - box.left) / (box.width / m.g.X));
    if (counted()) play.go(() => 1 + Math.max(0, stops().findLastIndex((one) => one <= update)));
  });
  const end = () => asked.forEach((stop) => stop());

  return {
    update(next) {
      const fresh = data?.id !== next.id, translated = data?.text.title !== next.text.title;
      data = next;
      Object.assign(m, { text: data.text, stored: data.stored, task: data.task });
      if (translated) bar = transport(part(".transport"), m.text, play, "");
      put(root, "aria-label", m.text.title);
      if (fresh) {
        end();
        pinned = false;
        m.runs = data.runs.map(openRun);
        asked = m.runs.map((run) => follow(run, { took: () => { if (!pinned) play.place({ step: ready() }); paint(); }, gone: () => {} }));
      }
      [m.g, drawn] = [null, ""];
      paint();
    },
    stop() { end(); play.stop(); page.stop(); },
  };
}

export default function (component) { return mount(component, createComparison); }
