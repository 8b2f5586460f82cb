import pytest

from rnn_core.errors import KiokuError
from rnn_core.tasks import smalltalk
from rnn_core.tasks.language import TOKENIZERS, find_tokenizer


def test_every_task_has_its_tokenizer() -> None:
    for task in TOKENIZERS:
        tokenizer = find_tokenizer(task)
        assert len(tokenizer.outputs) == len(tokenizer.ends) == len(tokenizer.output_glosses)
    assert find_tokenizer("smalltalk") is smalltalk.tokenizer()


def test_a_task_that_there_is_none_of_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(KiokuError) as caught:
        find_tokenizer("chess")
    assert "smalltalk" in str(caught.value)
