"""What the networks that tell feelings are worth beside simpler ways, and where they stand still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.report import table
from rnn_core.quantities import CELLS
from rnn_core.tasks import feelings
from rnn_core.training.feelings import FEELINGS, by_length
from rnn_core.training.planes import judge_slow_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.training.feelings import Manifest

HEADING = "Feelings"
GATED = ("lstm", "gru")
REACH = {feelings.FACES: ("≥ 0.83", "≥ 0.77")}  # of accuracy and macro-F1, by each seed of the gated networks


def ranged(values: Sequence[float]) -> str:
    """From the worst seed to the best.

    Example:
        >>> ranged([0.5, 0.25])
        '0.250 to 0.500'
    """
    return f"{min(values):.3f} to {max(values):.3f}"


def worth(task: str, manifest: Manifest) -> str:
    """A row a cell over its seeds, then what needs no network."""
    rows: list[Sequence[object]] = []
    for cell in CELLS:
        lines = [manifest["models"][feelings.network(task, cell, seed).name] for seed in feelings.SEEDS]
        groups = by_length(manifest["models"], task)[cell]
        accuracy, f1 = REACH.get(task, ("", "")) if cell in GATED else ("", "")
        rows.append(
            (
                cell.upper(),
                ranged([line["accuracy"] for line in lines]),
                accuracy,
                ranged([line["macro_f1"] for line in lines]),
                f1,
                ", ".join(f"{right / of:.3f}" for right, of in groups),
            )
        )
    rows += [
        (name.replace("_", " "), f"{one['accuracy']:.3f}", "", f"{one['macro_f1']:.3f}", "", "")
        for name, one in manifest["baselines"].items()
    ]
    groups = ", ".join(f"{low}–{high or ''}" for low, high in feelings.length_groups(task))
    head = ("", "accuracy, three seeds", "reach", "macro-F1", "reach ", f"accuracy of seed 0 by tokens ({groups})")
    return table(head, rows)


def still(manifest: Manifest) -> str:
    """A row a shipped network: what its slow points are."""
    return table(
        ("network", "slow points", "directions", "time constants, steps", "mean text", "judged"),
        [
            (
                name,
                f"{len(plane['slow'])} of {plane['searched']}",
                plane["directions"],
                ", ".join(f"{constant:.1f}" for constant in plane["constants"]),
                f"{plane['length']:.1f}",
                judge_slow_points(plane),
            )
            for name, plane in manifest["planes"].items()
        ],
    )


def section() -> str:
    """The section of the report."""
    parts = []
    for task in feelings.TEXTS:
        manifest = FEELINGS[task].manifest()
        texts = manifest["texts"]
        parts.append(
            f"{task}: {texts['train']:,} texts to learn from, {texts['test']:,} held out.\n\n"
            f"{worth(task, manifest)}\n\n{still(manifest)}"
        )
    return "\n\n".join(parts)
