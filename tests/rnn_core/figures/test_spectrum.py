from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.figures import Theme, spectrum
from rnn_core.figures.spectrum import OPACITY
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

LOOK = Theme()
BLOCKS = {
    "rnn": ("preactivation",),
    "lstm": ("input_gate", "forget_gate", "cell_candidate", "output_gate"),
    "gru": ("reset_gate", "update_gate", "candidate"),
}


def values(*shape: int, radius: float = 1.0, seed: int = 0) -> np.ndarray:
    draw = np.random.default_rng(seed)
    found = draw.uniform(0.1, 1, shape) * np.exp(1j * draw.uniform(0, 6, shape))
    return radius * found / np.abs(found).max()


def draw(cell: str = "rnn", steps: int = 6, units: int = 5, radius: float = 0.5, reached: float = 0.4, **options):
    blocks = {key: values(units, radius=radius, seed=at) for at, key in enumerate(BLOCKS[cell])}
    jacobians = values(steps, units, radius=reached, seed=9)
    return blocks, jacobians, made(cell, blocks, jacobians, **options)


def made(cell: str, blocks, jacobians, widest: float = 2.65, **options):
    widths = {key: 2 * float(np.abs(block).max()) for key, block in blocks.items()}
    stretch = np.full(len(jacobians), np.nan)
    stretch[::2] = widest
    return sound(spectrum(cell, blocks, jacobians, widths, stretch, **({"lang": "en", "theme": LOOK} | options)))


def named(dots: dict) -> set[int]:
    """The steps that stand under the pointer on any dot."""
    return {int(step) for steps in dots["customdata"] for step in steps.split(", ")}


@pytest.mark.parametrize("cell", BLOCKS)
def test_rings_are_the_blocks_and_dots_the_steps(cell: str) -> None:
    blocks, steps, picture = draw(cell)
    dots, *rings = traces(picture)
    assert sorted(dots["x"] + 1j * dots["y"]) == sorted(steps.ravel().astype(np.complex64))
    assert sorted(dots["customdata"]) == sorted(map(str, np.repeat(np.arange(1, 7), 5)))
    np.testing.assert_allclose(dots["marker"]["opacity"], OPACITY, rtol=1e-6)
    assert dots["marker"]["color"] == LOOK.mark(cell)
    for ring, block in zip(rings, blocks.values(), strict=True):
        np.testing.assert_array_equal(ring["x"] + 1j * ring["y"], block)
    assert (
        len({ring["marker"]["symbol"] for ring in rings})
        == len({ring["marker"]["color"] for ring in rings})
        == len(blocks)
    )
    assert picture.key == f"eigenvalues_{cell}"
    assert len(picture.legend.marks) == len(blocks) + 1


def test_what_falls_on_one_pixel_is_one_dot_as_dark_as_all_together() -> None:
    blocks, steps, _ = draw()
    again = np.concatenate([steps, steps + 1e-4, np.flip(steps, axis=1)])
    (dots, *_) = traces(made("rnn", blocks, again))
    assert dots["x"].size < 2 * steps.size
    gaps = np.abs(again.ravel()[:, None] - (dots["x"] + 1j * dots["y"])[None])
    assert (
        gaps.min(axis=1).max() < 2 * 1.6 / 300 * 2**0.5
    )  # no eigenvalue is further from a dot than a pixel's diagonal
    assert set((dots["x"] + 1j * dots["y"]).tolist()) <= set(again.ravel().astype(np.complex64).tolist())
    together = np.log1p(-dots["marker"]["opacity"].astype(float)) / np.log1p(-OPACITY)  # how many lie there
    assert together.sum() == pytest.approx(again.size, rel=1e-5)
    assert named(dots) == set(range(1, 19))


def test_of_many_steps_on_one_dot_the_first_are_named() -> None:
    blocks, steps, _ = draw(steps=1)
    (dots, *_) = traces(made("rnn", blocks, np.repeat(steps, 20, axis=0)))
    assert set(dots["customdata"]) == {"1, 2, 3, 4, 5, 6, 7, 8, …"}


def test_the_circle_is_round_and_has_radius_one() -> None:
    layout = draw()[2].figure.layout
    (circle,) = layout.shapes
    assert (circle.x0, circle.x1, circle.y0, circle.y1) == (-1, 1, -1, 1)
    assert layout.yaxis.scaleanchor == "x"
    assert layout.xaxis.range == layout.yaxis.range == (-1.6, 1.6)


def test_the_frame_widens_only_for_what_lies_beyond_it() -> None:
    assert draw(radius=1.4)[2].figure.layout.xaxis.range == (-1.6, 1.6)
    blocks, _, picture = draw(radius=3.0)
    assert picture.figure.layout.xaxis.range[1] > max(np.abs(blocks["preactivation"].real).max(), 1.6)
    assert [len(draw(radius=radius)[2].figure.layout.annotations) for radius in (0.5, 1.4, 6.0)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("radius", "reached", "said"),
    [
        (0.5, 0.4, "Wₕₕ: ρ = 0.50, σₘₐₓ = 1.00. Step Jacobians: |λ| up to 0.40. Their σₘₐₓ: up to 2.65."),
        (1.004, 1.2, "Wₕₕ: ρ = 1.00, σₘₐₓ = 2.01. Step Jacobians: |λ| up to 1.20. Their σₘₐₓ: up to 2.65."),
    ],
)
def test_the_finding_says_both_numbers_and_claims_nothing_of_a_side(radius: float, reached: float, said: str) -> None:
    assert draw(radius=radius, reached=reached, lang="en")[2].finding == said


def test_every_block_has_its_radius_and_its_width() -> None:
    said = draw("gru", lang="en")[2].finding
    assert said.startswith("ρ and σₘₐₓ of the blocks of Wₕₕ: reset gate 0.50, 1.00, update gate 0.50, 1.00, ")


def test_a_matrix_of_zeros_and_steps_without_eigenvalues_are_said() -> None:
    picture = made("rnn", {"preactivation": np.zeros(3, complex)}, np.full((4, 3), np.nan + 0j))
    assert picture.finding == "Wₕₕ: ρ = 0, σₘₐₓ = 0. The step Jacobians have no finite eigenvalue."
    picture = made("rnn", {"preactivation": np.zeros(3, complex)}, np.zeros((1, 3), complex), widest=np.nan)
    assert picture.finding == "Wₕₕ: ρ = 0, σₘₐₓ = 0. Step Jacobians: |λ| up to 0."


def test_of_a_long_sentence_some_steps_are_drawn_and_all_are_counted() -> None:
    _, steps, picture = draw(steps=200, lang="en")
    dots = traces(picture)[0]
    assert set(dots["x"].tolist()) <= set(steps[::4].real.ravel().astype(np.float32).tolist())
    assert named(dots) == set(range(1, 201, 4))
    assert "50 of 200 words (the finding uses 200)" in picture.method
    assert len(picture.table["absolute value"]) == 5 + 200 * 5
    assert "0.40" in picture.finding


def test_steps_without_eigenvalues_have_no_dots_and_no_rows() -> None:
    blocks, steps, _ = draw(steps=60, lang="en")
    steps[np.arange(60) % 7 > 0] = np.nan
    picture = made("rnn", blocks, steps)
    assert named(traces(picture)[0]) == set(range(1, 61, 7))
    assert "9 of 60 words, darker" in picture.method
    assert len(picture.table["absolute value"]) == 5 + 9 * 5


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(list(BLOCKS)),
    st.sampled_from([1, 6, 60, 200]),
    st.integers(1, 32),
    st.sampled_from(LOOKS),
    st.floats(0.01, 40),
)
def test_any_size_is_drawn(cell: str, steps: int, units: int, theme: Theme, radius: float) -> None:
    draw(cell, steps, units, radius, radius, theme=theme)


def test_another_language_changes_words_only() -> None:
    (_, _, ja), (_, _, en) = (draw("lstm", lang=lang) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding


def test_the_table_has_every_eigenvalue() -> None:
    blocks, steps, picture = draw("rnn", lang="en")
    found = picture.table["real part"] + 1j * picture.table["imaginary part"]
    np.testing.assert_array_equal(found, np.concatenate([blocks["preactivation"], steps.ravel()]))
    np.testing.assert_array_equal(picture.table["absolute value"], np.abs(found))
    assert picture.table["of"][4:6] == ("Wₕₕ", "t = 1")


@pytest.mark.parametrize("cell", ["mingru", "minlstm"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_cell_without_a_recurrent_matrix_has_its_steps_alone(cell: str, lang: str) -> None:
    gates = np.linspace(0.05, 0.95, 24).reshape(6, 4).astype(complex)  # a pixel apart
    picture = sound(spectrum(cell, {}, gates, {}, np.abs(gates).max(axis=1), lang=lang, theme=LOOK))
    (dots,) = traces(picture)
    assert sorted(dots["x"]) == sorted(gates.real.ravel().astype(np.float32))
    assert len(picture.legend.marks) == 1
    assert "ₕₕ" not in picture.title + picture.finding + picture.method
    assert len(next(iter(picture.table.values()))) == gates.size
