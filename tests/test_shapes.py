"""Shapes in signatures are executed while tests run: in every module that says some, and each of them."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest

from tests.reading import plant
from tests.shapes import shaped, unreadable

SHAPED = "from jaxtyping import Float\n\n{}\n\ndef f(x: Sequence[Float[Tensor, ' T']]) -> int:\n    return 1\n"
HIDDEN = "if TYPE_CHECKING:\n    from a import Sequence\n    from torch import Tensor as T, Tensor\n    import b"


def test_every_module_with_shapes_is_checked() -> None:
    loaders = {name: type(importlib.import_module(name).__loader__).__name__ for name in shaped()}
    assert {name for name, loader in loaders.items() if loader != "_JaxtypingLoader"} == set()


def test_no_shape_names_what_only_the_type_checker_sees() -> None:
    assert {name: found for name, path in shaped().items() if (found := unreadable(path))} == {}


def test_a_shape_that_nobody_could_check_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "rnn_core/a.py", SHAPED.format(HIDDEN))
    plant(tmp_path, "pages/b.py", SHAPED.format("from torch import Tensor\nfrom a import Sequence"))
    plant(
        tmp_path, "rnn_core/c.py", f"from jaxtyping import Int\n{HIDDEN}\nx: Callable[[Int[Tensor, '']], int] = len\n"
    )
    plant(tmp_path, "rnn_core/d.py", "if TYPE_CHECKING:\n    from jaxtyping import Int\nx: Int[Tensor, ' T'] = y\n")
    found = {name: unreadable(path) for name, path in shaped(tmp_path).items()}
    assert found == {"pages.b": set(), "rnn_core.a": {"Sequence", "Tensor"}, "rnn_core.c": set(), "rnn_core.d": {"Int"}}


def test_another_shape_is_refused() -> None:
    from rnn_core.sound.rate import resampled

    with pytest.raises(TypeError, match="resampled"):
        resampled(np.zeros((3, 4), np.float32), 16000)


def test_so_is_that_of_a_field() -> None:
    from rnn_core.sound.wav import Recording

    with pytest.raises(TypeError, match="Recording"):
        Recording(np.zeros((3, 4), np.float32))
