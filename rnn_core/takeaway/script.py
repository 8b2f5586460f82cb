"""The script to take home: it prints what is on the screen, from the weights beside it, with torch and safetensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.clamps import listed
from rnn_core.specs import ModelSpec
from rnn_core.takeaway.step import WEIGHTS, write_step

if TYPE_CHECKING:
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.recurrent.clamps import Clamp
    from rnn_core.specs import StatesSpec

WEIGHTS_FILE = "kioku.safetensors"
SCRIPT_FILE = "kioku.py"

# What more than one script has; each is a template to be filled in.
HEAD = '''\
"""Kioku: {name}

Every number of the page, from torch and safetensors alone. Put it beside {weights_file} and run it:

    python {script_file}
"""

'''

IMPORTS = """\
from pathlib import Path

import torch
from safetensors.torch import load_file
"""

SENTENCE = """
WORDS = {words}
IDS = {ids}  # rows of the embedding; 0 is the unknown word
OUTPUTS = {outputs}
"""

LIKELIEST = """\
print("likeliest next")
scores = {states} @ weights["readout.weight"].T + weights["readout.bias"]  # (T, V)
for word, row in zip(WORDS, torch.softmax(scores, dim=-1)):
    best = row.topk(3)
    print("  " + word, *(f"{{OUTPUTS[k]}} {{p:.9g}}" for p, k in zip(best.values.tolist(), best.indices.tolist())))
"""

TEMPLATE = (
    HEAD
    + IMPORTS
    + SENTENCE
    + '''\
CLAMPS = {clamps}  # quantity, value, units, steps (None: all of them), counted from 0

weights = load_file(Path(__file__).with_name("{weights_file}"))
recurrent = {{name.removeprefix("recurrent."): w for name, w in weights.items() if name.startswith("recurrent.")}}
W_ih, W_hh, b_ih, b_hh = (recurrent[f"{{name}}_l0"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
{named_weights}inputs = weights["embedding.weight"][IDS]  # (T, E)
found = {{}}


def clamped(t, **named):
    """Keep a quantity of step t, with what a clamp puts in its place."""
    (name, values), = named.items()
    for quantity, value, units, steps in CLAMPS:
        if quantity == name and (steps is None or t in steps):
            values[slice(None) if units is None else units] = value
    found.setdefault(name, []).append(values)
    return values


{step}

h = c = torch.zeros({hidden})
for t, x in enumerate(inputs):
    h, c = step(t, x, h, c)
quantities = {{name: torch.stack(values) for name, values in found.items()}}  # each (T, H)

for name in {keys}:
    print(name)
    for word, row in zip(WORDS, quantities[name].tolist()):
        print("  " + word, *(f"{{value:.9g}}" for value in row))

if not CLAMPS:  # torch's own layer, to see that it is the same
    layer = torch.nn.{torch_class}({embedding}, {hidden})
    layer.load_state_dict(recurrent)
    with torch.no_grad():
        gap = (layer(inputs)[0] - quantities["hidden_state"]).abs().max().item()
    print("difference from torch.nn.{torch_class}", f"{{gap:.2g}}")

'''
    + LIKELIEST
)


def write_script(trace: ModelTrace, clamps: Sequence[Clamp] = ()) -> str:
    """A Python script that prints every quantity of `trace` and what comes next, 9 digits each.

    Args:
        trace: what is on the screen: one forward layer of a next-word model.
        clamps: what was clamped when `trace` was made.

    Raises:
        KiokuError: another kind of model, more than one layer, or two directions.
    """
    spec = trace.spec
    if not isinstance(spec, ModelSpec):
        raise KiokuError("script_of_next_word", model=spec.name)
    if spec.layers != 1 or spec.bidirectional:
        raise KiokuError("script_of_one_layer", layers=spec.layers, directions=1 + spec.bidirectional)
    return TEMPLATE.format(
        **told(trace, spec),
        clamps=[(c.quantity, c.value, listed(c.units, spec.hidden), listed(c.steps, len(trace))) for c in clamps],
        step=write_step(spec.cell),
        named_weights=WEIGHTS[spec.cell],
        hidden=spec.hidden,
        embedding=trace.embedding.shape[1],
        keys=[row.key for row in QUANTITIES.of(spec.cell)],
        torch_class=spec.cell.upper(),
        states='quantities["hidden_state"]',
    )


def told(trace: ModelTrace, spec: StatesSpec) -> dict[str, object]:
    """What fills in the common parts of the script of a next-word model."""
    from rnn_core.models import registry  # needs torch

    words = [token.text for token in trace.tokens]
    return {
        "name": trace.spec.name,
        "weights_file": WEIGHTS_FILE,
        "script_file": SCRIPT_FILE,
        "words": words,  # as Python writes a list of strings, so that no text of a reader can become code
        "ids": list(registry.family_of(spec).tokenizer(spec).encode(words)),
        "outputs": list(trace.outputs),
    }
