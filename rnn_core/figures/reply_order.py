"""One sentence and the same words in another order: what each network expects after both, on one scale."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import networks
from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.words import TOKEN_LANGUAGE, short
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.answer import Contrast
    from rnn_core.models.model_trace import Guess

HEAD, ROW = 34, 36  # px: a network's name, one output with its own name above it
BEFORE, AFTER = "○", "●"
LONGEST, GLOSS = 12, 24  # characters of an output and of its gloss


def reply_order(contrasts: Sequence[Contrast], *, lang: str, theme: Theme) -> Picture:
    """The probabilities of each network's likeliest outputs after a sentence and after its words in another order.

    Args:
        contrasts: each network's two answers.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    rows = [(contrast, output) for contrast in contrasts for output in contrast.outputs]
    shown = [_pair(contrast, output) for contrast, output in rows]
    return Picture(
        key="reply_order",
        figure=_draw(contrasts, lang, theme),
        title=text("reply_order.title", lang),
        finding=_finding(contrasts, lang),
        method=text("reply_order.method", lang),
        legend=Legend(
            "<i>p</i>",
            None,
            marks=(Mark(BEFORE, text("reply_order.before", lang)), Mark(AFTER, text("reply_order.after", lang))),
        ),
        table=MappingProxyType(
            {
                text("networks.column", lang): tuple(networks.name(contrast.spec, lang) for contrast, _ in rows),
                text("figures.column.output", lang): tuple(output.text for _, output in rows),
                **_meanings([output for _, output in rows], lang),
                text("reply_order.before", lang): np.array([pair[0] for pair in shown]),
                text("reply_order.after", lang): np.array([pair[1] for pair in shown]),
                text("reply_order.moved", lang): np.array([contrast.moved for contrast, _ in rows]),
            }
        ),
    )


def _meanings(outputs: Sequence[Guess], lang: str) -> Mapping[str, tuple[str, ...]]:
    """The column of the outputs' meanings, for those who need it."""
    if lang == TOKEN_LANGUAGE:
        return {}
    return {text("reply_order.meaning", lang): tuple(output.gloss for output in outputs)}


def _pair(contrast: Contrast, guess: Guess) -> tuple[np.float32, np.float32]:
    """The probability of one output in both answers."""
    assert contrast.answers  # there are outputs only where there are answers
    before, after = (answer.distribution[answer.outputs.index(guess.text)] for answer in contrast.answers)
    return before, after


def _draw(contrasts: Sequence[Contrast], lang: str, theme: Theme) -> go.Figure:
    head, row = theme.px(HEAD), theme.px(ROW)
    place, traces, notes = 0.0, [], []
    for contrast in contrasts:
        place += head
        notes.append(_name(contrast, place, lang, theme))
        for output in contrast.outputs:
            place += row
            notes.append(_above(_label(output, lang, theme), "ink", place - theme.px(7), theme))
            traces.append(_dumbbell(contrast, output, place, lang, theme))
    return theme.draw(
        place + theme.px(60),
        traces,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(4), "b": theme.px(40)},
        annotations=notes,
        xaxis={
            "range": [-0.02, 1.02],
            "tickvals": [0, 0.5, 1],
            "ticktext": ["0", "0.5", "1"],
            "showgrid": True,
            "title": {"text": text("figures.column.probability", lang)},
        },
        yaxis={"range": [place + theme.px(16), 0], "showticklabels": False},
    )


def _above(said: str, token: str, place: float, theme: Theme) -> Part:
    """Words at the left, standing on a height."""
    where = {"xref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return theme.label(said, token, x=0, y=place, **where) | {"align": "left"}


def _dumbbell(contrast: Contrast, guess: Guess, place: float, lang: str, theme: Theme) -> Part:
    """A ring where the output was and a dot where it is; the dot within the ring where nothing has moved."""
    color = networks.mark(contrast.spec, theme)
    before, after = (text(f"reply_order.{side}", lang) for side in ("before", "after"))
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": networks.name(contrast.spec, lang),
        "meta": guess.text,
        "x": np.array(_pair(contrast, guess)),
        "y": np.array([place, place]),
        "line": theme.stroke(color, 2),
        "marker": {
            "symbol": ["circle-open", "circle"],
            "size": [theme.px(14), theme.px(8)],
            "color": color,
            "opacity": 1,
            "line": {"width": theme.px(2), "color": color},
        },
        "text": [before, after],
        "hovertemplate": f"{short(guess.text, LONGEST)}<br>%{{text}}: %{{x:.5~g}}<extra>%{{fullData.name}}</extra>",
    }


def _name(contrast: Contrast, place: float, lang: str, theme: Theme) -> Part:
    """A network's name over its rows, with what the other order did to its answer."""
    name = f"<b>{networks.name(contrast.spec, lang)}</b>"
    quiet = f'<span style="color:{theme["muted"]}">{_said(contrast, lang)}</span>'
    return _above(f"{name}  {quiet}", networks.ink(contrast.spec, theme), place, theme)


def _said(contrast: Contrast, lang: str) -> str:
    if contrast.answers is None:
        return text("reply_order.refused", lang, words=contrast.words)
    if not contrast.notices:
        return text("reply_order.same", lang)
    return text("reply_order.moves", lang, moved=number(contrast.moved))


def _label(guess: Guess, lang: str, theme: Theme) -> str:
    if lang == TOKEN_LANGUAGE or not guess.gloss:
        return short(guess.text, LONGEST)
    return f'{short(guess.text, LONGEST)} <span style="color:{theme["muted"]}">{short(guess.gloss, GLOSS)}</span>'


def _finding(contrasts: Sequence[Contrast], lang: str) -> str:
    """Whose likeliest output is another one, whose probabilities alone, and whose are the same to the last bit."""
    kinds: dict[str, list[Contrast]] = {"changed": [], "shifted": [], "same": [], "refused": []}
    for contrast in contrasts:
        kinds[_kind(contrast)].append(contrast)
    found = ""
    for key, group in kinds.items():
        if group:
            who = networks.listed((contrast.spec for contrast in group), lang)
            said = text(f"reply_order.finding.{key}", lang, networks=who)
            found = text("figures.join", lang, first=found, second=said) if found else said
    return found


def _kind(contrast: Contrast) -> str:
    if contrast.answers is None:
        return "refused"
    if not contrast.notices:
        return "same"
    before, after = (answer.reply.text for answer in contrast.answers)
    return "shifted" if before == after else "changed"
