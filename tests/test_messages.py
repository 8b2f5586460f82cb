"""The catalogues: both languages say the same things, the code says nothing else, and nothing is dead."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from pages._ui.shell import CHAPTERS
from rnn_core.messages import LANGUAGES, LOCALE, catalogue
from rnn_core.quantities import QUANTITIES
from tests.pages.trying import rows
from tests.reading import ROOT, called, sources, strings, templates, tree

MESSAGE_ID = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)+")
FILES = (".po", ".py", ".md", ".js", ".css", ".html", ".json", ".safetensors", ".npz", ".csv", ".png", ".svg")
SPEAKERS = ("app.py", "pages", "rnn_core", "docs")
CATALOGUES = [
    pytest.param(path, lang, id=f"{lang}/{path.name}") for lang in LANGUAGES for path in LOCALE.glob(f"{lang}/*.po")
]


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def read(path: Path) -> dict[str, str]:
    """Every id of a file with its texts: the forms of a plural entry one after the other."""
    with path.open(encoding="utf-8") as file:
        messages = [message for message in read_po(file, abort_invalid=True) if message.id]
    return {
        str(message.id[0]) if message.pluralizable else str(message.id): "\n".join(message.string)
        if message.pluralizable
        else str(message.string)
        for message in messages
    }


def test_the_languages_have_the_same_files_and_messages() -> None:
    names = [{path.name for path in (LOCALE / lang).iterdir()} for lang in LANGUAGES]
    assert names[0] == names[1]
    assert set(catalogue("ja")) == set(catalogue("en"))


def test_a_message_has_the_same_places_in_both_languages() -> None:
    ja, en = catalogue("ja"), catalogue("en")
    assert [(name, places(ja[name]), places(en[name])) for name in ja if places(ja[name]) != places(en[name])] == []


@pytest.mark.parametrize(("path", "lang"), CATALOGUES)
def test_an_id_begins_with_the_name_of_its_file(path: Path, lang: str) -> None:
    assert [name for name in read(path) if not name.startswith(f"{path.stem}.")] == []


@pytest.mark.parametrize(("path", "lang"), CATALOGUES)
def test_a_text_is_there_and_is_written_in_its_language(path: Path, lang: str) -> None:
    assert [name for name, text in read(path).items() if complaints(text, lang)] == []


def complaints(text: str, lang: str) -> list[str]:
    """What is wrong with a text by its looks."""
    prose = re.sub(r"\{[^}]*\}|「[^」]*」|“[^”]*”", "", text)
    kana_and_kanji = re.findall(r"[\u3041-\u30ff\u4e00-\u9fff]", prose)
    words = re.search(r"[a-z]{3,} [a-z]{3,}", prose)
    return [
        name
        for name, wrong in {
            "empty": not text.strip(),
            "unfinished": bool(re.search(r"TO[D]O|FIX[M]E|\?\?\?", text)),
            "full-width digits": bool(re.search(r"[０-９]", text)),
            "a hyphen for a minus": bool(re.search(r"(?<![\w[-])-\d", text)),
            "no Japanese": lang == "ja" and bool(words) and not kana_and_kanji,
            "Japanese in English": lang == "en" and len(kana_and_kanji) > len(re.findall(r"[A-Za-z]", prose)),
        }.items()
        if wrong
    ]


@pytest.mark.parametrize(
    ("text", "lang", "wrong"),
    [
        ("", "ja", "empty"),
        ("say it ???", "en", "unfinished"),
        ("６０語まで", "ja", "full-width digits"),
        ("from -1 to 1", "en", "a hyphen for a minus"),
        ("only the first words", "ja", "no Japanese"),
        ("次の単語が出る (word)", "en", "Japanese in English"),
    ],
)
def test_a_bad_text_is_found(text: str, lang: str, wrong: str) -> None:
    assert complaints(text, lang) == [wrong]
    assert complaints("LSTM (64)", "ja") == complaints("the words “今日” and {word}", "en") == []


@cache
def spoken(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The message ids in the code, and the f-strings that build some: each with where it stands."""
    stems = {path.stem for path in (LOCALE / "en").glob("*.po")}
    literal, built = {}, {}
    for path in sources(root, SPEAKERS):
        where = path.relative_to(root).as_posix()
        for line, value in strings(path):
            if MESSAGE_ID.fullmatch(value) and value.split(".")[0] in stems and not value.endswith(FILES):
                literal[value] = f"{where}:{line}"
        for line, value in templates(path):
            if "." in value and value.split(".")[0] in stems and " " not in value:
                built[value] = f"{where}:{line}"
    return literal, built


def matching(template: str, ids: set[str]) -> set[str]:
    pattern = re.compile(r"[^.]+".join(re.escape(piece) for piece in template.split("{}")))
    return {name for name in ids if pattern.fullmatch(name)}


@cache
def codes(root: Path) -> dict[str, tuple[set[str] | None, str]]:
    """Every code with which the library raises a KiokuError: the names of its values (None: not known) and where."""
    found: dict[str, tuple[set[str] | None, str]] = {}
    for path in sources(root, SPEAKERS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called(node) == "KiokuError" and node.args:
                names = {keyword.arg for keyword in node.keywords}
                known = None if None in names else {str(name) for name in names}
                for code in _choices(node.args[0]):
                    found[code] = (known, f"{path.relative_to(root)}:{node.lineno}")
    return found


def _choices(node: ast.expr) -> list[str]:
    """The strings that an expression can be: itself, or either side of an `if`."""
    if isinstance(node, ast.IfExp):
        return _choices(node.body) + _choices(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_every_message_that_the_code_names_exists() -> None:
    literal, built = spoken(ROOT)
    ids = set(catalogue("en"))
    assert {name: where for name, where in literal.items() if name not in ids} == {}
    assert {name: where for name, where in built.items() if not matching(name, ids)} == {}


def derived() -> set[str]:
    """The ids that follow from a table: a new row needs them, a row that is gone leaves none behind."""
    ids = {f"quantities.{row.key}.name" for row in QUANTITIES}
    ids |= {f"quantities.{row.key}.{end}" for row in QUANTITIES if row.gate for end in ("low", "high")}
    ids |= {f"errors.{code}" for code in codes(ROOT)}
    framing = {built for path in sources(ROOT, ("pages",)) for _, built in templates(path) if built.startswith("{}.")}
    for filled in {template.replace("{}", row.name, 1) for row in CHAPTERS for template in framing}:
        ids |= matching(filled, set(catalogue("en"))) if "{}" in filled else {filled}
    for row in rows():
        ids |= {row.message} | {f"controls.{row.key}.{part}" for part in ("placeholder", *row.options)}
    return ids


def drawn() -> set[str]:
    """The ids that a drawing gets with its whole room, `labels(lang, "player")`, as far as its scripts name them."""
    calls = [node for path in sources(ROOT, ("pages",)) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    given = [call.args[1:] for call in calls if called(call) == "labels"]
    rooms = {room.value for rooms in given for room in rooms if isinstance(room, ast.Constant)}
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sources(ROOT, ("pages",), ".js"))
    named = set(re.findall(r"[.'\"`]([a-z_]+)\b", scripts))
    return {name for name in catalogue("en") if name.split(".")[0] in rooms and name.split(".")[1] in named}


def test_no_message_is_dead() -> None:
    literal, built = spoken(ROOT)
    ids = set(catalogue("en"))
    others = [
        template for template in built if not template.startswith(("errors.{}", "quantities.{}.", "controls.{}."))
    ]
    used = set(literal) | derived() | drawn() | {name for template in others for name in matching(template, ids)}
    assert sorted(ids - used) == []


def test_every_error_has_its_text_and_fills_its_places() -> None:
    texts = catalogue("en")
    assert [code for code in codes(ROOT) if f"errors.{code}" not in texts] == []
    filled = {code: names for code, (names, _) in codes(ROOT).items() if names is not None}
    assert {code: names for code, names in filled.items() if names != places(texts[f"errors.{code}"])} == {}


def test_messages_and_codes_are_found_in_code(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        'text("quantities.speed.name", lang)\ntext(f"quantities.{key}.unit", lang)\nopen("quantities.po")\n'
        'raise rc.KiokuError("no_such_code", given=1)\nraise KiokuError("a" if x == "y" else "b", **values)\n'
    )
    literal, built = spoken(tmp_path)
    assert (literal, built) == ({"quantities.speed.name": "app.py:1"}, {"quantities.{}.unit": "app.py:2"})
    assert codes(tmp_path) == {
        "no_such_code": ({"given"}, "app.py:4"),
        "a": (None, "app.py:5"),
        "b": (None, "app.py:5"),
    }
    assert matching("quantities.{}.unit", {"quantities.speed.unit", "quantities.a.b.unit"}) == {"quantities.speed.unit"}
