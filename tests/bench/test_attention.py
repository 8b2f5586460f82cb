from bench.attention import PAGES
from pages._ui.address import controls_of, parse
from pages._ui.shell import CHAPTERS


def test_the_controls_are_those_of_the_pages() -> None:
    for page in PAGES:
        chapter = next(row for row in CHAPTERS if row.path == page.path)
        assert set(page.controls) <= set(chapter.controls)
        query = dict(pair.split("=") for pair in page.query.split("&"))
        assert parse({key: [value] for key, value in query.items()}, controls_of(chapter))[1] == ()
