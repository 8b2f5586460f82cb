"""What the model expects after a word: the likeliest outputs as bars on the whole way from 0 to 1."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.figures.captions import percent
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import TOKEN_LANGUAGE, quoted, short, stem_of
from rnn_core.messages import text
from rnn_core.specs import TranslatorSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.model_trace import Guess, ModelTrace
    from rnn_core.quantities import Scale

    Array = NDArray[np.floating]

SCALE: Scale = "share"
BAR, GLOSSED = 34, 44  # px a bar, without and with a gloss
LEAST = 0.001  # what is less is said to be less
LONGEST, GLOSS = 12, 24  # characters of a word and of its gloss


def next_word(trace: ModelTrace, step: int, *, lang: str, theme: Theme, count: int = 8) -> Picture:
    """The `count` likeliest outputs after the word at `step` (0-based), likeliest on top.

    Raises:
        KiokuError: no such step.
    """
    guesses = trace.top(step, count)
    names = [guess.text for guess in guesses]
    probabilities = trace.probabilities[step, [trace.outputs.index(name) for name in names]]  # (count,)
    writes = isinstance(trace.spec, TranslatorSpec)
    letters = isinstance(trace.spec, TranslatorSpec) and trace.spec.letters
    ends = Mark("■", text("beam_tree.ends" if writes else "figures.next_word.ends", lang), theme["ink"])
    return Picture(
        key="next_word",
        figure=draw_odds(guesses, probabilities, lang, theme),
        title=text(f"figures.next_word.{'letter' if letters else 'title'}", lang),
        finding=_finding(trace, step, guesses, lang),
        method=_method(trace, guesses, lang),
        legend=Legend("<i>p</i>", SCALE, "0", "1", (ends,) if any(guess.ends for guess in guesses) else ()),
        table=MappingProxyType(
            {text("figures.column.output", lang): tuple(names)}
            | _meanings(guesses, lang)
            | {
                text("figures.column.probability", lang): probabilities,
                text("figures.column.ends", lang): tuple(guess.ends for guess in guesses),
            }
        ),
    )


def _method(trace: ModelTrace, guesses: Sequence[Guess], lang: str) -> str:
    """What is shown of the outputs; and of one that looks like half a word, that it is one."""
    said = text("figures.next_word.method", lang, count=len(guesses), outputs=len(trace.outputs))
    stem = stem_of(guess.text for guess in guesses)
    return said if stem is None else said + text("figures.next_word.stem", lang, stem=quoted(stem, "", lang))


def draw_odds(guesses: Sequence[Guess], probabilities: Array, lang: str, theme: Theme) -> go.Figure:
    """A bar an output, from 0 to 1, in the order given from the top."""
    names = [guess.text for guess in guesses]
    bars: Part = {
        "type": "bar",
        "orientation": "h",
        "x": probabilities,
        "y": names,
        "marker": {
            "color": probabilities,
            "cmin": 0,
            "cmax": 1,
            "colorscale": theme.colorscale(SCALE),
            "showscale": False,
            "line": {"color": theme["edge"], "width": theme.px(1)},
        },
        "text": [_number(guess.probability) for guess in guesses],
        "textposition": "outside",
        "textfont": theme.font(),
        "cliponaxis": False,
        "hovertemplate": "%{y}<br>%{x:.5~g}<extra></extra>",
    }
    return theme.draw(
        (theme.height(BAR) if lang == TOKEN_LANGUAGE else theme.px(GLOSSED)) * len(guesses) + theme.px(36),
        [bars],
        margin={"l": theme.px(8), "r": theme.px(52), "t": theme.px(8), "b": theme.px(28)},
        bargap=0.35,
        xaxis={"range": [0, 1], "tickvals": [0, 0.5, 1], "ticktext": ["0", "0.5", "1"], "showgrid": True},
        yaxis={
            "type": "category",
            "range": [len(guesses) - 0.5, -0.5],
            "tickvals": names,
            "ticktext": [_label(guess, lang, theme) for guess in guesses],
            "tickfont": theme.font(WORD),
        },
    )


def _number(probability: float) -> str:
    """Three decimals, in which only what is certain is 1."""
    if probability < LEAST:
        return f"< {LEAST}"
    said = f"{probability:.3f}"
    return f"> {1 - LEAST}" if said == "1.000" and probability < 1 else said


def _meanings(guesses: Sequence[Guess], lang: str) -> dict[str, tuple[str, ...]]:
    """What the outputs mean, for those who need it."""
    meanings = tuple(_gloss(guess, lang) for guess in guesses)
    return {text("figures.column.meaning", lang): meanings} if any(meanings) else {}


def _gloss(guess: Guess, lang: str) -> str:
    return guess.gloss if lang != TOKEN_LANGUAGE else ""


def _label(guess: Guess, lang: str, theme: Theme) -> str:
    word = short(guess.text, LONGEST)
    lines = [f"<b>■ {word}</b>" if guess.ends else word]
    if gloss := _gloss(guess, lang):
        lines.append(f'<span style="color:{theme["muted"]};font-size:{theme.px(LABEL)}px">{short(gloss, GLOSS)}</span>')
    return "<br>".join(lines)


def _finding(trace: ModelTrace, step: int, guesses: tuple[Guess, ...], lang: str) -> str:
    token = trace.tokens[step]
    word = quoted(token.text, token.gloss if lang != TOKEN_LANGUAGE else "", lang)
    said = [(quoted(guess.text, _gloss(guess, lang), lang), percent(guess.probability, lang)) for guess in guesses[:2]]
    finding = text("figures.next_word.best", lang, word=word, best=said[0][0], share=said[0][1])
    if len(said) > 1:
        second = text("figures.next_word.second", lang, second=said[1][0], share=said[1][1])
        finding = text("figures.join", lang, first=finding, second=second)
    return finding
