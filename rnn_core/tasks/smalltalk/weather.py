"""The sky, and how it feels outside: 今日 は 天気 が 良い ね."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rnn_core.tasks.smalltalk.grammar import Noun, Time, Tokens, Verb, When, be, sentence
from rnn_core.tasks.smalltalk.sentences import Example, Sentiment, endings
from rnn_core.tasks.smalltalk.words import ADJECTIVES, NOUNS, TIMES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

# What to answer to weather of a kind, by when it is: the time stands first in the sentence, the kind last.
REPLIES: dict[str, dict[When, str]] = {
    "fine": {"past": "良かったね!", "now": "出かけようよ!", "future": "楽しみだね!"},
    "calm": {"past": "良かったね!", "now": "安心したよ!", "future": "楽しみだね!"},
    "dull": {"past": "残念だったね", "now": "残念だね", "future": "家にいようか"},
    "hot": {"past": "大変だったね", "now": "水を飲んでね!", "future": "帽子を忘れないで!"},
    "cold": {"past": "大変だったね", "now": "暖かくしてね", "future": "上着を忘れないで!"},
    "wet": {"past": "大変だったね", "now": "濡れないでね", "future": "傘を忘れないで!"},
    "rough": {"past": "大変だったね", "now": "気をつけてね", "future": "家にいようか"},
}
# ね asks for agreement, whatever the weather is.
AGREED: dict[When, str] = {"past": "そうだったね!", "now": "そうだね!", "future": "そうだね!"}

SENTIMENT: dict[str, Sentiment] = {"fine": "positive", "calm": "positive"}  # the other kinds: negative


class Sky(NamedTuple):
    """A noun (or none) and an adjective, its English here, and the kind of weather it means, as such and negated."""

    noun: str
    adjective: str
    english: str
    kind: str
    negated: str


SKIES = (
    Sky("天気", "良", "good", "fine", "dull"),
    Sky("天気", "悪", "bad", "dull", "fine"),
    Sky("空", "明る", "bright", "fine", "dull"),
    Sky("空", "暗", "dark", "dull", "fine"),
    Sky("空", "きれい", "beautiful", "fine", "dull"),
    Sky("月", "きれい", "beautiful", "fine", "dull"),
    Sky("月", "明る", "bright", "fine", "dull"),
    Sky("星", "きれい", "beautiful", "fine", "dull"),
    Sky("風", "強", "strong", "rough", "calm"),
    Sky("風", "弱", "weak", "calm", "rough"),
    Sky("風", "冷た", "cold", "cold", "calm"),
    Sky("雨", "強", "heavy", "wet", "calm"),
    Sky("雪", "深", "deep", "cold", "calm"),
    Sky("霧", "深", "thick", "rough", "calm"),
    Sky("気温", "高", "high", "hot", "calm"),
    Sky("気温", "低", "low", "cold", "calm"),
    Sky("空気", "冷た", "cold", "cold", "calm"),
    Sky("日差し", "強", "strong", "hot", "calm"),
    Sky("波", "高", "high", "rough", "calm"),
    Sky("波", "静か", "calm", "calm", "rough"),
    Sky("", "暑", "hot", "hot", "calm"),
    Sky("", "蒸し暑", "humid", "hot", "calm"),
    Sky("", "暖か", "warm", "fine", "cold"),
    Sky("", "涼し", "cool", "fine", "hot"),
    Sky("", "寒", "cold", "cold", "calm"),
)
ADVERBS: tuple[tuple[Tokens, str, bool], ...] = (  # words, English, and whether it goes with a negation
    ((), "", False),
    (("とても",), "very", False),
    (("少し",), "a little", False),
    (("本当", "に"), "really", False),
    ((), "", True),
    (("あまり",), "very", True),
)
NOTHING = Noun("", "it")
NOT_A_LITTLE = ("良", "きれい", "静か")  # what 少し does not go with
NIGHTS, BY_DAY = ("昨夜", "今夜"), ("日差し",)

NAMES = (  # weather that has a name of its own, and needs no adverb
    Sky("", "晴れ", "sunny", "fine", "dull"),
    Sky("", "曇り", "cloudy", "dull", "fine"),
    Sky("", "雨", "rainy", "wet", "fine"),
    Sky("", "雪", "snowy", "cold", "fine"),
)


class Fall(NamedTuple):
    """Something comes down or blows: its words, its English, and the kind of weather it means."""

    noun: str
    verb: str
    subject: str
    english: str
    kind: str
    negated: str


FALLS = (
    Fall("雨", "降る", "it", "rain rains rained raining", "wet", "fine"),
    Fall("雪", "降る", "it", "snow snows snowed snowing", "cold", "calm"),
    Fall("風", "吹く", "the wind", "blow blows blew blowing", "rough", "calm"),
)

# Cause and effect: "風 が 強く て 寒い".
CHAINS = (
    (Sky("天気", "良", "good", "", ""), Sky("", "暖か", "warm", "fine", "")),
    (Sky("天気", "良", "good", "", ""), Sky("", "暑", "hot", "hot", "")),
    (Sky("天気", "悪", "bad", "", ""), Sky("", "寒", "cold", "cold", "")),
    (Sky("天気", "悪", "bad", "", ""), Sky("", "暗", "dark", "dull", "")),
    (Sky("風", "強", "strong", "", ""), Sky("", "寒", "cold", "cold", "")),
    (Sky("風", "強", "strong", "", ""), Sky("", "涼し", "cool", "fine", "")),
    (Sky("雪", "深", "deep", "", ""), Sky("", "寒", "cold", "cold", "")),
    (Sky("日差し", "強", "strong", "", ""), Sky("", "暑", "hot", "hot", "")),
    (Sky("日差し", "強", "strong", "", ""), Sky("", "蒸し暑", "humid", "hot", "")),
    (Sky("気温", "高", "high", "", ""), Sky("", "蒸し暑", "humid", "hot", "")),
    (Sky("霧", "深", "thick", "", ""), Sky("", "暗", "dark", "dull", "")),
    (Sky("空", "明る", "bright", "", ""), Sky("", "暖か", "warm", "fine", "")),
)


def generate_weather() -> Iterator[Example]:
    """Every sentence about the weather."""
    yield from _adjectives(SKIES, ADVERBS)
    yield from _adjectives(NAMES, tuple(row for row in ADVERBS if not row[0]))
    yield from _falls()
    yield from _chains()


def _adjectives(skies: tuple[Sky, ...], adverbs: tuple[tuple[Tokens, str, bool], ...]) -> Iterator[Example]:
    """今日 は (風 が) (とても) 強い (ね)."""
    for time, sky, (adverb, very, negated) in product(TIMES, skies, adverbs):
        if (adverb == ("少し",) and sky.adjective in NOT_A_LITTLE) or (time.word in NIGHTS and sky.noun in BY_DAY):
            continue
        noun = NOUNS.get(sky.noun, NOTHING)
        body = (time.word, "は", *_subject(noun), *adverb, *ADJECTIVES[sky.adjective].form(time.when, negated=negated))
        said = (noun.english, be(time.when, plural=noun.plural, negated=negated), very, sky.english, time.english)
        kind = sky.negated if negated else sky.kind
        for end in endings(body, "ね", "よ", "ね"):
            english = sentence(*said, end=_tag(noun, time, negated) if end == ("ね",) else ".")
            yield _example((*body, *end), time, kind, english, ("weather", time.word, sky.noun, sky.adjective))


def _falls() -> Iterator[Example]:
    """今日 は 雨 が 降っ て いる (よ)."""
    for time, fall, negated in product(TIMES, FALLS, (False, True)):
        verb, english = VERBS[fall.verb], Verb("", "", "", fall.english)
        if time.when == "now":
            tokens, said = verb.state("now", negated=negated), f"{be('now', negated=negated)} {english.ing}"
        else:
            tokens, said = verb.form(time.when, negated=negated), english.say(time.when, negated=negated)
        body = (time.word, "は", fall.noun, "が", *tokens)
        kind = fall.negated if negated else fall.kind
        for end in endings(body, "よ"):
            combination = ("fall", time.word, fall.noun)
            yield _example((*body, *end), time, kind, sentence(fall.subject, said, time.english), combination)


def _chains() -> Iterator[Example]:
    """今日 は 風 が 強く て (とても) 寒い (ね)."""
    for time, (cause, effect), (adverb, very, negated) in product(TIMES, CHAINS, ADVERBS):
        if negated or (time.word in NIGHTS and cause.noun in BY_DAY):
            continue
        noun, feels = NOUNS[cause.noun], ADJECTIVES[effect.adjective]
        body = (time.word, "は", noun.word, "が", *ADJECTIVES[cause.adjective].te, *adverb, *feels.form(time.when))
        first = (noun.english, be(time.when, plural=noun.plural), cause.english, "and it", be(time.when))
        for end in endings(body, "ね", "よ", "ね"):
            tag = _tag(NOTHING, time, False) if end == ("ね",) else "."
            english = sentence(*first, very, effect.english, time.english, end=tag)
            combination = ("chain", time.word, cause.noun, cause.adjective, effect.adjective)
            yield _example((*body, *end), time, effect.kind, english, combination)


def _subject(noun: Noun) -> Tokens:
    return (noun.word, "が") if noun.word else ()


def _example(words: Tokens, time: Time, kind: str, english: str, combination: Tokens) -> Example:
    reply = (AGREED if words[-1] == "ね" else REPLIES[kind])[time.when]
    return Example(words, reply, SENTIMENT.get(kind, "negative"), english, combination)


def _tag(noun: Noun, time: Time, negated: bool) -> str:
    """The English for ね: ", isn't it?"."""
    verb = "will" if time.when == "future" else be(time.when, plural=noun.plural)
    not_so = {"will": "won't"}.get(verb, f"{verb}n't")
    return f", {verb if negated else not_so} {'they' if noun.plural else 'it'}?"
