import random
from math import inf

from bench.search import Search
from pages._ui.chapter import Chapter

CHAPTER = Chapter("toy", "why", 1, ("english", "study", "beam"))
COSTS = {"study": {"explain": 3.0}, "beam": {"5": 0.2}, "english": {"letters 1000": 1.0, "letters 200": 1.5}}


def cost(state: dict[str, str]) -> float:
    """The long text makes the explanation dear, which costs nothing alone."""
    if state.get("study") == "explain" and not state.get("english", "").startswith("letters"):
        return 0.1
    return 0.1 + sum(COSTS.get(key, {}).get(told, 0.0) for key, told in state.items())


class Clock:
    def __init__(self, most: int) -> None:
        self.seen, self.most = 0, most

    def __call__(self) -> float:
        self.seen += 1
        return self.seen / self.most


def test_it_finds_what_is_dear_only_together_and_says_no_more_than_it_takes() -> None:
    search = Search(CHAPTER, cost, Clock(2000), random.Random(0))
    assert search.run() == {"english": "letters 200", "study": "explain"}


def test_it_ends_when_the_time_has_passed() -> None:
    search = Search(CHAPTER, cost, Clock(30), random.Random(0))
    search.run()
    assert search.tried < 60


def test_it_ends_where_a_visit_was_given_up() -> None:
    def without_bound(state: dict[str, str]) -> float:
        return inf if state.get("english") == "rare 1000" else 0.1

    search = Search(CHAPTER, without_bound, Clock(2000), random.Random(0))
    assert search.run() == {"english": "rare 1000"}
    assert search.tried < 30
