"""What a class is asked, and that the answer is the training's own: measured before, or by whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.training import settings
from pages._chapters.training.vote import OPTIONS
from rnn_core.training.lab.contrasts import CONTRASTS
from tests.pages.trained import runs, trained
from tests.pages.voting import asked
from tests.rnn_core.training.lab.standin import spec

if TYPE_CHECKING:
    from rnn_core.training.lab.spec import TrainSpec
    from rnn_core.training.lab.store import Runs

__all__ = ["runs"]


def query(spec: TrainSpec) -> dict[str, str]:
    return {key: str(value) for key, value in settings.state_of(spec).items()}


@pytest.mark.parametrize(("name", "ends"), [("cell_rnn", "stuck"), ("cell_lstm", "solved"), ("late", "diverged")])
def test_a_prepared_training_ends_as_it_was_measured(runs: Runs, name: str, ends: str) -> None:
    found = asked("training", **query(CONTRASTS[name]))
    assert found
    assert found.right == (OPTIONS.index(ends),)


def test_any_other_is_asked_once_somebody_has_made_it(runs: Runs) -> None:
    assert asked("training", **query(spec())) is None
    trained(runs, spec())
    found = asked("training", **query(spec()))
    assert found
    assert found.right == (OPTIONS.index("solved"),)
