"""The table's small markup for symbols and equations (`c_{t-1}`), as the HTML that Plotly and a page both read."""

from __future__ import annotations

import re
from functools import cache
from html import escape

_PIECE = re.compile(r"_\{([^{}]*)\}|_(\w)|([^\W\d_]+)|(.)", re.DOTALL)


@cache
def html(markup: str) -> str:
    """One-letter symbols in italics, subscripts lowered, function names upright, a real minus.

    Example:
        >>> html("f_t ⊙ c_{t-1}")
        '<i>f</i><sub>t</sub> ⊙ <i>c</i><sub>t−1</sub>'
        >>> html("tanh(a_t)")
        'tanh(<i>a</i><sub>t</sub>)'
    """
    return "".join(_piece(match) for match in _PIECE.finditer(markup))


def _piece(match: re.Match[str]) -> str:
    braced, single, letters, other = match.groups()
    if (below := braced if braced is not None else single) is not None:
        return f"<sub>{_text(below)}</sub>"
    if letters is not None:
        return f"<i>{letters}</i>" if letters.isascii() and len(letters) == 1 else letters
    return _text(other)


def _text(plain: str) -> str:
    return escape(plain.replace("-", "−"), quote=False)
