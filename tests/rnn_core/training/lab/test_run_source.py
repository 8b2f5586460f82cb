"""A run's network is found by its name, as it is now and as it was."""

from __future__ import annotations

import itertools

import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.models import registry, sources
from rnn_core.models.sentence_gradients import find_gradients
from rnn_core.models.sentence_spec import SentenceSpec
from rnn_core.specs import ModelSpec
from rnn_core.training.lab.events import Snapshot
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.loop import begin_run, train
from rnn_core.training.lab.opened import example_text
from rnn_core.training.lab.run_source import chapters_of, register
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS


class Kept:
    """Runs by name, trained when they are made."""

    def __init__(self, **specs: TrainSpec) -> None:
        self.specs = specs
        self.snapshots = {
            name: {event.step: event.kept for event in train(spec) if isinstance(event, Snapshot)}
            for name, spec in specs.items()
        }

    def spec(self, run: str) -> TrainSpec:
        if run not in self.specs:
            raise KiokuError("source_run", given=run)
        return self.specs[run]

    def snapshot(self, run: str, step: int | None = None) -> bytes:
        self.spec(run)
        return self.snapshots[run][max(at for at in self.snapshots[run] if step is None or at <= step)]


def tiny(task: str = "adding", **values: object) -> TrainSpec:
    length = int(min(max(12, LENGTHS[task].low), LENGTHS[task].high))
    return TrainSpec(**({"task": task, "length": length, "hidden": 4, "batch": 4, "steps": 6} | values))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch):
    def keep(**specs: TrainSpec) -> Kept:
        store = Kept(**specs)
        monkeypatch.setitem(sources.SOURCES, "run", None)
        register(lambda: store)
        return store

    return keep


# Each task, and each cell with several; what a task is read by does not depend on the cell.
@pytest.mark.parametrize(("task", "cell"), [*zip(sorted(TASKS), itertools.cycle(["rnn", "lstm", "gru"]))])
def test_every_task_can_be_read_by_what_a_run_has_learned(kept, task: str, cell: str) -> None:
    spec = tiny(task, cell=cell, activation="relu" if cell == "rnn" else "tanh", layers=2, steps=1)
    kept(one=spec)
    found = sources.find_source("run:one").describe("run:one")
    assert (found.cell, found.hidden, found.layers) == (cell, 4, 2)
    source = sources.find_source(found.weights)
    tokenizer = registry.RECURRENT.tokenizer(found)
    tokens = tokenizer.segment(example_text(spec)).tokens
    trace = registry.run(found, tokens)
    assert source.reads(found) == tokenizer.by
    assert all(token.known for token in trace.tokens)
    assert (trace.distribution is None) == (not TASKS[task].outputs)
    asked = SentenceSpec(model=found, words=tokens, at=len(tokens) - 1, unit=0)
    assert find_gradients(asked).by_h[-1] > 0


@pytest.mark.parametrize("task", ["recall", "parity", "smalltalk"])
def test_it_says_what_the_network_of_the_run_says(kept, task: str) -> None:
    spec = tiny(task, cell="lstm")
    store = kept(one=spec)
    found = sources.find_source("run:one").describe("run:one")
    tokenizer = registry.RECURRENT.tokenizer(found)
    trace = registry.run(found, tokenizer.segment(example_text(spec)).tokens)
    state = begin_run(spec)
    state.restore(store.snapshot("one"))
    words = torch.tensor([tokenizer.encode([token.text for token in trace.tokens])])
    inputs = words if TASKS[task].vectors is None else TASKS[task].vectors[words - 1]
    states = state.model.recurrent(state.model.receive(inputs))[0]
    said = torch.softmax(state.model.readout(states)[0], dim=-1).detach()
    torch.testing.assert_close(torch.tensor(trace.distribution), said)


def test_before_and_after_training_are_two_networks(kept) -> None:
    kept(one=tiny("recall", cell="gru"))
    after, before, between = (
        registry.RECURRENT.memoized(ModelSpec(task="recall", cell="gru", hidden=4, weights=name))
        for name in ("run:one", "run:one-0", "run:one-5")
    )
    first = begin_run(tiny("recall", cell="gru")).model
    assert torch.equal(before.recurrent.weight_hh_l0, first.recurrent.weight_hh_l0)
    assert not torch.equal(after.recurrent.weight_hh_l0, before.recurrent.weight_hh_l0)
    assert not torch.equal(after.recurrent.weight_hh_l0, between.recurrent.weight_hh_l0)


def test_a_newer_snapshot_is_another_version(kept) -> None:
    store = kept(one=tiny("parity", cell="gru"))
    spec = ModelSpec(task="parity", cell="gru", hidden=4, weights="run:one")
    newest, version = registry.RECURRENT.memoized(spec), sources.find_source("run:one").version(spec)
    assert registry.RECURRENT.memoized(spec) is newest
    del store.snapshots["one"][6]
    assert sources.find_source("run:one").version(spec) != version
    assert registry.RECURRENT.memoized(spec) is not newest


def test_two_directions_have_states_and_no_words(kept) -> None:
    kept(one=tiny("recall", cell="gru", bidirectional=True))
    found = sources.find_source("run:one").describe("run:one")
    trace = registry.run(found, ("A", "s", "?"))
    assert trace.distribution is None
    assert len(trace.layers.layers[0]) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["run:other", "run:one-x", "run:one--1", "run:-"])
def test_a_run_that_there_is_not_is_refused(kept, name: str, lang: str) -> None:
    kept(one=tiny(steps=1))
    with pytest.raises(KiokuError) as caught:
        sources.find_source(name).describe(name)
    assert caught.value.text(lang)


def test_what_a_run_can_be_opened_in_depends_on_its_task() -> None:
    assert chapters_of(tiny("smalltalk")) == ("", "cell", "gradients", "compare", "text-generation")
    assert chapters_of(tiny("smalltalk", layers=2)) == ("", "cell", "gradients", "compare")
    assert chapters_of(tiny("kaomoji_feelings")) == ("sentiment", "cell", "gradients")
    assert chapters_of(tiny("digits", length=40)) == ("speech", "cell", "gradients")
    assert chapters_of(tiny("digits", length=40, layers=2)) == ("cell", "gradients")
    assert chapters_of(tiny("parity")) == ("cell", "gradients")
