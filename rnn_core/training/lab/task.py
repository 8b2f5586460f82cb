"""What a task of the lab is: its examples, what is asked of them, and what an answer costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import cross_entropy, mse_loss

from rnn_core.training.sentences import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rnn_core.text.tokenizer import Tokenizer
    from rnn_core.training.lab.batches import Batch

RIGHT = 0.1  # a number that is so near counts as right


@dataclass(frozen=True)
class Example:
    """The example that is shown of a run.

    Attributes:
        tokens: each position as text, (T,); fewer where a sentence is shorter.
        targets: what is asked at the last of them, as text, (A,).
    """

    tokens: tuple[str, ...]
    targets: tuple[str, ...]


def all_needed(_place: int, _token: str, _shown: Example) -> bool:
    """No position can be done without."""
    return True


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        output: whether an answer is a number or a symbol.
        draw: examples of a length, so many, from a generator.
        asked: A, at how many of the last positions an answer is asked, from T.
        span: how many positions the answer may have to look back, from T: what the task demands of memory.
        baseline: the loss of the best answer without memory.
        goal: the loss below which it is solved.
        tokens: what a position can be, as text.
        vectors: what the network receives for each, (V, D); None where it learns them itself.
        outputs: the symbols that can be answered; () where the answer is a number.
        draw_unseen: where examples come from that are not learned; None where there are so many that none comes twice.
        right: from the inputs to the targets, where the example that is shown has to be rounded first.
        shown: the how-manieth answer from the end is shown; the last of a text is always that it ends.
        telling: which examples of a batch are good to look at: none whose answer a blind guess would hit.
        blind: what the best answer without memory costs on these very examples, where that depends on them.
        needs: which positions the answer to an example can't do without: place, token and the example.
        within: between which numbers answers lie; () where they are symbols.
        always: what is best answered without memory, where that is one number.
        adds: whether the answer is the sum of what it needs.
        made_with: what `batches` makes the examples with, in the order in which it has to stand; the last draws them.
        data: what is drawn from and goes before all else to what draws, by name; all of it goes with the script.
        tokenizer: how its texts are cut, where the network learns what it receives.
    """

    output: Literal["number", "symbol"]
    draw: Callable[[int, int, torch.Generator], Batch]
    asked: Callable[[int], int]
    span: Callable[[int], int]
    baseline: Callable[[], float]
    goal: float
    tokens: tuple[str, ...]
    vectors: Tensor | None
    outputs: tuple[str, ...] = ()
    draw_unseen: Callable[[int, int, torch.Generator], Batch] | None = None
    right: Callable[[Tensor], Tensor] | None = None
    shown: int = 1
    telling: Callable[[Batch], Tensor] | None = None
    blind: Callable[[Batch], float] | None = None
    needs: Callable[[int, str, Example], bool] = all_needed
    within: tuple[float, float] | tuple[()] = ()
    always: float | None = None
    adds: bool = False
    made_with: tuple[str | Callable[..., object], ...] = ()
    data: Callable[[], Mapping[str, Tensor]] = dict
    tokenizer: Callable[[], Tokenizer] | None = None

    def loss(self, answers: Float[Tensor, "B A O"], batch: Batch) -> Float[Tensor, ""]:
        """The mean squared error of numbers, the mean of −log p of symbols."""
        if self.output == "number":
            return mse_loss(answers[..., 0], batch.targets)
        return cross_entropy(answers.flatten(0, 1), batch.targets.flatten(), ignore_index=NOTHING)

    def accuracy(self, answers: Float[Tensor, "B A O"], batch: Batch) -> float:
        """The share of right answers; a number is right within `RIGHT`."""
        if self.output == "number":
            return float(((answers[..., 0] - batch.targets).abs() < RIGHT).float().mean())
        asked = batch.targets != NOTHING
        return float((answers.argmax(dim=-1) == batch.targets)[asked].float().mean())

    def final(self, values: Tensor, batch: Batch) -> Tensor:
        """Of (B, A) numbers, answered or right, the one of each example that is shown, (B,)."""
        asked = batch.targets != NOTHING
        left = asked.flip(1).cumsum(dim=1).flip(1)  # answers from a position on
        places = (asked & (left == self.shown)).int().argmax(dim=1, keepdim=True)
        return values.gather(1, places)[:, 0]

    @property
    def answers(self) -> tuple[float, ...]:
        """Between which numbers answers lie; symbols are numbered."""
        return self.within or (0.0, len(self.outputs) - 1.0)

    def answered(self, answers: Float[Tensor, "B A O"]) -> Tensor:
        """The answers as numbers, (B, A): of symbols the number of the likeliest."""
        return answers[..., 0] if self.output == "number" else answers.argmax(dim=-1)
