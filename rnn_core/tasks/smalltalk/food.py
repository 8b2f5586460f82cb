"""What somebody eats, wants and likes, and how it tastes: 妹 は 寿司 を 食べ た."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rnn_core.tasks.smalltalk.grammar import Being, Noun, Tokens, Verb, When, be, sentence
from rnn_core.tasks.smalltalk.sentences import Example, Sentiment, endings
from rnn_core.tasks.smalltalk.words import ADJECTIVES, COMPANIONS, DRINKS, FAMILY, FOODS, PLACES, SPEAKERS, TIMES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Answers(NamedTuple):
    """What to say when it is about the speaker, and when about somebody else: the person stands first."""

    speaker: str
    other: str
    sentiment: Sentiment


REPLIES = {
    "had": Answers("美味しかった?", "いいなあ!", "positive"),
    "had not": Answers("どうして?", "嫌いなのかな?", "negative"),
    "will have": Answers("楽しみだね!", "いいなあ!", "positive"),
    "will have not": Answers("どうして?", "嫌いなのかな?", "neutral"),
    "wants not": Answers("無理しないでね", "心配だね", "negative"),
    "likes": Answers("私も好き!", "気が合うね!", "positive"),
    "likes not": Answers("そうなんだ", "残念だね", "negative"),
}
ECHO = "{}、いいね!"  # the one reply that needs a word of the middle: 寿司、いいね!

# How it tastes: the reply now, and about the past.
TASTES: dict[str, tuple[str, str, Sentiment]] = {
    "美味し": ("いいなあ!", "良かったね!", "positive"),
    "甘": ("いいなあ!", "良かったね!", "positive"),
    "辛": ("水を飲んでね!", "大変だったね", "negative"),
    "熱": ("気をつけてね", "大変だったね", "negative"),
}
NOT_SO: dict[str, tuple[str, str, Sentiment]] = {
    "美味し": ("残念だね", "残念だったね", "negative"),
    "甘": ("そうなんだ", "そうなんだ", "neutral"),
    "辛": ("安心したよ!", "良かったね!", "positive"),
    "熱": ("安心したよ!", "良かったね!", "positive"),
}
TASTES_OF = {
    "寿司": ("美味し",),
    "ラーメン": ("美味し", "辛", "熱"),
    "カレー": ("美味し", "辛", "熱"),
    "ケーキ": ("美味し", "甘"),
    "パン": ("美味し", "甘"),
    "コーヒー": ("美味し", "甘", "熱"),
    "牛乳": ("美味し", "甘", "熱"),
}
WHICH: tuple[tuple[Tokens, str, When], ...] = (
    (("この",), "this {}", "now"),
    (("昨日", "の"), "yesterday's {}", "past"),
    (("昨夜", "の"), "last night's {}", "past"),
    (("先週", "の"), "last week's {}", "past"),
)
DEGREES: tuple[tuple[Tokens, str, bool], ...] = (  # words, English, and whether it goes with a negation
    ((), "", False),
    (("とても",), "very", False),
    (("少し",), "a little", False),
    ((), "", True),
    (("あまり",), "very", True),
)
SINCE: tuple[tuple[Tokens, str], ...] = (
    ((), ""),
    (("今",), "now"),
    (("昨日", "から"), "since yesterday"),
    (("先週", "から"), "since last week"),
)
WISHES = ((False, False), (True, False), (False, True))  # whether very much, and whether negated
LIKINGS = (  # adjective, whether very much, and whether negated
    ("好き", False, False),
    ("好き", True, False),
    ("好き", False, True),
    ("嫌い", False, False),
    ("嫌い", False, True),
)
# What Japanese says with an adjective and English with a verb.
WANT = Verb("", "", "", "want wants wanted wanting")
LIKE = Verb("", "", "", "like likes liked liking")
DISLIKE = Verb("", "", "", "dislike dislikes disliked disliking")
PERSONS = (*SPEAKERS, *FAMILY)
THINGS = (*FOODS, *DRINKS)
HOUSES = tuple(place for place in PLACES if place.word in ("レストラン", "店"))


def generate_food() -> Iterator[Example]:
    """Every sentence about food and drink."""
    yield from _meals()
    yield from _wishes()
    yield from _likes()
    yield from _tastes()
    yield from _houses()


def _meals() -> Iterator[Example]:
    """妹 は 昨日 寿司 を 食べ た (よ)."""
    times = tuple(time for time in TIMES if time.when != "now")
    for person, time, thing, negated in product(PERSONS, times, THINGS, (False, True)):
        verb = _takes(thing)
        body = (person.word, "は", time.word, thing.word, "を", *verb.form(time.when, negated=negated))
        said = verb.say(time.when, negated=negated)
        english = sentence(person.english, said, thing.english, time.english)
        case = ("had" if time.when == "past" else "will have") + (" not" if negated else "")
        yield from _answered(body, person, case, english, ("meal", person.word, time.word, thing.word))


def _wishes() -> Iterator[Example]:
    """私 は 寿司 が 食べ たい (な); 妹 は 寿司 が 食べ たい と 言っ て いる (よ)."""
    for person, (since, english_since), thing, (very, negated) in product(PERSONS, SINCE, THINGS, WISHES):
        verb = _takes(thing)
        wish = (*(("とても",) if very else ()), *verb.want(negated=negated))
        says = () if person.speaker else ("と", "言っ", "て", "いる")
        body = (person.word, "は", *since, thing.word, "が", *wish, *says)
        wants = (_wants(person, negated, "から" in since), verb.say("now", third=False), thing.english)
        english = sentence(*wants, *_much(very), english_since)
        combination = ("wish", person.word, *since[:1], thing.word)
        if negated:
            yield from _answered(body, person, "wants not", english, combination)
            continue
        for end in endings(body, "な" if person.speaker else "よ"):
            yield Example((*body, *end), ECHO.format(thing.word), "positive", english, combination)


def _wants(person: Being, negated: bool, perfect: bool) -> str:
    """ "I want to", "my mother says she has not wanted to"."""
    many = person.speaker or person.pronoun == "they"
    who = person.english if person.speaker else f"{person.english} says {person.pronoun}"
    if perfect:
        return f"{who} {'have' if many else 'has'}{' not' if negated else ''} wanted to"
    return f"{who} {WANT.say('now', negated=negated, third=not many)} to"


def _much(very: bool) -> tuple[str, ...]:
    return ("very much",) if very else ()


def _likes() -> Iterator[Example]:
    """妹 は 寿司 が (とても) 好き だ (よ)."""
    for person, thing, (stem, very, negated) in product(PERSONS, THINGS, LIKINGS):
        words = (*(("とても",) if very else ()), *ADJECTIVES[stem].form("now", negated=negated))
        body = (person.word, "は", thing.word, "が", *words)
        likes = stem == "好き"
        verb = (LIKE if likes else DISLIKE).say("now", negated=negated, third=not person.speaker)
        english = sentence(person.english, verb, thing.english, *_much(very))
        case = "likes" if likes != negated else "likes not"
        yield from _answered(body, person, case, english, ("like", person.word, thing.word, stem))


def _tastes() -> Iterator[Example]:
    """この ケーキ は (とても) 甘い (よ)."""
    for thing, which, (degree, very, negated) in product(THINGS, WHICH, DEGREES):
        which_words, whose, when = which
        for taste in TASTES_OF[thing.word]:
            if degree == ("少し",) and taste == "美味し":
                continue
            now, past, sentiment = (NOT_SO if negated else TASTES)[taste]
            adjective = ADJECTIVES[taste]
            body = (*which_words, thing.word, "は", *degree, *adjective.form(when, negated=negated))
            english = sentence(whose.format(thing.english), be(when, negated=negated), very, adjective.english)
            for end in endings(body, "よ"):
                combination = ("taste", which_words[0], thing.word, taste)
                yield Example((*body, *end), past if when == "past" else now, sentiment, english, combination)


def _houses() -> Iterator[Example]:
    """母 は 友達 と レストラン に 行っ て 寿司 を 食べ た (よ)."""
    for person, companion, house, thing in product(PERSONS, COMPANIONS, HOUSES, THINGS):
        if person == companion:
            continue
        verb = _takes(thing)
        way = (companion.word, "と", house.word, "に", *VERBS["行く"].te)
        body = (person.word, "は", *way, thing.word, "を", *verb.form("past"))
        went = f"went to {house.english} with {companion.english} and"
        english = sentence(person.english, went, verb.say("past"), thing.english)
        yield from _answered(body, person, "had", english, ("house", person.word, companion.word, thing.word))


def _takes(thing: Noun) -> Verb:
    return VERBS["食べる" if thing in FOODS else "飲む"]


def _answered(body: Tokens, person: Being, case: str, english: str, combination: Tokens) -> Iterator[Example]:
    answers = REPLIES[case]
    reply = answers.speaker if person.speaker else answers.other
    for end in endings(body, "よ"):
        yield Example((*body, *end), reply, answers.sentiment, english, combination)
