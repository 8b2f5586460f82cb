"""The script to take home for a network that writes: it writes the same text from the same seed, with torch alone."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, cast

from rnn_core.models import registry
from rnn_core.models.writing import most_written
from rnn_core.takeaway.script import HEAD, IMPORTS, SCRIPT_FILE, WEIGHTS_FILE
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.written import CORPORA, START, kaomoji
from rnn_core.tasks.written.corpus import REACH

if TYPE_CHECKING:
    from rnn_core.models.writing import Written
    from rnn_core.specs import ModelSpec
    from rnn_core.statistics.truncation import Truncation

# What is drawn from is written a second time on purpose: the script must do without this library, and so checks it.
SETTINGS = """
GIVEN = {given}  # what the text begins with
OUTPUTS = {outputs}
ENDS = {ends}  # which of them end it
IDS = {ids}  # rows of the embedding: as what each output is read
BEGUN = {begun}  # the same of what is given; 0 is the unknown one
MOST = {most}  # tokens that are written
TEMPERATURE, TOP_K, TOP_P, SEED = {temperature}, {top_k}, {top_p}, {seed}
BEAM = {beam}  # how many hypotheses a beam holds; 0 where the text is drawn

weights = load_file(Path(__file__).with_name("{weights_file}"))
layer = torch.nn.{torch_class}({embedding}, {hidden}, batch_first=True{options})
layer.load_state_dict({{name.removeprefix("recurrent."): w for name, w in weights.items() if name.startswith("recur")}})
readout = torch.nn.Linear({hidden}, len(OUTPUTS))
readout.load_state_dict({{name: weights[f"readout.{{name}}"] for name in ("weight", "bias")}})

"""

ANY = """
def barred(text):
    return []
"""

RULE = """
import re

ALLOWED, REACH = {allowed!r}, {reach}
SPELT, DRAWN = re.compile({spelt!r}), re.compile({drawn!r})


{is_shown}

def barred(text):
    near = text[-REACH:]  # what a reader has begun with is the reader's
    while near and not is_shown(near):
        near = near[1:]
    return [at for at, one in enumerate(OUTPUTS[:-1]) if not is_shown(near + one)]
"""

LOOP = '''

def expected(chosen):
    """The probability of each next output, without those that may not be written here."""
    words = torch.tensor([BEGUN + [IDS[at] for at in chosen]])
    with torch.no_grad():
        p = torch.softmax(readout(layer(weights["embedding.weight"][words])[0]), dim=-1)[0, -1].double()
    p[barred("".join(GIVEN[{skipped}:] + [OUTPUTS[at] for at in chosen]))] = 0
    return p / p.sum()


def truncated(p):
    """What is drawn from: temperature, then the k most probable, then the fewest that together reach top-p."""
    order = p.sort(descending=True, stable=True).indices
    warm = (p / p.max()).log().div(TEMPERATURE).exp() if TEMPERATURE else torch.eye(len(p)).double()[order[0]]
    ranked = warm[order]
    if TOP_K is not None:
        ranked[TOP_K:] = 0
    ranked /= ranked.sum()
    kept = ranked.cumsum(0) - ranked < (TOP_P if TOP_P < 1 else 2)
    kept[0] = True
    ranked *= kept
    return torch.zeros_like(p).scatter(0, order, ranked / ranked.sum())


def draw():
    generator, chosen = torch.Generator().manual_seed(SEED), []
    while len(chosen) < MOST and not (chosen and ENDS[chosen[-1]]):
        p = expected(chosen)
        q = truncated(p)
        reached = q.cumsum(0)
        at = int((reached <= torch.rand(1, dtype=torch.float64, generator=generator) * reached[-1]).sum())
        print(OUTPUTS[at], f"{{p[at].item():.9g}} {{q[at].item():.9g}}")
        chosen.append(at)
    return chosen


def search():
    beam, done = [((), 0.0)], []
    while beam and len(beam[0][0]) < MOST:
        grown = []
        for chosen, surprise in beam:
            p = expected(chosen)
            best = [at for at in p.sort(descending=True, stable=True).indices[:BEAM].tolist() if p[at] > 0]
            grown += [((*chosen, at), surprise - p[at].log().item()) for at in best]
        best = sorted(grown, key=lambda one: one[1])[:BEAM]
        done += [one for one in best if ENDS[one[0][-1]]]
        beam = [one for one in best if not ENDS[one[0][-1]]]
        if done and beam and min(one[1] for one in done) <= beam[0][1]:
            break  # what grows becomes less probable with every token
    found = sorted(done or beam, key=lambda one: one[1])[:BEAM]
    for chosen, surprise in found:
        print("".join(OUTPUTS[at] for at in chosen), f"{{surprise:.9g}}")
    return found[0][0]


print("written:", "".join(OUTPUTS[at] for at in (search() if BEAM else draw())))
'''


def write_writing_script(written: Written, truncation: Truncation, seed: int, beam: int = 0) -> str:
    """A Python script that writes the same text.

    Args:
        written: what was written.
        truncation: what was left of each distribution.
        seed: drew it.
        beam: its width, where a beam found the text; 0 where it was drawn.
    """
    spec = cast("ModelSpec", written.trace.spec)
    own = find_tokenizer(spec.task)
    given = [token.text for token in written.trace.tokens[: written.given]]
    options = {} if spec.cell != "rnn" else {"nonlinearity": registry.RECURRENT.memoized(spec).recurrent.nonlinearity}
    names = {"name": spec.name, "weights_file": WEIGHTS_FILE, "script_file": SCRIPT_FILE}
    settings = SETTINGS.format(
        **names,
        **truncation.model_dump(),
        given=given,  # as Python writes a list of strings, so that no text of a reader can become code
        outputs=list(own.outputs),
        ends=list(own.ends),
        ids=list(own.vocabulary.encode(own.outputs)),
        begun=list(own.encode(given)),
        most=most_written(spec.task),
        seed=seed,
        beam=beam,
        torch_class=spec.cell.upper(),
        embedding=written.trace.embedding.shape[1],
        hidden=spec.hidden,
        options="".join(f", {name}={value!r}" for name, value in options.items()),
    )
    return HEAD.format(**names) + IMPORTS + settings + _rule(spec.task) + LOOP.format(skipped=int(given[0] == START))


def _rule(task: str) -> str:
    """What may not be written: of kaomoji, whatever is not on the curated list's rule."""
    if task not in CORPORA or CORPORA[task].shown is None:
        return ANY
    return RULE.format(
        allowed="".join(sorted(kaomoji.ALLOWED)),
        reach=REACH,
        spelt=kaomoji.SPELT.pattern,
        drawn=kaomoji.DRAWN.pattern,
        is_shown=inspect.getsource(kaomoji.is_shown).replace("ALLOWED.issuperset", "set(ALLOWED).issuperset"),
    )
