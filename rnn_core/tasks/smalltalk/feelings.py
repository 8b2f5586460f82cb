"""How somebody is: 妹 は とても 疲れ て いる."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from rnn_core.tasks.smalltalk.grammar import Being, Tokens, When, be, sentence
from rnn_core.tasks.smalltalk.sentences import Example, Sentiment, endings
from rnn_core.tasks.smalltalk.words import ADJECTIVES, COMPANIONS, FAMILY, PLACES, SPEAKERS, TIMES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Answers(NamedTuple):
    """What to say when the speaker is so, when somebody else is, when either was, and when either is not."""

    speaker: str
    other: str
    was: str
    is_not: str
    sentiment: Sentiment


# The person stands first in the sentence and the feeling last, with any number of words between.
REPLIES = {
    "tired": Answers("ゆっくり休んでね", "優しくしてあげて!", "もう大丈夫?", "安心したよ!", "negative"),
    "sad": Answers("大丈夫?", "優しくしてあげて!", "もう大丈夫?", "安心したよ!", "negative"),
    "troubled": Answers("どうしたの?", "助けてあげて!", "もう大丈夫?", "安心したよ!", "negative"),
    "angry": Answers("落ち着いてね", "謝った?", "もう大丈夫?", "安心したよ!", "negative"),
    "happy": Answers("何があったの?", "良かったね!", "良かったね!", "心配だね", "positive"),
    "well": Answers("良かったね!", "安心したよ!", "良かったね!", "心配だね", "positive"),
}


class State(NamedTuple):
    """A verb whose "is doing" tells how somebody is, the kind, its English, and whether とても goes with it."""

    verb: str
    kind: str
    english: str
    very: bool


STATES = (
    State("疲れる", "tired", "tired", True),
    State("泣く", "sad", "crying", False),
    State("悩む", "troubled", "worried", True),
    State("焦る", "troubled", "in a hurry", False),
    State("怒る", "angry", "angry", True),
    State("喜ぶ", "happy", "pleased", True),
    State("笑う", "happy", "smiling", False),
)
MOODS = {"悲し": "sad", "寂し": "sad", "眠": "tired", "嬉し": "happy", "楽し": "happy"}


class Between(NamedTuple):
    """Words between the person and the feeling, their English before and after it, and the tense they ask for."""

    words: Tokens
    very: str
    english: str
    when: Literal["past", "now", "since"]


BETWEEN = (
    Between((), "", "", "now"),
    Between(("とても",), "very", "", "now"),
    Between(("今",), "", "now", "now"),
    Between(("今", "とても"), "very", "now", "now"),
    Between(("昨日",), "", "yesterday", "past"),
    Between(("昨日", "とても"), "very", "yesterday", "past"),
    Between(("先週", "とても"), "very", "last week", "past"),
    Between(("昨日", "から", "ずっと"), "", "since yesterday", "since"),
    Between(("先週", "から", "ずっと"), "", "since last week", "since"),
)
PERSONS = (*SPEAKERS, *FAMILY)


def generate_feelings() -> Iterator[Example]:
    """Every sentence about how somebody is."""
    yield from _states()
    yield from _moods()
    yield from _well()
    yield from _days()
    yield from _outings()


def _states() -> Iterator[Example]:
    """妹 は (昨日 から ずっと) 疲れ て いる (よ)."""
    for person, state, between, negated in product(PERSONS, STATES, BETWEEN, (False, True)):
        if (between.very and not state.very) or (negated and (between.very or between.when == "since")):
            continue
        when: When = "past" if between.when == "past" else "now"
        body = (person.word, "は", *between.words, *VERBS[state.verb].state(when, negated=negated))
        is_so = _has_been(person) if between.when == "since" else be(when, speaker=person.speaker, negated=negated)
        english = sentence(person.english, is_so, between.very, state.english, between.english)
        yield from _answered(body, person, state.kind, when, negated, english, ("state", person.word, state.verb))


def _moods() -> Iterator[Example]:
    """私 は とても 悲しい; 妹 は とても 悲し そう だ."""
    for person, (stem, kind), between in product(PERSONS, MOODS.items(), BETWEEN):
        if between.when == "since" or between.words[:1] == ("今",):
            continue
        feeling = ADJECTIVES[stem]
        looks = (stem, "そう", *(("だっ", "た") if between.when == "past" else ("だ",)))
        words = feeling.form(between.when) if person.speaker else looks
        verb = be(between.when, speaker=True) if person.speaker else "looked" if between.when == "past" else "looks"
        english = sentence(person.english, verb, between.very, feeling.english, between.english)
        body = (person.word, "は", *between.words, *words)
        yield from _answered(body, person, kind, between.when, False, english, ("mood", person.word, stem))


def _well() -> Iterator[Example]:
    """妹 は (今) 元気 だ (よ)."""
    well = ADJECTIVES["元気"]
    for person, between, negated in product(PERSONS, BETWEEN, (False, True)):
        if between.when == "since" or (between.very and negated):
            continue
        body = (person.word, "は", *between.words, *well.form(between.when, negated=negated))
        is_so = be(between.when, speaker=person.speaker, negated=negated)
        english = sentence(person.english, is_so, between.very, well.english, between.english)
        yield from _answered(body, person, "well", between.when, negated, english, ("well", person.word, between.when))


def _days() -> Iterator[Example]:
    """今日 は (とても) 疲れ た (よ); 昨日 は (とても) 楽しかっ た (よ)."""
    past_and_now = tuple(time for time in TIMES if time.when != "future")
    for time, (stem, kind), very in product(past_and_now, (("疲れ", "tired"), *MOODS.items()), (False, True)):
        words, said, english = _was(stem, time.when)
        body = (time.word, "は", *(("とても",) if very else ()), *words)
        told = sentence("I", said, "very" if very else "", english, time.english)
        yield from _answered(body, SPEAKERS[0], kind, time.when, False, told, ("day", time.word, stem))


def _was(stem: str, when: When) -> tuple[Tokens, str, str]:
    """How the speaker says it of a day, and the English: tired is what one got, the rest what one was."""
    if stem == "疲れ":
        return VERBS["疲れる"].form("past"), "got", "tired"
    return ADJECTIVES[stem].form(when), be(when, speaker=True), ADJECTIVES[stem].english


def _outings() -> Iterator[Example]:
    """妹 は 友達 と 公園 に 行っ て (とても) 疲れ て いる (よ)."""
    for person, companion, place, state, very in product(PERSONS, COMPANIONS, PLACES, STATES, (False, True)):
        if companion == person or not state.very or (very and place.place != "outdoors"):
            continue
        way = (companion.word, "と", place.word, "に", *VERBS["行く"].te)
        body = (person.word, "は", *way, *(("とても",) if very else ()), *VERBS[state.verb].state("now"))
        went = f"went to {place.english} with {companion.english} and"
        is_so = be("now", speaker=person.speaker)
        english = sentence(person.english, went, is_so, "very" if very else "", state.english)
        combination = ("outing", person.word, companion.word, place.word, state.verb)
        yield from _answered(body, person, state.kind, "now", False, english, combination)


def _has_been(person: Being) -> str:
    return "have been" if person.speaker else "has been"


def _answered(
    body: Tokens, person: Being, kind: str, when: When, negated: bool, english: str, combination: Tokens
) -> Iterator[Example]:
    answers = REPLIES[kind]
    now = answers.speaker if person.speaker else answers.other
    reply = answers.is_not if negated else answers.was if when == "past" else now
    sentiment: Sentiment = "positive" if negated != (answers.sentiment == "positive") else "negative"
    for end in endings(body, "よ"):
        yield Example((*body, *end), reply, sentiment, english, combination)
