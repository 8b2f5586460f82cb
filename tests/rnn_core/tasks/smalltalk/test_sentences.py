from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rnn_core.tasks.smalltalk.sentences import endings, share

BODIES = st.lists(st.text(max_size=3), min_size=1, max_size=5).map(tuple)


def test_the_share_of_a_combination_is_the_same_on_every_machine() -> None:
    assert share("今日", "暑い") == 59499


def test_shares_are_spread_evenly() -> None:
    low = sum(share(str(number)) < 2**16 * 0.12 for number in range(5000))
    assert 0.10 < low / 5000 < 0.14


@given(body=BODIES)
def test_every_statement_is_said_as_it_stands_and_at_most_once_more(body: tuple[str, ...]) -> None:
    said = endings(body, "ね", "よ")
    assert said[0] == ()
    assert said[1:] in ((), (("ね",),), (("よ",),))


def test_each_particle_closes_a_quarter_of_the_statements() -> None:
    counts = {"ね": 0, "よ": 0}
    for number in range(4000):
        for (particle,) in endings((str(number),), "ね", "よ")[1:]:
            counts[particle] += 1
    assert all(900 < count < 1100 for count in counts.values())
