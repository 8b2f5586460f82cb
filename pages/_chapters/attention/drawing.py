"""The drawing that opens both chapters: one input, every network that reads it, and the guess that is made in it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._chapters.attention import computed, decoded, prediction, three_networks
from pages._ui import pin, stage
from pages._ui.components.seq2seq import Card, Lane, seq2seq
from pages._ui.memo import cached
from rnn_core import KiokuError
from rnn_core.messages import text
from rnn_core.tasks.references import first_wrong

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._chapters.attention.computed import Choices
    from pages._chapters.attention.decoded import Decoded, Given
    from pages._ui.address import State
    from pages._ui.chapter import Value
    from pages._ui.components.place import Spot
    from pages._ui.components.question import Question
    from pages._ui.shell import View
    from rnn_core.figures import Counts
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.specs import TranslatorSpec
    from rnn_core.tasks.pairs import Tokens

    Counted = Mapping[str, tuple[int, int]]


def draw(
    view: View,
    found: Given,
    shown: Decoded,
    specs: Sequence[TranslatorSpec],
    *,
    guess: str,
    length: int,
    question: Question | None = None,
    counts: Counted = MappingProxyType({}),
) -> None:
    """Draw the input and the networks.

    Args:
        view: the page.
        found: what is read.
        shown: the network that is drawn in full, as it reads that.
        specs: all networks of the drawing, in their order.
        guess: the control that holds the guess.
        length: of what is read, as the networks are counted by.
        question: what is asked in the drawing.
        counts: of each network by its attention, how many inputs of this length it writes right, of how many.
    """
    lanes = [
        lane(spec, found, decoded.forced(view), shown.head, counts.get(spec.attention), view.lang) for spec in specs
    ]
    target, *_ = computed.correct_targets(found.task, found.tokens) or ((),)
    with stage.drawing(view):
        seq2seq(
            view.lang,
            cards(specs[0], found),
            lanes,
            kind=shown.spec.attention,
            length=length,
            hides=found.hides,
            step=_step(view, max(len(one.trace) for one in lanes)),
            target=computed.written(found.task, target) if target else "",
            question=question,
            follow={} if view.pinned else decoded.MARKED,
            key=view.key("seq2seq"),
            on_place_change=lambda spot: pin.take(view, _rested(spot, len(specs))),
            on_hidden_change=lambda place: pin.take(view, {"blank": _input(place, specs[0]), "t": None}),
            on_answer_change=lambda said: pin.take(view, {guess: _answer(guess, said)}),
        )


def three(view: View, counts: Sequence[Counts], asked: Question) -> tuple[Decoded, int]:
    """Draw the three networks with the input; the one that is drawn in full, and how long the input is."""
    found = decoded.given(view, view.text("task"), three_networks.typed(view.state))
    shown, length = decoded.read(view, three_networks.spec(view.state), found), prediction.length_of(view, found)
    draw(
        view,
        found,
        shown,
        three_networks.specs(view.state),
        guess="guess_accuracy",
        length=length,
        question=asked,
        counts=prediction.of_length(counts, length) if asked.answer is not None else {},
    )
    return shown, length


def pinned(view: View) -> None:
    """Draw them in a pinned state."""
    counts = prediction.counted(view)
    three(view, counts, prediction.question(view, counts))


@cached()
def cards(spec: TranslatorSpec, found: Given) -> tuple[Card, ...]:
    """The input as it was typed, and what is hidden of it."""
    source = decoded.named(computed.translation(spec, found.tokens)).source
    assert source is not None
    first = _framed(spec)
    last, hidden = len(source) - first, None if found.hidden is None else found.hidden + first
    return tuple(
        Card(
            token.text,
            token.gloss,
            token.known,
            gone=found.hides if place == hidden else "",
            mark=not first <= place < last,
        )
        for place, token in enumerate(source.tokens)
    )


@cached()
def lane(
    spec: TranslatorSpec, found: Given, choose: Choices, head: int | None, counts: tuple[int, int] | None, lang: str
) -> Lane:
    """One network with the input; where a word is hidden or forced, with what it would write by itself."""
    raw, forced = _written(spec, found, choose)
    name, states, weights, context = decoded.arrays(raw, head)
    targets: Sequence[Tokens] = ()
    itself = None
    if found.hidden is not None or forced is not None:
        itself = named_outputs(spec, found.tokens)
    else:
        targets = computed.correct_targets(spec.task, found.tokens)
    words = tuple(guess.text for guess in raw.written if not guess.ends)
    return Lane(
        kind=spec.attention,
        label=text(f"seq2seq.kind.{'heads' if spec.heads > 1 else spec.attention}", lang),
        trace=name,
        lens=computed.lens(raw),
        states=states,
        weights=weights,
        context=context,
        head=head if spec.heads > 1 else 0,
        right=(words in targets and raw.finished) if targets else None,
        wrong=first_wrong(words, targets),
        counts=counts,
        before=itself,
        forced=forced,
    )


def named_outputs(spec: TranslatorSpec, tokens: Tokens) -> tuple[str, ...]:
    """What a network writes by itself, as readers see it."""
    return tuple(guess.text for guess in decoded.named(computed.translation(spec, tokens)).written)


def _written(spec: TranslatorSpec, found: Given, choose: Choices) -> tuple[ModelTrace, int | None]:
    """What a network writes, and at which step it was made to; what ends before that step writes by itself."""
    if not choose:
        return computed.translation(spec, found.read), None
    try:
        return computed.translation(spec, found.read, choose), choose[0][0]
    except KiokuError:
        return computed.translation(spec, found.read), None


def _framed(spec: TranslatorSpec) -> int:
    """How many marks of its own a network reads before the input, and after it."""
    return int(spec.task == "katakana")


def _input(place: int | None, spec: TranslatorSpec) -> int | None:
    """Which input a card is, 1-based."""
    return None if place is None else place - _framed(spec)


def _step(view: View, longest: int) -> int | None:
    """The written word at which the drawing opens; one that no network writes is said."""
    asked = view.state["t"]
    if not isinstance(asked, int):
        return None
    if asked > longest:
        pin.beyond(view, "decoded.no_step", asked, longest)
    return asked


def _rested(spot: Spot, networks: int) -> State:
    """The controls where the reader rests: the step, and of several networks which."""
    return {"t": spot.step} | ({"attention": spot.quantity} if networks > 1 else {})


def _answer(guess: str, said: int | str | None) -> Value:
    """An answer as its control has it: that of a curve is a text, which is empty while it is asked."""
    return "" if said is None and guess == "guess_accuracy" else said
