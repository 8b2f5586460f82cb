"""The room for an axis's words: it grows with them, and with the axis's name."""

import pytest

from rnn_core.figures import Theme, margins


def test_the_widest_label_decides() -> None:
    few, many = ({"yaxis": {"ticktext": words}} for words in (["a"], ["a", "天気予報"]))
    assert margins.beside(many) - margins.beside(few) == pytest.approx(4 * margins.LABEL - 0.6 * margins.LABEL)


def test_markup_takes_no_room_and_entities_take_one_character() -> None:
    assert margins.text_width('<span style="color:#000">a&amp;b</span>') == margins.text_width("a&b")


def test_a_name_takes_a_line_more() -> None:
    bare, named = {"tickvals": [0]}, {"tickvals": [0], "title": {"text": "unit"}}
    line = margins.LABEL + margins.GAP
    assert margins.beside({"yaxis": named}) - margins.beside({"yaxis": bare}) == line
    assert margins.below({"xaxis": named}) - margins.below({"xaxis": bare}) == line


@pytest.mark.parametrize(
    "axis", [{"visible": False}, {"side": "right", "ticktext": ["a"]}, {"showticklabels": False}], ids=str
)
def test_what_is_not_at_the_left_takes_no_room_there(axis: dict[str, object]) -> None:
    assert margins.beside({"yaxis": axis}) == 0


def test_a_drawing_has_room_for_its_axes_and_keeps_what_it_asked_for() -> None:
    layout = {"yaxis": {"ticktext": ["天気"]}, "margin": {"l": 8, "b": 100}}
    drawn = Theme().draw(100, [], **layout).to_dict()["layout"]["margin"]
    assert drawn["l"] == 8 + margins.beside(layout)
    assert drawn["b"] == 100
