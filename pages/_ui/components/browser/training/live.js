// A run's events are asked for where the server keeps them, so that no script runs there while a run grows.

const OVER = ["finished", "diverged", "failed", "cancelled"], EVERY = 180, SOONEST = 40, AGAIN = 2000, HIDDEN = 1000;

/** Ask for what is new until the run has ended. `took(run, status)`: what it does now, and `ended`. `gone(run)`: there is no such run. */
function follow(run, { took, gone }) {
  const left = new AbortController();
  let timer = 0;
  const wait = (time) => { if (!left.signal.aborted) timer = setTimeout(ask, document.hidden ? Math.max(time, HIDDEN) : time); };

  /** What is new; null where there is no run, nothing where the server can't be reached. */
  async function fetched() {
    try {
      const answer = await fetch(new URL(`live/${encodeURIComponent(run.id)}?from=${run.next}`, document.baseURI), { signal: left.signal });
      return answer.status === 404 ? null : answer.ok ? await answer.json() : undefined;
    } catch {
      return undefined;
    }
  }
  async function ask() {
    const began = performance.now(), said = await fetched();
    if (left.signal.aborted) return;
    if (said === null) return gone(run);
    if (said === undefined) return wait(AGAIN);
    const { events, more, ...status } = said, whole = append(run, events), ended = whole && !more && OVER.includes(status.state);
    if (!ended) wait(whole && !more ? Math.max(SOONEST, EVERY - (performance.now() - began)) : 0);  // five times a second, however long the way is
    took(run, { ...status, ended });
  }
  ask();
  return () => { left.abort(); clearTimeout(timer); };
}
