"""Streamlit's widgets ask the session for one key: here they are given that one.

A text field, a number field and a list each look whether their key stands for nothing, and have Streamlit put all keys
of the session together for it. With the ninety of a page that was a tenth of what a change of a control costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from streamlit.runtime.state.safe_session_state import SafeSessionState

if TYPE_CHECKING:
    from collections.abc import Iterator

_all_keys = cast("Any", SafeSessionState.filtered_state).fget


class ByKey(Mapping[str, Any]):
    """What Streamlit's `filtered_state` is, put together only for who goes through all of it."""

    def __init__(self, state: SafeSessionState) -> None:
        self._of = state

    def __getitem__(self, key: str) -> Any:
        with self._of._lock:
            return self._of._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_all_keys(self._of))

    def __len__(self) -> int:
        return len(_all_keys(self._of))


def look_up() -> None:
    """From now on, in the whole process."""
    cast("Any", SafeSessionState).filtered_state = property(ByKey)
