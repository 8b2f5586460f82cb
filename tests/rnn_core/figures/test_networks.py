from __future__ import annotations

import pytest

from rnn_core.figures import gradient_lines, networks
from rnn_core.figures.marks import SIGNS
from rnn_core.figures.theme import DASHES, Theme, contrast
from rnn_core.messages import LANGUAGES
from rnn_core.order import NETWORKS
from rnn_core.quantities import CELLS, COMPOSED
from rnn_core.specs import BaselineSpec, ModelSpec, TransformerSpec


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_network_has_a_name_of_its_own_that_says_how_much_it_reads(lang: str) -> None:
    names = [networks.name(spec, lang) for spec in NETWORKS]
    assert len(set(names)) == len(names)
    assert "12" in networks.name(BaselineSpec(kind="window", words=12, hidden=4), lang)
    assert "5" in networks.name(BaselineSpec(kind="convolution", words=5, hidden=4), lang)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("spec", NETWORKS, ids=lambda spec: spec.name)
def test_marks_and_names_are_readable(spec: networks.NetworkSpec, mode: str) -> None:
    theme = Theme(mode)
    assert contrast(networks.mark(spec, theme), theme["bg"]) >= 3
    assert contrast(networks.ink(spec, theme), theme["bg"]) >= 4.5


def test_a_cell_looks_as_everywhere() -> None:
    theme = Theme()
    assert networks.mark(ModelSpec(cell="gru", hidden=4), theme) == theme.mark("gru")
    assert networks.ink(ModelSpec(cell="gru", hidden=4), theme) == theme.text("gru")


def test_networks_of_one_colour_have_different_lines() -> None:
    looks = {(networks.mark(spec, Theme()), networks.DASHES[networks.kind(spec)]) for spec in NETWORKS}
    assert len(looks) == len(NETWORKS)
    assert set(networks.DASHES.values()) <= set(DASHES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_transformer_has_a_name_and_a_look_of_its_own(lang: str) -> None:
    specs = [TransformerSpec(hidden=8, positions=positions) for positions in (True, False)]
    names = [networks.name(spec, lang) for spec in (*specs, *NETWORKS)]
    assert len(set(names)) == len(names)
    for mode in ("light", "dark"):
        theme = Theme(mode)
        assert contrast(networks.mark(specs[0], theme), theme["bg"]) >= 3
        assert contrast(networks.ink(specs[0], theme), theme["bg"]) >= 4.5
        assert networks.mark(specs[0], theme) not in {networks.mark(spec, theme) for spec in NETWORKS}
    assert networks.DASHES[networks.kind(specs[0])] in DASHES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_a_name_a_sign_and_a_line_of_its_own(lang: str) -> None:
    kinds = (*CELLS, *COMPOSED)
    assert len({networks.called(cell, lang) for cell in kinds}) == len(kinds)
    assert len({gradient_lines.DASHES[cell] for cell in kinds}) == len(kinds)
    assert len({gradient_lines.SYMBOLS[cell] for cell in kinds}) == len(kinds)
    assert len({Theme().mark(cell) for cell in kinds}) == len(kinds)
    assert {glyph for _, glyph in gradient_lines.SYMBOLS.values()}.isdisjoint(glyph for glyph, *_ in SIGNS.values())
