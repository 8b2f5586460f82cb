"""The script to take home of the word segmenter: every number of the page, with torch and safetensors alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.segmentation.tags import TAGS
from rnn_core.takeaway.script import HEAD, IMPORTS

if TYPE_CHECKING:
    from rnn_core.segmentation.tags import Segmentation

WEIGHTS_FILE = "kioku-segmenter.safetensors"
SCRIPT_FILE = "kioku_segmenter.py"
MAPPED = 60  # characters up to which the script computes the influence map, one derivative a score

# A second writing of the equations on purpose: the script must do without this library, and so it also checks it.
TEMPLATE = (
    HEAD
    + IMPORTS
    + '''\

TEXT = {text}
LATER = {later}  # what the readout is given as the backward half: own, off, alone, reversed or other
TAGS = {tags}  # a word's first character, one in its middle, its last one, a word of one character
START, STOP = 4, 5

found = load_file(Path(__file__).with_name("{weights_file}"))
inputs = found["inputs"]  # (T, 200), what nagisa makes of each character


def read(x, suffix):
    """One direction over x (T, 200), in the order given: its states (T, 50)."""
    names = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
    W_ih, W_hh, b_ih, b_hh = (found[f"recurrent.{{name}}_l0{{suffix}}"] for name in names)
    h = c = x.new_zeros(W_hh.shape[1])
    states = []
    for x_t in x:
        i, f, g, o = (W_ih @ x_t + b_ih + W_hh @ h + b_hh).chunk(4)  # torch stacks the gates in this order
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)  # c_t = f_t * c_{{t-1}} + i_t * g_t
        h = torch.sigmoid(o) * torch.tanh(c)  # h_t = o_t * tanh(c_t)
        states.append(h)
    return torch.stack(states)


def backwards(x):
    """The backward direction reads from the end; each state at the place of its character."""
    return read(x.flip(0), "_reverse").flip(0)


def halves(x):
    forward = read(x, "")
    if LATER == "off":
        return forward, torch.zeros_like(forward)
    if LATER == "alone":
        return forward, torch.cat([backwards(x_t[None]) for x_t in x])
    if LATER == "reversed":
        return forward, backwards(x).flip(0)
    if LATER == "other":
        lent = backwards(found["other"].to(x.dtype))
        return forward, lent[torch.arange(len(x)) % len(lent)]
    return forward, backwards(x)


def scores(x):
    return torch.cat(halves(x), dim=1) @ found["readout.weight"].T + found["readout.bias"]  # (T, 6)


def best_path(emissions, transitions):
    """Viterbi: the tags whose emissions and transitions have the highest sum."""
    best = torch.full((6,), -1e10, dtype=torch.float64)
    best[START] = 0
    came = []
    for row in emissions.double():
        paths = best + transitions.double()  # [next, tag]
        came.append(paths.argmax(dim=1))
        best = paths.max(dim=1).values + row
    tag, path = int((best + transitions[STOP].double()).argmax()), []
    for before in reversed(came):
        path.append(tag)
        tag = int(before[tag])
    return path[::-1]


for name, states in zip(("forward", "backward"), halves(inputs)):
    print(name)
    for character, row in zip(TEXT, states.tolist()):
        print("  " + ascii(character), *(f"{{value:.9g}}" for value in row))

emissions = scores(inputs)
print("scores of", *TAGS)
for character, row in zip(TEXT, emissions.tolist()):
    print("  " + ascii(character), *(f"{{value:.9g}}" for value in row[: len(TAGS)]))

tags = best_path(emissions, found["transitions"])
print("tags", *(TAGS[tag] for tag in tags))
text = ""
for character, tag in zip(TEXT, tags):
    text += (" | " if tag in (0, 3) and text else "") + character
print("words", ascii(text))

if LATER == "own":  # torch's own layer, to see that it is the same
    layer = torch.nn.LSTM(inputs.shape[1], halves(inputs)[0].shape[1], bidirectional=True)
    own = {{name.removeprefix("recurrent."): w for name, w in found.items() if name.startswith("recurrent.")}}
    layer.load_state_dict(own)
    with torch.no_grad():
        gap = (layer(inputs)[0] - torch.cat(halves(inputs), dim=1)).abs().max().item()
    print("difference from torch.nn.LSTM", f"{{gap:.2g}}")
    if len(TEXT) <= {mapped}:
        found = {{name: tensor.double() for name, tensor in found.items()}}
        moved = torch.autograd.functional.jacobian(lambda x: scores(x)[:, : len(TAGS)], inputs.double())
        # (T, 4, T, 200)
        print("influence of the input at s (across) on the scores at t (down)")
        for row in torch.linalg.vector_norm(moved, dim=(1, 3)).tolist():
            print("  " + " ".join(f"{{value:.9g}}" for value in row))
'''
)


def write_segmenter_script(found: Segmentation) -> str:
    """A Python script that prints the states, scores and tags of `found`, 9 digits each.

    Where nothing stands in for the backward half it also compares with torch's own layer and, up to `MAPPED`
    characters, prints the influence map, by autograd. Characters are printed as Python escapes them, so that the script
    prints on any terminal.
    """
    return TEMPLATE.format(
        name="nagisa's word segmenter, a bidirectional LSTM, on one sentence.",
        weights_file=WEIGHTS_FILE,
        script_file=SCRIPT_FILE,
        text=ascii(found.characters.text),  # so that no text of a reader can become code
        later=ascii(found.later),
        tags=TAGS,
        mapped=MAPPED,
    )
