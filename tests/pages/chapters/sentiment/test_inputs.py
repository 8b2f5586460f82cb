from __future__ import annotations

import pytest

from pages._chapters.sentiment.inputs import CONTRASTS, FIELDS, TASKS, Found, why
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks import kaomoji
from rnn_core.tasks.sentiment import FEELINGS
from tests.rnn_core.figures.readings import SPEC, reading


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("answers", [(0,), (2, 2, 2), (0, 2, 2), (2, 0, 2), (0, 1, 0)])
def test_the_reason_quotes_the_last_token_with_another_answer_or_says_that_there_is_none(
    lang: str, answers: tuple[int, ...]
) -> None:
    found = Found(SPEC, reading(answers), cut=False)
    at, last = found.reading.settled, kind_name(FEELINGS[answers[-1]], lang)
    if len(set(answers)) == 1:
        assert why(found, lang) == text("sentiment.why.always", lang, feeling=last)
        return
    words, before = found.quoted(lang), kind_name(FEELINGS[answers[at - 1]], lang)
    assert before != last
    assert why(found, lang) == text(
        "sentiment.why.turns", lang, before=before, last=words.said(at - 1), word=words.said(at), feeling=last
    )


def test_each_kind_of_text_has_its_field_and_a_prepared_face_may_be_shown() -> None:
    assert TASKS.keys() == FIELDS.keys()
    faces = [str(one.sets["face"]) for one in CONTRASTS if "face" in one.sets]
    assert faces
    assert all(map(kaomoji.is_presentable, faces))


@pytest.mark.parametrize(("step", "place"), [(1, 0), (3, 2), (None, 1), (4, 1), (0, 1), ("skip", 1)])
def test_the_chosen_token_is_left_out_or_else_the_one_that_matters_most(step: object, place: int) -> None:
    assert Found(SPEC, reading((0, 2, 2), (0.1, 0.4, -0.2)), cut=False).turned_by(step) == place
