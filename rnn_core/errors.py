"""The one error that this library raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from rnn_core.messages import text


class KiokuError(ValueError):
    """Something was asked that can't be done; the message has what was asked, what was given and what to do.

    The text is a template from the catalogue (`errors.<code>`) and the values are kept, so that a page can say the
    same thing in its reader's language.

    Example:
        >>> error = KiokuError("unknown_quantity", given="speed", known="hidden_state")
        >>> error.code
        'unknown_quantity'
        >>> "speed" in error.text("ja")
        True
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """The message in `lang` ("ja" or "en"); an error among its values is said in the same."""
        values = {key: one.text(lang) if isinstance(one, KiokuError) else one for key, one in self.values.items()}
        return text(f"errors.{self.code}", lang, **values)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.code, self.values)


def _rebuild(code: str, values: dict[str, object]) -> KiokuError:
    return KiokuError(code, **values)


def unknown_quantity(given: object, known: Iterable[str]) -> KiokuError:
    """That there is no such quantity, which ones there are, and which was perhaps meant.

    Example:
        >>> unknown_quantity("forget", ["forget_gate", "kept"]).values["meant"]
        'forget_gate'
    """
    names = tuple(known)
    values = {"given": given, "known": ", ".join(names)}
    if meant := get_close_matches(str(given), names, 1, 0.5):
        return KiokuError("unknown_quantity_close", **values, meant=meant[0])
    return KiokuError("unknown_quantity", **values)
