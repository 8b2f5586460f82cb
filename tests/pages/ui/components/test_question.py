"""What can be answered, and that nothing of the answer is sent while it is asked."""

from __future__ import annotations

import json

import pytest

from pages._ui.components.question import Curve, Question, asked

CURVE = Curve((5, 6, 7), "words", 90)
PICK = Question("?", None, options=((1, "one"), (2, "two")))


@pytest.mark.parametrize(
    ("question", "said", "taken"),
    [
        (Question("?", None, curve=CURVE), "40_20", True),
        (Question("?", None, curve=CURVE), "", False),
        (Question("?", None, curve=CURVE), 1, False),
        (PICK, 2, True),
        (PICK, 3, False),
        (PICK, "one", False),
        *((question, said, True) for question in (PICK, Question("?", None, curve=CURVE)) for said in ("skip", None)),
    ],
)
def test_only_what_can_be_an_answer_is_taken(question: Question, said: int | str | None, taken: bool) -> None:
    assert question.takes(said) == taken


def test_the_script_gets_what_is_asked_and_no_more() -> None:
    assert asked(None) == {"question": "", "answer": None, "options": None, "curve": None, "verdict": None}
    sent = json.loads(json.dumps(asked(Question("?", None, curve=CURVE))))
    assert sent["curve"] == {"lengths": [5, 6, 7], "axis": "words", "given": 90, "guess": None, "shares": None}
    assert asked(PICK)["options"] == [{"value": 1, "label": "one"}, {"value": 2, "label": "two"}]
    told = Curve((5, 6, 7), "words", 90, (90, 50, 10), (("none", (90, 60, 20)),))
    answered = asked(Question("?", "50_10", curve=told, verdict=("near", "why")))
    assert answered["verdict"] == {"verdict": "near", "why": "why"}
    assert answered["curve"]["shares"] == {"none": [90, 60, 20]}
