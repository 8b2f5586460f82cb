"""The costliest address of each chapter, found by a search over the ends of its controls, and what it costs."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from bench.extremes import query
from bench.process import memory
from bench.report import kept_rows, table
from bench.search import Search
from bench.server import serving
from bench.visit import Cost, Limit, left, opened, unfolded
from pages._ui.shell import CHAPTERS, HOME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.extremes import State
    from bench.server import Server
    from pages._ui.shell import Chapter

HEADING = "Addresses"
WORST = Path(__file__).with_name("worst.json")  # written here, read by what needs costly addresses
SECONDS, VISITS = 90.0, 500  # of a server's processor time, and how many, that the search of a chapter may take
WAITS = "transformer"  # a page that waits until torch is there
MOST_CPU, MOST_MIB = 2.0, 300.0
TIMES = 3  # visits of an address, at most
EXACT = 0.25  # seconds of processor time that are enough to tell one address from another
LIMIT = Limit()
SOON, LONG = 1.0, 20.0  # seconds after which a reader leaves, and for how long is looked at what goes on
PARTS = tuple(chapter.name for chapter in CHAPTERS)
HEAD = (
    *("chapter", "costliest address", "tried", "CPU", "reach", "memory", "reach ", "unfolded, CPU", "memory "),
    *("CPU after leaving", "errors"),
)


def path(name: str) -> str:
    """A chapter's address; the first one's is the root."""
    return "" if name == HOME else name.replace("_", "-")


class Site:
    """A warm server, replaced by another one when a visit was too much for it.

    Attributes:
        server: the one that runs.
        idle: MiB that it held when it was warm.
        spent: seconds of processor time that all visits took.
        visits: how many there were, so that each can be of something that nobody has seen.
        errors: exceptions that pages have shown, each with the first state that shows it.
    """

    def __init__(self, chapter: Chapter) -> None:
        self.chapter = chapter
        self.visits = 0
        self.spent = 0.0
        self.errors: dict[str, State] = {}
        self.stack = ExitStack()
        self.begin()

    def begin(self) -> None:
        """A fresh server, on which the chapter has been opened as it opens."""
        self.stack.close()
        self.server: Server = self.stack.enter_context(serving())
        for page in (WAITS, *[path(self.chapter.name)] * 3):
            asyncio.run(opened(self.server, page, {"lang": "en"}))
        self.idle = memory(self.server.pid)

    def close(self) -> None:
        """End the server."""
        self.stack.close()

    def asked(self, state: Mapping[str, str]) -> dict[str, str]:
        """The address of a state, as nobody has opened it yet."""
        self.visits += 1
        return query(self.chapter, state, self.visits)

    def visit(self, state: Mapping[str, str], *, folds: bool = False) -> Cost:
        """Open a state, or all of its folded parts."""
        way = unfolded if folds else opened
        cost = asyncio.run(way(self.server, path(self.chapter.name), self.asked(state), LIMIT))
        self.spent += cost.cpu
        for error in cost.errors:
            self.errors.setdefault(error, dict(state))
        if cost.over:
            self.begin()
        return cost


@dataclass(frozen=True)
class Known:
    """What a search has found, as it is written down.

    Attributes:
        tried: how many addresses were opened.
        state: the controls of the costliest.
    """

    tried: int
    state: State


def known() -> dict[str, Known]:
    """What was found before, by the chapters' names, the costliest first."""
    return {name: Known(**said) for name, said in json.loads(WORST.read_text(encoding="utf-8")).items()}


@dataclass(frozen=True)
class Found:
    """The costliest address of a chapter.

    Attributes:
        name: the chapter.
        state: its controls.
        tried: how many addresses were opened.
        cost: of opening it: the median time, the most memory above the idle server.
        folds: of opening all of its folded parts at once, likewise.
        after: seconds of processor time after its reader has left.
        errors: exceptions that any page of the search has shown.
    """

    name: str
    state: State
    tried: int
    cost: Cost
    folds: Cost
    after: float
    errors: Sequence[str]


def score(visit: Callable[[], Cost]) -> float:
    """How far a cost is on the way to what it may be, in time or in memory; cheap visits are repeated, to be exact."""
    times: list[float] = []
    most = 0.0
    while sum(times) < EXACT and len(times) < TIMES:
        cost = visit()
        if cost.over:
            return inf
        times.append(cost.cpu)
        most = max(most, cost.mib)
    return max(statistics.mean(times) / MOST_CPU, most / MOST_MIB)


def costliest(chapter: Chapter, seconds: float = SECONDS) -> Found:
    """Search a chapter, then measure what was found on a server that has met nothing else."""
    with closing(Site(chapter)) as site:
        search = Search(
            chapter,
            lambda state: score(lambda: site.visit(state)),
            lambda: max(site.spent / seconds, site.visits / VISITS),
            random.Random(chapter.name),
        )
        state = search.run()
        site.begin()
        return measured(site, Known(search.tried, state))


def found_before(chapter: Chapter, known: Known) -> Found:
    """Measure anew what a search has found before."""
    with closing(Site(chapter)) as site:
        return measured(site, known)


def measured(site: Site, known: Known) -> Found:
    """What the costliest address costs on a server that has only met the chapter as it opens."""
    name, state = site.chapter.name, known.state
    opening, folds = (_middle(site, state, folds=folds) for folds in (False, True))
    after = asyncio.run(left(site.server, path(name), site.asked(state), SOON, LONG))
    errors = [f"{error} ({shown(one)})" for error, one in site.errors.items()]
    return Found(name, state, known.tried, opening, folds, after, errors)


def _middle(site: Site, state: State, *, folds: bool) -> Cost:
    """The median time of some visits, and by how much the server has grown beyond the idle one in any of them."""
    costs, most = [], 0.0
    for _ in range(TIMES):
        before = memory(site.server.pid) - site.idle
        costs.append(site.visit(state, folds=folds))
        most = max(most, before + costs[-1].mib)
    return Cost(statistics.median(cost.cpu for cost in costs), most, over=any(cost.over for cost in costs))


def shown(state: State) -> str:
    """A state as the report names it."""
    return " & ".join(f"{key}={told or '(empty)'}" for key, told in state.items()) or "as it opens"


def row(found: Found) -> list[object]:
    """A row of the report."""
    least = "> " if found.cost.over else ""
    return [
        "/" + path(found.name),
        f"`{shown(found.state)}`",
        found.tried,
        f"{least}{found.cost.cpu:.2f} s",
        f"≤ {MOST_CPU:g} s",
        f"{least}{found.cost.mib:.0f} MiB",
        f"≤ {MOST_MIB:.0f} MiB",
        f"{found.folds.cpu:.2f} s",
        f"{found.folds.mib:.0f} MiB",
        f"{found.after:.2f} s",
        len(found.errors),
    ]


def section(rounds: int | None = None, pieces: Sequence[str] = PARTS, seconds: float = SECONDS) -> str:
    """The section of the report with these chapters measured anew, and the others as they are.

    Args:
        rounds: with it a short form: nothing is searched, and what was found before is measured.
        pieces: which chapters, by their names.
        seconds: of processor time that each search may take.
    """
    before, rows = known(), {row[0]: list(row) for row in kept_rows(HEADING)}
    for chapter in (row for row in CHAPTERS if row.name in pieces):
        short = rounds is not None and chapter.name in before
        found = found_before(chapter, before[chapter.name]) if short else costliest(chapter, seconds)
        rows[f"/{path(chapter.name)}"] = said = list(map(str, row(found)))
        print(" | ".join(said), *found.errors, sep="\n  ", flush=True)
        if found.cost.over:  # given up: twenty readers of that would take the whole machine
            before.pop(chapter.name, None)
        else:
            before[chapter.name] = Known(found.tried, found.state)
    rows = {name: rows[name] for name in (f"/{path(name)}" for name in PARTS) if name in rows}
    kept = sorted(before.items(), key=lambda one: -seconds_of(rows.get(f"/{path(one[0])}")))
    WORST.write_text(json.dumps({name: asdict(one) for name, one in kept}, indent=1) + "\n", encoding="utf-8")
    return (
        f"At most {seconds:.0f} s of processor time and {VISITS} visits a chapter to search the ends of its controls: "
        "each option, both ends of a number, texts of every kind and length (`kanji 60`: sixty common kanji), all of "
        "them written anew for each visit, as weights get another seed, so that nothing was kept from before. One "
        "control after the other, then pairs, then by chance. "
        f"What was found is opened {TIMES} times on a server that has only met the chapter as it opens: the median of "
        "the processor's time, and the most memory above the idle server. Then the same with every folded part open at "
        f"once, and what the server still computes for a reader who left after {SOON:g} s. What took "
        f"over {LIMIT.cpu:.0f} s or {LIMIT.mib:,.0f} MiB was given up (>). "
        "Errors: exceptions on any page that the search has opened.\n\n"
        + table(HEAD, sorted(rows.values(), key=lambda one: -seconds_of(one)))
    )


def seconds_of(row: Sequence[str] | None) -> float:
    """The processor time in a row of the report.

    Example:
        >>> seconds_of(["/cell", "`t=1`", "3", "> 20.10 s"]), seconds_of(None)
        (20.1, 0.0)
    """
    return float(row[3].strip("> s")) if row else 0.0
