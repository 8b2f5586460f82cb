from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.your_model.settings import Chosen
from pages._ui.network import Shown
from rnn_core.messages import text
from rnn_core.own.setup import Setup
from rnn_core.text.tokenizer import MAX_TOKENS
from tests.pages.own import open_own
from tests.pages.reading import html
from tests.rnn_core.own.making import module, opened

if TYPE_CHECKING:
    from rnn_core.own.files import OwnFile


def chosen(file: OwnFile, *, words: bool, steps: int) -> Chosen:
    setup = Setup(file.name, words=words)
    return Chosen(file, file.part(0), setup, Shown(), tuple(map(str, range(1, steps + 1))))


def test_another_chapter_reads_the_same_steps_as_far_as_it_can() -> None:
    file = opened(module())
    assert chosen(file, words=False, steps=3).sentence() == "1 2 3"
    assert chosen(file, words=True, steps=3).sentence() == "123"
    assert chosen(file, words=False, steps=200).sentence().split()[-1] == str(MAX_TOKENS)
    assert chosen(file, words=False, steps=200).sentence(2) == "1 2"


def test_the_module_is_chosen_by_its_name_where_there_are_several(warm: None) -> None:
    file = opened(module(), module())
    at = open_own(file, lang="en", weights=file.name)
    (field,) = [one for one in at.selectbox if one.key == "module"]
    assert field.options == ["1: a", "2: b"]
    assert not open_own(lang="en").selectbox


def test_a_sentence_that_is_cut_off_is_said_and_so_is_what_stands_for_a_word(warm: None) -> None:
    at = open_own(lang="ja", text="犬" * 70 + "。" * 70)
    assert text("your_model.read.drawn", "ja", inputs=128) in html(at)
    long = open_own(lang="ja", text="今日は天気が良いけど" * 12)
    assert text("your_model.cut", "ja", limit=MAX_TOKENS) in [one.value for one in long.warning]
