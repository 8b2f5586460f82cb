from __future__ import annotations

import pytest

from rnn_core import messages
from rnn_core.quantities import QUANTITIES, Form, Quantity
from tests.rnn_core.figures.cases import MADE_UP


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Quantity:
    """A quantity that is put into the table and into the catalogues for one test."""
    row = Quantity(MADE_UP, {"gru": Form("q_t", "r_t ⊙ n_t")}, "signed", (-3.0, 3.0))
    monkeypatch.setitem(QUANTITIES._rows, row.key, row)
    catalogues = {lang: {**messages.catalogue(lang)} for lang in messages.LANGUAGES}
    for lang, catalogue in catalogues.items():
        catalogue[f"quantities.{row.key}.name"] = f"made up ({lang})"
    monkeypatch.setattr(messages, "catalogue", catalogues.__getitem__)
    return row
