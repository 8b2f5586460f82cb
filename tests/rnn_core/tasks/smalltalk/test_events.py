from __future__ import annotations

import pytest

from rnn_core.tasks.smalltalk.events import generate_events
from tests.rnn_core.tasks.smalltalk.reading import said


@pytest.mark.parametrize(
    ("text", "reply", "sentiment", "english"),
    [
        ("犬が人を噛む", "危ないね!", "negative", "A dog bites a person."),
        ("人が犬を噛む", "まさか!", "negative", "A person bites a dog."),
        ("犬が人を噛まなかった", "安心したよ!", "positive", "A dog did not bite a person."),
        ("猫が犬を蹴った", "喧嘩かな?", "negative", "A cat kicked a dog."),
        ("先生が子供を助けた", "優しいね!", "positive", "A teacher helped a child."),
        ("猿が人を見る", "お腹が空いたのかな?", "neutral", "A monkey sees a person."),
        ("犬が公園で子供を追いかけた", "怪我はない?", "negative", "A dog chased a child in the park."),
        ("子供が公園で犬を追いかけた", "かわいそうに!", "negative", "A child chased a dog in the park."),
    ],
)
def test_events_are_answered_and_translated(text: str, reply: str, sentiment: str, english: str) -> None:
    example = said(text)
    assert (example.reply, example.sentiment, example.english) == (reply, sentiment, english)


def test_nobody_does_it_to_themselves() -> None:
    assert all(example.combination[1] != example.combination[2] for example in generate_events())


def test_people_do_not_bite_people() -> None:
    bites = [example.reply for example in generate_events() if example.combination[-1] == "噛む"]
    assert set(bites) == {"危ないね!", "まさか!", "喧嘩かな?", "安心したよ!"}
    assert not [
        example
        for example in generate_events()
        if example.words[:4] == ("人", "が", "子供", "を") and "噛ん" in example.words
    ]
