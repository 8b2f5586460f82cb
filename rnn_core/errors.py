"""The one error that this library raises on purpose."""

from __future__ import annotations

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
        """The message in `lang` ("ja" or "en")."""
        return text(f"errors.{self.code}", lang, **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.code, self.values)


def _rebuild(code: str, values: dict[str, object]) -> KiokuError:
    return KiokuError(code, **values)
