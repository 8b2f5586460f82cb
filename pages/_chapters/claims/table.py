"""The table of the claims, and how many of them hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pages._ui import blocks
from pages._ui.words import explained, formula, plain
from rnn_core.claims import data
from rnn_core.claims.bars import bars_of
from rnn_core.claims.rows import CLAIMS
from rnn_core.figures.captions import number, percent
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.predict import Verdict
    from pages._ui.shell import View
    from rnn_core.claims.bars import Bar
    from rnn_core.claims.rows import Claim, Numbers, Unit

PARTS = 4  # ranges that are offered


def shown(view: View) -> None:
    """The part of the page."""
    lang, said = view.lang, data.measured()
    where = plain(text("claims.machine", lang, machine=said["machine"], torch=said["torch"])).replace("`", "")
    blocks.part(
        view,
        "claims.table",
        f'{drawn(view, said["claims"])}<p class="quiet" lang="{lang}">{where}</p>',
        anchor="claims",
    )


def ranges() -> Mapping[int, tuple[int, int]]:
    """What can be guessed: all counts from 0 on, in ranges of about one width.

    Example:
        >>> ranges()
        {1: (0, 4), 2: (5, 9), 3: (10, 14), 4: (15, 19)}
    """
    ends = [len(CLAIMS) * place // PARTS for place in range(PARTS + 1)]
    return {place: (ends[place - 1] + (place > 1), ends[place]) for place in range(1, PARTS + 1)}


def options(lang: str) -> Mapping[int, str]:
    """The ranges as they are offered."""
    return {place: text("claims.option", lang, low=low, high=high) for place, (low, high) in ranges().items()}


def right() -> int:
    """The range in which the number of claims lies that are confirmed."""
    confirmed = Counter(claim.verdict for claim in CLAIMS)["confirmed"]
    return next(place for place, (low, high) in ranges().items() if low <= confirmed <= high)


def judged(guess: int) -> Verdict:
    """What a guess is worth: nearly right is the range beside."""
    return "right" if guess == right() else "near" if abs(guess - right()) == 1 else "wrong"


def why(lang: str) -> str:
    """How many have each verdict."""
    return text("claims.why", lang, **Counter(str(claim.verdict) for claim in CLAIMS))


def drawn(view: View, found: Mapping[str, Numbers]) -> str:
    """A row a claim, as HTML."""
    lang = view.lang
    head = "".join(
        f'<th scope="col">{plain(text(f"claims.column.{one}", lang))}</th>' for one in ("claim", "measured", "verdict")
    )
    rows = "".join(_row(view, claim, found[claim.name]) for claim in CLAIMS)
    label = plain(text("claims.table", lang))
    return (
        f'<table class="claims" lang="{lang}" aria-label="{label}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(view: View, claim: Claim, found: Numbers) -> str:
    lang, said = view.lang, text(f"claims.said.{claim.name}", view.lang)
    verdict = plain(text(f"claims.verdict.{claim.verdict}", lang))
    tried = plain(text("claims.try", lang))
    said_of = f"{measured(claim, found, lang)} {intervals(claim, found, lang)}"
    return (
        f'<tr><th scope="row">{explained(said, lang)}</th><td>{formula(said_of)} '
        f'<a href="{plain(link(claim, lang))}" target="_self" aria-label="{tried}: {plain(said)}">{tried}</a></td>'
        f'<td><span class="judged {claim.verdict}">{verdict}</span></td></tr>'
    )


def link(claim: Claim, lang: str) -> str:
    """To the chapter in which the claim can be tried, in the state that shows it.

    Example:
        >>> link(CLAIMS[0], "en")
        'cell?lang=en&cell=rnn&guess=skip'
    """
    path = "./" if claim.chapter == "home" else claim.chapter
    return f"{path}?{urlencode({'lang': lang, **claim.state})}"


def measured(claim: Claim, found: Numbers, lang: str) -> str:
    """What was measured for a claim, as a sentence."""
    return text(
        f"claims.method.{claim.name}",
        lang,
        **{name: written(found[name], unit, lang) for name, unit in claim.units.items()},
    )


def intervals(claim: Claim, found: Numbers, lang: str) -> str:
    """How sure the shares are that were counted, as a sentence; "" where there is none, or its sentence says so."""
    sure = [
        text(
            "claims.interval",
            lang,
            name=text(f"claims.bar.{bar.key}", lang),
            **{end: percent(at, lang, 1) for end, at in zip(("low", "high"), bar.interval, strict=True)},
        )
        for bar in bars_of(claim, found)
        if bar.interval is not None and f"{bar.key}_low" not in claim.units  # what its sentence says by itself
    ]
    join = text("figures.list", lang).join
    return text("claims.intervals", lang, intervals=join(sure)) if sure else ""


def unit_of(claim: Claim, bar: Bar) -> Unit:
    """How the number of a bar is written: of a count the share that it is."""
    return "share" if bar.key in claim.of and claim.units[bar.key] == "whole" else claim.units[bar.key]


def written(value: float, unit: Unit, lang: str) -> str:
    """A measured number as its sentence quotes it.

    Example:
        >>> [written(0.25, unit, "en") for unit in ("share", "two", "ms")], written(1856, "whole", "en")
        (['25%', '0.25', '0.25 ms'], '1,856')
    """
    match unit:
        case "share" | "tenth":
            return percent(value, lang, int(unit == "tenth"))
        case "whole":
            return f"{value:,.0f}"
        case "two":
            return "0" if value == 0 else "< 0.01" if value < 0.005 else f"{value:.2f}"
        case "ms":
            return f"{value:.2f} ms"
        case "ratio":
            return blocks.power(value) if value < 0.001 else number(value)
