from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.address import CONTROLS
from pages._ui.blocks import legend, power
from pages._ui.shell import CHAPTERS, View
from rnn_core.figures import Legend, Mark, Theme

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def view(lang: str = "en", mode: str = "light") -> View:
    return View(CHAPTERS[0], lang, Theme(mode), {key: row.default for key, row in CONTROLS.items()}, ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("size", "shown"), [(0.0, "0"), (5.96e-8, "6.0 × 10⁻⁸"), (1.0, "1.0 × 10⁰"), (9.99e-8, "1.0 × 10⁻⁷")]
)
def test_small_numbers_are_powers_of_ten(size: float, shown: str) -> None:
    assert power(size) == shown


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_legend_has_its_ramp_its_ends_and_only_its_marks(mode: str) -> None:
    meant = Legend("<i>h</i><sub>t</sub>", "signed", "≤ −1", "1", (Mark("△", "a < b", "#123456"),))
    shown = legend(view(mode=mode), meant)
    assert ", ".join(Theme(mode).ramp("signed")) in shown  # type: ignore[arg-type]
    assert "≤ −1" in shown
    assert '<span style="color: #123456">△</span> a &lt; b' in shown
    assert "ramp" not in legend(view(), Legend("", None, marks=(Mark("○", "zero"),)))


def broken_page() -> None:
    import streamlit as st

    from pages._ui import blocks
    from pages._ui.shell import CHAPTERS, View
    from rnn_core import KiokuError
    from rnn_core.figures import Theme

    with blocks.errors_shown(View(CHAPTERS[0], "ja", Theme(), {}, ())):
        st.write("before")
        raise KiokuError("unknown_cell", given="<b>*x*</b>", known="rnn")


def test_an_error_of_the_library_stands_in_the_place_of_what_it_prevented() -> None:
    at = AppTest.from_function(broken_page).run()
    assert not at.exception
    assert [text.value for text in at.markdown] == ["before"]
    assert len(at.error) == 1
    assert "\\<b\\>\\*x\\*\\</b\\>" in at.error[0].value


def page_of_a_part() -> None:
    import streamlit as st

    from pages._ui import blocks, turns
    from pages._ui.shell import CHAPTERS, View
    from rnn_core.figures import Theme

    blocks.alone(lambda _view: st.write(str(len(turns.LIGHT))))(View(CHAPTERS[0], "ja", Theme(), {}, ()))
    st.write(str(len(turns.LIGHT)))


def test_a_part_that_runs_alone_waits_for_the_runs_before_it() -> None:
    assert [text.value for text in AppTest.from_function(page_of_a_part).run().markdown] == ["1", "0"]


PAIRS = (
    ("cell", 'class="lead"', 'class="part"'),
    ("cell", 'class="part"', 'class="section"'),
    ("cell", 'class="method beside"', 'class="principle"'),
)


@pytest.mark.parametrize(("page", "first", "second"), PAIRS)
def test_words_that_stand_together_are_one_element(open_page: Open, page: str, first: str, second: str) -> None:
    at = open_page(page=page, **({"guess": "skip"} if page == "cell" else {}))
    together = [one for one in at.get("html") if first in one.proto.body and second in one.proto.body]
    assert together
    assert all(one.proto.body.index(first) < one.proto.body.index(second) for one in together)
