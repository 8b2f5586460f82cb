from __future__ import annotations

from pages._ui.chapter import HOME, ROOT, Chapter


def test_the_first_chapter_opens_at_the_root_and_any_other_under_its_name() -> None:
    assert [(row.path, row.address) for row in (Chapter(HOME, "a", ()), Chapter("two_words", "a", ()))] == [
        (HOME, ""),
        ("two-words", "two-words"),
    ]


def test_a_chapter_s_script_is_where_streamlit_looks_for_pages() -> None:
    assert Chapter(HOME, "a", ()).script == ROOT / "pages" / "home.py"
    assert Chapter(HOME, "a", ()).script.is_file()
