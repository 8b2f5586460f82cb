"""Looking closer at a translation: other outputs, what if, and whether attention explains it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._chapters.attention import computed, decoded, faithfulness, interventions, search
from pages._ui import blocks, controls, takeaway

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._chapters.attention.decoded import Decoded
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.specs import TranslatorSpec
    from rnn_core.translation.interventions import AttentionOverride

STUDIES: Mapping[str, Callable[[View, Decoded], None]] = {
    "beam": search.study,
    "explain": faithfulness.study,
}


def study(view: View, shown: Decoded, beside: interventions.Networks = MappingProxyType({})) -> None:
    """The study that the address names; then the translation to take home, changed if the study changed it.

    Args:
        view: the page.
        shown: the translation.
        beside: as in `interventions.study`.
    """
    blocks.part(view, "decoded.study", blocks.parity_said(view, shown.raw.layers))
    controls.choice("study", view.lang, label="collapsed")
    asked, choose = view.text("study"), decoded.forced(view)
    altered = None
    if asked in STUDIES:
        STUDIES[asked](view, shown)
    else:
        altered = interventions.study(view, shown, beside)
    if altered is None:
        _take_away(view, shown.spec, shown.raw, choose)
    else:
        _take_away(view, shown.spec, altered.trace, choose if altered.overrides else (), altered.overrides)


def _take_away(
    view: View,
    spec: TranslatorSpec,
    trace: ModelTrace,
    choose: computed.Choices,
    overrides: Sequence[AttentionOverride] = (),
) -> None:
    def files() -> tuple[str, bytes]:
        return computed.script(trace, choose, overrides), computed.weights_file(spec)

    takeaway.whole(view, trace, files=files)
