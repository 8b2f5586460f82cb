"""What the shipped models are worth on held-out combinations, as the manifest of their training says."""

from __future__ import annotations

import statistics
from collections import defaultdict

from bench.report import table
from rnn_core.training.shipped import Entry
from rnn_core.training.tasks import SMALLTALK

HEADING = "Models"
REACH = {("lstm", 64): 0.95, ("gru", 64): 0.95}


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
        f"Trained with torch {found['torch']}.\n\n{table(head, rows)}"
    )


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
