from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.compare.networks import STATE
from rnn_core.lineup import NETWORKS
from tests.pages.reading import charts

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def named(open_page: Open, **query: str) -> set[str]:
    return {
        element.proto.id.split("-")[-1] for element in open_page(page="compare", lang="en", **query).get("plotly_chart")
    }


@pytest.mark.parametrize(
    ("kind", "query"), [(STATE, {}), ("influence", {"guess_persistence": "skip", "measure": "influence"})]
)
def test_every_network_has_its_picture_under_one_heading(open_page: Open, kind: str, query: dict[str, str]) -> None:
    assert {f"chart_{kind}_{cell}" for cell in NETWORKS} <= named(open_page, **query)


def test_what_would_answer_the_question_waits_for_it(open_page: Open) -> None:
    shown = named(open_page, guess_persistence="skip") - named(open_page)
    assert shown == {"chart_difference", "chart_gradient_norms"}


def test_the_states_share_their_scale(open_page: Open) -> None:
    at = open_page(page="compare", lang="en")
    ends = {
        (first["zmin"].item(), first["zmax"].item())
        for first in (charts(at, f"chart_{STATE}_{cell}")[0] for cell in NETWORKS)
    }
    assert len(ends) == 1
