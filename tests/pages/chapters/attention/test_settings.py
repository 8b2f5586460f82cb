from __future__ import annotations

import pytest

from pages._chapters.attention.settings import CONTRASTS
from pages._chapters.attention.three_networks import KINDS, spec
from pages._ui.address import controls_of, parse, serialize
from pages._ui.contrasts import Contrast
from pages._ui.shell import CHAPTERS
from rnn_core.models.model_trace import ModelTrace
from rnn_core.statistics.attention_maps import inversions
from rnn_core.tasks.references import correct_targets
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.translation.decoding import translate

CHAPTER = next(row for row in CHAPTERS if row.name == "attention")


@pytest.mark.parametrize("one", CONTRASTS, ids=lambda one: one.name)
def test_a_contrast_is_a_link_and_keeps_the_size(one: Contrast) -> None:
    state = {**parse({}, controls_of(CHAPTER))[0], **one.silent, **one.sets}
    query = {key: [value] for key, value in serialize(state, CHAPTER.controls).items()}
    assert parse(query, controls_of(CHAPTER)) == (state, ())
    assert not {"hidden", "guess_accuracy", "beam"} & {*one.sets, *one.silent}


def of(name: str) -> dict[str, object]:
    (one,) = (one for one in CONTRASTS if one.name == name)
    return {key: row.default for key, row in controls_of(CHAPTER).items()} | dict(one.silent) | dict(one.sets)


def words(trace: ModelTrace) -> list[str]:
    return [guess.text for guess in trace.written if not guess.ends]


def test_four_names_are_written_with_attention_only() -> None:
    state = of("names")
    source = TRANSLATIONS["names"].tokens(str(state["names"]))
    (target,) = correct_targets("names", source)
    found = {kind: tuple(words(translate(spec(state, kind), source))) == target for kind in KINDS}
    assert found == {"none": False, "additive": True, "dot": True}


def test_of_a_long_sentence_one_word_is_lost_and_a_reordered_one_is_right() -> None:
    for name, good in (("long", [False, True, True]), ("crossed", [True, True, True])):
        source = TRANSLATIONS["phrases"].tokens(str(of(name)["text"]))
        (target,) = correct_targets("phrases", source)
        assert [tuple(words(translate(spec(of(name), kind), source))) == target for kind in KINDS] == good
    (seen,) = translate(spec(of(name), "additive"), source).attention
    turned, pairs = inversions(seen["attention"][:, 0])
    assert turned * 3 > pairs


def test_without_one_word_a_smile_turns_into_something_else() -> None:
    state = of("blank")
    source = list(TRANSLATIONS["phrases"].tokens(str(state["text"])))
    before = words(translate(spec(state), source))
    assert source[state["blank"] - 1] == "笑っ"
    source[state["blank"] - 1] = "□"
    after = words(translate(spec(state), source))
    assert "smiling" in before
    assert "smiling" not in after


def test_after_a_wrong_word_it_goes_on_as_it_would_have() -> None:
    state = of("force")
    source, place = TRANSLATIONS["phrases"].tokens(str(state["text"])), state["force"] - 1
    before = words(translate(spec(state), source))
    after = words(translate(spec(state), source, choose=[(place, state["token"])]))
    assert (before[place], after[place]) == ("weather", "sea")
    assert before[place + 1 :] == after[place + 1 :]
