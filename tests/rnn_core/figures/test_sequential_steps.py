from __future__ import annotations

import pytest

from rnn_core import parallelism
from rnn_core.figures import Theme, sequential_steps
from rnn_core.figures.sequential_steps import MOST, NARROW, ROWS
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, sound, traces, words


def draw(tokens=WORDS, **options):
    return sound(sequential_steps(tokens, **({"lang": "ja", "theme": Theme()} | options)))


def test_every_state_stands_in_its_place_with_its_step() -> None:
    dots, _ = traces(draw())
    nodes = [*parallelism.graph("lstm", 6), *parallelism.graph("transformer", 6, 2)]
    assert list(dots["customdata"]) == [node.step for node in nodes]
    assert list(dots["text"]) == [str(node.step) for node in nodes]
    assert list(dots["x"]) == [node.place + 1 for node in nodes]
    assert len(set(dots["y"].tolist())) == len(ROWS)


def test_a_line_for_everything_that_must_be_waited_for() -> None:
    _, edges = traces(draw())
    assert len(edges["x"]) == 3 * (5 + 6 * 7 // 2)
    *_, needed = draw().table.values()
    assert needed == (0, 1, 1, 1, 1, 1, *[0] * 6, *range(1, 7))


def test_the_finding_counts_the_steps_of_this_sentence_and_of_a_long_one() -> None:
    assert draw(lang="en").finding == (
        "Sequential steps at length 6: recurrent layer 6, Transformer 2. At length 512: 512 and 2."
    )


def test_of_a_long_sentence_the_beginning_is_drawn_and_it_is_said() -> None:
    long = draw(words(40), lang="en")
    assert len(traces(long)[0]["x"]) == 3 * MOST
    assert "the first 12 of 40 words" in long.method
    assert "the first" not in draw(words(MOST), lang="en").method
    assert len(traces(draw(words(40), theme=Theme(narrow=True)))[0]["x"]) == 3 * NARROW


@pytest.mark.parametrize("theme", LOOKS, ids=str)
@pytest.mark.parametrize("steps", [1, 2, 60])
def test_it_can_be_drawn_at_every_length(theme: Theme, steps: int) -> None:
    assert len(traces(draw(words(steps), theme=theme))[0]["x"]) == 3 * min(steps, MOST)


def test_languages_change_words_only() -> None:
    ja, en = (repr([data(trace) for trace in traces(draw(lang=lang, glosses=GLOSSES))]) for lang in LANGUAGES)
    assert ja == en
