"""The colour scales of all charts and drawings, needed without Plotly too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.quantities import Scale

# OKLCH ramps of nine stops at equal distances, lightness linear: towards the page = less
SCALES: Mapping[Scale, Mapping[Literal["light", "dark"], tuple[str, ...]]] = {
    "signed": {  # symmetric about 0: blue < 0 < red
        "light": ("#2166AC", "#4E89C4", "#85ADD6", "#BBD0E6", "#F4F5F6", "#EFC1BC", "#E18F89", "#CD5E58", "#B2182B"),
        "dark": ("#4A9BE0", "#3E7CB3", "#355E86", "#2D4257", "#26282B", "#593231", "#873E3E", "#B54D4E", "#E25E60"),
    },
    "share": {  # [0, 1]: gates, weights of attention, probabilities
        "light": ("#F6F4FA", "#DFD7F0", "#C9BBE5", "#B39FDD", "#9D83D4", "#8767C7", "#724ABB", "#5C33A3", "#471A8B"),
        "dark": ("#221F2F", "#382F51", "#503F76", "#695298", "#8366BB", "#9C7FD2", "#B698EA", "#CEB6F8", "#E5D6FF"),
    },
    "size": {  # magnitudes ≥ 0: norms, losses, influence
        "light": ("#DFF7EB", "#AEE0CD", "#79C8B3", "#4AADA7", "#0D909C", "#067091", "#0E4F86", "#1E306A", "#1D124B"),
        "dark": ("#211D44", "#2B3468", "#2D4E8C", "#226F9F", "#258FAB", "#3DAEB7", "#62CCBF", "#9BE4CD", "#CDFCE1"),
    },
}


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of `#RRGGBB`, 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mixed(stops: Sequence[str], share: float) -> tuple[int, ...]:
    """The colour at `share` in [0, 1] of the way along stops at equal distances, mixed in sRGB as Plotly does.

    Example:
        >>> mixed(("#000000", "#FF0000", "#FFFFFF"), 0.75)
        (255, 128, 128)
    """
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    low, rest = int(place), place % 1
    pair = stops[low], stops[min(low + 1, len(stops) - 1)]
    return tuple(round(a * (1 - rest) + b * rest) for a, b in zip(*map(channels, pair), strict=True))
