"""The recurrent matrix: known spectra, the knob exact, the module itself left alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.recurrent_matrix import (
    BLOCKS,
    CANDIDATE,
    eigenvalues,
    largest_singular_values,
    scale_recurrent,
    spectral_radius,
)
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.recording import record
from tests.rnn_core import cases


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("cell", cases.KINDS)
def test_each_block_has_its_own_spectrum(cell, dtype) -> None:
    module = cases.build(cell, num_layers=2, bidirectional=True, dtype=dtype)
    for layer in range(2):
        for direction in range(2):
            weight = getattr(module, f"weight_hh_l{layer}{'_reverse' * direction}").detach()
            found = eigenvalues(module, layer, direction)
            radii = spectral_radius(module, layer, direction)
            assert list(found) == list(radii) == list(BLOCKS[cell])
            for block, values in zip(weight.split(cases.H), found.values(), strict=True):
                want = np.linalg.eigvals(block.double().numpy())
                np.testing.assert_allclose(np.sort_complex(values), np.sort_complex(want), atol=1e-13)
                assert values.dtype == np.complex128
            widths = largest_singular_values(module, layer, direction)
            for block, width in zip(weight.split(cases.H), widths.values(), strict=True):
                assert width == pytest.approx(np.linalg.norm(block.double().numpy(), 2), rel=1e-12)
            for name, values in found.items():
                assert widths[name] >= radii[name] * (1 - 1e-12)
                assert radii[name] == np.abs(values[0]) == np.abs(values).max()


def test_blocks_are_named_after_the_quantity_that_they_drive() -> None:
    for cell, blocks in BLOCKS.items():
        assert all(cell in QUANTITIES[block].forms for block in blocks)
        assert CANDIDATE[cell] in blocks


def test_a_known_block_is_found_at_its_place() -> None:
    module = nn.LSTM(1, 2)
    with torch.no_grad():
        for gate in range(4):
            module.weight_hh_l0[2 * gate : 2 * gate + 2] = torch.tensor([[0.0, -(gate + 1)], [gate + 1, 0.0]])
    assert list(spectral_radius(module).values()) == pytest.approx([1, 2, 3, 4], rel=1e-12)
    np.testing.assert_allclose(np.sort(eigenvalues(module)["cell_candidate"].imag), [-3, 3], rtol=1e-12)


def test_with_a_projection_it_is_that_of_block_times_projection() -> None:
    module = cases.build("lstm", proj_size=2)
    block = (module.weight_hh_l0[2 * cases.H : 3 * cases.H] @ module.weight_hr_l0).detach().numpy()
    assert spectral_radius(module)["cell_candidate"] == pytest.approx(np.abs(np.linalg.eigvals(block)).max(), rel=1e-12)
    assert spectral_radius(scale_recurrent(module, 1.5))["cell_candidate"] == pytest.approx(1.5, rel=1e-12)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**16), rho=st.floats(1e-3, 1e3))
@pytest.mark.parametrize("cell", cases.KINDS)
def test_the_copy_has_the_radius_asked_for_everywhere(cell, seed, rho) -> None:
    module = cases.build(cell, seed, num_layers=2, bidirectional=True)
    copied = scale_recurrent(module, rho)
    for layer in range(2):
        for direction in range(2):
            before, after = (spectral_radius(m, layer, direction) for m in (module, copied))
            assert after[CANDIDATE[cell]] == pytest.approx(rho, rel=1e-12)
            factors = [after[block] / before[block] for block in after]
            np.testing.assert_allclose(factors, factors[0], rtol=1e-10)  # all of W_hh, by one factor
    for name, parameter in copied.named_parameters():
        if "weight_hh" not in name:
            assert torch.equal(parameter, getattr(module, name))


@pytest.mark.parametrize("cell", cases.KINDS)
def test_zero_means_no_recurrence_also_from_zero(cell) -> None:
    copied = scale_recurrent(scale_recurrent(cases.build(cell), 0), 0.0)
    assert (copied.weight_hh_l0 == 0).all()
    assert set(spectral_radius(copied).values()) == {0.0}


@pytest.mark.parametrize(
    "matrix", [torch.zeros(5, 5), torch.ones(5, 5).triu(1), 1e-310 * torch.eye(5, dtype=torch.float64)]
)
def test_from_a_radius_of_zero_none_above_zero_can_be_had(matrix) -> None:
    module = cases.build("rnn")
    with torch.no_grad():
        module.weight_hh_l0.copy_(matrix)
    with pytest.raises(KiokuError) as caught:
        scale_recurrent(module, 1.5)
    assert caught.value.code == "no_radius"
    assert "weight_hh_l0" in caught.value.text("ja")


@pytest.mark.parametrize("rho", [-1, -1e-9, math.nan, math.inf, -math.inf, None, "1", "big", True, [1.0], 1j])
def test_a_radius_is_a_finite_number_from_zero_on(rho) -> None:
    with pytest.raises(KiokuError) as caught:
        scale_recurrent(cases.build("rnn"), rho)
    assert caught.value.code == "bad_radius"
    assert "{" not in caught.value.text("ja") + caught.value.text("en")


@pytest.mark.parametrize("rho", [1, np.float32(1), torch.tensor(1.0), np.int64(1)])
def test_numbers_of_every_kind_are_taken(rho) -> None:
    assert spectral_radius(scale_recurrent(cases.build("rnn"), rho))["preactivation"] == pytest.approx(1)


@pytest.mark.parametrize("function", [spectral_radius, eigenvalues])
def test_what_is_not_there_is_an_error(function) -> None:
    for module, options in (
        (cases.build("gru"), {"layer": 1}),
        (cases.build("gru"), {"direction": 1}),
        (nn.Linear(2, 2), {}),
        (cases.build("gru").half(), {}),
    ):
        with pytest.raises(KiokuError):
            function(module, **options)


def test_the_module_stays_as_it_was_and_the_copy_is_one() -> None:
    module = cases.build("lstm", num_layers=2, dropout=0.5)
    module.weight_hh_l1.requires_grad_(False)
    module.eval()
    before = {name: parameter.clone() for name, parameter in module.named_parameters()}
    copied = scale_recurrent(module, 2)
    assert all(torch.equal(parameter, before[name]) for name, parameter in module.named_parameters())
    assert (type(copied), copied.training, copied.dropout) == (nn.LSTM, False, 0.5)
    assert [p.requires_grad for p in copied.parameters()] == [p.requires_grad for p in module.parameters()]
    assert not {p.data_ptr() for p in copied.parameters()} & {p.data_ptr() for p in module.parameters()}
    x = cases.inputs()
    np.testing.assert_array_equal(record(copied, x).output, copied(x)[0].detach().numpy())


def test_a_parametrised_matrix_is_scaled_as_it_acts() -> None:
    module = cases.build("rnn")
    torch.nn.utils.parametrizations.weight_norm(module, "weight_hh_l0")
    copied = scale_recurrent(module, 0.7)
    assert spectral_radius(copied)["preactivation"] == pytest.approx(0.7)
    x = cases.inputs()
    np.testing.assert_allclose(record(copied, x).output, copied(x)[0].detach().numpy(), rtol=0, atol=1e-13)
    assert torch.nn.utils.parametrize.is_parametrized(module, "weight_hh_l0")
