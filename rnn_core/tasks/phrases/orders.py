"""The same sentence with its phrases in another order, and the English for that order.

Japanese phrases carry their particle with them, so they can change places; English words can't. Where the order says
something, English says it too, and always in one way:

- a time that only sets the scene (今日 は … first, 妹 は 昨日 …) ends the English clause: "… today";
- a time or place that is set apart from the rest (風 が 今日 は …, 昨日 妹 は …, 公園 で 犬 が …) begins it: "today …";
- the order of who, what, with whom and where changes nothing: only the particles tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.tasks.phrases.english import english_tokens, moved
from rnn_core.tasks.smalltalk.events import SCENES
from rnn_core.tasks.smalltalk.words import TIMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rnn_core.tasks.pairs import Tokens
    from rnn_core.tasks.smalltalk import Example

    Ordered = Iterator[tuple[Tokens, Tokens]]

WHEN = {time.word: tuple(time.english.split()) for time in TIMES}
NOW = "今"  # never first: the segmenter takes 今父 for one word
WHERE = {words[0]: tuple(english.split()) for words, english in SCENES}
SPEAKERS = ("私", "僕")


def reorder(example: Example) -> Ordered:
    """The sentence as it stands, then in every other order, each with its English tokens."""
    english = english_tokens(example.english)
    yield example.words, english
    if others := OTHERS.get(example.combination[0]):
        yield from others(example.words, english)


def _sky(words: Tokens, english: Tokens) -> Ordered:
    """今日 は 風 が 強い → 風 が 今日 は 強い."""
    time, noun, rest = words[:2], words[2:4], words[4:]
    if noun[1:] == ("が",):
        yield (*noun, *time, *rest), moved(english, WHEN[time[0]], 0)


def _chain(words: Tokens, english: Tokens) -> Ordered:
    """今日 は 風 が 強く て 寒い → 風 が 強く て 今日 は 寒い."""
    cause, effect = words[2:6], words[6:]
    yield (*cause, *words[:2], *effect), moved(english, WHEN[words[0]], english.index("and") + 1)


def _plan(words: Tokens, english: Tokens) -> Ordered:
    """明日 は 友達 と 海 に 行く → 友達 と 明日 は 海 に …; 明日 は 海 に 友達 と …; 海 に 明日 は 友達 と …."""
    time, first, rest = words[:2], words[2:4], words[4:]
    early = moved(english, WHEN[time[0]], 0)
    yield (*first, *time, *rest), early
    if first[1] == "と":
        place, verb = rest[:2], rest[2:]
        yield (*time, *place, *first, *verb), english
        yield (*place, *time, *first, *verb), early


def _turn(words: Tokens, english: Tokens) -> Ordered:
    """昨日 公園 に 友達 と 行っ た けど … → 昨日 友達 と 公園 に …; 公園 に 昨日 友達 と …."""
    start = 1 if words[0] in WHEN else 0
    time, place, company, rest = (
        words[:start],
        words[start : start + 2],
        words[start + 2 : start + 4],
        words[start + 4 :],
    )
    yield (*time, *company, *place, *rest), english
    if time:
        when = WHEN[time[0]]
        yield (*place, *time, *company, *rest), moved(english, when, english.index(",") - len(when))


def _person(words: Tokens, english: Tokens) -> Ordered:
    """妹 は 昨日 (から) とても 疲れ … → 昨日 (から) 妹 は とても 疲れ …."""
    if words[2] in WHEN:
        end = 4 if words[3] == "から" else 3
        since = ("since",) if end == 4 else ()
        yield (*words[2:end], *words[:2], *words[end:]), moved(english, (*since, *WHEN[words[2]]), 0)


def _meal(words: Tokens, english: Tokens) -> Ordered:
    """妹 は 昨日 寿司 を 食べ た → 昨日 妹 は 寿司 を …; 妹 は 寿司 を 昨日 …; 寿司 を 妹 は 昨日 …."""
    person, time, thing, verb = words[:2], words[2:3], words[3:5], words[5:]
    yield (*time, *person, *thing, *verb), moved(english, WHEN[time[0]], 0)
    yield (*person, *thing, *time, *verb), english
    yield (*thing, *person, *time, *verb), english


def _wish(words: Tokens, english: Tokens) -> Ordered:
    """私 は 昨日 から 寿司 が 食べ たい → 私 は 寿司 が 昨日 から …; 昨日 から 私 は 寿司 が …."""
    since = words[2:4] if words[3] == "から" else words[2:3] if words[2] == NOW else ()
    if not since:
        return
    end = 2 + len(since)
    person, thing, rest = words[:2], words[end : end + 2], words[end + 2 :]
    yield (*person, *thing, *since, *rest), english
    if since[0] in WHEN and person[0] in SPEAKERS:  # "since yesterday my sister says …" would be since when she says it
        yield (*since, *person, *thing, *rest), moved(english, ("since", *WHEN[since[0]]), 0)


def _outing(words: Tokens, english: Tokens) -> Ordered:
    """妹 は 友達 と 公園 に 行っ て … → 妹 は 公園 に 友達 と …."""
    person, company, place, rest = words[:2], words[2:4], words[4:6], words[6:]
    yield (*person, *place, *company, *rest), english


def _event(words: Tokens, english: Tokens) -> Ordered:
    """犬 が (公園 で) 人 を 噛む → 人 を 犬 が (公園 で) …; 公園 で 犬 が 人 を …; 公園 で 人 を 犬 が …."""
    end = 4 if words[3] == "で" else 2
    doer, place, other, verb = words[:2], words[2:end], words[end : end + 2], words[end + 2 :]
    yield (*other, *doer, *place, *verb), english
    if place:
        early = moved(english, WHERE[place[0]], 0)
        yield (*place, *doer, *other, *verb), early
        yield (*place, *other, *doer, *verb), early


OTHERS: dict[str, Callable[[Tokens, Tokens], Ordered]] = {
    "weather": _sky,
    "fall": _sky,
    "chain": _chain,
    "plan": _plan,
    "turn": _turn,
    "state": _person,
    "mood": _person,
    "well": _person,
    "outing": _outing,
    "house": _outing,
    "meal": _meal,
    "wish": _wish,
    "event": _event,
}
