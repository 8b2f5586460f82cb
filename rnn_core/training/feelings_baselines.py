"""What is right about feelings without order and without reading: naive Bayes on counted tokens, and the commonest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Int
from typing_extensions import TypedDict

if TYPE_CHECKING:
    from rnn_core.tasks.feelings import Felt

SMOOTHINGS = (1.0, 0.3, 0.1, 0.03, 0.01)  # what naive Bayes adds to each count, chosen on the texts to learn from


class Baseline(TypedDict):
    """What a simpler way is worth on held-out texts."""

    accuracy: float
    macro_f1: float


def baselines(train: Sequence[Felt], test: Sequence[Felt]) -> dict[str, Baseline]:
    """Naive Bayes, which counts tokens and knows no order, and always saying what is commonest.

    Source: scikit-learn's `MultinomialNB`; its smoothing is chosen by five-fold cross-validation on `train`.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.model_selection import GridSearchCV
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import make_pipeline

    counted = make_pipeline(CountVectorizer(analyzer=_as_they_are), MultinomialNB())
    search = GridSearchCV(counted, {"multinomialnb__alpha": SMOOTHINGS})
    search.fit([text.tokens for text in train], [text.feeling for text in train])
    said = search.predict([text.tokens for text in test])
    right = [text.feeling for text in test]
    (commonest, _), *_ = Counter(text.feeling for text in train).most_common(1)
    return {
        "naive_bayes": _worth(right, list(said)),
        "majority": _worth(right, [commonest] * len(right)),
    }


def macro_f1(right: Sequence[str] | Int[np.ndarray, " N"], said: Sequence[str] | Int[np.ndarray, " N"]) -> float:
    """The mean over all feelings of F1, the harmonic mean of precision and recall.

    Example:
        >>> macro_f1(["a", "a", "b"], ["a", "a", "a"])
        0.4
    """
    from sklearn.metrics import f1_score

    return float(f1_score(right, said, average="macro", zero_division=0))


def _worth(right: Sequence[str], said: Sequence[str]) -> Baseline:
    hits = sum(one == other for one, other in zip(right, said, strict=True))
    return Baseline(accuracy=hits / len(right), macro_f1=macro_f1(right, said))


def _as_they_are(tokens: Sequence[str]) -> Sequence[str]:
    return tokens
