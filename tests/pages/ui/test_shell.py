from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import shell, turns
from pages._ui.address import CONTROLS, FRAME
from pages._ui.line import Line
from pages._ui.shell import CHAPTERS, HOME, ROOT, View
from rnn_core.figures import Theme
from rnn_core.messages import LANGUAGES, catalogue

if TYPE_CHECKING:
    from pages._ui.shell import Chapter
    from tests.pages.conftest import Open

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda row: row.name)


def test_every_page_has_its_row_and_every_row_its_page() -> None:
    assert sorted(path.stem for path in (ROOT / "pages").glob("*.py")) == sorted(row.name for row in CHAPTERS)


def test_chapters_of_one_section_stand_together() -> None:
    sections = [row.section for row in CHAPTERS]
    assert sections == sorted(sections, key=sections.index)


@each_chapter
def test_a_chapter_names_controls_that_exist_and_has_its_words(chapter: Chapter) -> None:
    assert set(chapter.controls) <= set(CONTROLS) - set(FRAME)
    wanted = [f"{chapter.name}.{part}" for part in ("title", "question", "lead")] + [f"ui.section.{chapter.section}"]
    assert [name for lang in LANGUAGES for name in wanted if name not in catalogue(lang)] == []


def drawings(at: AppTest) -> list[str]:
    """The components that draw something, beside those of the frame."""
    names = [element.proto.component_name for element in at.get("bidi_component")]
    return [name for name in names if not name.endswith(("html_lang", "bring", "save_image"))]


@each_chapter
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chapter_opens_behind_the_app(open_page: Open, chapter: Chapter, lang: str) -> None:
    at = open_page(page="" if chapter.name == HOME else chapter.name, lang=lang)
    assert set(at.query_params) <= {*FRAME, *chapter.controls}
    assert at.get("plotly_chart") or drawings(at)


@each_chapter
def test_a_chapter_works_as_a_script_of_its_own(warm: None, chapter: Chapter) -> None:
    at = AppTest.from_file(str(chapter.script), default_timeout=30)
    at.query_params["lang"] = "en"
    for _ in range(2):
        at.run()
        assert not at.exception
        assert at.query_params["lang"] == "en"
    assert at.get("plotly_chart") or drawings(at)


def test_a_view_gives_what_the_address_says_as_what_it_is() -> None:
    view = View(CHAPTERS[0], "en", Theme("dark"), {"cell": "gru", "t": 3, "at": "all", "w0": 1, "unit": None}, ())
    assert (view.text("cell"), view.whole("t", 1), view.real("w0")) == ("gru", 3, 1.0)
    assert (view.whole("unit", 7), view.whole("at", 7), view.real("unit", 0.5)) == (7, 7, 0.5)
    assert view.style == {"lang": "en", "theme": Theme("dark")}


def test_the_page_says_its_language_and_the_reader_can_change_it(open_page: Open) -> None:
    at = open_page(lang="ja")
    said = [element.proto for element in at.get("bidi_component") if element.proto.component_name.endswith("html_lang")]
    assert '"ja"' in said[0].json
    at.segmented_control(key="lang").set_value("en").run()
    assert at.query_params["lang"] == "en"
    said = [element.proto for element in at.get("bidi_component") if element.proto.component_name.endswith("html_lang")]
    assert '"en"' in said[0].json


def test_the_stage_is_in_the_address_and_on_the_page(open_page: Open) -> None:
    at = open_page()
    at.segmented_control(key="present").set_value(1).run()
    assert at.query_params["present"] == "1"
    assert any("/* The stage:" in element.proto.body for element in at.get("html"))


def test_a_whole_run_waits_for_the_runs_before_it_frame_included(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LIGHT", Line(9))
    monkeypatch.setattr(turns, "PATIENCE", 60)
    navigate, seen = shell._navigation, []
    monkeypatch.setattr(shell, "_navigation", lambda lang: (seen.append(len(turns.LIGHT)), navigate(lang))[1])
    before = turns.LIGHT.join()
    with ThreadPoolExecutor(1) as pool:
        opens = pool.submit(open_page, page="order")
        while len(turns.LIGHT) < 2:
            assert not opens.done()
            sleep(0.001)
        assert not seen
        turns.LIGHT.leave(before)
        assert opens.result(30).get("plotly_chart")
    assert set(seen) == {1}
    assert not turns.LIGHT.busy
