"""Text into the page's own HTML: whoever wrote it, it stays text."""

from __future__ import annotations

import re
from functools import lru_cache, wraps
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, ParamSpec

from rnn_core.messages import text as message
from rnn_core.text.typography import SUPERSCRIPT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Said = ParamSpec("Said")

KEPT = 1024  # texts: a run has some fifty, most of them those of the run before
LONGEST = 2000  # letters of a text that is kept: those of a message, and no file of a reader's
_ACTIVE = re.compile(r"[\\`*_\[\]<>#$~|&]|:(?=\w)")  # what Markdown, also Streamlit's own, takes as a sign
# Where GitHub's Markdown, which Streamlit's is, sees an address although nothing marks it as one. Escaping does not
# help: it looks for them once more after all escapes are gone.
_ADDRESS = re.compile(r"www(?=\.)|(?:https?|mailto|xmpp):|@", re.IGNORECASE)
_JOINER = "\N{WORD JOINER}"  # takes no room and lets no line break
# What is explained where it stands: a regular expression of a sign, and whose message (`ui.symbol.<name>`) explains it.
SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "‖[^‖<]+‖": "norm",
        "⊙": "hadamard",
        "σₘₐₓ": "stretch",
        "σ": "sigmoid",
        "λ": "eigenvalue",
        "ρ": "radius",
        "∂": "derivative",
        "α": "weight",
    }
)
_SYMBOL = re.compile("|".join(f"(?P<{name}>{sign})" for sign, name in SYMBOLS.items()))
_LOWERED = {raised: chr(plain).replace("-", "−") for plain, raised in SUPERSCRIPT.items()}


def plain(text: str) -> str:
    """`text` for an HTML body or attribute: nothing in it is markup.

    Example:
        >>> plain('<b>"')
        '&lt;b&gt;&quot;'
    """
    return escape(text)


def _kept(made: Callable[Said, str]) -> Callable[Said, str]:
    """Keep what short texts became: as many as there are, that is a few megabytes."""
    known: Callable[..., str] = lru_cache(KEPT)(made)

    @wraps(made)
    def become(*args: Said.args, **named: Said.kwargs) -> str:
        return (known if len(str(args)) <= LONGEST else made)(*args, **named)

    return become


@_kept
def formula(text: str) -> str:
    """Like `plain`, with what a text font draws badly set as mathematics.

    Raised digits become `<sup>`, since fonts mix two shapes of them, and norms and derivatives leave the Japanese font,
    in which ‖ and ∂ are as wide as a kanji. What is more or less than a number stays with it on one line, and so do its
    unit and a quoted word.

    Example:
        >>> formula("10⁻⁷ < ‖∂L/∂h‖")
        '10<sup>−7</sup> &lt; <span class="m">‖∂L/∂h‖</span>'
    """
    together = re.sub(r"(?<=&[lg]t;) (?=\d)|(?<=\d) (?=(?:[µm]?s|[KM]i?B)\b|×)", "\N{NO-BREAK SPACE}", plain(text))
    raised = re.sub(r"[⁻⁰¹²³⁴-⁹]+", lambda run: f"<sup>{run[0].translate(_LOWERED)}</sup>", together)
    whole = re.sub(r"[「“][^「」“”\s]{1,12}[」”]", lambda run: f'<span class="whole">{run[0]}</span>', raised)
    return re.sub(r"‖?∂[^、。\s，,:（）();]+", lambda run: f'<span class="m">{run[0]}</span>', whole)


@_kept
def explained(text: str, lang: str) -> str:
    """Like `formula`, with each sign that not everybody knows explained where it occurs first.

    What it means stands in its name, which the style sheet shows under a pointer, a finger or the keyboard's focus.

    Example:
        >>> explained("⊙", "en")
        '<span class="symbol" tabindex="0" role="img" aria-label="⊙: product, element by element">⊙</span>'
    """
    seen: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        name = str(found.lastgroup)
        if name in seen:
            return found[0]
        seen.add(name)
        means = plain(message(f"ui.symbol.{name}", lang))
        return f'<span class="symbol" tabindex="0" role="img" aria-label="{means}">{found[0]}</span>'

    return _SYMBOL.sub(mark, formula(text))


def meanings(text: str, lang: str) -> str | None:
    r"""What the signs in a label mean, as Markdown: for the tooltip of a widget; None where there is none to explain.

    Example:
        >>> meanings("Spectral radius ρ", "en"), meanings("Hidden size", "en")
        ('ρ: spectral radius, the largest \\|λ\\| of a matrix', None)
    """
    found = dict.fromkeys(str(sign.lastgroup) for sign in _SYMBOL.finditer(text))
    return "  \n".join(markdown(message(f"ui.symbol.{name}", lang)) for name in found) or None


def sentences(text: str) -> str:
    """Like `plain`, each sentence a span of its own, so that a heading breaks between sentences first."""
    return re.sub(r"[^。？?]+[。？?]?", lambda run: f"<span>{run[0]}</span>", plain(text))


@_kept
def markdown(text: str) -> str:
    r"""`text` as Markdown that shows it as it is, and without a link; what stands between backticks is code.

    Example:
        >>> markdown("a_b <i> `make models`")
        'a\\_b \\<i\\> `make models`'
    """
    pieces = re.split(r"(`[^`]+`)", text)
    return "".join(piece if at % 2 else _escaped(piece) for at, piece in enumerate(pieces))


def on_button(label: str) -> str:
    """A label among a row of buttons, in Markdown: with a space before it, which is not shown.

    Streamlit looks for an emoji in a label's first word: a fifth of a millisecond where that is Japanese, each run.

    Example:
        >>> on_button("忘却ゲート")
        ' 忘却ゲート'
    """
    return f" {label}"


def _escaped(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", _ADDRESS.sub(rf"\g<0>{_JOINER}", text))
