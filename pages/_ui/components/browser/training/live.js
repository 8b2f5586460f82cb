// A run's events are asked for where the server keeps them, so that no script runs there while a run grows.

const EVERY = 200, AGAIN = 2000, HIDDEN = 1000;

/** Ask for what is new until the run has ended. `took(answer)`: false where something in between is missing. `gone`: there is no such run. */
function follow(run, { took, gone }) {
  const ended = new AbortController();
  let timer = 0, open = true;
  const wait = (time) => { if (open) timer = setTimeout(ask, document.hidden ? Math.max(time, HIDDEN) : time); };
  async function ask() {
    try {
      const answer = await fetch(new URL(`live/${encodeURIComponent(run.id)}?from=${run.next}`, document.baseURI), { signal: ended.signal });
      if (answer.status === 404) return gone();
      if (!answer.ok) return wait(AGAIN);
      const said = await answer.json();
      const whole = append(run, said.events);
      took(said);
      if (!whole || said.more) wait(0); else if (!said.ended) wait(EVERY);
    } catch (problem) {
      if (problem.name !== "AbortError") wait(AGAIN);
    }
  }
  ask();
  return () => { open = false; ended.abort(); clearTimeout(timer); };
}
