from __future__ import annotations

from rnn_core.tasks.smalltalk import gloss, outputs, replies
from rnn_core.tasks.smalltalk.glosses import GLOSSES, REPLY_GLOSSES


def test_every_word_and_every_reply_has_its_gloss() -> None:
    assert [token for token in outputs() if not gloss(token)] == []


def test_no_reply_has_a_gloss_that_nobody_says() -> None:
    assert REPLY_GLOSSES.keys() == set(replies())


def test_glosses_are_short() -> None:
    assert max(map(len, GLOSSES.values())) <= 20
    assert max(map(len, REPLY_GLOSSES.values())) <= 30


def test_glosses_of_every_kind_of_word() -> None:
    glosses = {
        word: gloss(word) for word in ("天気", "妹", "犬", "昨日", "良かっ", "静か", "噛ん", "食べ", "雨", "そうだね!")
    }
    assert glosses == {
        "天気": "weather",
        "妹": "little sister",
        "犬": "dog",
        "昨日": "yesterday",
        "良かっ": "good",
        "静か": "calm",
        "噛ん": "bite",
        "食べ": "eat",
        "雨": "rain",
        "そうだね!": "Yes, it is!",
    }


def test_an_unknown_word_has_none() -> None:
    assert gloss("量子") == ""
