"""Initial values of modules from a generator of one's own, equal to those that torch draws after `torch.manual_seed`.

The constructors of `torch.nn` draw from torch's global generator, which every thread of a process shares.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from rnn_core import runtime

# Everything with which the constructors of torch.nn draw. In a mode, torch.nn.init hands its whole call to the mode.
DRAWS = frozenset(
    function
    for function in (*vars(nn.init).values(), Tensor.uniform_, Tensor.normal_)
    if function in (Tensor.uniform_, Tensor.normal_)
    or (inspect.isfunction(function) and "generator" in inspect.signature(function).parameters)
)


class InitialValues(TorchFunctionMode):
    """Within it, modules that this thread makes draw their initial values from a generator of their own.

    The values are those that the same constructors give after `torch.manual_seed(seed)`, bit for bit; the global random
    state is neither read nor changed, and what other threads do changes nothing.

    Args:
        seed: of the generator.

    Example:
        >>> with InitialValues(seed=5):
        ...     one, other = nn.GRU(3, 4), nn.GRU(3, 4)
        >>> with InitialValues(seed=5):
        ...     again = nn.GRU(3, 4)
        >>> bool((again.weight_hh_l0 == one.weight_hh_l0).all()), bool((other.weight_hh_l0 == one.weight_hh_l0).any())
        (True, False)
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._generator = runtime.generator(seed)

    def __torch_function__(
        self,
        func: Callable[..., object],
        _types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> object:
        """Call `func`, with the generator where it draws."""
        named = dict(kwargs or {})
        if func in DRAWS:
            named["generator"] = self._generator
        return func(*args, **named)
