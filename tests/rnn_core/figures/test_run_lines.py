from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_core.figures import Theme, run_loss, run_norms
from rnn_core.training.lab.record import read_events
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces
from tests.rnn_core.training.lab.standin import spec, train

LOOK = Theme()
RECORD = read_events(spec(), train(spec()))
FREE = read_events(spec(clip=None), train(spec(clip=None)))


def loss(record=RECORD, **options):
    return sound(run_loss(record, 0.167, 0.02, **({"lang": "ja", "theme": LOOK} | options)))


def norms(record=RECORD, **options):
    return sound(run_norms(record, **({"lang": "ja", "theme": LOOK} | options)))


def test_the_lines_are_the_runs_own_over_its_updates() -> None:
    held_out, training = traces(loss())
    np.testing.assert_array_equal(held_out["customdata"], RECORD.loss)
    np.testing.assert_array_equal(training["customdata"], RECORD.train)
    for trace in (held_out, training):
        np.testing.assert_array_equal(trace["x"], RECORD.steps)
    before, after = traces(norms())
    np.testing.assert_array_equal(before["customdata"], RECORD.before)
    np.testing.assert_array_equal(after["customdata"], RECORD.after)
    assert (loss().key, norms().key) == ("training_loss", "gradient_norm")


def test_the_finding_says_whether_the_goal_was_reached() -> None:
    assert loss(lang="en").finding.startswith("Below the goal of 0.02 from update 30;")
    assert loss(replace(RECORD, solved=None), lang="en").finding.startswith("The goal of 0.02 is not reached;")


def test_the_finding_counts_what_was_clipped() -> None:
    assert (
        norms(lang="en").finding
        == f"At most 2.00; above the threshold 1.00 in 61 of {len(RECORD.steps) - 1} intervals."
    )
    assert norms(FREE, lang="en").finding == "At most 2.00; no clipping."


@pytest.mark.parametrize("theme", LOOKS)
def test_the_first_point_alone_and_lost_numbers_are_drawn(theme: Theme) -> None:
    first = read_events(spec(), list(train(spec()))[:2])
    lost = replace(RECORD, loss=np.full_like(RECORD.loss, np.nan), before=np.full_like(RECORD.before, np.inf))
    for record in (first, lost, FREE):
        loss(record, theme=theme)
        norms(record, theme=theme)


def test_another_language_changes_words_only() -> None:
    for draw in (loss, norms):
        ja, en = (draw(lang=lang) for lang in ("ja", "en"))
        assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])
        assert ja.finding != en.finding
