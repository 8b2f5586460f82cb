"""A question with three answers, and clocks that stand still until they are moved."""

from __future__ import annotations

from pages._ui.classroom.ballot import Ballot, write_ballot


def ballot(chapter: str = "order", options: int = 3, right: tuple[int, ...] = (1,)) -> Ballot:
    return write_ballot(
        chapter,
        lambda lang: f"question <b>{lang}</b>",
        lambda lang: [f"answer {at} {lang}" for at in range(options)],
        right,
        lambda lang: f"because {lang}",
    )


class Clock:
    """Seconds as a test says."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now
