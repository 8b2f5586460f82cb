"""The script of a Transformer to take home: it prints the attention, the states and what comes next.

It uses torch and safetensors alone. A second writing of the equations on purpose, so that it is also a check of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.specs import TransformerSpec
from rnn_core.takeaway.script import HEAD, IMPORTS, LIKELIEST, SENTENCE, told

if TYPE_CHECKING:
    from rnn_core.models.model_trace import ModelTrace

TEMPLATE = (
    HEAD
    + IMPORTS
    + "from torch.nn.functional import layer_norm, linear, scaled_dot_product_attention\n"
    + SENTENCE
    + """\
LAYERS, HEADS, PLACES = {layers}, {heads}, {places}

weights = load_file(Path(__file__).with_name("{weights_file}"))
x = weights["embedding.weight"][IDS]  # (T, E)
steps, size = x.shape
if PLACES:  # P[t, 2i] = sin(t / 10000^(2i/E)), P[t, 2i+1] = cos(t / 10000^(2i/E))
    angles = torch.outer(torch.arange(steps), 10_000.0 ** (-torch.arange(0, size, 2) / size))
    x = x + torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)
later = torch.ones(steps, steps, dtype=torch.bool).triu(1)
gap = 0.0


def apply(layer, part, x):
    return linear(x, weights[f"blocks.{{layer}}.{{part}}.weight"], weights[f"blocks.{{layer}}.{{part}}.bias"])


def norm(layer, part, x):
    return layer_norm(
        x, (size,), weights[f"blocks.{{layer}}.{{part}}.weight"], weights[f"blocks.{{layer}}.{{part}}.bias"]
    )


def show(rows):
    for word, row in zip(WORDS, rows.tolist()):
        print("  " + word, *(f"{{value:.9g}}" for value in row))


for layer in range(LAYERS):
    q, k, v = (
        apply(layer, part, x).unflatten(-1, (HEADS, -1)).transpose(0, 1) for part in ("query", "key", "value")
    )  # (heads, T, E / heads)
    scores = (q @ k.mT / q.shape[-1] ** 0.5).masked_fill(later, -torch.inf)
    attention = scores.softmax(dim=-1)  # (heads, T, T)
    told = attention @ v
    fused = scaled_dot_product_attention(q[None], k[None], v[None], is_causal=True)[0]
    gap = max(gap, (told - fused).abs().max().item())
    y = norm(layer, "norm1", x + apply(layer, "out", told.transpose(0, 1).flatten(1)))
    x = norm(layer, "norm2", y + apply(layer, "linear2", torch.relu(apply(layer, "linear1", y))))  # (T, E)
    for head in range(HEADS):
        print(f"attention layer {{layer + 1}} head {{head + 1}}")
        show(attention[head])
    print(f"{state} layer {{layer + 1}}")
    show(x)

print("difference from torch.nn.functional.scaled_dot_product_attention", f"{{gap:.2g}}")

"""
    + LIKELIEST
)


def write_transformer_script(trace: ModelTrace) -> str:
    """A Python script that prints every attention weight and state of `trace` and what comes next, 9 digits each.

    Raises:
        KiokuError: it is not the trace of a Transformer.
    """
    spec = trace.spec
    if not isinstance(spec, TransformerSpec):
        raise KiokuError("script_of_next_word", model=spec.name)
    return TEMPLATE.format(
        **told(trace, spec),
        layers=spec.layers,
        heads=spec.heads,
        places=spec.positions,
        state="hidden_state",
        states="x",
    )
