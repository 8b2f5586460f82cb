from bench.report import TITLE, merge, sections, table


def test_only_the_sections_measured_anew_are_replaced() -> None:
    old = merge("", {"Start": "slow", "Models": "good"}, ["Recording", "Start", "Models"])
    new = merge(old, {"Start": "quick", "Recording": "exact"}, ["Recording", "Start", "Models"])
    assert new.startswith(TITLE)
    assert list(sections(new).items()) == [("Recording", "exact"), ("Start", "quick"), ("Models", "good")]


def test_a_section_that_is_no_longer_measured_is_dropped() -> None:
    assert sections(merge("## x\n\n## Old\n\nwords\n", {}, ["Start"])) == {}


def test_numbers_stand_at_the_right() -> None:
    assert table(["what", "ratio"], [["a", "1.50 ×"], ["b", "≤ 2 ×"]]).splitlines() == [
        "| what | ratio |",
        "| --- | ---: |",
        "| a | 1.50 × |",
        "| b | ≤ 2 × |",
    ]
