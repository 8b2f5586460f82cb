"""Who did what to whom: 犬 が 人 を 噛む. The same words in another order are another matter."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rnn_core.tasks.smalltalk.grammar import Being, Tokens, When, sentence
from rnn_core.tasks.smalltalk.sentences import Example, Sentiment, endings
from rnn_core.tasks.smalltalk.words import ANIMALS, HUMANS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Answers(NamedTuple):
    """What to say when an animal does it to a human, a human to an animal, each to its kind, and when it was not so."""

    animal_to_human: str
    human_to_animal: str
    among_animals: str
    among_humans: str
    was_not: str
    sentiment: Sentiment


REPLIES = {
    "bite": Answers("危ないね!", "まさか!", "喧嘩かな?", "まさか!", "安心したよ!", "negative"),
    "hurt": Answers("怪我はない?", "かわいそうに!", "喧嘩かな?", "ひどいね!", "安心したよ!", "negative"),
    "help": Answers("賢いね!", "優しいね!", "仲良しだね!", "優しいね!", "残念だったね", "positive"),
    "see": Answers("お腹が空いたのかな?", "可愛いよね!", "友達かな?", "友達かな?", "そうなんだ", "neutral"),
}
KINDS = {
    "噛む": "bite",
    "蹴る": "hurt",
    "叩く": "hurt",
    "追いかける": "hurt",
    "助ける": "help",
    "守る": "help",
    "撫でる": "help",
    "見る": "see",
    "見つける": "see",
    "呼ぶ": "see",
}
FORMS: tuple[tuple[When, bool], ...] = (("now", False), ("past", False), ("past", True))
OPPOSITE: dict[Sentiment, Sentiment] = {"positive": "negative", "negative": "positive", "neutral": "neutral"}
# Where it may happen, and what is told of there: those sentences are longer.
SCENES: tuple[tuple[Tokens, str], ...] = ((("公園", "で"), "in the park"), (("山", "で"), "in the mountains"))
SEEN_IN_SCENES = ("追いかける", "助ける", "見つける")


def generate_events() -> Iterator[Example]:
    """犬 が (公園 で) 人 を 噛む (よ)."""
    everybody = (*ANIMALS, *HUMANS)
    for doer, other, verb, (when, negated) in product(everybody, everybody, KINDS, FORMS):
        if doer != other and not (KINDS[verb] == "bite" and doer.kind == other.kind == "human"):
            yield from _told(doer, other, verb, when, negated, ((), ""))
    for doer, other, verb, scene in product(everybody, everybody, SEEN_IN_SCENES, SCENES):
        if doer != other:
            yield from _told(doer, other, verb, "past", False, scene)


def _told(
    doer: Being, other: Being, verb: str, when: When, negated: bool, scene: tuple[Tokens, str]
) -> Iterator[Example]:
    place, where = scene
    body = (doer.word, "が", *place, other.word, "を", *VERBS[verb].form(when, negated=negated))
    answers = REPLIES[KINDS[verb]]
    sentiment = OPPOSITE[answers.sentiment] if negated else answers.sentiment
    english = sentence(doer.english, VERBS[verb].say(when, negated=negated), other.english, where)
    for end in endings(body, "よ"):
        combination = ("event", doer.word, other.word, verb)
        yield Example((*body, *end), _reply(answers, doer, other, negated), sentiment, english, combination)


def _reply(answers: Answers, doer: Being, other: Being, negated: bool) -> str:
    if negated:
        return answers.was_not
    if doer.kind == other.kind:
        return answers.among_animals if doer.kind == "animal" else answers.among_humans
    return answers.animal_to_human if doer.kind == "animal" else answers.human_to_animal
