"""The cards of all shipped networks: against the manifests, NOTICE and the networks themselves."""

from __future__ import annotations

import pytest

from rnn_core.checkout import ROOT
from rnn_core.models.family import count_parameters
from rnn_core.models.registry import RECURRENT
from rnn_core.specs import BaselineSpec, ModelSpec, TransformerSpec, TranslatorSpec
from rnn_core.training.accuracy import find_accuracy
from rnn_core.training.cards import NAGISA, describe
from rnn_core.training.tasks import RESPONDERS, SMALLTALK, TASKS, TRANSFORMERS, TRANSLATORS

OURS = [spec for task in TASKS.values() for spec in task.kept]
TRANSLATED = [spec for task in TRANSLATORS.values() for spec in task.kept]


@pytest.mark.parametrize("spec", OURS, ids=lambda spec: spec.name)
def test_a_shipped_network_has_a_whole_card(spec) -> None:
    card = describe(spec)
    assert (ROOT / card.file).is_file()
    assert card.worth is not None
    assert 0 <= card.worth.interval[0] <= card.worth.share <= card.worth.interval[1] <= 1
    assert card.seed in card.seeds
    assert card.steps
    assert not card.package


def test_what_it_is_worth_is_what_the_manifests_say() -> None:
    for spec in (*SMALLTALK.kept, *RESPONDERS.kept, *TRANSFORMERS.kept):
        if isinstance(spec, BaselineSpec):
            continue
        assert describe(spec).worth.share == pytest.approx(find_accuracy(spec), abs=1e-9)
    for spec in TRANSLATED:
        exact = TRANSLATORS[spec.task].manifest()["models"][spec.name]["exact"]
        assert describe(spec).worth.share == pytest.approx(exact, abs=1e-9)


def test_a_card_knows_how_long_its_network_was_trained() -> None:
    for spec in TRANSLATED:
        line, card = TRANSLATORS[spec.task].manifest()["models"][spec.name], describe(spec)
        assert card.steps == line["steps"]
        assert card.plateau
    assert not describe(ModelSpec(cell="lstm", hidden=16)).plateau


def test_its_parameters_are_all_that_the_module_has() -> None:
    spec = ModelSpec(cell="gru", hidden=8)
    assert describe(spec).parameters == count_parameters(RECURRENT.load(spec), ())


def test_of_random_weights_nothing_was_trained() -> None:
    card = describe(TransformerSpec(hidden=16, weights="fresh", seed=3))
    assert (card.origin, card.steps, card.worth, card.file, card.seed) == (None, None, None, "", 3)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda row: row.name)
def test_a_network_that_is_not_trained_yet_is_called_as_its_task_calls_it(task) -> None:
    shipped = task.kept[-1]
    trained, fresh = describe(shipped), describe(shipped.model_copy(update={"weights": "fresh", "seed": 5}))
    assert (fresh.kind, fresh.objective, fresh.units, fresh.parameters) == (
        trained.kind,
        trained.objective,
        trained.units,
        trained.parameters,
    )


@pytest.mark.parametrize("task", [row for row in TASKS.values() if row.examples and row.name != "digits"])
def test_what_is_counted_is_what_is_learned_from(task) -> None:
    for spec in task.kept[:: len(task.kept) - 1 or 1]:
        assert task.examples(spec, task.manifest()) == len(task.learned(spec))


def test_the_weights_of_others_are_named_with_version_and_licence() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    katakana = TranslatorSpec(task="katakana", attention="dot", hidden=128)
    for spec in (katakana, NAGISA):
        name, version, licence = describe(spec).package.split()
        assert version[0].isdigit()
        assert any(line.split()[:2] == [name, licence.strip("()")] for line in notice.splitlines())
