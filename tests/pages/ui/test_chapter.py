from __future__ import annotations

import pytest

from pages._ui.chapter import HOME, ROOT, Chapter, Control


def chapter(name: str, *holds: str | Control) -> Chapter:
    return Chapter(name, "why", 1, holds)


def test_the_first_chapter_opens_at_the_root_and_any_other_under_its_name() -> None:
    assert [(row.path, row.address) for row in (chapter(HOME), chapter("two_words"))] == [
        (HOME, ""),
        ("two-words", "two-words"),
    ]


def test_a_chapter_s_script_is_where_streamlit_looks_for_pages() -> None:
    assert chapter(HOME).script == ROOT / "pages" / "home.py"
    with pytest.raises(ValueError, match=r"no script pages/nowhere\.py"):
        _ = chapter("nowhere").script


def test_what_a_chapter_holds_is_in_its_order_whoever_declares_it() -> None:
    own = Control("own", "text", "")
    row = chapter("a", "text", own, "seed")
    assert (row.controls, row.own) == (("text", "own", "seed"), (own,))
