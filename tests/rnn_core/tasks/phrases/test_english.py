import pytest

from rnn_core.tasks.phrases.english import english_tokens, moved, write


@pytest.mark.parametrize(
    "sentence",
    ["I went to the sea.", "It won't be good, will it?", "Yesterday's cake was sweet.", "The waves were high."],
)
def test_what_is_cut_is_written_as_it_was(sentence: str) -> None:
    assert write(english_tokens(sentence)) == sentence.replace("good", "nice")


def test_only_i_keeps_its_capital() -> None:
    assert english_tokens("I am here.")[0] == "I"
    assert english_tokens("It was me.")[0] == "it"


def test_nothing_is_written_as_nothing() -> None:
    assert write(()) == ""


@pytest.mark.parametrize(
    ("to", "result"), [(0, "this week it rains"), (1, "it this week rains"), (2, "it rains this week")]
)
def test_a_phrase_moves_as_a_whole(to: int, result: str) -> None:
    assert moved(("it", "this", "week", "rains"), ("this", "week"), to) == tuple(result.split())


def test_a_phrase_that_is_not_there_is_not_moved_in_silence() -> None:
    with pytest.raises(ValueError, match="next week"):
        moved(("it", "rains"), ("next", "week"), 0)
