from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.attention import decoded, interventions
from pages._ui.shell import CHAPTERS, View
from rnn_core.figures import Theme
from rnn_core.specs import TranslatorSpec
from rnn_core.translation.decoding import translate

KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)


def view(**state: object) -> View:
    blank = {"t": 1, "force": None, "token": "", "alter": "blank", "scope": "step", "row": "", "into": ""}
    return View(CHAPTERS[0], "en", Theme(), blank | state, ())


def altered(spot: int, **state: object) -> interventions.Altered | None:
    here = view(**state)
    return interventions._altered(here, decoded.decode(here, translate(KATAKANA, tuple("tea"))), spot)


@pytest.mark.parametrize("scope", ["step", "all"])
def test_a_blanked_letter_is_0_where_it_is_said(scope: str) -> None:
    found = altered(2, scope=scope)
    looks = found.trace.attention[0]["attention"][:, :, 2]
    assert (looks[0] == 0).all()
    assert (looks[1:] == 0).all() == (scope == "all")
    assert found.masked.sum() == (1 if scope == "step" else len(found.trace))


def test_a_pinned_row_is_what_was_typed_or_all_on_the_chosen_letter() -> None:
    typed = altered(0, alter="pin", row="1, 1 0 0 2")
    np.testing.assert_allclose(typed.trace.attention[0]["attention"][0, 2], [0.25, 0.25, 0, 0, 0.5])
    assert typed.overrides[0].normalised
    one = altered(3, alter="pin")
    assert (one.trace.attention[0]["attention"][0, :, 3] == 1).all()
    assert not one.overrides[0].normalised


def test_the_moved_weight_changes_places_in_every_head() -> None:
    before = translate(KATAKANA, tuple("tea")).attention[0]["attention"][0]
    after = altered(4, alter="move").trace.attention[0]["attention"][0]
    np.testing.assert_allclose(after[:, 4], before.max(axis=1), atol=1e-6)
    np.testing.assert_allclose(np.sort(after, axis=1), np.sort(before, axis=1), atol=1e-6)


def test_an_edited_letter_is_another_source_and_holds_nothing() -> None:
    found = altered(1, alter="edit", into="s")
    assert [token.text for token in found.trace.source.tokens][1:-1] == list("sea")
    assert found.overrides == ()


@pytest.mark.parametrize(("spot", "into"), [(1, " "), (0, "s"), (4, "s")])
def test_nothing_typed_or_a_mark_that_is_no_letter_changes_nothing(spot: int, into: str) -> None:
    assert altered(spot, alter="edit", into=into) is None


def test_equal_words_are_told_apart_by_their_place() -> None:
    assert [interventions._label(("a", "b", "a"), place) for place in (1, 2, 3)] == ["a (1)", "b", "a (3)"]
