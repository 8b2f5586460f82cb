from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.attention import decoded, interventions
from pages._ui.shell import CHAPTERS, View
from rnn_core import KiokuError
from rnn_core.figures import Theme, Words
from rnn_core.messages import LANGUAGES, text
from rnn_core.specs import TranslatorSpec
from rnn_core.translation.decoding import translate

KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)


def view(**state: object) -> View:
    mask = {"t": 1, "force": None, "token": "", "alter": "mask", "scope": "step", "row": "", "into": ""}
    return View(CHAPTERS[0], "en", Theme(), mask | state, ())


def altered(spot: int, **state: object) -> interventions.Altered | None:
    here = view(**state)
    return interventions._altered(here, decoded.decode(here, translate(KATAKANA, tuple("tea"))), spot)


@pytest.mark.parametrize("scope", ["step", "all"])
def test_a_masked_letter_is_0_where_it_is_said(scope: str) -> None:
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


@pytest.mark.parametrize("spot", [0, 4])
def test_a_mark_that_is_no_letter_is_not_replaced(spot: int) -> None:
    assert altered(spot, alter="edit", into="s") is None


def test_a_letter_that_is_replaced_by_nothing_is_left_out() -> None:
    found = altered(1, alter="edit", into=" ")
    assert found.source == ("e", "a")
    assert [token.text for token in found.trace.source.tokens][1:-1] == ["e", "a"]


def test_nothing_can_be_left_out_of_a_single_letter() -> None:
    here = view(alter="edit")
    with pytest.raises(KiokuError):
        interventions._altered(here, decoded.decode(here, translate(KATAKANA, ("a",))), 1)


def test_all_networks_answer_again_and_each_change_is_counted() -> None:
    here = view(alter="edit", into="暑い")
    spec = TranslatorSpec(task="phrases", attention="additive", hidden=24)
    shown = decoded.decode(here, translate(spec, ("今日", "は", "寒い")))
    found = interventions._altered(here, shown, 2)
    beside = {way: spec.model_copy(update={"attention": way}) for way in ("none", "dot")}
    page = interventions._outputs(here, shown, found, beside)
    assert page.count("<tr>") == 4
    assert page.count(">before") + page.count(", before") == page.count(", after") == 2
    assert page.count("difference") == 2
    assert "<mark>hot</mark>" in page
    assert "<mark>cold</mark>" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scope", ["all", "step"])
@pytest.mark.parametrize("alter", ["edit", "mask", "pin", "move"])
def test_every_change_says_on_what_it_acts(alter: str, scope: str, lang: str) -> None:
    here = View(CHAPTERS[0], lang, Theme(), {**view(alter=alter, scope=scope, into="s").state}, ())
    said = interventions._acts(here, decoded.decode(here, translate(KATAKANA, tuple("tea"))), 1)
    assert "{" not in said
    if alter in ("mask", "pin", "move"):
        assert said.startswith(text(f"decoded.acts.{scope}", lang, step=1))


def test_equal_words_are_told_apart_by_their_place_and_have_their_meaning() -> None:
    said = Words(("犬", "が", "犬"), ("dog", "", "dog"), "en")
    assert [interventions._label(said, place) for place in (1, 2, 3)] == ["犬 dog (1)", "が", "犬 dog (3)"]
