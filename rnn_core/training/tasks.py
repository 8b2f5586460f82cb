"""What is trained and shipped: one table, a row a task."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

from rnn_core import lineup
from rnn_core.models import registry
from rnn_core.models.digits import DigitClassifier
from rnn_core.models.language_model import NextOutput, NextWord
from rnn_core.models.model_trace import FIRST_PICTURE
from rnn_core.models.responder import ReplyModel
from rnn_core.models.sentiment import SentimentClassifier
from rnn_core.order import READERS
from rnn_core.quantities import CELLS
from rnn_core.specs import (
    Attention,
    MinimalSpec,
    ModelSpec,
    NetworkSpec,
    ResponderSpec,
    TransformerSpec,
    TranslatorSpec,
)
from rnn_core.tasks import digits
from rnn_core.tasks import sentiment as feelings
from rnn_core.tasks.digits import DigitSpec
from rnn_core.tasks.sentiment import SentimentSpec
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.tasks.written import CORPORA
from rnn_core.training import digits as spoken
from rnn_core.training import (
    first_picture,
    matched,
    metrics,
    minimal,
    responders,
    sentiment,
    shipped,
    translators,
    written,
)
from rnn_core.training.feelings import FEELINGS
from rnn_core.training.forecast_rows import SHARES, WEATHER
from rnn_core.training.music import MUSIC
from rnn_core.training.pairs import translation_loss
from rnn_core.training.sentences import next_word_loss
from rnn_core.training.shipped import SEEDS
from rnn_core.training.task import Task
from rnn_core.training.video import VIDEO
from rnn_core.translation import registry as translation
from rnn_core.translation.encoder_decoder import Translator

OF_SMALL_TALK: Mapping[str, Any] = {
    "family": registry.family_of,
    "learned": shipped.learned,
    "held_out": shipped.held_out,
    "kind": shipped.kind,
    "objective": shipped.objective,
    "examples": shipped.count_sentences,
    "worth": shipped.worth,
}
SMALLTALK: Task[NetworkSpec, NextOutput, shipped.Manifest] = Task(
    name="smalltalk",
    file="manifest",
    **OF_SMALL_TALK,
    kept=(*(ModelSpec(cell=cell, hidden=hidden) for cell in CELLS for hidden in shipped.SIZES), *READERS),
    measured=tuple(ModelSpec(cell=cell, hidden=shipped.SIZES[-1], seed=seed) for cell in CELLS for seed in SEEDS[1:]),
    apart={"readers": READERS},
    loss=next_word_loss,
    recipe=shipped.recipe,
    score=metrics.score,
    form=shipped.Manifest,
    besides=shipped.besides,
    drawn={FIRST_PICTURE: first_picture.draw},
)
TRANSFORMERS: Task[TransformerSpec, NextOutput, shipped.Models] = Task(
    name="transformers",
    file="transformers",
    **OF_SMALL_TALK,
    kept=tuple(TransformerSpec(hidden=hidden, positions=placed) for hidden in (16, 32) for placed in (True, False)),
    measured=tuple(TransformerSpec(hidden=32, positions=placed, seed=n) for placed in (True, False) for n in SEEDS[1:]),
    loss=next_word_loss,
    recipe=shipped.recipe,
    score=metrics.score,
    form=shipped.Models,
)
RESPONDERS: Task[ResponderSpec, ReplyModel, responders.Manifest] = Task(
    name="responders",
    file="responders",
    **OF_SMALL_TALK,
    kept=(
        *(ResponderSpec(kind="bidirectional", hidden=hidden) for hidden in (4, 8, 16, 32)),  # 8, 16, 32, 64 units
        *(ResponderSpec(kind="attentive", hidden=hidden) for hidden in (8, 16, 32)),
    ),
    loss=responders.reply_loss,
    recipe=responders.recipe,
    score=responders.score_replies,
    form=responders.Manifest,
)
MATCHED: Task[lineup.Compared, NextOutput | ReplyModel, matched.Manifest] = Task(
    name="matched",
    file="matched",
    **OF_SMALL_TALK,
    kept=tuple(
        spec
        for spec in dict.fromkeys(matched.COMPARED)
        if not any(spec in task.kept for task in (SMALLTALK, TRANSFORMERS, RESPONDERS))
    ),
    loss=matched.loss,
    recipe=matched.recipe,
    score=matched.score,
    form=matched.Manifest,
)
SENTIMENT: Task[SentimentSpec, SentimentClassifier, sentiment.Manifest] = Task(
    name="sentiment",
    file="sentiment",
    kept=feelings.SHIPPED,
    measured=tuple(spec.model_copy(update={"seed": seed}) for spec in feelings.SHIPPED for seed in feelings.SEEDS[1:]),
    family=sentiment.family_of,
    learned=sentiment.learned,
    held_out=sentiment.held_out,
    loss=sentiment.sentiment_loss,
    recipe=sentiment.recipe,
    score=sentiment.score,
    form=sentiment.Manifest,
    besides=sentiment.besides,
    kind=sentiment.kind,
    objective=sentiment.objective,
)
MINIMAL: Task[MinimalSpec | ModelSpec, NextOutput, shipped.Models] = Task(
    name="minimal",
    file="minimal",
    **OF_SMALL_TALK,
    kept=minimal.KEPT,
    measured=minimal.MEASURED,
    loss=next_word_loss,
    recipe=minimal.recipe,
    score=metrics.score,
    form=shipped.Models,
)
ATTENTION: tuple[Attention, ...] = get_args(Attention)
TRANSLATED = (
    *(TranslatorSpec(task="phrases", attention=way, hidden=hidden) for hidden in (24, 48) for way in ATTENTION),
    *(TranslatorSpec(task="names", attention=way, hidden=hidden) for hidden in (24, 48) for way in ATTENTION),
    TranslatorSpec(task="kanji", attention="additive", hidden=64),
)
# Whose encoder reads forwards only: what the other direction is worth in translation.
FORWARD = TranslatorSpec(task="phrases", attention="additive", hidden=48, directions=1)
# Only measured: what names in kanji would be without attention.
UNATTENDED = (TranslatorSpec(task="kanji", attention="none", hidden=64),)
TRANSLATORS: Mapping[str, Task[TranslatorSpec, Translator, translators.Manifest]] = {
    name: Task(
        name=name,
        file="translators",
        shared=True,
        kept=tuple(spec for spec in (*TRANSLATED, FORWARD) if spec.task == name),
        measured=tuple(spec for spec in UNATTENDED if spec.task == name),
        family=translation.family_of,
        learned=translators.learned,
        held_out=translators.held_out,
        loss=translation_loss,
        recipe=translators.recipe,
        stop_loss=translators.stop_loss,
        score=partial(translators.score, name),
        form=translators.Manifest,
        made_from=partial(translators.made_from, name),
        kind=translators.kind,
        objective=translators.objective,
        worth=translators.worth,
    )
    for name in TRANSLATIONS
}
DIGITS: Task[DigitSpec, DigitClassifier, spoken.Manifest] = Task(
    name="digits",
    file="digits",
    kept=digits.SHIPPED,
    family=spoken.family_of,
    learned=spoken.learned,
    held_out=spoken.held_out,
    loss=spoken.digit_loss,
    recipe=spoken.recipe,
    score=spoken.score,
    form=spoken.Manifest,
    made_from=spoken.made_from,
    kind=spoken.kind,
    objective=spoken.objective,
    examples=spoken.count_recordings,
    worth=spoken.right,
)
WRITTEN: Mapping[str, Task[ModelSpec, NextWord, written.Manifest]] = {name: written.row(name) for name in CORPORA}
ROWS: tuple[Task[Any, Any, Any], ...] = (
    SMALLTALK,
    TRANSFORMERS,
    RESPONDERS,
    MATCHED,
    SENTIMENT,
    MINIMAL,
    *TRANSLATORS.values(),
    *FEELINGS.values(),
    DIGITS,
    WEATHER,
    SHARES,
    *WRITTEN.values(),
    VIDEO,
    MUSIC,
)
TASKS: Mapping[str, Task[Any, Any, Any]] = {task.name: task for task in ROWS}
