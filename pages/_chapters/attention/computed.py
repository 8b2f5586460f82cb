"""Everything about the translating networks that is kept between runs, like `cache.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached
from rnn_core.errors import KiokuError
from rnn_core.figures import Counts
from rnn_core.specs import TranslatorSpec
from rnn_core.tasks.references import correct_targets as find_targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.tasks.pairs import Tokens
    from rnn_core.translation.attribution import Attribution
    from rnn_core.translation.beam import Beam
    from rnn_core.translation.interventions import AttentionOverride
    from rnn_core.translation.lens import Lens

Choices = tuple[tuple[int, str], ...]


@cached()
def tokens(task: str, typed: str) -> Tokens:
    """What was typed as the source tokens of a task.

    Raises:
        KiokuError: it can't be read.
    """
    from rnn_core.tasks.translations import TRANSLATIONS

    if task not in TRANSLATIONS:  # letters of a word; the network itself says which it can't read
        return tuple(typed.strip())
    return TRANSLATIONS[task].tokens(typed)


@cached()
def correct_targets(task: str, source: Sequence[str]) -> tuple[Tokens, ...]:
    """What would be right, as far as the data knows it."""
    return find_targets(task, source)


@cached()
def translation(spec: TranslatorSpec, source: Sequence[str], choose: Choices = ()) -> ModelTrace:
    """What the network of `spec` writes for these tokens, with some of its words chosen."""
    from rnn_core.translation.decoding import translate  # needs torch

    return translate(spec, source, choose=choose)


@cached()
def lens(trace: ModelTrace) -> Lens:
    """What its scores and its first state are made of."""
    from rnn_core.translation.lens import look_into  # needs torch

    return look_into(trace)


def changed(
    spec: TranslatorSpec, source: Sequence[str], choose: Choices, overrides: Sequence[AttentionOverride]
) -> ModelTrace:
    """The same with attention held; what is held is rarely asked for twice."""
    from rnn_core.translation.decoding import translate  # needs torch

    return translate(spec, source, choose=choose, overrides=overrides)


def written(task: str, words: Sequence[str]) -> str:
    """Target tokens as one writes them."""
    from rnn_core.tasks.translations import TRANSLATIONS

    return TRANSLATIONS[task].text(words) if task in TRANSLATIONS else "".join(words)


@cached()
def counts(spec: TranslatorSpec, size_of: str, name: str, style: int, fewest: int = 1) -> Counts:
    """How often the network of `spec` was right on held-out inputs, by their length, of those with `fewest` inputs.

    Raises:
        KiokuError: nothing was measured.
    """
    from rnn_core.training.tasks import TRANSLATORS  # needs torch

    task = TRANSLATORS.get(spec.task)
    if task is None or spec not in task.networks:
        raise KiokuError("not_counted", model=spec.name)
    rows = task.manifest()["models"][spec.name]["right"][size_of]
    lengths = tuple(sorted(int(length) for length, (_, total) in rows.items() if total >= fewest))
    right, total = zip(*(rows[str(length)] for length in lengths), strict=True)
    return Counts(name, lengths, right, total, style)


@cached()
def updates(spec: TranslatorSpec) -> int:
    """After how many updates training ended, when the held-out loss had stopped falling."""
    from rnn_core.training.tasks import TRANSLATORS  # needs torch

    return TRANSLATORS[spec.task].manifest()["models"][spec.name]["steps"]


@cached()
def longest(task: str, size_of: str) -> int:
    """The longest input that training has shown."""
    from rnn_core.training.tasks import TRANSLATORS  # needs torch

    return max(TRANSLATORS[task].manifest()["data"]["learned"][size_of])


def size(task: str, source: Tokens, wanted: str, size_of: str) -> int | None:
    """How long a source is; None for one of another task than is `wanted`."""
    from rnn_core.tasks.translations import TRANSLATIONS

    return TRANSLATIONS[task].sizes[size_of](source) if task == wanted else None


@cached()
def beam(spec: TranslatorSpec, source: Sequence[str], width: int) -> Beam:
    """What a search with `width` beginnings finds."""
    from rnn_core.translation.beam import beam_search as search  # needs torch

    return search(spec, source, width)


@cached()
def explained(spec: TranslatorSpec, source: Sequence[str], choose: Choices = ()) -> Attribution:
    """On which source words each written word measurably hangs."""
    from rnn_core.translation.attribution import explain  # needs torch

    return explain(spec, source, choose)


def script(trace: ModelTrace, choose: Choices, overrides: Sequence[AttentionOverride]) -> str:
    """A script that writes the translation again, with torch alone."""
    from rnn_core.takeaway.translator_script import write_translator_script  # needs torch

    return write_translator_script(trace, choose, overrides)


@cached()
def weights_file(spec: TranslatorSpec) -> bytes:
    """The network's weights as a file to take home."""
    from rnn_core.translation import registry  # needs torch

    return registry.family_of(spec).weights_bytes(spec)
