"""A field for one file. Streamlit's own words in it are English, seen or read out; its limit is said beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from pages._ui import uploads
from pages._ui.words import plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

ZONE = '[data-testid="stFileUploaderDropzone"]'
STYLE = """<style>
{zone} [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
{zone} button p {{ font-size: 0; }}
{zone} input, .stFileChip [role="alert"] {{ visibility: hidden; }}
{zone} button > div::after {{ content: "{choose}"; }}
{zone} > input + div:not(:has(button)) > div {{ font-size: 0; }}
{zone} > input + div:not(:has(button)) > div::after {{ font-size: 1rem; content: "{drop}"; }}
.stFileChip [role="alert"]::after {{ visibility: visible; content: "{refused}"; }}
[data-testid="stFileChips"]:has([aria-invalid])::after {{ content: "{refused}"; }}
[data-testid="stTooltipErrorContent"] {{ display: none; }}
</style>"""
# A file that is there has a button that takes it away, whose name only a screen reader reads.
_named = st.components.v2.component(
    "kioku_file_named",
    js="""
const SEEN = new WeakMap();  // of each field one: two that name it in different languages would never end

export default function ({ data, parentElement }) {
  SEEN.get(parentElement)?.disconnect();
  const field = document.querySelector(`.st-key-${CSS.escape(data.field)}`);
  const call = (button, said) => {
    if (button && button.getAttribute("aria-label") !== said) button.setAttribute("aria-label", said);
  };
  const name = () => {
    for (const chip of field?.querySelectorAll(".stFileChip") ?? []) {
      const button = chip.querySelector("[data-testid=stFileChipDeleteBtn] button");
      const said = data.remove.replace("{name}", chip.querySelector(".stFileChipName")?.title ?? "");
      call(button, said);
    }
    for (const button of field?.querySelectorAll("button:not(.stFileChip *)") ?? []) call(button, data.choose);
  };
  const seen = new MutationObserver(name);
  SEEN.set(parentElement, seen);
  if (field) seen.observe(field, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
  name();
  return () => SEEN.get(parentElement)?.disconnect();
}
""",
)


def take_file(
    label: str,
    lang: str,
    *,
    key: str,
    most: int,
    kinds: Sequence[str] | None = None,
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> UploadedFile | None:
    """What a reader hands in, or None.

    Args:
        label: what it may be and how large, safe as Markdown.
        lang: the reader's language.
        key: the widget's.
        most: MiB of the largest.
        kinds: the endings that are offered, all where None.
        on_change, args: what is called with another file.
    """
    uploads.take(most)
    said = {name: plain(text(f"ui.file.{name}", lang)) for name in ("choose", "drop", "refused")}
    st.html(STYLE.format(zone=ZONE, **said))
    given: UploadedFile | None = st.file_uploader(
        label,
        None if kinds is None else list(kinds),
        key=key,
        max_upload_size=most,
        on_change=on_change,
        args=args,
    )
    with st.container(key=f"html_{key}"):
        called = {"remove": text("ui.file.remove", lang, name="{name}"), "choose": text("ui.file.choose", lang)}
        _named(key=f"{key}_named", data={"field": key, **called})
    return given
