"""What the browser's document must know: its language, the chapter, and the part that is to be in view.

It also says what kind of screen there is: charts are drawn for one theme and one width, on the server.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import controls, head_start, last_run
from pages._ui.address import MAX_PARAMETERS, MAX_SHOWN
from pages._ui.components import assets, modules

if TYPE_CHECKING:
    from pages._ui.chapter import Chapter
    from pages._ui.components.modules import Module
    from rnn_core.figures import Theme

SCREEN = "html_lang_component"  # the key under which the browser says what kind of screen it has
BROUGHT = "kioku_brought"


@dataclass(frozen=True)
class Brought:
    """Which part of which chapter was last to be brought into view; `serial` tells two such wishes apart."""

    chapter: str
    anchor: str
    serial: int


def _promised(shared: Module | None) -> str:
    """The promise of what all drawings share, as JavaScript."""
    return f"const SHARED = {modules.fetched(shared) if shared else 'Promise.resolve()'};"


# Asks for a run when the theme or the kind of screen changes. Streamlit calls it whenever its own theme has changed. Of
# an address with too many parameters the server learns nothing at all, so the browser says that it was one. What all
# drawings share comes first with it: the stage and its keys are there where no drawing is.
_document = st.components.v2.component(
    "kioku_html_lang",
    js=_promised(assets.shared())
    + """
const KNOWN = new WeakMap();
const OPENED = performance.getEntriesByType("navigation")[0]?.name ?? "";  // before Streamlit wrote the address anew
// Once the first drawing of this visit is on the screen.
const first = (act) => {
  const painted = () => requestAnimationFrame(() => setTimeout(act));
  window.kiokuDrew ? painted() : addEventListener("kioku-drew", painted, { once: true });
};
const plain = (said) => { try { return decodeURIComponent(said); } catch { return said; } };
const drawn = () => document.querySelector('.stApp[data-test-script-state="notRunning"]');
// A part is in view once it stays where it is: what is above it may still grow, unless the reader has moved meanwhile.
// A folded one is opened. `lost` is called where the page, all drawn, has none of this name.
let bringing = new AbortController();
const folded = (anchor) => document.querySelector(`.st-key-${CSS.escape(anchor)} details`);
window.kiokuBring = (anchor, lost) => {
  bringing.abort();
  const { signal } = (bringing = new AbortController());
  for (const act of ["wheel", "pointerdown", "keydown", "touchstart"])
    addEventListener(act, () => bringing.signal === signal && bringing.abort(), { signal, passive: true });
  let still = 0, last, opened = false;
  const look = () => {
    if (signal.aborted) return;
    const part = document.getElementById(anchor) ?? folded(anchor);
    // of a page that has grown below it, it may come further up
    const high = () => document.querySelector('[data-testid="stMain"]').scrollHeight;
    const place = () => part && `${part.getBoundingClientRect().top} ${high()}`;
    if (part?.open === false && drawn() && !opened) opened = part.querySelector("summary").click() ?? true;
    if (part && place() !== last) part.scrollIntoView({ block: "start", behavior: "instant" });
    last = place();
    still = drawn() ? still + 1 : 0;
    if (still < 12) return setTimeout(look, 100);
    bringing.abort();
    if (!part) lost?.(anchor);
  };
  look();
};
// Streamlit pushes each address that the server writes, some of them twice. What completes the one that a link or Back
// has just opened is no step of the reader's: pushed, it would send them forward again after every Back. And what the
// server writes for the chapter that a link leads to may come while the address is still that of the one that is left.
const returning = () => {
  const push = history.pushState.bind(history);
  let leaving = false, arriving = true;
  const path = (url) => new URL(url ?? "", location.href).pathname;
  history.pushState = (state, title, url) => {
    const stays = path(url) === location.pathname, same = new URL(url ?? "", location.href).href === location.href;
    if (stays && leaving) return;
    stays && (arriving || same) ? history.replaceState(state, title, url) : push(state, title, url);
    if (!stays) [leaving, arriving] = [false, true];
  };
  addEventListener("popstate", () => { arriving = true; });
  for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => { leaving = arriving = false; }, true);
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    leaving = link?.origin === location.origin && path(link.href) !== location.pathname;
  }, true);
};
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  const known = KNOWN.get(parentElement);
  if (known) { known.update(data); return known.stop; }
  const phone = matchMedia("(max-width: 640px)"), ended = new AbortController();
  // A run that is broken off takes with it what it had put into the widgets.
  const rested = (act) => {
    if (ended.signal.aborted) return;
    drawn() ? act() : setTimeout(rested, 100, act);
  };
  const measure = () => phone.matches !== data.narrow && rested(() => setStateValue("narrow", phone.matches));
  let asked = { times: 0 };  // for one theme a few times at most, should the server never draw for it
  const look = () => rested(() => {
    const mode = getComputedStyle(parentElement.host ?? parentElement).colorScheme;
    if (!["light", "dark"].includes(mode) || mode === data.mode) return;
    if (asked.mode !== mode) asked = { mode, times: 0 };
    if (asked.times++ < 3) setTriggerValue("mode", mode);
  });
  // Another chapter begins at its top, and a reader without a mouse in front of its question.
  const top = () => {
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    rested(() => {
      const question = document.querySelector("h1.question");
      if (!question || document.activeElement?.closest("input, textarea")) return;
      question.tabIndex = -1;
      question.focus({ preventScroll: true });
    });
  };
  if (!window.kiokuOpened) {
    const [address, anchor] = OPENED.split("#");
    if (address.split("&").length > data.most) rested(() => setTriggerValue("crowded", true));
    const lost = (part) => setTriggerValue("lost", part.slice(0, data.longest));
    const land = (part) => { if (part && !data.staged) window.kiokuBring(part, lost); };
    land(plain(anchor ?? ""));
    addEventListener("hashchange", () => land(plain(location.hash.slice(1))));
    returning();
  }
  window.kiokuOpened = true;
  const tell = () => first(() => fetch(new URL(data.drawn, location.origin)).catch(() => undefined));
  tell();
  SHARED.then(() => window.kiokuStage?.(data.staged));
  phone.addEventListener("change", measure, { signal: ended.signal });
  measure();
  const update = (next) => {
    const another = next.chapter !== data.chapter, visits = next.drawn !== data.drawn;
    data = next;
    if (visits) tell();
    if (another) top();
    SHARED.then(() => window.kiokuStage?.(data.staged));
    measure();
    look();
  };
  const stop = () => { ended.abort(); KNOWN.delete(parentElement); };
  KNOWN.set(parentElement, { update, stop });
  return stop;
}
""",
)
# Drawn with the page, which a button's run draws alone. The window knows which wish it has fulfilled.
_bring = st.components.v2.component(
    "kioku_bring",
    js="""
export default function ({ data }) {
  if (window.kiokuBrought === data.serial) return;
  window.kiokuBrought = data.serial;
  window.kiokuBring?.(data.anchor);
}
""",
)


def narrow() -> bool:
    """Whether the browser has said that its screen is a phone's."""
    return bool((st.session_state.get(SCREEN) or {}).get("narrow"))


def describe(chapter: Chapter, lang: str, theme: Theme, *, staged: bool = False) -> None:
    """Tell the browser what is drawn, in which language and for which screen; once in a whole run."""
    with st.container(key="html_lang"):
        _document(
            key=SCREEN,
            data={
                "chapter": chapter.name,
                "lang": lang,
                "mode": theme.mode,
                "narrow": theme.narrow,
                "most": MAX_PARAMETERS,
                "longest": MAX_SHOWN,
                "staged": staged,
                "drawn": head_start.told_at(),
            },
            default={"narrow": False},
            on_mode_change=lambda: None,
            on_crowded_change=controls.crowded,
            on_lost_change=_lost,
            on_narrow_change=lambda: None,
        )


def _lost() -> None:
    """The browser says that the link points to a part that is not there."""
    anchor = st.session_state[SCREEN]["lost"]
    if isinstance(anchor, str):
        controls.lost(anchor)


def bring(anchor: str) -> None:
    """Let a part of this page come into view when it has been drawn, as a button's callback."""
    session = st.session_state
    last: Brought | None = session.get(BROUGHT)
    session[BROUGHT] = Brought(last_run.page().name, anchor, last.serial + 1 if last else 1)


def brought(chapter: Chapter) -> None:
    """After a page: bring into view what was asked for."""
    wish: Brought | None = st.session_state.get(BROUGHT)
    if wish and wish.chapter == chapter.name:
        with st.container(key="html_bring"):
            _bring(key="bring", data={"anchor": wish.anchor, "serial": wish.serial})
