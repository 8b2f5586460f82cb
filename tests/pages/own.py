"""A reader with files of their own: the app, opened at an address, with what was handed in before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.own_files import KEY, OwnFiles
from tests.pages.opening import at_address

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from rnn_core.own.files import OwnFile
    from rnn_core.own.inputs import Inputs


def open_own(*files: OwnFile, page: str = "your_model", numbers: Inputs | None = None, **query: str) -> AppTest:
    """The page of a reader who has opened these; it may not end in an exception."""
    at, kept = at_address(page, query), OwnFiles()
    for file in files:
        kept.keep_file(file)
    if numbers is not None:
        kept.keep_inputs(numbers)
        kept.keep_sequence(numbers.sequence())
    at.session_state[KEY] = kept
    at.run()
    assert not at.exception, at.exception
    return at
