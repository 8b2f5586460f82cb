from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.attention import computed as cache
from rnn_core import KiokuError
from rnn_core.specs import TranslatorSpec
from rnn_core.training.tasks import TRANSLATORS
from rnn_core.translation.interventions import AttentionOverride

KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)


def test_equal_questions_have_one_answer() -> None:
    source = cache.tokens("katakana", "tea")
    assert source == ("t", "e", "a")
    first = cache.translation(KATAKANA, source)
    assert cache.translation(KATAKANA.model_copy(), ("t", "e", "a")) is first
    assert cache.translation(KATAKANA, source, ((1, "コ"),)) is not first
    assert cache.beam(KATAKANA, source, 2) is cache.beam(KATAKANA, source, 2)
    assert cache.beam(KATAKANA, source, 3) is not cache.beam(KATAKANA, source, 2)
    assert cache.explained(KATAKANA, source) is cache.explained(KATAKANA, source)


def test_what_is_held_changes_what_is_written_and_is_not_kept() -> None:
    source = ("t", "e", "a")
    held = cache.changed(KATAKANA, source, (), (AttentionOverride(without=(1, 2, 3)),))
    assert held is not cache.changed(KATAKANA, source, (), (AttentionOverride(without=(1, 2, 3)),))
    assert (held.attention[0]["attention"][:, :, 1:4] == 0).all()
    assert not np.array_equal(held.distribution[0], cache.translation(KATAKANA, source).distribution[0])


def test_what_cant_be_read_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(KiokuError):
            cache.tokens("names", "abc")


@pytest.mark.parametrize("task", ["phrases", "names"])
def test_the_counts_are_the_manifests(task: str) -> None:
    spec = TranslatorSpec(task=task, attention="additive", hidden=48)
    (size_of, *_) = TRANSLATORS[task].manifest()["data"]["learned"]
    counts = cache.counts(spec, size_of, "a name", 1)
    rows = TRANSLATORS[task].manifest()["models"][spec.name]["right"][size_of]
    assert counts.lengths == tuple(sorted(map(int, rows)))
    assert [[right, total] for right, total in zip(counts.right, counts.total, strict=True)] == [
        rows[str(length)] for length in counts.lengths
    ]
    assert (counts.name, counts.style) == ("a name", 1)
    assert cache.longest(task, size_of) == max(TRANSLATORS[task].manifest()["data"]["learned"][size_of])


@pytest.mark.parametrize("task", ["phrases", "names"])
def test_how_long_the_training_was_is_the_manifests(task: str) -> None:
    for kind in ("none", "additive", "dot"):
        spec = TranslatorSpec(task=task, attention=kind, hidden=48)
        line = TRANSLATORS[task].manifest()["models"][spec.name]
        assert cache.updates(spec) == line["steps"]


def test_a_length_is_told_of_its_own_task_only() -> None:
    assert cache.size("names", ("は", "・", "ゆ"), "names", "names") == 2
    assert cache.size("phrases", ("今日",), "names", "names") is None


def test_letters_are_written_close_and_words_as_a_sentence() -> None:
    assert cache.written("katakana", ("ト", "キ")) == "トキ"
    assert cache.written("names", ("y", "u", "␣", "k", "e", "n")) == "yu ken"
    assert cache.written("phrases", ("it", "is", "cold", ".")) == "It is cold."


@pytest.mark.parametrize("spec", [("names", 48, 7), ("katakana", 128, 0)], ids=str)
def test_what_was_never_counted_is_said(spec: tuple[str, int, int]) -> None:
    task, hidden, seed = spec
    with pytest.raises(KiokuError, match="make models"):
        cache.counts(TranslatorSpec(task=task, attention="dot", hidden=hidden, seed=seed), "names", "a name", 1)
