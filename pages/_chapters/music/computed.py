"""What the networks of /music write and expect, and what their manifest says, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.composing import Composed
    from rnn_core.models.meanings import Clamped, Scores
    from rnn_core.tasks.music.melodies import Note
    from rnn_core.tasks.music.spec import MusicSpec
    from rnn_core.training.music import Manifest


@cached()
def compose(spec: MusicSpec, given: Sequence[Note], temperature: float, seed: int) -> Composed:
    """How a network goes on."""
    from rnn_core.models import composing  # needs torch

    return composing.compose(spec, given, temperature, seed)


@cached()
def manifest() -> Manifest:
    """What the networks are worth."""
    from rnn_core.training.music import MUSIC  # needs torch

    return MUSIC.manifest()


@cached(heavy=lambda spec: True)  # noqa: ARG005  # called by their names
def unit_scores(spec: MusicSpec) -> tuple[Scores, ...]:
    """How closely the units of a network follow each property."""
    from rnn_core.models import melody_units  # needs torch

    return melody_units.score(spec)


@cached(heavy=lambda spec, scores, key, count: True)  # noqa: ARG005  # called by their names
def clamp(spec: MusicSpec, scores: Sequence[Scores], key: str, count: int) -> Clamped:
    """What melodies lose with the units clamped that follow a property best."""
    from rnn_core.models import melody_units  # needs torch

    return melody_units.clamp(spec, next(row for row in scores if row.key == key), count)
