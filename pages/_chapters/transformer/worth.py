"""How often the trained networks answer right, with positional encoding and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.transformer import computed
from pages._ui import blocks
from pages._ui.words import formula
from rnn_core.figures.captions import percent
from rnn_core.messages import text
from rnn_core.statistics import intervals

if TYPE_CHECKING:
    from pages._ui.shell import View


def told(view: View) -> None:
    """The question and the answer, which would give away what the order of the words does."""
    lang, width = view.lang, view.whole("hidden", 0)
    blocks.part(
        view,
        "transformer.worth_asked",
        f'<p class="lead" lang="{lang}">{formula(share_said(width, lang))}</p>'
        f'<p class="method" lang="{lang}">{formula(method_said(width, lang))}</p>',
    )


def share_said(width: int, lang: str) -> str:
    """How often the trained networks with and without positions, read with the mask, answer right, as a sentence."""

    def share(positions: bool) -> str:
        right, *_ = computed.correct(width, positions)
        (low,), (high,) = intervals.wilson([right], [computed.baselines().sentences])
        ends = {"low": percent(float(low), lang, 1), "high": percent(float(high), lang, 1)}
        return text("transformer.share", lang, share=percent(right / computed.baselines().sentences, lang, 1), **ends)

    return text("transformer.worth", lang, placed=share(True), unplaced=share(False))


def method_said(width: int, lang: str) -> str:
    """On how many sentences, what others would get, and how far seeds of training differ, as sentences."""
    compared = computed.baselines()
    ends = {"majority": percent(compared.majority, lang, 1), "chance": percent(compared.chance, lang, 1)}
    said = text("transformer.worth_method", lang, sentences=f"{compared.sentences:,}", **ends)
    placed, unplaced = (
        [percent(right / compared.sentences, lang, 1) for right in sorted(computed.correct(width, positions))]
        for positions in (True, False)
    )
    if len(placed) == 1:
        return said
    spread = {"low": placed[0], "high": placed[-1], "least": unplaced[0], "most": unplaced[-1]}
    seeds = text("transformer.seeds_method", lang, count=len(placed), **spread)
    return text("figures.join", lang, first=said, second=seeds)
