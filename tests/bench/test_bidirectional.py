from __future__ import annotations

import nagisa

import bench.bidirectional as measured
from bench.bidirectional import EACH, PARITY, compared, prose, section, spoken
from rnn_core.segmentation import search


def test_the_sentences_are_a_thousand_and_always_the_same() -> None:
    assert len(set(spoken())) == len(set(prose())) == EACH
    assert (spoken(), prose()) == (spoken(), prose())
    assert not [sentence for sentence in prose() if "{" in sentence]


def test_equal_counts_what_nagisa_finds(monkeypatch) -> None:
    sentences = [*spoken()[:20], *prose()[:20]]
    equal, apart, parity = compared(sentences)
    assert equal == 40
    assert max(apart, parity) <= PARITY
    monkeypatch.setattr(nagisa, "wakati", lambda text: [text])
    assert compared(sentences)[0] < 10


def test_states_that_are_not_nagisas_are_told_apart(monkeypatch) -> None:
    inputs_of = measured.inputs_of
    monkeypatch.setattr(measured, "inputs_of", lambda text: inputs_of(text) * 1.01)
    assert compared(spoken()[:3])[1] > PARITY


def test_the_section_has_a_row_a_length_and_a_number_of_directions(monkeypatch) -> None:
    monkeypatch.setattr(measured, "spoken", lambda: spoken(2))
    monkeypatch.setattr(measured, "prose", lambda: prose(2))
    some = search.sentences()[::20]
    monkeypatch.setattr(search, "sentences", lambda: some)
    text = section((3, 7), rounds=1)
    assert text.count("2 of 2") == 2
    assert f"Of {len(some)} sentences" in text
    assert "| 7 |" in text
    assert "7,177" in text
    assert "7,175" in text
