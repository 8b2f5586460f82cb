"""The tasks of the chapters on uses, for readers who train a network for them: real texts and sounds.

Each has as many examples as there are, so that some are held out, as the task's own networks have them. What a run
learns is written with their numbers: one that has learned names writes on /text-generation, beside the shipped ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import pad
from torch.nn.utils.rnn import pad_sequence

from rnn_core.sound.clips import symbol
from rnn_core.tasks import feelings, kaomoji
from rnn_core.tasks.digits import BANDS, WORDS, heard, silence
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.music import lines, melodies
from rnn_core.tasks.written import CORPORA, END, START
from rnn_core.training.digits import varied
from rnn_core.training.lab import batches, frames_and_days
from rnn_core.training.lab.limits import OUTLINES
from rnn_core.training.lab.task import Task
from rnn_core.training.sentences import NOTHING, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.training.lab.batches import Batch
    from rnn_core.training.lab.limits import TaskName

Part = Literal["train", "test"]
BELIEFS = 2.0 ** torch.arange(-3, 9)  # how many examples the frequency of all counts as, beside those that are alike
LEARNED, UNSEEN = 48, 12  # variants of each of the recordings
BEFORE = 0.1  # seconds of silence at most, before and after
PAUSE = "·"  # a moment of silence
ALIKE = 0.01  # two moments that are so near are the same


@dataclass(frozen=True, eq=False)
class Examples:
    """N examples, as `draw_rows` takes them.

    Attributes:
        words: what is read, filled up with 0: words, or what is heard.
        targets: what is asked after each, `NOTHING` where nothing is.
    """

    words: Int[Tensor, "N T"] | Float[Tensor, "N T D"]
    targets: Int[Tensor, "N A"]


@cache
def written_texts(name: str, part: Part) -> Examples:
    """Texts to be written on: after each character comes the next one, and the end after the last."""
    corpus = CORPORA[name]
    texts = corpus.split[0 if part == "train" else 1]
    found = encode((((START, *text), END) for text in texts), corpus.tokenizer)
    return _filled(name, found.words, found.targets)


@cache
def felt_texts(name: str, part: Part) -> Examples:
    """Texts that feel like something, which is asked after the last token."""
    tokenizer, texts = find_tokenizer(name), getattr(feelings.split(name), part)
    words = [torch.tensor(tokenizer.encode(text.tokens)) for text in texts]
    targets = torch.full((len(words), max(map(len, words))), NOTHING)
    for row, text in zip(targets, texts, strict=True):
        row[len(text.tokens) - 1] = tokenizer.outputs.index(text.feeling)
    return _filled(name, pad_sequence(words, batch_first=True), targets)


@cache
def melody_lines(part: Part) -> Examples:
    """Melodies, as far as there is room: after each note comes the next one, and the end after the last."""
    room = int(OUTLINES[lines.TASK].length.high)
    learned, _, test = ([(*lines.words(one), END)[: room + 1] for one in found] for found in melodies.split())
    known = {words[:room] for words in learned}  # two versions of a tune differ later on, some of them
    said = learned if part == "train" else [words for words in test if words[:room] not in known]
    found = encode(((words[:-1], words[-1]) for words in said), lines.tokenizer())
    return _filled(lines.TASK, found.words, found.targets)


def _filled(name: str, words: Int[Tensor, "N S"], targets: Int[Tensor, "N S"]) -> Examples:
    """Both as long as the longest text of the task."""
    more = (0, int(OUTLINES[name].length.high) - words.shape[1])  # type: ignore[index]  # a task's name
    return Examples(pad(words, more), pad(targets, more, value=NOTHING))


@cache
def spoken_digits(part: Part) -> Examples:
    """The recorded voice saying a digit, each time a little different, then silence: which was it?

    The recordings as they are belong to what is held out.
    """
    generator = np.random.default_rng(("train", "test").index(part))
    count, plain = (LEARNED, False) if part == "train" else (UNSEEN, True)
    sounds, digits = [], []
    for digit in range(len(WORDS)):
        own = symbol(str(digit))
        sounds += [heard(own)] if plain else []
        sounds += [heard(varied(own, generator, BEFORE)) for _ in range(count)]
        digits += [digit] * (count + plain)
    longest = int(OUTLINES["digits"].length.high)
    heard_by = torch.full((len(sounds), longest, BANDS), silence())
    for row, sound in zip(heard_by, sounds, strict=True):
        row[: len(sound)] = torch.from_numpy(sound)
    return Examples(heard_by, torch.tensor(digits)[:, None])


@cache
def moments() -> Mapping[str, Float[Tensor, " D"]]:
    """What is heard at each moment of the ten recordings, by the digit and the number of the moment; and silence."""
    found = {PAUSE: torch.full((BANDS,), silence())}
    for digit in range(len(WORDS)):
        found |= {f"{digit}.{at:02d}": row for at, row in enumerate(torch.from_numpy(heard(symbol(str(digit)))))}
    return found


def cost_of_the_last(examples: Examples, kinds: int) -> float:
    """What the best answer costs that knows only the last token, of texts that it has not seen, in nats.

    It believes in the frequencies after the same token, and as if `BELIEFS` more had been seen in those of all; each
    answer is taken out before it is foretold.
    """
    asked = examples.targets != NOTHING
    last, said = examples.words[asked], examples.targets[asked]
    tokens = int(last.max()) + 1
    pairs = torch.bincount(last * kinds + said, minlength=tokens * kinds).double().view(tokens, kinds)
    alike, all_in_all = pairs[last, said] - 1, pairs.sum(dim=0)[said] / len(said)
    costs = [
        -((alike + belief * all_in_all) / (pairs.sum(dim=1)[last] - 1 + belief)).log().mean() for belief in BELIEFS
    ]
    return float(torch.stack(costs).min())


def _drawn(examples: Callable[[Part], Examples], part: Part, length: int, count: int, by: torch.Generator) -> Batch:
    rows = examples(part)
    return batches.draw_rows(rows.words, rows.targets, length, count, by)


def _at_the_end(place: int, _: str, shown: object) -> bool:
    return place == len(shown.tokens) - 1  # type: ignore[attr-defined]  # an Example


def _text_task(
    name: str,
    examples: Callable[[Part], Examples],
    goal: float,
    telling: Callable[[Batch], Tensor] | None = None,
    shown: int = 1,
) -> Task:
    tokenizer = find_tokenizer(name)
    return Task(
        "symbol",
        partial(_drawn, examples, "train"),
        asked=lambda length: length,
        span=lambda length: length,
        baseline=cache(lambda: cost_of_the_last(examples("train"), len(tokenizer.outputs))),
        goal=goal,
        tokens=tokenizer.vocabulary.words,
        vectors=None,
        outputs=tokenizer.outputs,
        draw_unseen=partial(_drawn, examples, "test"),
        shown=shown,
        telling=telling,
        needs=_at_the_end,
        made_with=(batches.draw_rows,),
        data=lambda: dict(vars(examples("train"))),
        tokenizer=partial(find_tokenizer, name),
    )


def _presentable(batch: Batch) -> Tensor:
    """Which of some faces may be shown; none that has a character without a name."""
    words, ends = find_tokenizer(feelings.FACES).vocabulary.words, (batch.targets != NOTHING).int().argmax(dim=1)
    faces = ("".join(words[n] for n in row[: end + 1].tolist()) for row, end in zip(batch.inputs, ends, strict=True))
    return torch.tensor([kaomoji.is_presentable(face) for face in faces])


def _plain(batch: Batch) -> Tensor:
    """Which of some sounds are recordings as they are."""
    known = torch.stack(list(moments().values()))
    return torch.stack([torch.cdist(row, known).amin(dim=1).amax() < ALIKE for row in batch.inputs])


def _digits() -> Task:
    return Task(
        "symbol",
        partial(_drawn, spoken_digits, "train"),
        asked=lambda _: 1,
        span=lambda length: length,
        baseline=lambda: math.log(len(WORDS)),  # the last moment is silent
        goal=0.1,
        tokens=tuple(moments()),
        vectors=torch.stack(list(moments().values())),
        outputs=WORDS,
        draw_unseen=partial(_drawn, spoken_digits, "test"),
        telling=_plain,
        needs=lambda _, token, __: token != PAUSE,
        made_with=(batches.draw_rows,),
        data=lambda: dict(vars(spoken_digits("train"))),
    )


ROWS: Mapping[TaskName, Callable[[], Task]] = {
    "given_names": lambda: _text_task("given_names", partial(written_texts, "given_names"), 2.6, shown=2),
    "kaomoji": lambda: _text_task("kaomoji", partial(written_texts, "kaomoji"), 2.75, shown=2),
    feelings.FACES: lambda: _text_task(feelings.FACES, partial(felt_texts, feelings.FACES), 0.6, _presentable),  # type: ignore[dict-item]
    feelings.SENTENCES: lambda: _text_task(feelings.SENTENCES, partial(felt_texts, feelings.SENTENCES), 0.3),  # type: ignore[dict-item]
    lines.TASK: lambda: _text_task(lines.TASK, melody_lines, 2.18, shown=2),
    "digits": _digits,
    **frames_and_days.ROWS,
}
"""Made when they are first asked for: their data take a moment to be read."""
