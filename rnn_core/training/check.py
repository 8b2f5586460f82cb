"""Are the shipped weights those that the code makes? One model is trained anew and compared."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from rnn_core.models import registry
from rnn_core.specs import ModelSpec
from rnn_core.training.manifests import machine
from rnn_core.training.shipped import Manifest, entry, train

SMALLEST = ModelSpec(cell="lstm", hidden=8)
ACCURACY = 0.05  # elsewhere the last bits differ, and training makes much of them: only the scores can be compared
PERPLEXITY = 0.05


@dataclass(frozen=True)
class Check:
    """A shipped model beside the same one trained anew.

    Attributes:
        same_machine: same torch and same processor as when the shipped weights were made.
        difference: the largest |anew − shipped| over all weights; 0 when they are bit-equal.
        reply_accuracy: shipped (by the manifest), anew.
        perplexity: shipped (by the manifest), anew.
    """

    model: str
    same_machine: bool
    difference: float
    reply_accuracy: tuple[float, float]
    perplexity: tuple[float, float]

    @property
    def passed(self) -> bool:
        """On the same machine every bit is the same; elsewhere the scores are near."""
        if self.same_machine:
            return self.difference == 0
        accuracies, (shipped, anew) = self.reply_accuracy, self.perplexity
        return abs(accuracies[1] - accuracies[0]) <= ACCURACY and abs(anew - shipped) <= PERPLEXITY * shipped


def retrain(manifest: Manifest, spec: ModelSpec = SMALLEST) -> Check:
    """Train the model of `spec` anew and compare it with its shipped weights and their line in the manifest.

    Raises:
        KiokuError: the shipped weights are missing or damaged.
    """
    shipped = registry.RECURRENT.load(spec).state_dict()
    model = train(spec)
    recorded, anew = manifest["models"][spec.name], entry(spec, model)
    return Check(
        model=spec.name,
        same_machine=(manifest["torch"], manifest["machine"]) == (torch.__version__, machine()),
        difference=max(float((tensor - shipped[name]).abs().max()) for name, tensor in model.state_dict().items()),
        reply_accuracy=(recorded["reply_accuracy"], anew["reply_accuracy"]),
        perplexity=(recorded["perplexity"], anew["perplexity"]),
    )
