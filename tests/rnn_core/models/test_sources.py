"""Where networks come from, and that the sources which are not there yet say so."""

from __future__ import annotations

import pytest

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.models import registry, sources
from rnn_core.specs import ModelSpec

OWN = {"run": "run:42", "file": "file:" + "0a" * 32}


@pytest.mark.parametrize("kind", OWN)
def test_a_source_that_is_not_there_yet_says_so_in_both_languages(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # a page that was opened before has brought a store of runs
    monkeypatch.setitem(sources.SOURCES, "run", sources.Missing(lambda name: KiokuError("source_run", given=name)))
    spec = ModelSpec(cell="lstm", hidden=8, weights=OWN[kind])
    for ask in (
        lambda: sources.find_source(OWN[kind]).describe(OWN[kind]),
        lambda: registry.run(spec, ("今日",)),
        lambda: registry.RECURRENT.load(spec),
        lambda: registry.RECURRENT.tokenizer(spec),
    ):
        with pytest.raises(KiokuError) as caught:
            ask()
        assert caught.value.code == f"source_{kind}"
        assert all(OWN[kind] in caught.value.text(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("wrong", ["", "run", "run:", "run:A b", "file:12", "file:" + "0" * 65, "trained ", "../x"])
def test_a_name_that_is_none_is_no_spec(wrong: str) -> None:
    with pytest.raises(KiokuError) as caught:
        ModelSpec(cell="lstm", hidden=8, weights=wrong)
    assert caught.value.code == "bad_spec"


@pytest.mark.parametrize("open_source", ["trained", "fresh"])
def test_where_weights_come_from_alone_does_not_name_a_network(open_source: str) -> None:
    with pytest.raises(KiokuError) as caught:
        sources.find_source(open_source).describe(open_source)
    assert caught.value.code == "source_open"
