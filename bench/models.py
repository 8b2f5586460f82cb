"""What the shipped models are worth on held-out combinations, as the manifest of their training says."""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING

from bench.report import table
from pages._chapters.claims.table import measured as sentence
from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS
from rnn_core.quantities import CELLS
from rnn_core.training.digits import worth
from rnn_core.training.forecast_rows import WEATHER
from rnn_core.training.music import MUSIC
from rnn_core.training.shipped import Entry
from rnn_core.training.tasks import DIGITS, SMALLTALK, WRITTEN
from rnn_core.training.video import VIDEO
from rnn_core.training.written import SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.quantities import Recurrent

HEADING = "Models"
REACH = {("lstm", 64): 0.95, ("gru", 64): 0.95}
COME_NEXT = ("temperature, a day ahead, °C", "note, perplexity", "frame of a moving digit, squared error")
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
        f"Trained with torch {found['torch']}.\n\n"
        + "\n\n".join((table(head, rows), written(), spoken(), come_next(), claimed()))
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


def come_next() -> str:
    """Temperatures, melodies and moving digits: a row a cell, over its seeds, beside what needs no network."""
    rows = [made for cell in CELLS for made in (days(cell), notes(cell), frames(cell))]
    head = ("comes next", "cell", "seeds", "error", "without a network", "reach", "and", "reach ")
    return table(head, sorted(rows, key=lambda row: COME_NEXT.index(str(row[0]))))


def days(cell: Recurrent) -> list[object]:
    """The mean absolute error one day ahead in °C, and how many days lay in the fan of 80 %."""
    made = WEATHER.manifest()
    lines = [made["models"][spec.name] for spec in WEATHER.networks if spec.cell == cell]
    inside = [100 * line["covered"][0][0] / line["covered"][0][1] for line in lines]
    others = {name: made["baselines"][name][0] for name in ("persistence", "ridge")}
    beside = ", ".join(f"{name} {error:.3f}" for name, error in others.items())
    error = between([line["error"][0] for line in lines], 3)
    reach = "≤ 2.15, below both"
    return [
        COME_NEXT[0],
        cell.upper(),
        len(lines),
        error,
        beside,
        reach,
        f"{between(inside, 1)} % in the fan",
        "75–85 %",
    ]


def notes(cell: Recurrent) -> list[object]:
    """The perplexity of a note."""
    made = MUSIC.manifest()
    found = [made["models"][spec.name]["perplexity"] for spec in MUSIC.networks if spec.cell == cell]
    order, counted = min(((order, row["perplexity"]) for order, row in made["ngrams"].items()), key=lambda row: row[1])
    beside = f"{order}-gram {counted:.2f}"
    return [COME_NEXT[1], cell.upper(), len(found), between(found, 2), beside, f"≤ 9.0, < {counted:.2f}", "", ""]


def frames(cell: Recurrent) -> list[object]:
    """The mean squared error of a frame, beside copying the last, and how far its centre is off."""
    made = VIDEO.manifest()
    lines = [made["models"][spec.name] for spec in VIDEO.networks if spec.cell == cell]
    copied = made["baselines"]["copy"]["error"][1]
    error = between([line["error"][1] / copied for line in lines], 3)
    centre = f"centre off {between([line['centre'][1] for line in lines], 2)} px"
    beside = f"copy-last {copied:.4f}"
    return [COME_NEXT[2], cell.upper(), len(lines), f"{error} of it", beside, "≤ 0.4 of it", centre, "≤ 0.8 px"]


def between(values: Sequence[float], digits: int) -> str:
    """The least and the largest of some seeds, or the only one."""
    ends = dict.fromkeys(f"{value:.{digits}f}" for value in (min(values), max(values)))
    return " to ".join(ends)


def claimed() -> str:
    """The claims with their stored numbers, as the page quotes them."""
    found = data.measured()["claims"]
    rows = [[claim.name, claim.verdict, sentence(claim, found[claim.name], "en")] for claim in CLAIMS]
    return table(("claim", "verdict", "measured"), rows)


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
