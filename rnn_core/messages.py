"""Every sentence that a person reads, in Japanese and English, from `rnn_core/locale/<lang>/*.po`.

A message has a stable id (`home.question`); each catalogue gives it a text, with `{name}` where a value goes. One .po
file a chapter or room, named like the part of the id before the first dot. Where the wording depends on a number, it is
a plural entry of gettext, whose `msgid_plural` is the place of that number (`{words}`), with a form for each of the
language's CLDR plural categories.

What a missing or damaged file no longer says is said in the other language, and `complaint` tells that it is so.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel.messages.catalog import Message
    from babel.plural import PluralRule

LANGUAGES: tuple[str, ...] = ("ja", "en")
LOCALE = Path(__file__).resolve().parent / "locale"
MOST_NAMED = 3  # damaged files that a complaint names
# The one sentence that is in no catalogue: it is said where there is none.
NO_TEXTS = (
    "文章のファイル（`rnn_core/locale`）がないか、壊れています。`git checkout -- rnn_core/locale` を実行してください。 "
    "The files with the texts (`rnn_core/locale`) are missing or damaged. Run `git checkout -- rnn_core/locale`."
)

CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # of plurals, in the order of CLDR
PLACE = re.compile(r"\{\w+\}")


class Counted(str):
    """A template that has a form for each plural category; as a string it is the one for "other".

    Attributes:
        place: the name of the value that is counted.
        forms: category → text.
    """

    place: str
    forms: Mapping[str, str]
    _rule: PluralRule

    def __new__(cls, place: str, forms: Mapping[str, str], rule: PluralRule) -> Counted:
        """A template of these forms; `rule` is the language's."""
        made = super().__new__(cls, forms["other"])
        made.place, made.forms, made._rule = place, forms, rule
        return made

    def form(self, value: object) -> str:
        """The text that goes with a number, or with a number as it is written: "1.0" is another one than "1"."""
        try:
            number = Decimal(str(value).replace(",", ""))
        except InvalidOperation:  # "< 1"
            return self
        return self.forms[self._rule(number)] if number.is_finite() else self


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
        >>> [text("parameters_by_length.here", "en", words=words) for words in (1, 2)]
        ['this sentence (1 word)', 'this sentence (2 words)']
    """
    try:
        return _filled(template(message_id, lang), values)
    except (KeyError, IndexError, ValueError):  # a place that is damaged in this language is whole in the other
        return _filled(template(message_id, _other(lang)), values)


def _filled(template: str, values: Mapping[str, object]) -> str:
    form = template.form(values[template.place]) if isinstance(template, Counted) else template
    return form.format(**values)


def complaint(lang: str) -> str:
    """That the catalogue of `lang` is not whole, and what to do; "" where it is."""
    damaged = _loaded(lang)[1]
    if not damaged:
        return ""
    folder = f"rnn_core/locale/{lang}"
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
        found, whole = _read(own / name, lang)
        if not whole or _ids(other / name) - found.keys():
            damaged.append(name)
            found = _read(other / name, _other(lang))[0] | found
        messages |= found
    return MappingProxyType(messages), tuple(damaged if messages else ["*.po"])


def _read(path: Path, lang: str) -> tuple[dict[str, str], bool]:
    """The messages of one file, and whether the file is whole as far as it shows by itself.

    An id that does not begin with the file's name is another file's, and no message of this one.
    """
    from babel.messages.pofile import PoFileError, read_po  # here, since it takes longer than the rest of the import

    try:
        raw = path.read_bytes()
        said = dict(_said(one, lang) for one in read_po(BytesIO(raw), abort_invalid=True) if one.id)
    except (OSError, LookupError, TypeError, ValueError, PoFileError):
        return {}, False
    messages = {key: string for key, string in said.items() if key.startswith(f"{path.stem}.") and string}
    return messages, bool(messages) and len(messages) == len(said) and raw.endswith(b"\n")


def _said(message: Message, lang: str) -> tuple[str, str]:
    """The id and the template of a message; the template is "" where a form is missing."""
    if not isinstance(message.id, (tuple, list)):
        return str(message.id), str(message.string)
    key, place = message.id
    rule, forms = _rule(lang), tuple(message.string or ())
    categories = [category for category in CATEGORIES if category in {*rule.tags, "other"}]
    if not (PLACE.fullmatch(place) and len(forms) == len(categories) and all(forms)):
        return key, ""
    return key, Counted(place.strip("{}"), dict(zip(categories, forms, strict=True)), rule)


@cache
def _rule(lang: str) -> PluralRule:
    from babel import Locale  # here, as above

    return Locale.parse(lang).plural_form


def _ids(path: Path) -> set[str]:
    """The ids that a file declares, without what it takes to read all of it."""
    try:
        raw = path.read_bytes()
    except OSError:
        return set()
    own = rb'^msgid "(' + re.escape(path.stem.encode()) + rb'\.[ -~]+)"$'
    return {one.decode() for one in re.findall(own, raw, re.MULTILINE)}
