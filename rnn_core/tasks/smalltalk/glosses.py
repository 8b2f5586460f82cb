"""A small English gloss for every word and every reply."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.tasks.smalltalk import words
from rnn_core.tasks.smalltalk.food import ECHO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Words that carry the grammar, and adverbs.
PARTICLES = {
    "は": "topic",
    "が": "subject",
    "を": "object",
    "に": "to",
    "で": "and",
    "て": "and",
    "ね": "right?",
    "よ": "you know",
    "た": "past",
    "だ": "is",
    "だっ": "was",
    "ない": "not",
    "なかっ": "was not",
    "じゃ": "negated",
    "いる": "being",
    "い": "being",
    "から": "since",
    "ずっと": "all along",
    "そう": "seeming",
    "たい": "want to",
    "たく": "want to",
    "と": "with",
    "な": "I wish",
    "の": "of",
    "けど": "but",
    "言っ": "say",
    "この": "this",
    "今": "now",
    "とても": "very",
    "少し": "a little",
    "本当": "really",
    "あまり": "not very",
}

REPLY_GLOSSES: Mapping[str, str] = MappingProxyType(
    {
        "そうだね!": "Yes, it is!",
        "そうだったね!": "Yes, it was!",
        "良かったね!": "I'm glad!",
        "出かけようよ!": "Let's go out!",
        "楽しみだね!": "I look forward to it!",
        "残念だったね": "That was a pity.",
        "残念だね": "That's a pity.",
        "家にいようか": "Shall we stay in?",
        "大変だったね": "That was hard.",
        "水を飲んでね!": "Drink some water!",
        "帽子を忘れないで!": "Don't forget your hat!",
        "暖かくしてね": "Keep warm.",
        "上着を忘れないで!": "Don't forget your coat!",
        "濡れないでね": "Don't get wet.",
        "傘を忘れないで!": "Don't forget your umbrella!",
        "気をつけてね": "Take care.",
        "ゆっくり休んでね": "Have a good rest.",
        "もう大丈夫?": "All right again?",
        "安心したよ!": "I'm relieved!",
        "大丈夫?": "Are you all right?",
        "優しくしてあげて!": "Be kind to them!",
        "どうしたの?": "What's the matter?",
        "助けてあげて!": "Help them!",
        "落ち着いてね": "Calm down.",
        "謝った?": "Did you say sorry?",
        "何があったの?": "What happened?",
        "心配だね": "That's worrying.",
        "美味しかった?": "Was it good?",
        "どうして?": "Why?",
        "いいなあ!": "How nice!",
        "嫌いなのかな?": "Maybe they don't like it?",
        "無理しないでね": "Take it easy.",
        "私も好き!": "I like it too!",
        "気が合うね!": "We're alike!",
        "そうなんだ": "I see.",
        "楽しかった?": "Was it fun?",
        "いってらっしゃい!": "Have a good day!",
        "楽しんでね!": "Have fun!",
        "また今度ね!": "Another time!",
        "一緒に行こうよ!": "Let's go together!",
        "お疲れ様!": "Well done!",
        "頑張ってね!": "Good luck!",
        "お休みなの?": "Is it a day off?",
        "ゆっくりできた?": "Did you relax?",
        "お大事に!": "Get well soon!",
        "濡れなかった?": "Didn't you get wet?",
        "寒かったでしょう?": "You must have been cold?",
        "人気だね!": "It's popular!",
        "危ないね!": "That's dangerous!",
        "まさか!": "No way!",
        "喧嘩かな?": "A fight, maybe?",
        "怪我はない?": "Anyone hurt?",
        "かわいそうに!": "Poor thing!",
        "ひどいね!": "That's mean!",
        "賢いね!": "Clever!",
        "優しいね!": "How kind!",
        "仲良しだね!": "They're good friends!",
        "お腹が空いたのかな?": "Hungry, maybe?",
        "可愛いよね!": "They're cute!",
        "友達かな?": "A friend, maybe?",
        **{ECHO.format(thing.word): f"{thing.english.capitalize()}, nice!" for thing in (*words.FOODS, *words.DRINKS)},
    }
)


def _glosses() -> Iterator[tuple[str, str]]:
    for noun in (*words.NOUNS.values(), *words.FOODS, *words.DRINKS, *words.PLACES):
        yield noun.word, noun.english.removeprefix("the ")
    for being in (*words.SPEAKERS, *words.FAMILY, *words.COMPANIONS, *words.ANIMALS, *words.HUMANS):
        yield being.word, being.gloss
    for time in words.TIMES:
        yield time.word, time.english
    for adjective in words.ADJECTIVES.values():
        for form in (adjective.form("now"), adjective.form("past"), adjective.form("now", negated=True)):
            yield form[0], adjective.english
        yield adjective.stem, adjective.english
    for verb in words.VERBS.values():
        for part in (verb.plain, verb.joined, verb.open, verb.wish):
            yield part, verb.english.split()[0]


def _first(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Where a word stands in two rows, the first gives its gloss: 雨 is rain before it is rainy."""
    found: dict[str, str] = {}
    for word, english in pairs:
        found.setdefault(word, english)
    return found


GLOSSES: Mapping[str, str] = MappingProxyType({**_first(_glosses()), **PARTICLES})
