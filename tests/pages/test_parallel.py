from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._ui.words import explained
from rnn_core.messages import LANGUAGES, text
from tests.pages.reading import drawing, html, keys, plain

if TYPE_CHECKING:
    from tests.pages.conftest import Open

ANSWERED = {"guess_rounds": "2", "guess_stages": "3", "guess_law": "2", "guess_parity": "2"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_with_its_question_and_gives_no_answer(open_page: Open, lang: str) -> None:
    at = open_page(page="parallel", lang=lang)
    drawn = drawing(at, "newton_map")
    assert (drawn["answer"], len(drawn["options"]), drawn["total"]) == (None, 4, 60)
    assert text("parallel.stages", lang) in plain(at)
    assert keys(at) == []
    assert not any("scan_tree" in one.proto.component_name for one in at.get("bidi_component"))
    assert explained(text("parallel.principle", lang), lang) not in html(at)
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_once_all_is_answered_all_is_there(open_page: Open, lang: str) -> None:
    at = open_page(page="parallel", lang=lang, **ANSWERED)
    drawn = drawing(at, "newton_map")
    assert (drawn["answer"], drawn["verdict"], drawn["rounds"]) == (2, "right", 22)
    assert drawing(at, "scan_tree")["guess"] == 3
    assert keys(at) == ["rounds_by_network", "parity_by_length", "recall_by_pairs", "recall_rewritten"]
    assert html(at).count('class="verdict right"') == 3
    assert explained(text("parallel.principle", lang), lang) in html(at)
    assert "arXiv:2412.06464" in html(at)


@pytest.mark.parametrize(("guess", "verdict"), [("1", "near"), ("4", "wrong")])
def test_a_guess_is_judged_and_belongs_to_its_network(open_page: Open, guess: str, verdict: str) -> None:
    at = open_page(page="parallel", guess_rounds=guess)
    assert drawing(at, "newton_map")["verdict"] == verdict
    assert drawing(open_page(page="parallel", guess_rounds=guess, clipping="on"), "newton_map")["verdict"] == ""


@pytest.mark.parametrize(
    ("query", "rounds"),
    [
        ({"factor": "6"}, None),
        ({"factor": "0"}, 1),
        ({"text": "暑い", "length": "once"}, 1),
        ({"text": "犬犬犬", "length": "once", "cell": "rnn"}, 3),
        ({"cell": "lstm", "clipping": "on", "length": "200"}, 20),
    ],
)
def test_extreme_settings_are_drawn(open_page: Open, query: dict[str, str], rounds: int | None) -> None:
    at = open_page(page="parallel", guess_rounds="skip", **query)
    assert not at.error
    found = drawing(at, "newton_map")["rounds"]
    assert found == rounds or (rounds is not None and found is not None and found <= rounds)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_to_read_is_said(open_page: Open, lang: str) -> None:
    at = open_page(page="parallel", lang=lang, text="   ")
    assert at.error
    assert not any("newton_map" in one.proto.component_name for one in at.get("bidi_component"))
