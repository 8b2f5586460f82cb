from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from rnn_core import progress
from rnn_core.models import registry
from rnn_core.segmentation import measures
from rnn_core.specs import ResponderSpec, TransformerSpec
from rnn_core.training import clipping

if TYPE_CHECKING:
    from collections.abc import Callable

LONG: dict[str, Callable[[], object]] = {
    "influences": lambda: measures.influences("今日はいい天気"),
    "revealed": lambda: measures.revealed("今日はいい天気"),
    "transformer": lambda: registry.input_influence(TransformerSpec(hidden=16), ["犬", "が"]),
    "attentive": lambda: registry.input_influence(ResponderSpec(kind="attentive", hidden=8), ["犬", "が"]),
    "training": lambda: clipping.run(clipping.ClippingSpec()),
}


class Left(BaseException):
    pass


@pytest.mark.parametrize("compute", LONG.values(), ids=LONG)
def test_what_takes_long_says_how_far_it_is(compute: Callable[[], object]) -> None:
    told: list[float] = []
    with progress.watched(told.append):
        compute()
    assert len(told) > 1
    assert all(0 <= done <= 1 for done in told)
    assert max(told) > 0


@pytest.mark.parametrize("compute", LONG.values(), ids=LONG)
def test_what_takes_long_can_be_ended(compute: Callable[[], object]) -> None:
    def leave(_done: float) -> None:
        raise Left

    with pytest.raises(Left), progress.watched(leave):
        compute()
    compute()  # and nobody watches any more


def test_another_thread_is_not_watched() -> None:
    told: list[float] = []
    with progress.watched(told.append), ThreadPoolExecutor(1) as pool:
        pool.submit(progress.report, 0.5).result()
    assert told == []
