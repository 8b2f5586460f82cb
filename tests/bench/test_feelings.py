from __future__ import annotations

from bench.feelings import ranged, section
from rnn_core.tasks.feelings import NETWORKS, TEXTS


def test_the_section_has_a_row_a_network_and_a_baseline() -> None:
    found = section()
    assert all(f"| {spec.name} |" in found for spec in NETWORKS)
    assert found.count("| naive bayes |") == len(TEXTS)
    assert found.count("| majority |") == len(TEXTS)


def test_seeds_are_told_from_the_worst_to_the_best() -> None:
    assert ranged([0.9, 0.7, 0.8]) == "0.700 to 0.900"


def test_what_is_to_be_reached_stands_beside_each_gated_network_on_faces() -> None:
    reached = [line for line in section().splitlines() if "≥ 0.83" in line and "≥ 0.77" in line]
    assert [line.split(" | ")[0] for line in reached] == ["| LSTM", "| GRU"]
