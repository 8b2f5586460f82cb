import random

import pytest

from bench.extremes import KINDS, candidates, query, written
from pages._ui.address import CONTROLS, MAX_TEXT, controls_of, parse
from pages._ui.shell import CHAPTERS


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_is_at_most_as_long_as_asked_and_another_one_for_each_visit(kind: str) -> None:
    told = f"{kind} {MAX_TEXT}"
    first, second = (written(told, random.Random(seed)) for seed in range(2))
    assert MAX_TEXT - 1 <= len(first) <= MAX_TEXT
    assert first != second
    assert first == written(told, random.Random(0))


def test_both_ends_and_each_option_are_candidates() -> None:
    assert candidates(CONTROLS["rho"]) == ("own", "0", "3")
    assert candidates(CONTROLS["guess"]) == ("skip", "1", "60")
    assert candidates(CONTROLS["hidden"]) == ("8", "16", "32", "64")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda row: row.name)
def test_every_candidate_is_an_address_that_the_page_takes_as_it_stands(chapter) -> None:
    for key in chapter.controls:
        for told in candidates(controls_of(chapter)[key]):
            for number in (1, 49, 50, 777):
                _, notices = parse(
                    {name: [value] for name, value in query(chapter, {key: told}, number).items()}, controls_of(chapter)
                )
                assert not notices, (key, told, number, notices)


def test_what_is_kept_by_its_value_has_another_one_in_each_visit() -> None:
    (gradients,) = (row for row in CHAPTERS if row.name == "gradients")
    asked = [query(gradients, {"limit": "100", "rho": "0", "weights": "fresh"}, number) for number in (1, 2)]
    assert [one["limit"] for one in asked] == ["99.99", "99.98"]
    assert [one["rho"] for one in asked] == ["0.01", "0.02"]
    assert asked[0]["seed"] != asked[1]["seed"]
    assert asked[0]["text"] != asked[1]["text"]
