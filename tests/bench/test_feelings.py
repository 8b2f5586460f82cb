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
