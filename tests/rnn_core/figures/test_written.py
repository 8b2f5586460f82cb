"""A picture shows itself in a notebook, as often as one likes, and is written as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rnn_core.errors import KiokuError
from rnn_core.figures import Picture, Theme, heatmap
from rnn_core.figures.written import PLOTLY
from tests.rnn_core.figures.cases import WORDS, layer


def picture(words: tuple[str, ...] = WORDS) -> Picture:
    return heatmap(layer(), "hidden_state", words, lang="en", theme=Theme())


def test_it_is_shown_twice_alike_and_a_change_between_is_seen() -> None:
    shown = picture()
    first, again = shown._repr_mimebundle_(include=None, exclude=None), shown._repr_mimebundle_()
    assert first[PLOTLY] == again[PLOTLY]
    assert len(first[PLOTLY]["data"][0]["z"]["bdata"]) > 100
    assert first["text/plain"] == repr(shown) == f"Picture: {shown.title}. {shown.finding}"
    assert shown.update_layout(title="mine") is shown
    assert shown._repr_mimebundle_()[PLOTLY]["layout"]["title"] == {"text": "mine"}
    assert '"text":"mine"' in shown._repr_html_()
    assert json.dumps(shown._repr_mimebundle_())


def test_the_html_says_the_finding_where_no_script_runs_and_takes_words_as_text() -> None:
    shown = picture(("<script>alert(1)</script>", *WORDS[1:]))
    html = shown._repr_html_()
    assert html.startswith("<figure aria-label=")
    assert "<noscript>hidden state. " in html
    assert "<script>alert" not in html


def test_a_page_of_its_own_needs_no_network(tmp_path: Path) -> None:
    path = tmp_path / "x.HTML"
    picture().save(path)
    text = path.read_text(encoding="utf-8")
    assert "src=" not in text.partition("<script")[0]
    assert len(text) > 1_000_000


@pytest.mark.parametrize("name", ["x", "x.txt", "x.svg.zip"])
def test_another_ending_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(KiokuError) as raised:
        picture().save(tmp_path / name)
    assert raised.value.code == "picture_ending"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("problem", [ImportError, RuntimeError, ValueError, None])
def test_other_files_are_written_where_there_is_a_renderer(
    monkeypatch: pytest.MonkeyPatch, problem: type[Exception] | None
) -> None:
    shown, asked = picture(), []

    def write_image(path: object) -> None:
        asked.append(path)
        if problem:
            raise problem("kaleido")

    monkeypatch.setattr(shown.figure, "write_image", write_image)
    if problem is None:
        shown.save("x.svg")
    else:
        with pytest.raises(KiokuError) as raised:
            shown.save("x.svg")
        assert raised.value.code == "picture_renderer"
    assert asked == ["x.svg"]


def test_the_numbers_are_a_table() -> None:
    frame = picture().frame()
    assert list(frame.columns[:3]) == ["step", "word", "unit 1"]
    assert frame["unit 8"].tolist() == layer()["hidden_state"][:, 7].tolist()
