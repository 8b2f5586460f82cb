from __future__ import annotations

import re

import pytest

from bench import models
from pages._chapters.claims.table import drawn
from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS


class Page:
    lang = "en"


def test_the_claims_are_those_of_the_page_and_of_the_data_file() -> None:
    shown = re.sub("<[^>]*>", "", drawn(Page, data.measured()["claims"]))  # type: ignore[arg-type]  # its language
    lines = models.claimed().splitlines()[2:]
    assert len(lines) == len(CLAIMS)
    plain = "|".join(lines).replace(" ", "")
    for claim in CLAIMS:
        assert f"|{claim.name}|{claim.verdict}|" in plain
    numbers = {number for line in lines for number in re.findall(r"\d[\d,.]*%|\d[\d,]*\.\d+|\d{2,}", line)}
    assert {number for number in numbers if number not in shown} == set()


@pytest.mark.parametrize(("kind", "most"), list(zip(models.COME_NEXT, (2.15, 9.0, 0.4), strict=True)))
def test_what_comes_next_is_within_its_reach(kind: str, most: float) -> None:
    rows = [line.strip("| ").split(" | ") for line in models.come_next().splitlines() if line.startswith(f"| {kind}")]
    assert len(rows) == 3
    for row in rows:
        assert max(map(float, re.findall(r"[\d.]+", row[3]))) <= most


def test_one_value_is_written_once() -> None:
    assert (models.between([2.1, 2.3, 2.2], 1), models.between([0.5, 0.5], 2)) == ("2.1 to 2.3", "0.50")
