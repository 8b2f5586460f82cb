from __future__ import annotations

from collections.abc import Sequence

from pages._chapters.attention.aligned import Line, lines
from pages._ui.shell import CHAPTERS, View
from rnn_core.figures import Theme


def drawn(rows: Sequence[Line], against: Sequence[str] | None = None) -> str:
    return lines(View(CHAPTERS[0], "en", Theme(), {}, ()), rows, against)


def test_only_what_has_no_partner_is_marked() -> None:
    found = drawn([Line("a", ("the", "sea")), Line("b", ("the", "dog", "is"))], ("the", "sea"))
    assert found.count("<mark>") == 2
    assert "<mark>dog</mark> <mark>is</mark>" in found
    assert "<span>the</span> <span>sea</span>" in found
    assert "<mark>" not in drawn([Line("a", ("x", "y"))])
    assert drawn([Line("a", ("a", "cold", "sea"))], ("a", "sea")).count("<mark>") == 1


def test_each_line_can_have_its_own_to_compare_with() -> None:
    found = drawn([Line("a", ("x",)), Line("b", ("x", "y"), against=("x",))])
    assert found.count("<mark>") == 1


def test_letters_are_set_close_and_words_apart() -> None:
    assert "<span>ト</span><span>キ</span>" in drawn([Line("a", ("ト", "キ"))])
    assert "<span>the</span> <span>a</span>" in drawn([Line("a", ("the", "a"))])


def test_a_verdict_has_a_sign_and_not_a_colour_alone() -> None:
    assert 'class="said good">✓ right' in drawn([Line("a", ("x",), "right", good=True)])
    assert 'class="said bad">✗ wrong' in drawn([Line("a", ("x",), "wrong", good=False)])
    assert 'class="said">38%' in drawn([Line("a", ("x",), "38%")])


def test_a_readers_words_stay_text() -> None:
    assert "<b>" not in drawn([Line("<b>", ("<b>",), "<b>")], ("x",))
