"""What a training is drawn from, in words from the catalogues; and what the reader does in the drawing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pages._chapters.training import CHAPTER, settings
from pages._ui.address import controls_of, parse
from pages._ui.components import packing, run_comparison, run_sweep
from pages._ui.components import training_map as module
from pages._ui.components.assets import PARTS, read
from pages._ui.components.training_map import (
    FOLDED,
    HANDLES,
    LABELS,
    Guess,
    Shown,
    called,
    drawing,
    example,
    training_map,
)
from rnn_core.messages import LANGUAGES, catalogue
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.tasks import TASKS, find_example

if TYPE_CHECKING:
    from collections.abc import Callable

OPENS, _ = parse({}, controls_of(CHAPTER))
SPEC = settings.spec_of(OPENS)
SHOWN = settings.drawn(OPENS, SPEC)
MANY = {"compared": run_comparison, "swept": run_sweep}
OWN_SCRIPTS = {"compared": ("compare", "compared"), "swept": ("grid", "swept")}
SAID_BY_THE_MAP = {"training": (), "compared": ("one_percent",), "swept": ()}  # by what all three share


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_is_given_the_training_itself(lang: str) -> None:
    data = json.loads(json.dumps(drawing(lang, SHOWN), allow_nan=False))
    assert data["spec"] == SPEC.model_dump(mode="json")
    assert (data["every"], data["stops"]) == (SPEC.every, len(SPEC.snapshots))
    assert data["task"] == {"baseline": TASKS["adding"].baseline(), "goal": TASKS["adding"].goal}
    assert {name: data["offers"][name] for name in FOLDED} == {name: list(settings.OFFERS[name]) for name in FOLDED}
    assert data["set"].keys() == type(SPEC).model_fields.keys()


def test_the_scripts_say_what_they_are_given_and_are_given_what_they_say() -> None:
    given = {"training": set(LABELS), **{part: {*one.SHARED, *one.OWN} for part, one in MANY.items()}}
    for part, labels in given.items():
        own = [file for file in PARTS[part].scripts if part == "training" or Path(file).stem in OWN_SCRIPTS[part]]
        source = read(*own)
        said = set(re.findall(r"\btext\.([a-z_]+)\b", source)) - {"tasks", "names", "settings", "values"}
        assert said <= {*labels, *packing.PLAYER, *packing.VERDICTS, "title"}, part
        put_together = ("find_", "status_", "solves_by", "diverges_by", "title_")
        assert [one for one in labels if not re.search(rf"\b{one}\b", source) and not one.startswith(put_together)] == [
            one for one in labels if one in SAID_BY_THE_MAP[part]
        ], part


def test_every_message_is_given_to_a_script() -> None:
    ids = {name.removeprefix("training_map.") for name in catalogue("en") if name.startswith("training_map.")}
    assert {one for one in ids if "." not in one} == {*LABELS, *run_comparison.OWN, *run_sweep.OWN}


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_is_the_tasks_own_at_any_length(task: str, lang: str) -> None:
    for length in {int(end) for end in LENGTHS[task]}:
        shown, found = find_example(task, length), example(lang, task, length)
        assert len(found["inputs"]) == len(shown.tokens)
        assert all(0 <= tall <= 1 for tall in found["inputs"])
        assert all(0 <= place < len(shown.tokens) for place in found["marked"])
        assert found["answer"] == called(task, shown.targets[-1], lang)
        assert "-" not in found["answer"]  # the minus is a real one
        if task == "adding":
            parts = [float(shown.tokens[place].rstrip("*")) for place in found["marked"]]
            assert f"{sum(parts):.2f}" == found["answer"]


@pytest.fixture
def telling(session: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[object]]:
    """What the page hears when the browser reports something."""

    def told(name: str, said: object, of: str = "") -> list[object]:
        given: dict[str, Any] = {}
        heard: list[object] = []
        monkeypatch.setattr(module, "_render", lambda **named: given.update(named))
        training_map(
            "ja",
            Shown(SHOWN, Guess("solves", 600), "abc"),
            on_settings_change=lambda changed: heard.append(dict(changed)),
            on_guess_change=heard.append,
            on_step_change=heard.append,
            on_act=lambda *acted: heard.append(acted),
        )
        data = given["data"]
        assert (data["run"], data["guess"]["by"]) == ({"id": "abc", "mine": True, "over": False}, 600)
        session["training_map"] = {name: {"of": of or data["id"], **said} if isinstance(said, dict) else said}
        given[f"on_{name}_change"]()
        return heard

    return told


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
    telling: Callable[..., list[object]], name: str, said: object, heard: list[object]
) -> None:
    assert telling(name, said) == heard


def test_what_was_done_in_another_run_is_not_told(telling: Callable[..., list[object]]) -> None:
    assert telling("spot", {"step": 60}, of="another") == []
