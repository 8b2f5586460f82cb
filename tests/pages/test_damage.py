"""Each file of the checkout that is read while the app runs, damaged in four ways: a sentence, and no traceback."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pages._ui import first_drawing, memo, shell
from pages._ui.classroom import phone
from pages._ui.components import assets
from pages._ui.contents import CHAPTERS
from pages._ui.words import markdown
from rnn_core import KiokuError, ModelSpec, contrasts, messages
from rnn_core.claims import data
from rnn_core.models import model_trace, sentiment
from rnn_core.models import registry as networks
from rnn_core.models.digits import DIGITS
from rnn_core.models.forecast import FORECASTERS
from rnn_core.models.melody import MELODIES
from rnn_core.models.model_trace import load_model_trace
from rnn_core.models.video import PREDICTORS
from rnn_core.order import READERS
from rnn_core.sound import clips
from rnn_core.specs import MinimalSpec, ResponderSpec, TransformerSpec, TranslatorSpec
from rnn_core.tasks.digits import DigitSpec
from rnn_core.tasks.forecast.spec import ForecastSpec
from rnn_core.tasks.kaomoji import corpus as kaomoji
from rnn_core.tasks.music import melodies
from rnn_core.tasks.music.spec import MusicSpec
from rnn_core.tasks.sentiment import SHIPPED
from rnn_core.tasks.video.spec import VideoSpec
from rnn_core.training import parallel
from rnn_core.training.lab import outcomes
from rnn_core.training.tasks import TASKS
from rnn_core.translation import registry
from tests.pages.opening import at_address
from tests.pages.reading import html
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from streamlit.testing.v1 import AppTest

    Damage = Callable[[bytes], bytes | None]

DAMAGES: dict[str, Damage] = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "truncated": lambda raw: raw[: len(raw) // 2],
    "other": lambda _: b'[404, "not found"]\n',
}
each_damage = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)

PRETRAINED = sorted(path.name for path in model_trace.PRETRAINED.glob("*.json"))
# What reads each: a task, or the function of a table that belongs to none.
MANIFESTS: dict[str, Callable[[], object]] = {task.file: task.manifest for task in TASKS.values()}
MANIFESTS |= {outcomes.FILE: outcomes.prepared_endings.__wrapped__, parallel.FILE: parallel.tables}
# One model of each family: its file, and what reads it.
FAMILIES: dict[str, Callable[[], object]] = {
    spec.name: (lambda load=load, spec=spec: load(spec))
    for load, spec in (
        (networks.RECURRENT.load, ModelSpec(cell="gru", hidden=8)),
        (networks.BASELINES.load, READERS[0]),
        (networks.TRANSFORMERS.load, TransformerSpec(hidden=16)),
        (networks.RESPONDERS.load, ResponderSpec(kind="attentive", hidden=8)),
        (registry.TRANSLATORS.load, TranslatorSpec(task="names", attention="dot", hidden=24)),
        (registry.TRANSLATORS.load, TranslatorSpec(task="kanji", attention="additive", hidden=64)),
        (sentiment.CLASSIFIERS.load, SHIPPED[0]),
        (networks.MINIMAL.load, MinimalSpec(cell="mingru", hidden=16)),
        (networks.RECURRENT.load, ModelSpec(task="kaomoji", cell="rnn", hidden=16)),
        (DIGITS.load, DigitSpec(cell="rnn")),
        (FORECASTERS.load, ForecastSpec(cell="rnn")),
        (MELODIES.load, MusicSpec(cell="rnn")),
        (PREDICTORS.load, VideoSpec(cell="rnn")),
    )
} | {"first-picture": lambda: load_model_trace(model_trace.PRETRAINED / "first-picture.safetensors")}
BROWSER = sorted(
    path
    for folder, name in (
        *((assets.BROWSER, "**/*.*"), (phone.FILES, "*.*")),
        *((shell.FILES, "*.css"), (shell.FILES, "*.svg")),
    )
    for path in folder.glob(name)
)
CATALOGUES = sorted(messages.LOCALE.glob("*/*.po"))
# Data: where its place stands, and what reads it.
DATA: dict[Path, tuple[ModuleType, str, Callable[[], object]]] = {
    data.MEASURED: (data, "MEASURED", data.measured.__wrapped__),
    data.TODAY: (data, "TODAY", data.today.__wrapped__),
    clips.WEATHER: (clips, "WEATHER", lambda: clips.scene.__wrapped__("japanese")),
    kaomoji.ALPHABET: (kaomoji, "ALPHABET", kaomoji.alphabet.__wrapped__),
    melodies.FILE: (melodies, "FILE", lambda: melodies.every_melody.__wrapped__(melodies.FILE)),
} | {
    path: (first_drawing, "FOLDER", lambda row=row: first_drawing.read(row))
    for row in CHAPTERS
    if (path := first_drawing.FOLDER / f"{row.name}.json.xz").exists()
}


def test_every_file_that_is_read_while_the_app_runs_is_among_them() -> None:
    folders = [ROOT / folder for folder in ("pages", "rnn_core")]
    read = {path for folder in folders for path in folder.rglob("*.*") if path.suffix not in (".py", ".pyc", ".typed")}
    damaged = {*BROWSER, *CATALOGUES, *DATA, *model_trace.PRETRAINED.iterdir()}
    assert {path for path in read if "__pycache__" not in path.parts} == damaged


def harm(path: Path, damage: Damage, raw: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if (harmed := damage(raw)) is not None:
        path.write_bytes(harmed)
    return path


def told(error: KiokuError, name: str, folder: Path) -> None:
    for lang in messages.LANGUAGES:
        said = error.text(lang)
        assert name in said
        assert "make models" in said or "git checkout" in said
        assert str(folder) not in said


@pytest.fixture
def pretrained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place of their own for weights and manifests, as links to those that are shipped."""
    for path in model_trace.PRETRAINED.iterdir():
        (tmp_path / path.name).symlink_to(path)
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    monkeypatch.setattr(contrasts, "MANIFEST", tmp_path / "manifest.json")
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    memo.STORE.clear()
    contrasts.forgotten.cache_clear()


@each_damage
@pytest.mark.parametrize("name", PRETRAINED)
def test_a_damaged_manifest_is_an_error_that_says_what_to_do(pretrained: Path, name: str, damage: Damage) -> None:
    raw = (pretrained / name).read_bytes()
    (pretrained / name).unlink()
    harm(pretrained / name, damage, raw)
    with pytest.raises(KiokuError) as caught:
        MANIFESTS[name.removesuffix(".json")]()
    told(caught.value, name, pretrained)


@each_damage
@pytest.mark.parametrize("name", FAMILIES)
def test_a_damaged_file_of_weights_is_an_error_that_says_what_to_do(
    pretrained: Path, name: str, damage: Damage
) -> None:
    path = pretrained / f"{name}.safetensors"
    raw = path.read_bytes()
    path.unlink()
    harm(path, damage, raw)
    with pytest.raises(KiokuError) as caught:
        FAMILIES[name]()
    told(caught.value, name, pretrained)


@pytest.mark.parametrize(
    ("name", "page", "query"),
    [
        ("manifest", "", {}),
        ("manifest", "order", {"guess_order": "skip"}),
        ("manifest", "compare", {}),
        ("responders", "compare", {}),
        ("transformers", "transformer", {"guess_permutation": "skip"}),
        ("feelings", "sentiment", {}),
        ("translators", "attention", {}),
        ("translators", "translation", {"network": "kanji"}),
    ],
)
def test_a_page_says_which_manifest_it_needs(
    warm: None, pretrained: Path, name: str, page: str, query: dict[str, str]
) -> None:
    path = pretrained / f"{name}.json"
    raw = path.read_bytes()
    path.unlink()
    harm(path, DAMAGES["truncated"], raw)
    at = opened(page, **query)
    expected = markdown(KiokuError("manifest_damaged", path=f"{name}.json").text("en"))
    assert {error.value for error in at.error} == {expected}
    assert at.text_input


@each_damage
@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_a_damaged_file_of_data_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path, damage: Damage
) -> None:
    module, name, read = DATA[path]
    assert read()
    harmed = harm(tmp_path / path.name, damage, path.read_bytes())
    monkeypatch.setattr(module, name, tmp_path if name == "FOLDER" else harmed)
    with pytest.raises(KiokuError) as caught:
        read()
    told(caught.value, path.name, tmp_path)


@pytest.mark.parametrize("path", BROWSER, ids=lambda path: path.name)
def test_a_damaged_file_for_the_browser_is_known_as_such(tmp_path: Path, path: Path) -> None:
    assert assets.whole(path)
    for name, damage in DAMAGES.items():
        with pytest.raises(KiokuError) as caught:
            assets.whole(harm(tmp_path / name / path.name, damage, path.read_bytes()))
        told(caught.value, path.name, tmp_path)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_page_without_its_style_its_icon_and_a_drawing_says_so(
    warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    shutil.copytree(assets.BROWSER, tmp_path / "browser")
    (tmp_path / "browser" / "unrolled" / "equation.js").write_bytes(b"")
    monkeypatch.setattr(assets, "BROWSER", tmp_path / "browser")
    monkeypatch.setattr(assets, "_damaged", {})
    monkeypatch.setattr(shell, "FILES", tmp_path)
    shell.style.cache_clear()
    shell._icon.cache_clear()
    draws_nothing = assets.component("damaged", "unrolled")
    monkeypatch.setattr(
        "pages._ui.components.unrolled_network._render", lambda **_: draws_nothing(key="damaged", data={})
    )
    at = opened("", lang=lang)
    files = ("equation.js", "icon.svg", "page.css")
    expected = {markdown(KiokuError("page_file", path=file).text(lang)) for file in files}
    assert {warning.value for warning in at.warning} == expected
    assert at.get("plotly_chart")
    shell.style.cache_clear()
    shell._icon.cache_clear()


@each_damage
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_damaged_catalogue_is_known_as_such(tmp_path: Path, lang: str, damage: Damage) -> None:
    for path in (messages.LOCALE / lang).glob("*.po"):
        found, whole = messages._read(harm(tmp_path / path.name, damage, path.read_bytes()), lang)
        assert not whole or messages._ids(path) - found.keys()


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("file", ["", "home.po", "ui.po", "errors.po"])
def test_a_page_without_texts_speaks_the_other_language_and_says_so(
    warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, file: str
) -> None:
    shutil.copytree(messages.LOCALE, tmp_path / "locale")
    gone = tmp_path / "locale" / lang / file
    gone.unlink() if file else shutil.rmtree(gone)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    messages._loaded.cache_clear()
    try:
        at = opened("", lang=lang)
        assert [warning.value for warning in at.warning] == [markdown(messages.complaint(lang))]
        assert f"locale/{lang}" + (f"/{file}" if file else "") in at.warning[0].value.replace("\\", "")
        assert at.get("plotly_chart")
    finally:
        messages._loaded.cache_clear()


def test_a_page_without_any_texts_is_a_page(warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages._loaded.cache_clear()
    try:
        at = opened("")
        assert [warning.value for warning in at.warning] == [markdown(messages.NO_TEXTS)]
        assert "home.question" in html(at)
    finally:
        messages._loaded.cache_clear()


def opened(page: str, **query: str) -> AppTest:
    at = at_address(page, {"lang": "en", **query}).run()
    assert not at.exception
    return at
