"""What can be learned in the lab: one row a task.

Every answer is a number or one of some symbols. The baseline of a task is the loss of the best answer that remembers
nothing; below its goal it counts as solved.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float
from torch import Tensor

from rnn_core import runtime
from rnn_core.tasks import smalltalk
from rnn_core.training.lab import batches, uses
from rnn_core.training.lab.batches import COPIED, COPYABLE, FASTEST, KEPT, KINDS, RECALLED, SLOWEST, Batch
from rnn_core.training.lab.task import Example, Task
from rnn_core.training.sentences import NOTHING

if TYPE_CHECKING:
    from rnn_core.training.lab.limits import TaskName
    from rnn_core.training.lab.spec import TrainSpec

HELD_OUT = 64  # examples that no run learns from, the same for all
CHECK_SEED, NEAR = 99, 0.02  # draws them; so near the baseline they have to be
PRIME = 1_000_003  # between the seeds of two runs there are more numbers than a run has updates
GRID = tuple(f"{k / 100:.2f}" for k in range(101))


def _telling_sum(batch: Batch) -> Tensor:
    """A sum far from 1, which is the best blind guess, and whose first part comes early and counts."""
    value, mark = batch.inputs.unbind(dim=-1)
    first = mark.argmax(dim=1)
    counts = value.gather(1, first[:, None])[:, 0] > 0.2
    return (batch.targets[:, 0] < 0.6) & (first < max(1, mark.shape[1] // 4)) & counts


def _sums() -> Tensor:
    values = torch.tensor([float(text) for text in GRID])
    return torch.cat([torch.stack([values, torch.full_like(values, mark)], dim=1) for mark in (0.0, 1.0)])


def _waves() -> tuple[str, ...]:
    return tuple(f"{k / 100:.2f}" for k in range(-100, 101))


PACE = (math.sin(FASTEST) - math.sin(SLOWEST)) / (FASTEST - SLOWEST)  # E[cos ω] of the waves


class Rows(Mapping["TaskName", Task]):
    """A row a task.

    Args:
        ready: those that cost nothing.
        late: what makes the others; each is made when it is first asked for.
    """

    def __init__(self, ready: Mapping[TaskName, Task], late: Mapping[TaskName, Callable[[], Task]]) -> None:
        self._rows, self._late = dict(ready), late

    def __getitem__(self, name: TaskName) -> Task:
        if name not in self._rows:
            self._rows[name] = self._late[name]()
        return self._rows[name]

    def __iter__(self) -> Iterator[TaskName]:
        return iter(dict.fromkeys((*self._rows, *self._late)))

    def __len__(self) -> int:
        return len({*self._rows, *self._late})


TASKS = Rows(
    {
        "adding": Task(
            "number",
            batches.draw_adding,
            asked=lambda _: 1,
            span=lambda length: length,
            baseline=lambda: 1 / 6,  # always 1: the variance of two numbers in [0, 1]
            goal=0.02,
            tokens=(*GRID, *(f"{text}*" for text in GRID)),
            vectors=_sums(),
            right=batches.sum_marked,
            telling=_telling_sum,
            blind=lambda batch: float(((batch.targets - 1) ** 2).mean()),
            needs=lambda _, token, __: token.endswith("*"),
            within=(0.0, 2.0),
            always=1.0,
            adds=True,
            made_with=(batches.sum_marked, batches.draw_adding),
        ),
        "recall": Task(
            "symbol",
            batches.draw_recall,
            asked=lambda _: 1,
            span=lambda length: length,
            baseline=lambda: math.log(KEPT),
            goal=0.1,
            tokens=RECALLED,
            vectors=torch.eye(len(RECALLED)),
            outputs=RECALLED[:KEPT],
            needs=lambda place, _, __: place == 0,
            made_with=("KEPT", "NOISE", "RECALLED", batches.show_symbols, batches.draw_recall),
        ),
        "copy": Task(
            "symbol",
            batches.draw_copy,
            asked=lambda _: COPIED,
            span=lambda length: length - COPIED + 1,
            baseline=lambda: math.log(KINDS),
            goal=0.1,
            tokens=COPYABLE,
            vectors=torch.eye(len(COPYABLE)),
            outputs=COPYABLE[:KINDS],
            needs=lambda place, _, shown: place < len(shown.targets),
            made_with=("COPIED", "KINDS", "COPYABLE", batches.show_symbols, batches.draw_copy),
        ),
        "parity": Task(
            "symbol",
            batches.draw_parity,
            asked=lambda length: length,
            span=lambda length: length,
            baseline=lambda: math.log(2),
            goal=0.05,
            tokens=("0", "1"),
            vectors=torch.eye(2),
            outputs=("0", "1"),
            needs=lambda _, token, __: token == "1",
            made_with=(batches.show_symbols, batches.draw_parity),
        ),
        "smalltalk": Task(
            "symbol",
            batches.draw_sentences,
            asked=lambda length: length,
            span=lambda length: length,
            baseline=batches.next_word_entropy,
            goal=0.95,
            tokens=smalltalk.vocabulary().words,
            vectors=None,
            outputs=smalltalk.outputs(),
            draw_unseen=batches.draw_unseen_sentences,
            needs=lambda place, _, shown: place == len(shown.tokens) - 1,
            made_with=(batches.draw_rows,),
            data=lambda: dict(zip(("words", "targets"), batches.small_talk("train"), strict=True)),
            tokenizer=smalltalk.tokenizer,
        ),
        "series": Task(
            "number",
            batches.draw_series,
            asked=lambda length: length,
            span=lambda _: 2,  # x_{t+1} = 2 cos ω x_t − x_{t−1}
            baseline=lambda: (1 - PACE * PACE) / 2,  # E (x_{t+1} − E[cos ω] x_t)²
            goal=0.01,
            tokens=_waves(),
            vectors=torch.tensor([float(text) for text in _waves()])[:, None],
            blind=lambda batch: float(((batch.targets - PACE * batch.inputs[..., 0]) ** 2).mean()),
            needs=lambda place, _, shown: place >= len(shown.tokens) - 2,
            within=(-1.0, 1.0),
            made_with=("SLOWEST", "FASTEST", batches.draw_series),
        ),
    },
    uses.ROWS,
)


def draw_batch(spec: TrainSpec, step: int) -> Batch:
    """What the update after `step` updates learns from: the same whenever it is asked for."""
    generator = runtime.generator((spec.seed * PRIME + step) % 2**32)
    return TASKS[spec.task].draw(spec.length, spec.batch, generator)


@lru_cache(maxsize=64)
def held_out(name: TaskName, length: int) -> Batch:
    """The examples of a task that no run learns from; the first of them is the one that is shown."""
    task = TASKS[name]
    batch = _typical(task, length)
    good = [] if task.telling is None else task.telling(batch).nonzero()[:, 0].tolist()
    first = good[0] if good else 0
    order = [first, *(number for number in range(HELD_OUT) if number != first)]
    inputs, targets = batch.inputs[order], batch.targets[order]
    if task.vectors is not None:
        inputs[0] = task.vectors[_nearest(inputs[0], task.vectors)]
    if task.right is not None:
        targets = task.right(inputs)
    return Batch(inputs, targets)


def _typical(task: Task, length: int) -> Batch:
    """The first draw on which answers without memory cost what they cost in general: these are few examples."""
    seed = CHECK_SEED
    while True:
        batch = (task.draw_unseen or task.draw)(length, HELD_OUT, runtime.generator(seed))
        if task.blind is None or abs(task.blind(batch) / task.baseline() - 1) < NEAR:
            return batch
        seed += 1


def find_example(name: TaskName, length: int) -> Example:
    """The example of a task at a length, as text.

    Example:
        >>> find_example("recall", 4).tokens[-1]
        '?'
    """
    task, batch = TASKS[name], held_out(name, length)
    numbers = batch.inputs[0] if task.vectors is None else _nearest(batch.inputs[0], task.vectors)
    counts = batch.targets[0] != NOTHING
    asked = batch.targets[0][counts]
    if task.output == "number":
        targets = tuple(f"{value:.2f}" for value in asked.tolist())
    else:
        targets = tuple(task.outputs[number] for number in asked.tolist())
    words = int(counts.nonzero()[-1]) + 1 if task.vectors is None else length
    return Example(tuple(task.tokens[number] for number in numbers.tolist()[:words]), targets)


def _nearest(inputs: Float[Tensor, "T D"], vectors: Float[Tensor, "V D"]) -> Tensor:
    return torch.cdist(inputs, vectors).argmin(dim=1)
