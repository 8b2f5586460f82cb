"""Whether the visitor of this page is still there: Streamlit goes on with a run after its browser has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Callable


def presence() -> Callable[[], bool]:
    """Ask it in any thread whether the browser of this run is still connected; without a server it always is."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return lambda: True
    server, session = runtime.get_instance(), context.session_id
    return lambda: server.is_active_session(session)
