"""The drawing that opens a chapter; and the stage, `present=1`: that drawing and its finding in front of a class.

Keys, sizes and what is out of sight there are the browser's: `components/browser/shared/stage.js` and `stage.css`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import contrasts, failures, head_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pages._ui.contrasts import Contrast
    from pages._ui.shell import View

KEY = "drawing"


class Filled(BaseException):
    """Ends a page on the stage: no failure, so no `Exception`."""


@contextmanager
def drawing(view: View, prepared: Callable[[], Sequence[Contrast]] | None = None) -> Iterator[None]:
    """The drawing that opens a chapter is drawn within; on the stage nothing follows it.

    Off the stage, once in a visit, the browser is given the time to draw it before the first chart arrives.

    Args:
        view: the page.
        prepared: gives contrasts that otherwise stand further below.

    Raises:
        Filled: it is the stage.
    """
    if view.pinned:  # below the one that is
        yield
        return
    if view.staged and prepared:
        with failures.told(view.lang, view.chapter.address):
            contrasts.row(view, prepared())
    with st.container(key=KEY):
        yield
    if view.staged:
        raise Filled
    head_start.wait()


def ended() -> AbstractContextManager[None]:
    """Around a whole page: where the stage ends it, it is whole."""
    return suppress(Filled)
