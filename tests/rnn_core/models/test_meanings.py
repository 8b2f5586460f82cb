from __future__ import annotations

import numpy as np
import pytest

from rnn_core.models import meanings
from rnn_core.models.meanings import MEASURES, PROPERTIES, clamp, score
from rnn_core.specs import ModelSpec
from rnn_core.tasks.written import CORPORA, END

FACES = ModelSpec(task="kaomoji", cell="gru", hidden=16)


@pytest.mark.parametrize(
    ("key", "task", "texts", "tally"),
    [
        ("brackets", "kaomoji", ["(^_^)■", "((^_^)■", "■"], (2, 3)),
        ("doubled", "given_names", ["た■", "■", "ぱん■", "な■"], (2, 4)),
        ("contracted", "given_names", ["しょう■", "あょ■", "あ■"], (1, 2)),
        ("ends", "given_names", ["あ■", "ああ"], (1, 2)),
        ("length", "given_names", ["はなこ■", "は" * 12], (1, 2)),
    ],
)
def test_a_measure_counts(key: str, task: str, texts: list[str], tally: tuple[int, int]) -> None:
    assert MEASURES[key](task, [tuple(text) for text in texts]) == tally


def test_a_sentence_is_kept_with_the_grammar_s_reply() -> None:
    texts = [("は", "暑い", "水を飲んでね!"), ("は", "暑い", "そうだね!")]
    assert MEASURES["reply"]("smalltalk", texts) == (1, 2)


def test_a_unit_follows_the_brackets_beyond_chance_and_its_clamp_changes_what_is_written() -> None:
    scores = {one.key: one for one in score(FACES)}
    assert set(scores) == {row.key for row in PROPERTIES["kaomoji"]}
    inside = scores["inside"]
    assert abs(inside.r[inside.order[0]]) > 3 * inside.chance
    assert sorted(inside.order) == list(range(16))
    found = clamp(FACES, inside, 4)
    assert found.units == inside.order[:4]
    free, clamped, others = found.rows["brackets"]
    assert free.of == clamped.of == others.of == meanings.DRAWN
    assert clamped.right < free.right
    np.testing.assert_array_less(np.abs(inside.r), 1 + 1e-12)


@pytest.mark.parametrize(("tokens", "inside"), [(("▶",), 0), (("▶", "("), 1), (("▶", "(", "^", ")"), 0), ((")",), 0)])
def test_inside_is_between_brackets(tokens: tuple[str, ...], inside: int) -> None:
    assert PROPERTIES["kaomoji"][0].label(tokens) == inside


def test_the_depth_is_the_number_of_open_brackets_and_never_below_none() -> None:
    depth = next(row for row in PROPERTIES["kaomoji"] if row.key == "depth").label
    assert [depth(tuple(text)) for text in ("▶", "((", "(^)", "))", "([(^)")] == [0, 2, 0, 0, 2]


def test_the_end_is_no_bracket() -> None:
    assert END not in meanings.OPENS + meanings.CLOSES


def test_every_name_with_a_small_tsu_is_read_and_counted() -> None:
    (found,) = (one for one in score(ModelSpec(task="given_names", cell="gru", hidden=16)) if one.key == "geminate")
    held_out = [text for text in CORPORA["given_names"].split[1] if meanings.SMALL_TSU in text]
    assert found.having == sum(text.count(meanings.SMALL_TSU) for text in held_out) > 0
    low, high = found.interval
    assert -1 <= low <= found.r[found.order[0]] <= high <= 1


def test_what_a_property_is_measured_by_comes_first_and_a_rare_one_is_begun_with() -> None:
    spec = ModelSpec(task="given_names", cell="gru", hidden=16)
    (scores,) = (one for one in score(spec) if one.key == "geminate")
    found = clamp(spec, scores, 4)
    assert list(found.rows) == ["doubled", "length", "contracted", "ends"]
    free, *_ = found.rows["doubled"]
    assert free.of == meanings.DRAWN
    assert free.right > 0.7 * free.of
