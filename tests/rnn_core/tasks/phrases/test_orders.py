from __future__ import annotations

import pytest

from rnn_core.tasks import smalltalk
from rnn_core.tasks.phrases.orders import OTHERS, reorder

BY_WORDS = {example.words: example for example in smalltalk.examples()}


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("今日 は 天気 が 良い ね", {"天気 が 今日 は 良い ね": "today the weather is nice , isn't it ?"}),
        ("今日 は 暑い", {}),
        ("昨日 は 雨 が 降っ た", {"雨 が 昨日 は 降っ た": "yesterday it rained ."}),
        ("今日 は 風 が 強く て 寒い", {"風 が 強く て 今日 は 寒い": "the wind is strong and today it is cold ."}),
        (
            "明日 は 友達 と 公園 に 行く",
            {
                "友達 と 明日 は 公園 に 行く": "tomorrow I will go to the park with my friend .",
                "明日 は 公園 に 友達 と 行く": "I will go to the park with my friend tomorrow .",
                "公園 に 明日 は 友達 と 行く": "tomorrow I will go to the park with my friend .",
            },
        ),
        ("今日 は 海 に 行き たい", {"海 に 今日 は 行き たい": "today I want to go to the sea ."}),
        (
            "昨日 海 に 友達 と 行っ た けど 寒かっ た",
            {
                "昨日 友達 と 海 に 行っ た けど 寒かっ た": (
                    "yesterday I went to the sea with my friend , but it was cold ."
                ),
                "海 に 昨日 友達 と 行っ た けど 寒かっ た": (
                    "I went to the sea with my friend yesterday , but it was cold ."
                ),
            },
        ),
        (
            "妹 は 昨日 とても 疲れ て い た",
            {"昨日 妹 は とても 疲れ て い た": "yesterday my little sister was very tired ."},
        ),
        (
            "母 は 先週 から ずっと 怒っ て いる",
            {"先週 から 母 は ずっと 怒っ て いる": "since last week my mother has been angry ."},
        ),
        ("妹 は 今 笑っ て いる", {}),
        (
            "妹 は 昨日 寿司 を 食べ た",
            {
                "昨日 妹 は 寿司 を 食べ た": "yesterday my little sister ate sushi .",
                "妹 は 寿司 を 昨日 食べ た": "my little sister ate sushi yesterday .",
                "寿司 を 妹 は 昨日 食べ た": "my little sister ate sushi yesterday .",
            },
        ),
        (
            "私 は 昨日 から 寿司 が 食べ たい",
            {
                "私 は 寿司 が 昨日 から 食べ たい": "I have wanted to eat sushi since yesterday .",
                "昨日 から 私 は 寿司 が 食べ たい": "since yesterday I have wanted to eat sushi .",
            },
        ),
        (
            "妹 は 今 寿司 が 食べ たい と 言っ て いる",
            {"妹 は 寿司 が 今 食べ たい と 言っ て いる": "my little sister says she wants to eat sushi now ."},
        ),
        (
            "妹 は 昨日 から 寿司 が 食べ たい と 言っ て いる",  # since when she wants it, not since when she says so
            {
                "妹 は 寿司 が 昨日 から 食べ たい と 言っ て いる": (
                    "my little sister says she has wanted to eat sushi since yesterday ."
                )
            },
        ),
        ("犬 が 人 を 噛む", {"人 を 犬 が 噛む": "a dog bites a person ."}),
        (
            "犬 が 公園 で 人 を 助け た",
            {
                "人 を 犬 が 公園 で 助け た": "a dog helped a person in the park .",
                "公園 で 犬 が 人 を 助け た": "in the park a dog helped a person .",
                "公園 で 人 を 犬 が 助け た": "in the park a dog helped a person .",
            },
        ),
        ("この ケーキ は 甘い", {}),
        ("妹 は 寿司 が 好き だ", {}),
    ],
)
def test_the_other_orders_and_their_english(words: str, others: dict[str, str]) -> None:
    first, *rest = reorder(BY_WORDS[tuple(words.split())])
    assert first[0] == tuple(words.split())
    assert {" ".join(source): " ".join(english) for source, english in rest} == others


def test_only_the_order_of_the_words_is_another_on_both_sides() -> None:
    for example in smalltalk.examples():
        made = list(reorder(example))
        assert {tuple(sorted(words)) for words, _ in made} == {tuple(sorted(example.words))}
        assert len({tuple(sorted(english)) for _, english in made}) == 1


def test_every_pattern_that_has_other_orders_is_one_of_the_small_talk() -> None:
    assert OTHERS.keys() < {example.combination[0] for example in smalltalk.examples()}
