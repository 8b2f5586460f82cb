from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, sampled_from, sets

from pages._chapters.order import word_order
from pages._chapters.order.word_order import ALL, NONE, NOT_THE_BAG, OTHERS, RECURRENT
from rnn_core import order
from rnn_core.figures import network_name
from rnn_core.messages import LANGUAGES, text
from tests.rnn_core.figures.answers import contrast

SAME, OTHER = (0.0, 1.0), (0.0, 0.0, 1.0)
BAG, WINDOW, CNN = order.READERS


def found(noticing: set[order.NetworkSpec], refused: tuple[order.NetworkSpec, ...] = ()) -> list:
    return [
        word_order.Contrast(spec, 9, None)
        if spec in refused
        else contrast(spec, SAME, OTHER if spec in noticing else SAME)
        for spec in order.NETWORKS
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("noticing", "refused", "right"),
    [
        (set(order.NETWORKS), (), ALL),
        ({*order.NETWORKS} - {BAG}, (), NOT_THE_BAG),
        ({CNN, *order.RECURRENT}, (WINDOW,), NOT_THE_BAG),
        ({WINDOW, *order.RECURRENT}, (), OTHERS),
        (set(order.RECURRENT), (WINDOW,), RECURRENT),
        (set(), (), NONE),
    ],
)
def test_a_guess_is_judged_by_those_that_can_read(
    lang: str, noticing: set[order.NetworkSpec], refused: tuple[order.NetworkSpec, ...], right: int
) -> None:
    measured = found(noticing, refused)
    said = {number: word_order.verdict(number, measured) for number in word_order.options(lang)}
    assert [number for number, verdict in said.items() if verdict == "right"] == [right]
    for number, verdict in said.items():
        meant = word_order.expected(number, measured)
        if meant is not None:
            assert (verdict == "near") == (len(meant ^ noticing) == 1)
    assert word_order.expected(None, measured) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@given(noticing=sets(sampled_from(order.NETWORKS)), refused=booleans())
def test_whatever_changes_one_guess_is_right_and_the_reason_names_each_network_once(
    lang: str, noticing: set[order.NetworkSpec], refused: bool
) -> None:
    out = (WINDOW,) if refused else ()
    measured = found(noticing, out)
    said = [word_order.verdict(number, measured) for number in word_order.OPTIONS]
    assert said.count("right") == 1
    reason = word_order.why(measured, lang)
    changed = noticing - set(out)
    if changed and len(changed) < len(order.NETWORKS) - len(out):
        assert all((network_name(spec, lang) in reason) == (spec not in out) for spec in order.NETWORKS)
    else:
        assert reason == text("order.why.all" if changed else "order.why.none", lang)


def test_both_answers_of_each_network_or_none_where_a_window_is_too_narrow(warm: None) -> None:
    words = ("今日", "は") * 5
    made = word_order.contrasts(words, order.swapped(words, 0, 1))
    assert [row.spec for row in made] == list(order.NETWORKS)
    assert [row.spec for row in made if row.answers is None] == [WINDOW]
    assert made[0].moved == 0
    assert all(row.moved > 0 for row in made[3:])
