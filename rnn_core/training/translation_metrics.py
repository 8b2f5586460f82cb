"""What a translating model is worth: how often its whole output is right, by the input's length; and where it looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from typing_extensions import TypedDict

from rnn_core.statistics.attention_maps import inversions, unsettled
from rnn_core.tasks.pairs import Pair, PairTask, Tokens
from rnn_core.text.symbols import BEGIN, END, PAD, SPECIALS
from rnn_core.translation.encoder_decoder import EncoderDecoder

BATCH = 256
NAMED, OFTEN = 10, 20  # so many tokens are named whose rows don't settle, of those that have so many rows


@dataclass(frozen=True, eq=False)
class Written:
    """What a model wrote for one source, the likeliest token at each step.

    Attributes:
        tokens: the target tokens, without the end.
        ended: it came to the end by itself.
        attention: where it looked at each step, that of the end last, (T, S); None for a model that does not.
    """

    tokens: Tokens
    ended: bool
    attention: Float[np.ndarray, "T S"] | None


class Looks(TypedDict):
    """Where a model looks while it writes what is right.

    Attributes:
        monotonic: maps whose settled rows never go back in the source, and all maps.
        turned: pairs of settled rows that lie on source words in the other order, and all pairs on two words.
        settled: rows with more than half of their weight on one source word, and all rows.
        unsettled: of the tokens whose rows settle most seldom, how many rows do not, and all their rows.
    """

    monotonic: list[int]
    turned: list[int]
    settled: list[int]
    unsettled: dict[str, list[int]]


def greedy(model: EncoderDecoder, task: PairTask, sources: Sequence[Tokens], most: int) -> tuple[Written, ...]:
    """The likeliest token at each step until the end, at most so many; one for each source, in their order."""
    order = sorted(range(len(sources)), key=lambda number: len(sources[number]))
    found: dict[int, Written] = {}
    for start in range(0, len(order), BATCH):
        numbers = order[start : start + BATCH]
        found.update(zip(numbers, _batch(model, task, [sources[number] for number in numbers], most), strict=True))
    return tuple(found[number] for number in range(len(sources)))


def _batch(model: EncoderDecoder, task: PairTask, sources: Sequence[Tokens], most: int) -> Iterator[Written]:
    rows = [torch.tensor(task.source().encode(words)) for words in sources]
    lengths = torch.tensor([len(words) for words in sources])
    said: list[Tensor] = []
    looks: list[Tensor] = []
    with torch.inference_mode():
        memory = model.encode(pad_sequence(rows, batch_first=True, padding_value=PAD), lengths)
        state, previous = memory.start, torch.full((len(rows),), BEGIN)
        ended = torch.zeros(len(rows), dtype=torch.bool)
        while len(said) < most and not bool(ended.all()):
            step = model.step(previous, state, memory)
            state, previous = step.state, step.scores.argmax(dim=-1)  # (B,)
            ended |= previous == END
            said.append(previous)
            looks += [] if step.attention is None else [step.attention.weights[:, 0, 0]]  # each (B, S)
    written = torch.stack(said, dim=1)  # (B, T)
    attention = torch.stack(looks, dim=1).numpy() if looks else None  # (B, T, S)
    for row, (numbers, length) in enumerate(zip(written.tolist(), lengths.tolist(), strict=True)):
        count = numbers.index(END) if END in numbers else len(numbers)
        words = tuple(task.target().words[number] for number in numbers[:count])
        yield Written(words, END in numbers, None if attention is None else attention[row, : count + 1, :length])


def exact_matches(pairs: Sequence[Pair], written: Sequence[Written]) -> list[bool]:
    """Whether each is one of the right targets, as a whole, and ended by itself."""
    return [one.ended and one.tokens in pair.targets for pair, one in zip(pairs, written, strict=True)]


def by_size(task: PairTask, pairs: Sequence[Pair], correct: Sequence[bool]) -> dict[str, dict[str, list[int]]]:
    """By each way to count an input's length and by the length: how many were right, and how many there were."""
    found = {}
    for name, size in task.sizes.items():
        total = Counter(size(pair.source) for pair in pairs)
        hits = Counter(size(pair.source) for pair, one in zip(pairs, correct, strict=True) if one)
        found[name] = {str(length): [hits[length], total[length]] for length in sorted(total)}
    return found


def looks(written: Sequence[Written]) -> Looks | None:
    """How the maps lie; None where there are none."""
    maps = [(one, one.attention) for one in written if one.attention is not None]
    if not maps:
        return None
    pairs = [inversions(attention) for _, attention in maps]
    rows: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    for one, attention in maps:
        names = (*one.tokens, SPECIALS[END])[: len(attention)]
        rows.update(names)
        loose.update(names[row] for row in unsettled(attention))
    return Looks(
        monotonic=[sum(back == 0 for back, _ in pairs), len(pairs)],
        turned=[sum(back for back, _ in pairs), sum(count for _, count in pairs)],
        settled=[rows.total() - loose.total(), rows.total()],
        unsettled=_seldom(rows, loose),
    )


def _seldom(rows: Mapping[str, int], loose: Mapping[str, int]) -> dict[str, list[int]]:
    names = [name for name, count in loose.items() if rows[name] >= OFTEN and count * 2 > rows[name]]
    first = sorted(names, key=lambda name: (-loose[name] / rows[name], name))[:NAMED]
    return {name: [loose[name], rows[name]] for name in first}
