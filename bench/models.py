"""What the shipped models are worth on held-out combinations, as the manifest of their training says."""

from __future__ import annotations

import statistics
from collections import defaultdict

from bench.report import table
from rnn_core.quantities import CELLS
from rnn_core.training.digits import worth
from rnn_core.training.shipped import Entry
from rnn_core.training.tasks import DIGITS, SMALLTALK, WRITTEN
from rnn_core.training.written import SIZES

HEADING = "Models"
REACH = {("lstm", 64): 0.95, ("gru", 64): 0.95}
NAMES, VOICES = "≤ 12, below counting", "≥ 0.93"


def section() -> str:
    """The section of the report."""
    found = SMALLTALK.manifest()
    groups: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in found["models"].values():
        groups[str(entry["spec"]["cell"]), int(str(entry["spec"]["hidden"]))].append(entry)
    head = ("cell", "H", "seeds", "reply accuracy, mean", "lowest", "reach", "perplexity, mean", "reach ")
    rows = [
        row(cell, hidden, entries, found["baselines"]["bigram"]) for (cell, hidden), entries in sorted(groups.items())
    ]
    sentences, baselines = found["sentences"], found["baselines"]
    return (
        f"Read from `rnn_core/pretrained/manifest.json`, which `make models` writes. {sentences['train']:,} sentences "
        f"to learn from, {sentences['test']:,} held out: combinations that are in no sentence learned from.\n"
        f"Perplexity of counting: unigram {baselines['unigram']:.2f}, bigram {baselines['bigram']:.2f}. "
        f"Trained with torch {found['torch']}.\n\n{table(head, rows)}\n\n{written()}\n\n{spoken()}"
    )


def written() -> str:
    """Names and kaomoji, character by character: a row a cell and size, over its seeds."""
    rows: list[list[object]] = []
    for name, task in WRITTEN.items():
        made = task.manifest()
        for cell in CELLS:
            for hidden in SIZES:
                of_both = (spec for spec in task.networks if (spec.cell, spec.hidden) == (cell, hidden))
                seeds = [made["models"][spec.name]["perplexity"] for spec in of_both]
                least, most, count = f"{min(seeds):.2f}", f"{max(seeds):.2f}", len(seeds)
                reach = NAMES if name == "given_names" and hidden == max(SIZES) else ""
                best = f"{made['ngram']['perplexity']:.2f} (n = {made['ngram']['order']})"
                rows.append(
                    [name, cell.upper(), hidden, count, least if count == 1 else f"{least} to {most}", best, reach]
                )
    return table(("written", "cell", "H", "seeds", "perplexity", "best counting", "reach"), rows)


def spoken() -> str:
    """Spoken digits: on synthetic voices that were not learned from, and on a recorded one."""
    rows = [
        [
            one.spec.cell.upper(),
            f"{one.together[0] / one.together[1]:.3f}",
            VOICES if one.spec.cell == "gru" else "",
            f"{one.recorded[0]} of {one.recorded[1]}",
            " ".join(map(str, one.confusion)),
        ]
        for one in worth(DIGITS.manifest())
    ]
    return table(("digits", "new synthetic voices", "reach", "a recorded voice", "its answers to 0 … 9"), rows)


def row(cell: str, hidden: int, entries: list[Entry], bigram: float) -> list[object]:
    """One cell at one size, over its seeds."""
    accuracies = [entry["reply_accuracy"] for entry in entries]
    reach = REACH.get((cell, hidden))
    return [
        cell.upper(),
        hidden,
        len(entries),
        f"{statistics.mean(accuracies):.3f}",
        f"{min(accuracies):.3f}",
        f"≥ {reach}" if reach else "",
        f"{statistics.mean(entry['perplexity'] for entry in entries):.2f}",
        f"< {bigram:.2f}",
    ]
