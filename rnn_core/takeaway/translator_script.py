"""The script to take home for an encoder-decoder: it translates and prints what is on the screen, with torch alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.specs import TranslatorSpec
from rnn_core.takeaway.script import HEAD, IMPORTS, SCRIPT_FILE, WEIGHTS_FILE
from rnn_core.text.symbols import UNKNOWN_ID
from rnn_core.translation.interventions import AttentionOverride, rows_at
from rnn_core.translation.registry import vocabularies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.model_trace import ModelTrace

# The equations are written a second time on purpose: the script must do without this library, and so it also checks it.
OWN_ENCODER = """\
embedding = weights["source_embedding.weight"][IDS]  # (S, E)
encoded = encoder(embedding)  # (S, 2H)
"""

OWN_START = """\
forward, backward = encoded.chunk(2, dim=1)
state = (torch.tanh(linear("start", torch.cat([forward[-1], backward[0]]))),)  # s_0
"""

NONE = """\
def step(t, previous, state):
    s = gru("decoder", weights["target_embedding.weight"][previous], state[0])
    return linear("readout", s), (s,)
"""

ADDITIVE = """\
keys = encoded @ weights["attention.key.weight"].T  # U_a e_s


def step(t, previous, state):
    (s,) = state
    # score_ts = v . tanh(W_a s_{t-1} + U_a e_s), Bahdanau, Cho & Bengio 2015
    scores = torch.tanh(weights["attention.query.weight"] @ s + keys) @ weights["attention.score.weight"][0]
    context = attend(t, scores[None]) @ encoded  # (1, 2H)
    s = gru("decoder", torch.cat([weights["target_embedding.weight"][previous], context[0]]), s)
    return linear("readout", torch.tanh(linear("combine", torch.cat([context[0], s])))), (s,)
"""

DOT = """\
keys = encoded @ weights["attention.key.weight"].T  # W_a e_s


def step(t, previous, state):
    s = gru("decoder", weights["target_embedding.weight"][previous], state[0])
    context = attend(t, (keys @ s)[None]) @ encoded  # score_ts = s_t . W_a e_s, Luong, Pham & Manning 2015
    return linear("readout", torch.tanh(linear("combine", torch.cat([context[0], s])))), (s,)
"""

KATAKANA_ENCODER = """\
embedding = weights["e_emb.weight"][IDS]  # (S, H)
encoded = torch.tanh(linear("encoder_fc.0", encoder(embedding)))  # (S, H)
"""

KATAKANA = """\
HEADS = 4
W_q, W_k, W_v = weights["attn.in_proj_weight"].chunk(3)
b_q, b_k, b_v = weights["attn.in_proj_bias"].chunk(3)
keys = (encoded @ W_k.T + b_k).unflatten(1, (HEADS, -1))  # (S, heads, H / heads)
values = (encoded @ W_v.T + b_v).unflatten(1, (HEADS, -1))
state = (torch.zeros(encoded.shape[1]), torch.zeros(encoded.shape[1]))


def step(t, previous, state):
    o = gru("pre_decoder", weights["k_emb.weight"][previous], state[0])
    query = (W_q @ o + b_q).unflatten(0, (HEADS, -1))
    scores = torch.einsum("kd,skd->ks", query, keys) / query.shape[1] ** 0.5
    context = torch.einsum("ks,skd->kd", attend(t, scores), values)
    z = gru("post_decoder", torch.cat([o, linear("attn.out_proj", context.flatten())]), state[1])
    return linear("fc", z), (o, z)
"""

OWN = {"none": NONE, "additive": ADDITIVE, "dot": DOT}

TEMPLATE = (
    HEAD
    + "import math\n"
    + IMPORTS
    + '''\

SOURCE = {source}
IDS = {ids}  # rows of the source embedding
OUTPUTS = {outputs}
BEGIN, END, STEPS = {begin}, {end}, {steps}
CHOSEN = {chosen}  # what is written at a step, whatever the network would write: step, output
OVERRIDES = {overrides}  # at a step: rows of attention (None: the network's own), positions left out

weights = load_file(Path(__file__).with_name("{weights_file}"))
looks = []


def linear(name, x):
    return x @ weights[name + ".weight"].T + weights[name + ".bias"]


def gru(layer, x, h, suffix="_l0"):
    """One step of torch.nn.GRU."""
    W_ih, W_hh, b_ih, b_hh = (
        weights[f"{{layer}}.{{name}}{{suffix}}"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    x_r, x_z, x_n = (W_ih @ x + b_ih).chunk(3)  # torch stacks the gates in this order
    h_r, h_z, h_n = (W_hh @ h + b_hh).chunk(3)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)  # the reset gate comes after the product
    return z * h + (1 - z) * n


def encoder(inputs):
    """Both directions, side by side, (S, 2H)."""
    both = []
    for suffix in ("_l0", "_l0_reverse"):
        h, states = torch.zeros(weights["encoder.weight_hh" + suffix].shape[1]), []
        for x in inputs if suffix == "_l0" else inputs.flip(0):
            h = gru("encoder", x, h, suffix)
            states.append(h)
        both.append(torch.stack(states if suffix == "_l0" else states[::-1]))
    return torch.cat(both, dim=1)


def attend(t, scores):
    """Softmax over the source, (heads, S), with what is overridden at this step."""
    rows, without = OVERRIDES.get(t, (None, None))
    if without is not None:
        scores = scores.masked_fill(torch.tensor(without), -math.inf)
    attention = torch.softmax(scores, dim=1)
    if rows is not None:
        attention = torch.stack([own if row is None else torch.tensor(row) for own, row in zip(attention, rows)])
    looks.append(attention)
    return attention


{encoder}
{start}
{step}

previous, written, distributions = BEGIN, [], []
for t in range(STEPS):
    scores, state = step(t, previous, state)
    distributions.append(torch.softmax(scores, dim=0))
    previous = CHOSEN.get(t, int(scores.argmax()))
    written.append(previous)
    if previous == END:
        break

print("encoded")
for token, row in zip(SOURCE, encoded.tolist()):
    print("  " + token, *(f"{{value:.9g}}" for value in row))
print("attention")
for k, heads in zip(written, looks):
    for row in heads.tolist():
        print("  " + OUTPUTS[k], *(f"{{value:.9g}}" for value in row))
print("likeliest")
for row in distributions:
    best = row.topk(3)
    print("  " + "  ".join(f"{{OUTPUTS[k]}} {{p:.9g}}" for p, k in zip(best.values.tolist(), best.indices.tolist())))
print("output", *(OUTPUTS[k] for k in written))
'''
)


def write_translator_script(
    trace: ModelTrace, choose: Sequence[tuple[int, str]] = (), overrides: Sequence[AttentionOverride] = ()
) -> str:
    """A Python script that translates again and prints the encoder's states, attention and what comes next, 9 digits.

    Args:
        trace: what is on the screen: a translation.
        choose: what was chosen when `trace` was made.
        overrides: what was overridden of attention when `trace` was made.

    Raises:
        KiokuError: the trace of a model that does not translate.
    """
    spec = trace.spec
    if not isinstance(spec, TranslatorSpec) or trace.source is None:
        raise KiokuError("script_of_translation", model=spec.name)
    foreign, known = spec.task == "katakana", vocabularies(spec)
    return TEMPLATE.format(
        name=spec.name,
        weights_file=WEIGHTS_FILE,
        script_file=SCRIPT_FILE,
        source=[token.text for token in trace.source.tokens],  # as Python writes strings: no text can become code
        ids=[known.source.index(token.text) if token.known else UNKNOWN_ID for token in trace.source.tokens],
        outputs=list(trace.outputs),
        begin=known.begin,
        end=known.end,
        steps=len(trace),
        chosen={step: trace.outputs.index(token) for step, token in choose},
        overrides=_overrides(overrides, trace, spec.heads),
        encoder=KATAKANA_ENCODER if foreign else OWN_ENCODER,
        start="" if foreign else OWN_START,
        step=KATAKANA if foreign else OWN[spec.attention],
    )


def _overrides(
    overrides: Sequence[AttentionOverride], trace: ModelTrace, heads: int
) -> dict[int, tuple[list[list[float] | None], list[list[bool]]]]:
    """What is overridden, step by step, as plain numbers."""
    found = {}
    for step in range(len(trace)):
        rows = rows_at(overrides, step, heads, len(trace.source or ()))
        if rows is not None:
            own = [None if row[0] != row[0] else row.tolist() for row in rows.row]  # nan: the network's own
            found[step] = own, rows.without.tolist()
    return found
