"""Where somebody goes: 明日 は 友達 と 公園 に 行く."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rnn_core.tasks.smalltalk.grammar import Noun, Time, Tokens, When, sentence
from rnn_core.tasks.smalltalk.sentences import Example, Sentiment, endings
from rnn_core.tasks.smalltalk.words import COMPANIONS, FAMILY, PLACES, TIMES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Answers(NamedTuple):
    """What to say to somebody who went, goes today, will go, does not go, did not go, and wants to go (or not)."""

    went: str
    goes: str
    will_go: str
    not_going: str
    did_not_go: str
    wants: str
    wants_not: str


# The time stands first in the sentence, the place in the middle; 行く itself says neither today nor tomorrow.
FUN = Answers(
    "楽しかった?", "いってらっしゃい!", "楽しんでね!", "また今度ね!", "残念だったね", "一緒に行こうよ!", "家にいようか"
)
REPLIES = {
    "outdoors": FUN,
    "indoors": FUN,
    "duty": Answers(
        "お疲れ様!",
        "いってらっしゃい!",
        "頑張ってね!",
        "お休みなの?",
        "ゆっくりできた?",
        "頑張ってね!",
        "無理しないでね",
    ),
    "care": Answers("もう大丈夫?", "お大事に!", "お大事に!", "大丈夫?", "大丈夫?", "お大事に!", "無理しないでね"),
}


class Turn(NamedTuple):
    """What went wrong there: its words, its English, and the answers outdoors, indoors, and where one has to go."""

    words: Tokens
    english: str
    outdoors: str
    indoors: str
    duty: str


RAIN = ("残念だったね", "濡れなかった?", "濡れなかった?")
COLD = ("寒かったでしょう?", "寒かったでしょう?", "お疲れ様!")
CROWD = ("人気だね!", "人気だね!", "お疲れ様!")
TURNS = (
    Turn(("雨", "が", "降っ", "た"), "it rained", *RAIN),
    Turn(("雨", "が", "少し", "降っ", "た"), "it rained a little", *RAIN),
    Turn(("雪", "が", "降っ", "た"), "it snowed", *COLD),
    Turn(("雪", "が", "少し", "降っ", "た"), "it snowed a little", *COLD),
    Turn(("風", "が", "強かっ", "た"), "the wind was strong", *COLD),
    Turn(("風", "が", "とても", "強かっ", "た"), "the wind was very strong", *COLD),
    Turn(("寒かっ", "た"), "it was cold", *COLD),
    Turn(("とても", "寒かっ", "た"), "it was very cold", *COLD),
    Turn(("人", "が", "多かっ", "た"), "it was crowded", *CROWD),
    Turn(("人", "が", "とても", "多かっ", "た"), "it was very crowded", *CROWD),
)


GLAD: dict[str, Sentiment] = {"outdoors": "positive", "indoors": "positive"}  # duty and care: neutral
ALONE: tuple[Tokens, str] = ((), "")


def generate_plans() -> Iterator[Example]:
    """Every sentence about where somebody goes."""
    yield from _ways()
    yield from _wishes()
    yield from _turns()


def _ways() -> Iterator[Example]:
    """明日 は (友達 と) 公園 に 行く (よ)."""
    for time, company, place, negated in product(TIMES, _companies(), PLACES, (False, True)):
        answers = REPLIES[place.place]
        if time.when == "past":
            reply = answers.did_not_go if negated else answers.went
        else:
            reply = answers.not_going if negated else answers.goes if time.when == "now" else answers.will_go
        tokens = VERBS["行く"].form(time.when, negated=negated)
        yield from _said(time, company, place, tokens, _goes(time.when, negated), reply, negated)


def _wishes() -> Iterator[Example]:
    """今日 は (友達 と) 公園 に 行き たい (よ)."""
    coming = tuple(time for time in TIMES if time.when != "past")
    for time, company, place, negated in product(coming, _companies(), PLACES, (False, True)):
        answers = REPLIES[place.place]
        tokens = VERBS["行く"].want(negated=negated)
        said = "do not want to go" if negated else "want to go"
        yield from _said(time, company, place, tokens, said, answers.wants_not if negated else answers.wants, negated)


def _turns() -> Iterator[Example]:
    """(昨日) 公園 に 友達 と 行っ た けど 雨 が 降っ た (よ)."""
    everybody = dict.fromkeys((*COMPANIONS, *FAMILY))
    for time, place, companion, turn in product(("", "昨日"), PLACES, everybody, TURNS):
        fun = place.place in GLAD
        if not fun and companion not in COMPANIONS:
            continue
        kinds = {"outdoors": turn.outdoors, "indoors": turn.indoors, "duty": turn.duty}
        reply = kinds.get(place.place, "お大事に!")
        start = (time,) if time else ()
        body = (*start, place.word, "に", companion.word, "と", *VERBS["行く"].form("past"), "けど", *turn.words)
        when = "yesterday" if time else ""
        english = sentence(when, f"I went to {place.english} with {companion.english}, but", turn.english)
        for end in endings(body, "よ"):
            combination = ("turn", place.word, companion.word, turn.words[-2])
            yield Example((*body, *end), reply, "negative", english, combination)


def _companies() -> tuple[tuple[Tokens, str], ...]:
    return (ALONE, *(((companion.word, "と"), f"with {companion.english}") for companion in COMPANIONS))


def _goes(when: When, negated: bool) -> str:
    if when == "now":
        return "am not going" if negated else "am going"
    return VERBS["行く"].say(when, negated=negated, third=False)


def _said(
    time: Time, company: tuple[Tokens, str], place: Noun, verb: Tokens, said: str, reply: str, negated: bool
) -> Iterator[Example]:
    tokens, with_whom = company
    glad = GLAD.get(place.place, "neutral")
    sentiment: Sentiment = "negative" if negated and glad == "positive" else glad
    body = (time.word, "は", *tokens, place.word, "に", *verb)
    english = sentence("I", said, "to", place.english, with_whom, time.english)
    for end in endings(body, "よ"):
        combination = ("plan", time.word, *tokens[:1], place.word)
        yield Example((*body, *end), reply, sentiment, english, combination)
