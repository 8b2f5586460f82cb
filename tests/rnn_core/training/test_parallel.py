"""The tables of /parallel against what makes them: what is quick is measured again."""

from __future__ import annotations

from statistics import fmean

import pytest

from rnn_core.statistics import recall
from rnn_core.training import manifests, parallel, parity


def test_all_tables_are_there() -> None:
    assert parallel.up_to_date()
    found = parallel.tables()
    assert set(found["parity"]) == {f"{kind}-{seed}" for kind in parity.KINDS for seed in parallel.SEEDS}
    assert set(found["recall"]) == {f"{width}-{pairs}" for width in parallel.WIDTHS for pairs in parallel.PAIRS}
    assert {len(found["networks"]), len(found["scales"]), len(found["epochs"])} == {24, 36, 41}
    assert manifests.path_of(parallel.FILE).stat().st_size < 60_000


@pytest.mark.parametrize("pairs", [4, 8])
def test_recall_is_what_is_measured(pairs: int) -> None:
    assert parallel.tables()["recall"][f"16-{pairs}"] == pytest.approx(recall.recall_pairs(16, pairs), abs=2e-3)


def test_recall_of_rewritten_keys_is_what_is_measured() -> None:
    assert parallel.tables()["rewritten"]["8"] == pytest.approx(recall.recall_rewritten(8), abs=2e-3)


def test_the_shape_of_the_parity_table() -> None:
    """What the page says of it: recurrent networks count beyond what they learned, minGRU stops in its curriculum."""
    runs = parallel.tables()["parity"]
    for kind in ("rnn", "lstm", "gru"):
        assert fmean(runs[f"{kind}-{seed}"]["accuracy"]["256"] for seed in parallel.SEEDS) > 0.99
    for seed in parallel.SEEDS:
        stuck, signed = runs[f"mingru-{seed}"], runs[f"signed-{seed}"]
        assert (stuck["steps"], stuck["learned"] < parity.LONGEST) == (parity.MOST, True)
        assert stuck["accuracy"]["256"] < 0.6
        assert signed["accuracy"]["64"] > 0.99


def test_two_units_set_by_hand_make_no_mistake() -> None:
    assert parallel.tables()["by_hand"]["two units"] == {"bits": parallel.BITS, "wrong": 0}


def test_building_writes_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    written = {}
    monkeypatch.setattr(parallel, "PARTS", {"recall": lambda: iter([("a", {"linear": 1.0})])})
    monkeypatch.setattr(manifests, "write", lambda name, manifest: written.update({name: manifest}))
    assert list(parallel.build()) == [("recall a", {"linear": 1.0})]
    assert written[parallel.FILE]["recall"] == {"a": {"linear": 1.0}}
