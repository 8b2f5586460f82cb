"""Every sentence that a person reads, in Japanese and English, from `locale/<lang>/*.po`.

A message has a stable id (`home.question`); each catalogue gives it a text, with `{name}` where a value goes. One .po
file a chapter or room, named like the part of the id before the first dot. Long prose is Markdown beside them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: tuple[str, ...] = ("ja", "en")
LOCALE = Path(__file__).resolve().parents[1] / "locale"


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """All messages of one language, id → template. An id that stands in two files is an error.

    Raises:
        LookupError: `lang` is not one of `LANGUAGES`, or two files of it declare the same id.
    """
    if lang not in LANGUAGES:
        raise LookupError(f"no catalogue for {lang!r}; there are {', '.join(LANGUAGES)}")
    from babel.messages.pofile import read_po  # here, since it takes longer than the rest of the import

    messages: dict[str, str] = {}
    for path in sorted((LOCALE / lang).glob("*.po")):
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale=lang, abort_invalid=True):
                if not message.id:
                    continue
                if message.id in messages:
                    raise LookupError(f"{path.name} declares {message.id!r} a second time")
                messages[str(message.id)] = str(message.string)
    return MappingProxyType(messages)


def text(message_id: str, lang: str, /, **values: object) -> str:
    """The message `message_id` in `lang`, with its `{name}` places filled from `values`.

    Raises:
        LookupError: no such message or language, or a place without a value.

    Example:
        >>> text("quantities.hidden_state.name", "en")
        'hidden state'
    """
    messages = catalogue(lang)
    if message_id not in messages:
        raise LookupError(f"no message {message_id!r} in the {lang} catalogue")
    return messages[message_id].format(**values)


def prose(name: str, lang: str) -> str:
    """The long text `locale/<lang>/<name>.md`, as Markdown."""
    return (LOCALE / lang / f"{name}.md").read_text(encoding="utf-8")
