"""The first picture of every chapter is whole on a desk, and on the stage whole, legible and moved by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.stage import DESK, DRAWN, LOWEST, SCREENS, left, opened, seen
from rnn_core.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from pages._ui.chapter import Chapter
    from tests.browser.conftest import Site, Tab

    Staged = Callable[..., Page]

pytestmark = pytest.mark.browser
NOT_YET = ("gradients", "attention", "translation")
SMALL = (390, 360, 320)


@pytest.fixture
def staged(people: Callable[[str], Iterator[Tab]], site: Site) -> Iterator[Staged]:
    """Open a chapter on the stage; the console must have been silent."""
    tab = next(people("ja-JP"))

    def open_staged(chapter: Chapter, lang: str) -> Page:
        tab.page.bring_to_front()
        tab.page.emulate_media(color_scheme="light")
        opened(tab.page, f"{site.url}/{chapter.address}", lang)
        return tab.page

    yield open_staged
    assert tab.left() == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "chapter",
    [
        pytest.param(row, id=row.name, marks=[pytest.mark.xfail(run=False)] if row.name in NOT_YET else [])
        for row in DRAWN
    ],
)
def test_a_first_picture_is_whole_on_a_desk_and_on_the_stage(staged: Staged, chapter: Chapter, lang: str) -> None:
    page = staged(chapter, lang)
    for (width, height), least in SCREENS.items():
        found = seen(page, width, height)
        assert found.whole(height), (width, found)
        assert found.least[0] >= least, (width, found.least)
        assert found.covered == []
    assert {width: seen(page, width, 800).covered for width in SMALL} == {width: [] for width in SMALL}
    left(page)
    found = seen(page, *DESK)
    assert found.top <= LOWEST
    assert found.end <= DESK[1]
