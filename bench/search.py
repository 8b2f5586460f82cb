"""A search for the costliest state of a chapter: uphill one control after the other, then pairs, then by chance."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from math import isinf
from typing import TYPE_CHECKING

from bench.extremes import between, candidates
from pages._ui.address import FRAME, MAX_TEXT, controls_of
from pages._ui.controls import SENTENCES

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    from bench.extremes import State
    from pages._ui.chapter import Chapter

DEAREST = 3  # controls of which all pairs are tried
CHANCE = 0.2  # share of the time that is kept for random states
Time = Callable[[], float]  # the share of the time that has passed
NEAR = 4  # controls of the best state that chance changes
MORE = 1.05  # times what the best state costs: less may be chance
AS_GOOD = 0.9  # a shorter state that costs so much of the longer one's takes its place


class Search:
    """One search: where it is, and how it goes on.

    Attributes:
        best: the costliest state so far.
        score: what it costs.
        tried: how many visits there were.
    """

    def __init__(self, chapter: Chapter, visit: Callable[[State], float], time: Time, rng: random.Random) -> None:
        self.rows = controls_of(chapter)
        self.keys = [key for key in (*FRAME, *chapter.controls) if candidates(self.rows[key])]
        self.visit, self.time, self.rng = visit, time, rng
        self.best: State = {}
        self.score = 0.0
        self.tried = 0
        self.range: dict[str, float] = {}

    def run(self) -> State:
        """The costliest state found within the time, without what it does not need; the first one without bound."""
        texts = [key for key in self.keys if self.rows[key].kind == "text"]
        others = [key for key in self.keys if self.rows[key].kind != "text"]
        self.uphill([key for key in texts if key in SENTENCES], self.longest)  # most hangs on what is read
        self.uphill(others, self.ends)
        self.uphill(texts, self.ends)
        self.uphill(others, self.ends)
        self.pairs()
        self.chance()
        return self.shortened()

    def longest(self, key: str, _: Mapping[str, float]) -> Iterator[str]:
        """The longest text of each kind."""
        return (told for told in candidates(self.rows[key]) if told.endswith(f" {MAX_TEXT}"))

    def ends(self, key: str, costs: Mapping[str, float]) -> Iterator[str]:
        """The candidates of a control; after all of a text, the other lengths of the costliest."""
        yield from candidates(self.rows[key])
        if self.rows[key].kind == "text":
            yield from between(max(costs, key=lambda told: costs[told]))

    def cost(self, state: State) -> float:
        """What a state costs."""
        self.tried += 1
        return self.visit(state)

    def twice(self, state: State, found: float | None = None) -> float:
        """The less of what a state costs once, if that is known, and once more.

        What a server does for the first time adds to a cost, and so does what else the machine does.
        """
        return min(self.cost(state) if found is None else found, self.cost(state))

    def dare(self, state: State, found: float) -> None:
        """Go to a state that has cost so much, if it costs more than the best one once more."""
        if found > self.score and (isinf(found) or (found := self.twice(state, found)) > self.score):
            self.best, self.score = state, found

    def over(self, share: float = 1.0) -> bool:
        """Whether this share of the time has passed, or nothing can cost more than what was found."""
        return isinf(self.score) or self.time() > share

    def uphill(self, keys: Sequence[str], of: Callable[[str, Mapping[str, float]], Iterator[str]]) -> None:
        """One control after the other takes the candidate that costs clearly the most beside the best of the others."""
        for key in keys:
            if self.over(1 - CHANCE):
                return
            self.score = self.twice(self.best)
            costs = {self.best.get(key, ""): self.score}
            for told in of(key, costs):
                if self.over(1 - CHANCE) or isinf(max(costs.values())):
                    break
                costs[told] = self.cost({**self.best, key: told})
            dearest = max(costs, key=lambda told: costs[told])
            if costs[dearest] > MORE * self.score:
                self.dare({**self.best, key: dearest}, costs[dearest])
            self.range[key] = max(costs.values()) - min(costs.values())

    def pairs(self) -> None:
        """All pairs of candidates of the controls that made the most difference."""
        dearest = sorted(self.range, key=lambda key: -self.range[key])[:DEAREST]
        for one, other in combinations(dearest, 2):
            both = list(product(candidates(self.rows[one]), candidates(self.rows[other])))
            self.rng.shuffle(both)
            for first, second in both:
                if self.over(1 - CHANCE):
                    return
                state = {**self.best, one: first, other: second}
                self.dare(state, self.cost(state))

    def chance(self) -> None:
        """Random states, half of them near the best one, until the time has passed."""
        while not self.over():
            known = self.best if self.rng.random() < 1 / 2 else {}
            most = NEAR if known else len(self.keys)
            changed = self.rng.sample(self.keys, self.rng.randint(1, min(most, len(self.keys))))
            state = {**known, **{key: self.rng.choice(candidates(self.rows[key])) for key in changed}}
            self.dare(state, self.cost(state))

    def shortened(self) -> State:
        """The best state without what makes no difference to its cost."""
        if isinf(self.score):
            return self.best
        state, score = dict(self.best), self.twice(self.best)
        for key in self.best:
            without = {other: told for other, told in state.items() if other != key}
            if self.cost(without) >= AS_GOOD * score:
                state = without
        return state
