"""A module of an opened file as every chapter knows networks: pieces of text in, states out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.models.language_model import NextWord

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.own.files import OwnFile
    from rnn_core.own.inputs import Inputs
    from rnn_core.own.setup import Setup


class DrawnVectors(nn.Embedding):
    """A vector for every number there may be, from a standard normal distribution: as an embedding without a table.

    Args:
        inputs: D, how many numbers a vector has.
        seed: with another one, all vectors are others.
        dtype: of the network that reads them.
    """

    def __init__(self, inputs: int, seed: int, dtype: torch.dtype) -> None:
        super().__init__(1, inputs, _weight=torch.zeros(1, inputs, dtype=dtype))
        self._seed = seed

    def forward(self, words: Tensor) -> Tensor:
        """The vector of each number: equal numbers have equal ones."""
        numbers = words.flatten().tolist()
        drawn = {number: self._draw(number) for number in set(numbers)}
        vectors = np.array([drawn[number] for number in numbers])
        return torch.from_numpy(vectors).to(self.weight.dtype).reshape(*words.shape, self.embedding_dim)

    def _draw(self, number: int) -> NDArray[np.float32]:
        # torch's generator takes no more than 32 bits of a seed, which two numbers do not fit into
        generator = np.random.default_rng([self._seed, number])
        return generator.standard_normal(self.embedding_dim, dtype=np.float32)


def open_network(file: OwnFile, setup: Setup, inputs: Inputs | None) -> NextWord:
    """The network, without a readout: a file does not say which of its other tensors would be one.

    Args:
        file: the opened file; its weights are shared, for reading only.
        setup: which of its modules, and what the file cannot say.
        inputs: one sequence of the reader's own numbers; None for vectors that the seed draws.

    Raises:
        KiokuError: no such module, one that is too large, or numbers that are not as many as it receives.
    """
    file.part(setup.part)
    module = rebuilt(file.modules[setup.part], relu=setup.relu)
    return NextWord(_embedding(setup, module, inputs), module)


def _embedding(setup: Setup, module: nn.RNNBase, inputs: Inputs | None) -> nn.Embedding:
    dtype = next(module.parameters()).dtype
    if inputs is None:
        return DrawnVectors(module.input_size, setup.seed, dtype)
    numbers = torch.tensor(inputs.numbers).to(dtype)
    if numbers.shape[1] != module.input_size:
        raise KiokuError("own_width", given=numbers.shape[1], want=module.input_size)
    rows = torch.cat([torch.zeros(1, module.input_size, dtype=dtype), numbers])  # the unknown one is nothing
    return nn.Embedding(len(rows), module.input_size, _weight=rows).requires_grad_(False)


def rebuilt(module: nn.RNNBase, *, relu: bool) -> nn.RNNBase:
    """The module with the batch first, a plain RNN with its nonlinearity; the weights are the same memory."""
    told = {"nonlinearity": "relu" if relu else "tanh"} if isinstance(module, nn.RNN) else {}
    made = _made(
        module,
        num_layers=module.num_layers,
        bias=module.bias,
        batch_first=True,
        bidirectional=module.bidirectional,
        device="meta",
        **told,
        **({"proj_size": module.proj_size} if module.proj_size else {}),
    )
    made.load_state_dict({name: weight.detach() for name, weight in module.state_dict().items()}, assign=True)
    return made.eval().requires_grad_(False)


def _made(module: nn.RNNBase, **options: Any) -> nn.RNNBase:  # as its kind takes them
    return type(module)(module.input_size, module.hidden_size, **options)  # type: ignore[arg-type]  # not the base's
