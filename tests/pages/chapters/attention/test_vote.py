from __future__ import annotations

import pytest

from rnn_core.specs import TranslatorSpec
from rnn_core.training.tasks import TRANSLATORS
from tests.pages.voting import asked


@pytest.mark.parametrize(("task", "unit"), [("phrases", "words"), ("names", "names")])
@pytest.mark.parametrize("hidden", ["24", "48"])
def test_the_measured_fifth_holds_the_accuracy_of_the_longest(task: str, unit: str, hidden: str) -> None:
    found = asked("attention", task=task, hidden=hidden)
    models = TRANSLATORS[task].manifest()["models"]
    name = TranslatorSpec(task=task, attention="none", hidden=int(hidden)).name
    rows = {int(length): row for length, row in models[name]["right"][unit].items() if row[1] >= 30}
    correct, total = rows[max(rows)]
    assert found
    (right,) = found.right
    assert right / 5 <= correct / total <= (right + 1) / 5
