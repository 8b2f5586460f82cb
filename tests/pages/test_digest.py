"""Every shipped picture in its default states, as it was to the last bit: goes once the moving is done."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pages._ui.address import CONTROLS
from pages._ui.shell import CHAPTERS

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

STORED = Path(__file__).with_name("digest.json")
COMMON = {"text": str(CONTROLS["text"].default)}  # they were stored of a reader who came by way of the first chapter
STATES: dict[str, dict[str, dict[str, str]]] = {
    "home": {"": {}, "gru": {"cell": "gru", "hidden": "32"}},
    "cell": {"": {}, "clamped": {"hold": "forget_gate", "value": "0.0", "guess": "skip"}, "rnn": {"cell": "rnn"}},
    "order": {"": {"guess_order": "skip"} | COMMON},
    "gradients": {"": {"curve": "skip"}, "fresh": {"curve": "skip", "weights": "fresh", "rho": "1.5", "length": "60"}},
    "compare": {"": {"guess_persistence": "skip"}},
    "bidirectional": {"": {"guess_boundaries": "skip"} | COMMON},
    "attention": {"": {"guess_accuracy": "skip"}, "names": {"task": "names", "guess_accuracy": "skip"}},
    "translation": {"": {"guess_spelling": "skip"}, "kanji": {"network": "kanji"}},
    "transformer": {"": {"guess_permutation": "skip"}},
}
MEASURED = ("chart_time_", "chart_seconds")  # differ from run to run


def digest(at: AppTest) -> dict[str, str]:
    found = {}
    for number, element in enumerate(at.get("plotly_chart")):
        key = element.proto.id.split("-")[-1]
        if not key.startswith(MEASURED):
            found[f"{number} {key}"] = hashlib.sha256(element.proto.spec.encode()).hexdigest()[:16]
    for number, element in enumerate(at.get("bidi_component")):
        name = element.proto.component_name.split("_component")[0]
        data = json.dumps(json.loads(element.proto.json or "{}"), sort_keys=True)
        found[f"d{number} {name}"] = hashlib.sha256(data.encode()).hexdigest()[:16]
    return found


CASES = [(row.name, state, lang) for row in CHAPTERS for state in STATES[row.name] for lang in ("ja", "en")]


@pytest.mark.parametrize(("name", "state", "lang"), CASES)
def test_every_picture_is_what_it_was(open_page: Open, name: str, state: str, lang: str) -> None:
    stored = json.loads(STORED.read_text()) if STORED.exists() else {}
    at = open_page(page="" if name == "home" else name, lang=lang, **STATES[name][state])
    found, key = digest(at), f"{name} {state} {lang}"
    if key not in stored:
        STORED.write_text(json.dumps(stored | {key: found}, indent=1, sort_keys=True))
        pytest.skip("stored")
    assert found == stored[key]
