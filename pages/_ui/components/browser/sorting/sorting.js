// The claims, judged one after the other: each leaves those that wait and comes on the pile of its verdict.
// data: { id, serial, at: {step}, of, claims: [{ name, said, pile, measured, link, scale, bars: [{label, value, length, interval}] }], piles: [names], options: [{ value, label, low, high }],
//         answer: null where it is asked, "skip" or a number, verdict: "" or right, near, wrong, why, text }
// Before the guess nothing is judged: the same steps read the claims.

function createSorting(root, report, tell) {
  const part = (selector) => root.querySelector(selector), board = part(".board");
  let data, bar, panel, g, answer = null, served, worded = "", cards = [], heads = [], guessed, drawn = "";

  const asking = () => answer === null;
  const total = () => data.claims.length;
  const option = () => data.options.find((one) => one.value === answer);

  function build() {
    const act = (k) => () => play.go(() => k + 1);
    cards = data.claims.map((claim, k) => { const card = el("button", { type: "button", class: "claim-card" }, el("span", {}, ...lowered(claim.name))); card.onclick = act(k); return card; });
    heads = data.piles.map((name, pile) => el("p", { class: `pile-head pile-${pile}` }, el("b"), el("span", {}, name)));
    guessed = el("div", { class: "guessed", hidden: true }, el("span"));
    board.replaceChildren(...heads, guessed, ...cards);
    panel = sortingPanel(part(".side"), data, { guess });
    drawn = "";
  }

  function draw() {
    const { widths: [width] } = page.now(), key = [width, innerHeight, staged(), asking()].join();
    if (!width || key === drawn) return;
    drawn = key;
    const height = staged() ? Math.max(300, stageHeight() - 190) : 396;
    g = sortingLayout({ verdicts: data.claims.map((one) => one.pile), piles: data.piles, width, height });
    board.style.height = `${g.height}px`;
    root.classList.toggle("narrow", g.narrow);
    heads.forEach((head, pile) => head.setAttribute("style", `left: ${g.heading(pile)}px; width: ${g.wide}px`));
    for (const card of cards) { card.style.width = `${g.wide}px`; card.style.height = `${g.row - 4}px`; }
  }

  function paint(state, cause) {
    glides(root, cause);
    draw();
    if (!g) return;
    const { claims, piles, text } = data, k = state.step - 1, done = !asking() && state.step === total();
    root.classList.toggle("asking", asking());
    cards.forEach((card, at) => {
      const judged = !asking() && at <= k, { x, y } = judged ? g.judged(at) : g.waiting(at);
      card.style.transform = `translate(${x}px, ${y}px)`;
      put(card, "class", `claim-card${judged ? ` pile-${claims[at].pile}` : g.narrow && !asking() ? " away" : ""}${at === k ? " now" : ""}`);
      put(card, "aria-pressed", String(at === k));
      put(card, "aria-label", `${claims[at].name}${judged ? `: ${piles[claims[at].pile]}` : ""}`);
    });
    heads.forEach((head, pile) => write(head.firstChild, asking() ? "" : String(claims.filter((one, at) => at <= k && one.pile === pile).length)));
    bracket();
    panel({ k, told: !asking() });
    write(part(".finding"), finding(k, done));
    if (cause === "user" && !state.playing) write(part(".live"), finding(k, done));
    put(board, "aria-label", `${text.title}. ${finding(k, done)}`);
    bar(state, total(), claims[k].name);
    again.hidden = asking();
  }

  function bracket() {
    const mine = option();
    guessed.hidden = !mine;
    if (!mine) return;
    const beyond = mine.low > g.rows, top = Math.max(g.head, g.top(mine.high) - 3), bottom = beyond ? top + 3 : g.top(mine.low) + (mine.low ? g.row - 3 : 0);
    guessed.classList.toggle("beyond", beyond);  // no pile can be as high
    write(guessed.firstChild, `${beyond ? "↑ " : ""}${fill(data.text.yours, { range: mine.label })}`);
    guessed.setAttribute("style", `left: ${g.axis}px; top: ${top}px; width: ${g.wide + 14}px; height: ${bottom - top}px`);
  }

  function finding(k, done) {
    const { text, claims, piles } = data;
    if (asking()) return text.before;
    if (!done) return fill(text.now, { verdict: piles[claims[k].pile], said: claims[k].said });
    return data.verdict ? `${text[data.verdict]} ${data.why}` : data.why;
  }

  const play = player({ total, paint, wait: () => 700, together: false, report: (state) => report({ of: data.id, step: state.step }) });
  function guess(value) {
    answer = value;
    play.place({ step: 1 });
    paint(play.state, "user");
    tell("answer", { of: data.of, answer: value });
    part(".play").focus({ preventScroll: true });
    if (calm() || value === "skip") play.go(() => Infinity); else play.toggle();
  }
  const again = el("button", { type: "button", class: "control again" });
  again.onclick = () => { answer = null; paint(play.state, "user"); tell("answer", { of: data.of, answer: null }); };
  keys(root, play);

  function update(next) {
    const moved = data?.id !== next.id || data.serial !== next.serial;
    data = next;
    if (worded !== data.text.title) {
      worded = data.text.title;
      bar = transport(part(".transport"), data.text, play, "");
      part(".transport").append(again);
      write(again, data.text.again);
      build();
    }
    if (served !== data.answer) answer = data.answer;
    served = data.answer;
    if (moved) play.place({ step: data.at.step });
    paint(play.state, "data");
  }
  const page = surroundings(root, [board], () => { if (data) paint(play.state, "data"); });
  return { update, stop: () => { play.stop(); page.stop(); } };
}

export default function (component) {
  return mount(component, createSorting);
}
