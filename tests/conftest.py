"""Shapes in signatures are executed while tests run: jaxtyping's hook checks them with beartype."""

from jaxtyping import install_import_hook

# Not the public edge (recording, models.zoo): what is wrong there meets a KiokuError before anything is typed.
MODULES = ("cells", "models.answer", "models.language_model", "models.model_trace", "models.readers", "training")
install_import_hook([f"rnn_core.{module}" for module in MODULES], "beartype.beartype")
