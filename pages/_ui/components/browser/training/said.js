// What there is to say of a run, in the state that it is in: the finding, the verdict, the status, and the number under the pointer.

function findingOf(m) {
  const { run, text, state } = m, name = cellName(m, m.spec);
  if (m.asking()) return text[m.guess.outcome || m.guess.skipped ? "find_ready" : "find_empty"];
  if (state === "queued") return m.status.before ? fill(text.find_queued, { before: m.status.before }) : text.find_next;
  if (!run.count) return m.missing ? text.find_missing : text.find_failed;
  const told = (id, reach) => (reach === undefined || reach === null ? text.no_reach : fill(text[id], { reach })), back = told("reach_back", run.reach.at(-1));
  const said = (id, more = {}) => fill(text[id], { name, back, update: whole(run.end ?? run.head()), loss: shown(run.test.at(-1)), ...more });
  if (state === "finished") {
    const fate = fateOf(run), most = run.reach.filter((one) => one !== null).sort((one, other) => other - one)[0];  // at its end a solved run may have hardly any gradient
    return said(`find_${fate}`, { update: whole(run.solved ?? 0), ...(fate === "solved" ? { back: told("reach_most", most) } : {}) });
  }
  if (state === "diverged") return said(run.diverged.loss === "nan" ? "find_nan" : "find_infinite");
  return said(`find_${state}`);
}

/** Let a line that is too long for its place have smaller letters. */
function fitLine(line) {
  line.style.removeProperty("font-size");
  const share = line.clientWidth / line.scrollWidth;
  if (share < 1) line.style.fontSize = `${parseFloat(getComputedStyle(line).fontSize) * share * 0.995}px`;
}

const cellName = (m, spec) => m.text.names[spec.cell] + (spec.cell === "rnn" && spec.activation === "relu" ? " (ReLU)" : "");

/** What came of a guess: "near" where the fate is right and the update is not, or the goal was reached before it diverged. */
function verdictOf({ guess, run, state }) {
  if (!guess.outcome || !["finished", "diverged"].includes(state) || !run?.count) return null;
  const diverged = state === "diverged", solved = run.solved !== null;
  if (guess.outcome === "diverges") return !diverged ? "wrong" : run.end <= guess.by ? "right" : "near";
  if (guess.outcome === "stuck") return diverged || solved ? "wrong" : "right";
  return !solved ? "wrong" : diverged || run.solved > guess.by ? "near" : "right";
}

function paintStatus(m, follow) {
  const { state, status, run, text } = m, host = m.part(".status"), behind = state === "running" && !m.following;
  const at = whole(run?.end ?? run?.head() ?? 0), place = (status.before ?? 0) + 1, wait = status.seconds;
  const said = state === "queued" ? fill(wait ? text.status_queued : text.status_next, { place, seconds: whole(wait ?? 0) }) : m.asking() ? text.status_empty : fill(text[`status_${m.missing ? "missing" : state}`], { update: at, updates: whole(m.spec.steps) });
  host.dataset.kind = state;
  if (host.dataset.said === said + behind) return;
  host.dataset.said = said + behind;
  host.replaceChildren(el("i", {}), said, behind ? button(text.live, "", text.live, follow, { class: "plain" }) : "");
}

/** The gradient's norm under the pointer. */
function tipOf(m, { x, y }) {
  const { run, g, text } = m;
  if (m.waiting() || !run?.count || y < g.mapY || y >= g.floor || x < g.axis || x > g.right) return null;
  const t = Math.floor((y - g.mapY) / g.row), k = run.recordAt(g.updateAt(x) + run.every / 2);
  if (g.updateAt(x) > run.head() + run.every / 2) return null;
  const norm = run.heat[k]?.[t];
  return norm === undefined ? null : [fill(text.tip, { update: whole(run.updates[k]), position: t + 1 }), " · ‖∂L/∂", ...math(`${m.through}_t`), "‖ = ", Number.isFinite(norm) ? shown(norm) : text.nan];
}
