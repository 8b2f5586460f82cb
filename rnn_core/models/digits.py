"""The network that recognises a spoken digit: a recurrent layer over what is heard, and an answer at every moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxtyping import Float
from torch import Tensor, nn

from rnn_core.models.family import Family
from rnn_core.tasks.digits import BANDS, WORDS, DigitSpec, tokenizer

if TYPE_CHECKING:
    from rnn_core.text.tokenizer import Tokenizer

LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class DigitClassifier(nn.Module):
    """Bands → recurrent layer → a score for each digit at each moment.

    Example:
        >>> import torch
        >>> DigitClassifier(DigitSpec(cell="gru"))(torch.zeros(2, 50, 24)).shape
        torch.Size([2, 50, 10])
    """

    def __init__(self, spec: DigitSpec) -> None:
        super().__init__()
        self.recurrent = LAYERS[spec.cell](BANDS, spec.hidden, batch_first=True)
        self.readout = nn.Linear(spec.hidden, len(WORDS))

    def forward(self, bands: Float[Tensor, "B T M"]) -> Float[Tensor, "B T K"]:
        """The scores before softmax; past a recording's end, anything."""
        scores: Tensor = self.readout(self.recurrent(bands)[0])
        return scores


def build_classifier(spec: DigitSpec, _tokenizer: Tokenizer) -> DigitClassifier:
    """The network of a spec, with torch's first values."""
    return DigitClassifier(spec)


DIGITS: Family[DigitSpec, DigitClassifier] = Family(build_classifier, tokenizer)
