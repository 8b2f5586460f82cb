"""What a training is drawn from: its settings and its example, in words from the catalogues; and what the reader does."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from pages._chapters.training import CHAPTER, settings
from pages._ui.address import controls_of, parse
from pages._ui.components.assets import BROWSER
from pages._ui.components.training_map import FOLDED, HANDLES, LABELS, Guess, drawing, example, words
from rnn_core.messages import LANGUAGES, catalogue
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.tasks import TASKS, find_example

OPENS, _ = parse({}, controls_of(CHAPTER))
SPEC = settings.spec_of(OPENS)
SHOWN = settings.drawn(OPENS, SPEC)
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((BROWSER / "training").glob("*.js")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_is_given_the_training_itself(lang: str) -> None:
    data = json.loads(json.dumps(drawing(lang, SHOWN), allow_nan=False))
    assert data["spec"] == SPEC.model_dump(mode="json")
    assert (data["every"], data["stops"]) == (SPEC.every, len(SPEC.snapshots))
    assert data["task"] == {"baseline": TASKS["adding"].baseline(), "goal": TASKS["adding"].goal}
    assert {name: data["offers"][name] for name in FOLDED} == {name: list(settings.OFFERS[name]) for name in FOLDED}
    assert data["set"].keys() == type(SPEC).model_fields.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_script_says_what_it_is_given_and_is_given_what_it_says(lang: str) -> None:
    said = set(re.findall(r"\btext\.([a-z_]+)\b", SCRIPTS)) - {"tasks", "names", "settings", "values"}
    built = {
        f"{start}_{state}" for start, state in re.findall(r"^training_map\.(find|status)_(\w+)$", "", re.MULTILINE)
    }
    ids = {name.removeprefix("training_map.") for name in catalogue(lang) if name.startswith("training_map.")}
    assert said | built <= set(LABELS) | {"play", "pause", "back", "next", "scrub", "step", "right", "near", "wrong"}
    assert {one for one in ids if "." not in one} == set(LABELS)
    unsaid = {
        one for one in LABELS if not re.search(rf"\b{one}\b", SCRIPTS) and not one.startswith(("find_", "status_"))
    }
    assert unsaid <= {"solves_by", "diverges_by"}  # put together from a fate
    assert words(lang)["tasks"].keys() == TASKS.keys()


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_is_the_tasks_own_at_any_length(task: str, lang: str) -> None:
    for length in {int(end) for end in LENGTHS[task]}:
        shown, found = find_example(task, length), example(lang, task, length)
        assert len(found["inputs"]) == len(shown.tokens)
        assert all(0 <= tall <= 1 for tall in found["inputs"])
        assert all(0 <= place < len(shown.tokens) for place in found["marked"])
        assert found["answer"] == shown.targets[-1]
        if task == "adding":
            parts = [float(shown.tokens[place].rstrip("*")) for place in found["marked"]]
            assert f"{sum(parts):.2f}" == found["answer"]


def app(run: str) -> None:
    import streamlit as st

    from pages._chapters.training import CHAPTER, settings
    from pages._ui.address import controls_of, parse
    from pages._ui.components.training_map import Guess, Shown, training_map

    opens, _ = parse({}, controls_of(CHAPTER))
    told = st.session_state.setdefault("told", [])
    training_map(
        "ja",
        Shown(settings.drawn(opens, settings.spec_of(opens)), Guess("solves", 600), run),
        on_settings_change=lambda given: told.append(dict(given)),
        on_guess_change=told.append,
        on_step_change=told.append,
        on_act=lambda *said: told.append(said),
    )


def told(name: str, said: object, of: str = "") -> list[object]:
    at = AppTest.from_function(app, kwargs={"run": "abc"}).run()
    data = json.loads(at.get("bidi_component")[0].proto.json)[0]
    assert (data["run"], data["guess"]["by"]) == ({"id": "abc", "mine": True, "over": False}, 600)
    at.session_state["training_map"] = {name: {"of": of or data["id"], **said} if isinstance(said, dict) else said}
    assert not at.run().exception
    return at.session_state["told"]


CURVE = [0.5] * HANDLES


@pytest.mark.parametrize(
    ("name", "said", "heard"),
    [
        ("set", {"set": {"cell": "gru", "hidden": "16"}}, [{"cell": "gru", "hidden": "16"}]),
        ("set", {"set": {}}, []),
        ("set", {"set": "gru"}, []),
        ("guess", {"guess": {"outcome": "stuck", "by": None, "curve": None}}, [Guess("stuck")]),
        ("guess", {"guess": {"outcome": "solves", "by": 600.0, "curve": CURVE}}, [Guess("solves", 600, tuple(CURVE))]),
        ("guess", {"guess": {"outcome": "solves", "by": None}}, [Guess()]),
        ("guess", {"guess": {"outcome": "wins", "by": 1}}, [Guess()]),
        ("guess", {"guess": {"outcome": "stuck", "curve": [1, "x"]}}, [Guess("stuck")]),
        ("spot", {"step": 60}, [60]),
        ("spot", {"step": -1}, []),
        ("spot", {"step": "60"}, []),
        (
            "act",
            {"what": "train", "set": {"seed": 3}, "guess": {"outcome": "stuck"}},
            [("train", {"seed": "3"}, Guess("stuck"))],
        ),
        ("act", {"what": 3}, []),
        ("act", None, []),
    ],
)
def test_what_the_reader_does_is_told_and_what_a_browser_makes_up_is_not(
    name: str, said: object, heard: list[object]
) -> None:
    assert told(name, said) == heard


def test_what_was_done_in_another_run_is_not_told() -> None:
    assert told("spot", {"step": 60}, of="another") == []
