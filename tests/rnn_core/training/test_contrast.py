"""The prepared contrast holds with the shipped weights, and is what the search finds."""

from __future__ import annotations

import pytest

import rnn_core as rc
from rnn_core import contrasts
from rnn_core.models import registry
from rnn_core.tasks import smalltalk
from rnn_core.training import contrast
from rnn_core.training.shipped import SIZES


def test_it_is_what_the_search_finds() -> None:
    assert contrast.find(SIZES) == contrasts.forgotten()


def test_the_rnn_says_the_reply_of_another_beginning_and_the_lstm_the_right_one() -> None:
    case = contrasts.forgotten()
    replies = {example.words: example.reply for example in smalltalk.examples()}
    assert replies[case.words] == case.reply != case.instead == replies[case.twin]
    assert case.words[contrast.BEGINNING :] == case.twin[contrast.BEGINNING :]
    said = {
        cell: registry.run(rc.ModelSpec(cell=cell, hidden=case.hidden), case.words).reply for cell in ("rnn", "lstm")
    }
    assert said["rnn"].text == case.instead
    assert said["lstm"].text == case.reply


def test_no_case_is_said() -> None:
    with pytest.raises(LookupError, match="no sentence"):
        contrast.find(())
