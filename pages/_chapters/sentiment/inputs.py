"""The text of the address, and the network that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages._chapters.sentiment import computed
from pages._chapters.uses import networks
from pages._ui import cache
from pages._ui.contrasts import Contrast
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.tasks import feelings
from rnn_core.tasks.sentiment import AFFIRMED, NEGATED, TURNING

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.models.feeling_reading import FeelingReading
    from rnn_core.specs import ModelSpec
    from rnn_core.text.tokenizer import Pieces

TASKS = {"sentences": feelings.SENTENCES, "faces": feelings.FACES}
PIECES: dict[str, Pieces] = {feelings.SENTENCES: "word", feelings.FACES: "character"}
FIELDS = {"sentences": "text", "faces": "face"}
CONTRASTS = (
    *(
        Contrast(name, {"reads": "sentences", "text": sentence})
        for name, sentence in (("negated", NEGATED), ("affirmed", AFFIRMED), ("turning", TURNING))
    ),
    Contrast("cry", {"reads": "faces", "face": "(。⌒_⌒。)むっ"}),
)


@dataclass(frozen=True, eq=False)
class Found:
    """What the network of the address makes of its text.

    Attributes:
        spec: which network.
        reading: its answers, and what turned them.
        cut: there was more text than what is read.
    """

    spec: ModelSpec
    reading: FeelingReading
    cut: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens."""
        return tuple(token.text for token in self.reading.trace.tokens)

    def turned_by(self, step: object) -> int:
        """The token (0-based) to be left out: the one at a step (1-based), or else the one that matters most."""
        if isinstance(step, int) and 1 <= step <= len(self.words):
            return step - 1
        return int(self.reading.drops.argmax())

    def quoted(self, lang: str) -> Words:
        """The tokens as a sentence quotes them."""
        return Words(self.words, tuple(token.gloss for token in self.reading.trace.tokens), lang)


def reads(view: View) -> str:
    """What is read: as the address has it, or what the run has learned that it names."""
    found = networks.known_run(view, TASKS.values())
    return view.text("reads") if found is None else next(one for one, task in TASKS.items() if task == found.task)


def contrasts(view: View) -> tuple[Contrast, ...]:
    """Those that there are: of a run only such as are read by it."""
    alike = [one for one in CONTRASTS if one.sets["reads"] == reads(view)]
    return tuple(alike) if networks.is_run(view) else CONTRASTS


def field(view: View) -> str:
    """The control that holds the text."""
    return FIELDS[reads(view)]


def read(view: View) -> Found:
    """Read the text.

    Raises:
        KiokuError: nothing to read in it, weights that can't be loaded, or a run that has learned something else.
    """
    task = TASKS[reads(view)]
    segmented = cache.words(view.text(field(view)), PIECES[task])
    shipped = next(one for one in feelings.NETWORKS if (one.task, one.cell) == (task, view.text("cell")))
    spec = networks.run(view, TASKS.values()) or shipped
    return Found(spec, computed.read(spec, segmented.tokens), segmented.cut)


def why(found: Found, lang: str) -> str:
    """What the network says at which tokens, as one sentence."""
    reading, kinds = found.reading, found.reading.trace.outputs
    last = kind_name(kinds[reading.answers[-1]], lang)
    if not reading.settled:
        return text("sentiment.why.always", lang, feeling=last)
    words, place = found.quoted(lang), reading.settled
    before = kind_name(kinds[reading.answers[place - 1]], lang)
    return text(
        "sentiment.why.turns", lang, before=before, last=words.said(place - 1), word=words.said(place), feeling=last
    )
