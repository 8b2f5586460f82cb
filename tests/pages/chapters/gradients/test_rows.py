from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.gradients.rows import shared
from rnn_core.figures import Legend, Mark
from rnn_core.figures.spectrum import RINGS
from rnn_core.messages import text
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open

ZERO, LOST = Mark("○", "exactly 0"), Mark("▽", "NaN")


def test_one_legend_has_the_signs_of_all() -> None:
    one, other = Legend("s", "size", "0", "1", (ZERO,)), Legend("s", "size", "0", "1", (LOST, ZERO))
    assert shared([one, other]) == Legend("s", "size", "0", "1", (ZERO, LOST))


def test_where_a_sign_or_a_scale_means_two_things_each_has_its_own() -> None:
    assert shared([Legend("s", None, marks=(ZERO,)), Legend("s", None, marks=(Mark("○", "reset gate"),))]) is None
    assert shared([Legend("s", "size", "0", "1"), Legend("s", "size", "0", "2")]) is None
    assert shared([]) is None


def test_three_charts_have_one_legend_and_one_method(open_page: Open) -> None:
    said = html(open_page(page="gradients", lang="en", curve="skip", part="eigenvalues"))
    assert said.count(text("step_stretch.most", "en")) == 1
    assert said.count(text("step_stretch.method", "en")[:30]) == 1
    assert said.count(RINGS[0][1]) == 3
