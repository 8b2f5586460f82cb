"""What a class votes on at /training: how the training of these settings ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.training import settings
from pages._ui import lab
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, Link
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.training.lab.contrasts import CONTRASTS

if TYPE_CHECKING:
    from pages._ui.shell import View

OPTIONS = ("solved", "stuck", "diverged")


def _link(name: str) -> Link:
    return Link(f"teach.training.link.{name}", settings.state_of(CONTRASTS[name]))


LESSON = Lesson((_link("cell_rnn"), _link("cell_lstm"), _link("late")), OPTIONS)


def ballot(view: View) -> Ballot | None:
    """The three ways to end; None where nobody has made this training yet and it is none that was measured before.

    Raises:
        KiokuError: settings beyond the limits, or what was measured is missing.
    """
    from rnn_core.training.lab.outcomes import prepared_endings, stored_ending  # needs torch
    from rnn_core.training.lab.tasks import TASKS

    spec = settings.fitting(view.state)
    ending = stored_ending(lab.runs().folder(spec.id)) or prepared_endings().get(spec.id)
    if ending is None:
        return None
    values = {"step": f"{ending.step:,}", "loss": f"{ending.loss:.2g}", "goal": f"{TASKS[spec.task].goal:g}"}
    said = {"length": spec.length, "lr": f"{spec.lr:g}", "steps": f"{spec.steps:,}"}
    return write_ballot(
        view.chapter.name,
        lambda lang: text(
            "training.vote",
            lang,
            task=text(f"training_map.task.{spec.task}", lang),
            cell=figures.called(spec.cell, lang),
            **said,
        ),
        lambda lang: [text(f"training.vote.{option}", lang) for option in OPTIONS],
        (OPTIONS.index(ending.kind),),
        lambda lang: text(f"training.vote_why.{ending.kind}", lang, **values),
    )
