"""Every sentence that a person reads, in Japanese and English, from `locale/<lang>/*.po`.

A message has a stable id (`home.question`); each catalogue gives it a text, with `{name}` where a value goes. One .po
file a chapter or room, named like the part of the id before the first dot.

What a missing or damaged file no longer says is said in the other language, and `complaint` tells that it is so.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: tuple[str, ...] = ("ja", "en")
LOCALE = Path(__file__).resolve().parents[1] / "locale"
MOST_NAMED = 3  # damaged files that a complaint names
# The one sentence that is in no catalogue: it is said where there is none.
NO_TEXTS = (
    "文章のファイル（`locale`）がないか、壊れています。`git checkout -- locale` を実行してください。 "
    "The files with the texts (`locale`) are missing or damaged. Run `git checkout -- locale`."
)


def catalogue(lang: str) -> Mapping[str, str]:
    """All messages of one language, id → template; what is missing in it is there in the other language.

    Raises:
        LookupError: `lang` is not one of `LANGUAGES`.
    """
    return _loaded(lang)[0]


def template(message_id: str, lang: str) -> str:
    """The message `message_id` in `lang`, its places left; the id itself where damage took it from both catalogues.

    Raises:
        LookupError: no such message or language.
    """
    messages = catalogue(lang)
    if message_id in messages:
        return messages[message_id]
    file = f"{message_id.partition('.')[0]}.po"
    if all(file not in _loaded(one)[1] and (LOCALE / one / file).is_file() for one in LANGUAGES):
        raise LookupError(f"no message {message_id!r} in the {lang} catalogue")
    return message_id


def text(message_id: str, lang: str, /, **values: object) -> str:
    """The message `message_id` in `lang`, with its `{name}` places filled from `values`.

    Raises:
        LookupError: no such message or language, or a place without a value.

    Example:
        >>> text("quantities.hidden_state.name", "en")
        'hidden state'
    """
    try:
        return template(message_id, lang).format(**values)
    except (KeyError, IndexError, ValueError):  # a place that is damaged in this language is whole in the other
        return template(message_id, _other(lang)).format(**values)


def complaint(lang: str) -> str:
    """That the catalogue of `lang` is not whole, and what to do; "" where it is."""
    damaged = _loaded(lang)[1]
    if not damaged:
        return ""
    folder = f"locale/{lang}"
    files = [f"{folder}/{name}" for name in damaged] if len(damaged) <= MOST_NAMED else [folder]
    message_id = "ui.catalogue"
    said = text(message_id, lang, files=", ".join(f"`{file}`" for file in files), paths=" ".join(files))
    return NO_TEXTS if said == message_id else said


def _other(lang: str) -> str:
    return next(other for other in LANGUAGES if other != lang)


@cache
def _loaded(lang: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """All messages of one language, and which of its files are not whole: their messages are those of the other."""
    if lang not in LANGUAGES:
        raise LookupError(f"no catalogue for {lang!r}; there are {', '.join(LANGUAGES)}")
    own, other = LOCALE / lang, LOCALE / _other(lang)
    messages: dict[str, str] = {}
    damaged = []
    for name in sorted({path.name for folder in (own, other) for path in folder.glob("*.po")}):
        found, whole = _read(own / name)
        if not whole or _ids(other / name) - found.keys():
            damaged.append(name)
            found = _read(other / name)[0] | found
        messages |= found
    return MappingProxyType(messages), tuple(damaged if messages else ["*.po"])


def _read(path: Path) -> tuple[dict[str, str], bool]:
    """The messages of one file, and whether the file is whole as far as it shows by itself.

    An id that does not begin with the file's name is another file's, and no message of this one.
    """
    from babel.messages.pofile import PoFileError, read_po  # here, since it takes longer than the rest of the import

    try:
        raw = path.read_bytes()
        said = {str(one.id): str(one.string) for one in read_po(BytesIO(raw), abort_invalid=True) if one.id}
    except (OSError, LookupError, TypeError, ValueError, PoFileError):
        return {}, False
    messages = {key: string for key, string in said.items() if key.startswith(f"{path.stem}.") and string}
    return messages, bool(messages) and len(messages) == len(said) and raw.endswith(b"\n")


def _ids(path: Path) -> set[str]:
    """The ids that a file declares, without what it takes to read all of it."""
    try:
        raw = path.read_bytes()
    except OSError:
        return set()
    own = rb'^msgid "(' + re.escape(path.stem.encode()) + rb'\.[ -~]+)"$'
    return {one.decode() for one in re.findall(own, raw, re.MULTILINE)}
