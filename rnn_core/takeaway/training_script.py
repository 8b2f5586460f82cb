"""The script that trains a run of the lab again, its network as a file, and its points as a table."""

from __future__ import annotations

import csv
import inspect
import io
from typing import TYPE_CHECKING

import torch
from safetensors.torch import save
from torch import Tensor

from rnn_core.models.language_model import EMBEDDING
from rnn_core.recurrent import minimal, scans
from rnn_core.takeaway.script import IMPORTS, WEIGHTS_FILE
from rnn_core.training.lab import batches
from rnn_core.training.lab.events import Point
from rnn_core.training.lab.loop import begin_run
from rnn_core.training.lab.network import LabNetwork
from rnn_core.training.lab.tasks import PRIME, TASKS, held_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rnn_core.training.lab.events import Event
    from rnn_core.training.lab.spec import TrainSpec
    from rnn_core.training.lab.task import Task

SCRIPT_FILE = "kioku_training.py"
HELD_OUT, DATA = "held_out.", "data."
LOSSES = {
    "number": "mse_loss(answers[..., 0], batch.targets)",
    "symbol": "cross_entropy(answers.flatten(0, 1), batch.targets.flatten(), ignore_index=-100)",
}
OPTIMIZERS = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}

HEAD = '''\
"""Kioku: the training {id}

Every update of the run, with torch alone. Put it beside {weights_file} and run it:

    python {script_file}

It prints after how many updates which loss was reached, on the batches and on the held-out examples, and at the end how
far the weights are from those of the file. On the same machine and version of torch they are equal.
"""

from __future__ import annotations

import math
from typing import NamedTuple
'''

MIDDLE = """\
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, mse_loss, one_hot

torch.set_num_threads(1)  # the last bits of a sum depend on it
SEED, LENGTH, BATCH, STEPS, EVERY, CLIP = {seed}, {length}, {batch}, {steps}, {every}, {clip}


class Batch(NamedTuple):
    inputs: Tensor
    targets: Tensor


"""

SCAN = '''\
def scan(a, b):
    """All steps of h_t = a_t h_{t−1} + b_t."""
    *_, (_, states) = stages(a, b)
    return states
'''

LOOP = '''\
given = load_file(Path(__file__).with_name("{weights_file}"))
held_out = Batch(given["{held_out}inputs"], given["{held_out}targets"])


def draw(step):
    """What the update after `step` updates learns from."""
    generator = torch.Generator().manual_seed((SEED * {prime} + step) % 2**32)
    return {draws}LENGTH, BATCH, generator)


def loss_of(batch):
    answers = network(batch.inputs)
    return {loss}


torch.manual_seed(SEED)
embedding = {embedding}
recurrent = {recurrent}
readout = nn.Linear({states}, {outputs})
{overrides}network = LabNetwork(recurrent, readout, {asked}, embedding)
optimizer = torch.optim.{optimizer}(network.parameters(), lr={lr})

losses = []
for step in range(STEPS + 1):
    if step == STEPS or step % EVERY == 0:
        with torch.no_grad():
            held = loss_of(held_out).item()
        mean = f"{{sum(losses) / len(losses):.9g}}" if losses else "-"
        print(step, mean, f"{{held:.9g}}")
        losses = []
    if step == STEPS:
        break
    loss = loss_of(draw(step))
    optimizer.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    if not (loss.isfinite() and norm.isfinite()):
        print("diverged", step, loss.item(), norm.item())
        break
    optimizer.step()
    losses.append(loss.item())

gaps = [(weight - given[name]).abs().max().item() for name, weight in network.state_dict().items()]
print("difference of the weights", f"{{max(gaps):.2g}}")
'''


def write_training_script(spec: TrainSpec) -> str:
    """A Python script that makes every update of a run again and prints its loss, 9 digits each.

    How examples are made and how the network answers is the very source with which the run was made.

    Example:
        >>> from rnn_core.training.lab.spec import TrainSpec
        >>> "torch.optim.Adam" in write_training_script(TrainSpec(task="adding", length=20))
        True
    """
    task = TASKS[spec.task]
    made = [
        f"{part} = {getattr(batches, part)!r}\n" if isinstance(part, str) else f"\n\n{inspect.getsource(part)}"
        for part in task.made_with
    ]
    width = EMBEDDING if task.vectors is None else task.vectors.shape[1]
    parts = [
        HEAD.format(id=spec.id[:12], weights_file=WEIGHTS_FILE, script_file=SCRIPT_FILE),
        IMPORTS,
        MIDDLE.format(
            **spec.model_dump(include={"seed", "length", "batch", "steps"}),
            every=spec.every,
            clip="math.inf" if spec.clip is None else spec.clip,
        ),
        *made,
        *(f"\n\n{source}" for source in _layer(spec)),
        f"\n\n{inspect.getsource(LabNetwork)}\n\n",
        LOOP.format(
            lr=spec.lr,
            weights_file=WEIGHTS_FILE,
            held_out=HELD_OUT,
            prime=PRIME,
            draws=_call(task),
            loss=LOSSES[task.output],
            embedding=f"nn.Embedding({len(task.tokens)}, {EMBEDDING})" if task.vectors is None else None,
            recurrent=_recurrent(spec, width),
            states=spec.hidden * (1 + spec.bidirectional),
            outputs=len(task.outputs) or 1,
            overrides=_overrides(spec),
            asked=task.asked(spec.length),
            optimizer=OPTIMIZERS[spec.optimizer],
        ),
    ]
    return "".join(parts)


def _layer(spec: TrainSpec) -> tuple[str, ...]:
    """The sources of a layer that is not torch's own, in an order in which each knows those before."""
    if spec.cell != "mingru" and spec.cell != "minlstm":
        return ()
    parts = (scans.apply, scans.combine, scans.stages, minimal.begun, minimal.follow)
    before = [inspect.getsource(part) for part in parts]
    return (*before, SCAN, inspect.getsource(minimal.MinimalCell), inspect.getsource(minimal.MODULES[spec.cell]))


def _recurrent(spec: TrainSpec, width: int) -> str:
    """The call that makes the layers."""
    if spec.cell == "mingru" or spec.cell == "minlstm":
        return f"{minimal.MODULES[spec.cell].__name__}({width}, {spec.hidden}, batch_first=True)"
    options = f', nonlinearity="{spec.activation}"' if spec.cell == "rnn" else ""
    sizes = f"{width}, {spec.hidden}, {spec.layers}"
    return f"nn.{spec.cell.upper()}({sizes}, batch_first=True, bidirectional={spec.bidirectional}{options})"


def _overrides(spec: TrainSpec) -> str:
    """The lines that change first weights, where the spec asks for it."""
    blocks = {"identity": "nn.init.eye_(block)", "orthogonal": "nn.init.orthogonal_(block, generator=generator)"}
    lines = []
    if spec.initialisation in blocks:
        lines += [
            "generator = torch.Generator().manual_seed(SEED)",
            "for name, weight in recurrent.named_parameters():",
            '    if name.startswith("weight_hh"):',
            "        for block in weight.data.split(recurrent.hidden_size):",
            f"            {blocks[spec.initialisation]}",
        ]
    if spec.weight_scale != 1:
        lines += [
            "for name, weight in recurrent.named_parameters():",
            '    if name.startswith("weight_hh"):',
            f"        weight.data.mul_({spec.weight_scale})",
        ]
    if spec.forget_bias is not None:
        lines += [
            "for name, bias in recurrent.named_parameters():",
            '    if name.startswith("bias"):  # torch stacks i, f, g, o',
            f"        bias.data[{spec.hidden} : {2 * spec.hidden}] = "
            f'{spec.forget_bias} if name.startswith("bias_ih") else 0.0',
        ]
    return "".join(f"{line}\n" for line in lines)


def _call(task: Task) -> str:
    """The call that draws, up to what each task gives alike."""
    draw = task.made_with[-1]
    assert callable(draw)
    long = {name: "" if values.is_floating_point() else ".long()" for name, values in task.data().items()}
    return f"{draw.__name__}(" + "".join(f'given["{DATA}{name}"]{end}, ' for name, end in long.items())


def _short(values: Tensor) -> Tensor:
    return values if values.is_floating_point() else values.to(torch.int16)


def weights_file(spec: TrainSpec, kept: bytes) -> bytes:
    """The network of a snapshot as a safetensors file with torch's names, and what the script needs beside it.

    Args:
        spec: of the run.
        kept: `Snapshot.kept`.

    Raises:
        KiokuError: it is no state of such a run.
    """
    state, batch = begin_run(spec), held_out(spec.task, spec.length)
    state.restore(kept)
    found: dict[str, Tensor] = dict(state.model.state_dict())
    found |= {f"{HELD_OUT}inputs": batch.inputs, f"{HELD_OUT}targets": batch.targets}
    found |= {f"{DATA}{name}": _short(values) for name, values in TASKS[spec.task].data().items()}
    return save({name: values.contiguous() for name, values in found.items()})


def points_table(events: Iterable[Event]) -> str:
    """The points of a run as CSV, a row each: step, losses, accuracies, gradient norms, and how far back it reaches.

    `rho` and `sigma` are of the step in the middle of the example. A column `h_t` is ‖∂L/∂h_t‖ at position t, counted
    from 1, `c_t` the same of an LSTM's cell state.
    """
    points = [event for event in events if isinstance(event, Point)]
    scalars = ("step", "train", "loss", "train_accuracy", "accuracy", "before", "after", "rho", "sigma")
    sides = (("h", len(points[0].reach)), ("c", len(points[0].reach_cell))) if points else ()
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow([*scalars, *(f"{letter}_{t + 1}" for letter, length in sides for t in range(length))])
    for point in points:
        values = (*(getattr(point, name) for name in scalars), *point.reach, *point.reach_cell)
        table.writerow(["" if value is None else f"{value:.9g}" for value in values])
    return written.getvalue()
