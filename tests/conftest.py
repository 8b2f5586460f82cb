"""Shapes in signatures are executed while tests run: jaxtyping's hook checks them with beartype."""

from jaxtyping import install_import_hook

install_import_hook(["rnn_core.cells", "rnn_core.models", "rnn_core.training"], "beartype.beartype")
