import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.errors import KiokuError
from rnn_core.models import registry
from rnn_core.models.model_trace import FIRST_PICTURE, META, ModelTrace, in_reading_order, load_model_trace
from rnn_core.quantities import CELLS
from rnn_core.recurrent.clamps import Clamp
from rnn_core.specs import ModelSpec, TranslatorSpec
from rnn_core.tasks import smalltalk
from rnn_core.translation.decoding import translate

SENTENCE = ("今日", "は", "天気", "が", "タピオカ", "ね")


@pytest.fixture
def trace() -> ModelTrace:
    return registry.run(ModelSpec(cell="lstm", hidden=5, weights="fresh"), SENTENCE)


def assert_same(first: ModelTrace, second: ModelTrace) -> None:
    for name in ("spec", "tokens", "outputs", "ends", "parameters"):
        assert getattr(first, name) == getattr(second, name)
    np.testing.assert_array_equal(first.embedding, second.embedding)
    np.testing.assert_array_equal(first.distribution, second.distribution)
    np.testing.assert_array_equal(first.layers.output, second.layers.output)
    np.testing.assert_array_equal(first.layers.parity, second.layers.parity)
    assert first.layers.cell == second.layers.cell
    for layer, again in zip(first.layers.layers, second.layers.layers, strict=True):
        for direction, other in zip(layer, again, strict=True):
            assert list(direction) == list(other)
            for key in direction:
                np.testing.assert_array_equal(direction[key], other[key])


def test_top_is_the_distribution_in_order(trace: ModelTrace) -> None:
    for step in range(len(trace)):
        guesses = trace.top(step, 5)
        assert [guess.probability for guess in guesses] == sorted(trace.distribution[step].tolist(), reverse=True)[:5]
        for guess in guesses:
            index = trace.outputs.index(guess.text)
            assert guess.probability == trace.distribution[step, index]
            assert (guess.ends, guess.gloss) == (trace.ends[index], smalltalk.gloss(guess.text))


def test_top_has_no_more_than_there_is(trace: ModelTrace) -> None:
    assert len(trace.top(0, 10**6)) == len(trace.outputs)
    assert trace.top(0, 0) == ()


def test_the_reply_is_the_likeliest_after_the_last_word(trace: ModelTrace) -> None:
    assert trace.reply.text == trace.outputs[int(trace.distribution[5].argmax())]
    assert trace.reply.probability == trace.distribution[5].max()


@pytest.mark.parametrize("step", [-1, 6])
def test_a_step_that_is_not_there_is_refused(trace: ModelTrace, step: int) -> None:
    with pytest.raises(KiokuError) as caught:
        trace.top(step, 1)
    assert caught.value.code == "no_such_step"


def test_nothing_in_it_can_be_changed(trace: ModelTrace) -> None:
    for array in (trace.embedding, trace.distribution, trace.layers.output, trace.layer()["kept"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1.0
    with pytest.raises(AttributeError):
        trace.parameters = 3  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("shape", [{}, {"layers": 2, "bidirectional": True}])
@pytest.mark.parametrize("clamps", [(), (Clamp("hidden_state", 0.5, steps=1),)])
def test_what_was_stored_comes_back(
    tmp_path: Path, cell: str, shape: dict[str, object], clamps: tuple[Clamp, ...]
) -> None:
    trace = registry.run(ModelSpec(cell=cell, hidden=5, weights="fresh", **shape), SENTENCE, clamps)
    paths = tmp_path / "first", tmp_path / "again"
    trace.save(paths[0])
    stored = load_model_trace(paths[0])
    assert_same(trace, stored)
    stored.save(paths[1])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with pytest.raises(ValueError, match="read-only"):
        stored.distribution[0, 0] = 1.0


@pytest.mark.parametrize("content", [None, b"", b"\x00" * 50, "cut", "meta", "spec"])
def test_a_missing_or_damaged_one_is_refused_with_the_remedy(
    tmp_path: Path, trace: ModelTrace, content: bytes | str | None
) -> None:
    path = tmp_path / "stored"
    trace.save(path)
    if content == "cut":
        path.write_bytes(path.read_bytes()[:-8])
    elif content == "meta":
        path.write_bytes(path.read_bytes().replace(META.encode(), b"other"))
    elif content == "spec":
        path.write_bytes(path.read_bytes().replace(b"lstm", b"lstn"))
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.unlink()
    with pytest.raises(KiokuError) as caught:
        load_model_trace(path)
    assert caught.value.code == "stored_trace"
    for lang in ("ja", "en"):
        assert "`make models`" in caught.value.text(lang)
        assert path.name in caught.value.text(lang)
        assert str(path.parent) not in caught.value.text(lang)


def test_the_first_picture_is_what_the_model_computes() -> None:
    stored = load_model_trace(FIRST_PICTURE)
    live = registry.run(ModelSpec(cell="lstm", hidden=16), ("今日", "は", "天気", "が", "良い", "ね"))
    assert [token.text for token in stored.tokens] == [token.text for token in live.tokens]
    assert stored.spec == live.spec
    assert stored.outputs == live.outputs
    np.testing.assert_allclose(stored.distribution, live.distribution, atol=1e-5)
    assert list(stored.layer()) == list(live.layer())
    for key, values in live.layer().items():
        np.testing.assert_allclose(stored.layer()[key], values, atol=1e-5)
    assert stored.reply.text == live.reply.text == "そうだね!"


def test_the_first_picture_needs_no_torch() -> None:
    program = (
        "import sys; from rnn_core.models.model_trace import FIRST_PICTURE, load_model_trace; "
        "trace = load_model_trace(FIRST_PICTURE); trace.top(5, 3); "
        "sys.exit('torch' in sys.modules or 'nagisa' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_translation_says_what_was_written_and_is_not_stored(tmp_path: Path) -> None:
    spec = TranslatorSpec(task="phrases", attention="additive", hidden=4, weights="fresh")
    written = translate(spec, SENTENCE, [(1, "<end>")], length=5)
    assert [guess.text for guess in written.written] == [written.outputs[index] for index in written.chosen]
    assert [guess.ends for guess in written.written] == [False, True]
    assert written.written[1].probability == written.distribution[1, written.chosen[1]]
    assert written.finished
    assert not translate(spec, SENTENCE, [(0, "the")], length=1).finished
    assert len(written.source) == len(SENTENCE)
    with pytest.raises(ValueError, match="read-only"):
        written.source.embedding[0, 0] = 1.0
    with pytest.raises(KiokuError, match="phrases-additive-4-seed0"):
        written.save(tmp_path / "stored")
    assert not (tmp_path / "stored").exists()


def test_a_next_word_model_wrote_nothing(trace: ModelTrace) -> None:
    assert trace.written == ()
    assert not trace.finished
    assert trace.source is None
    assert trace.attention == ()


DEEP = ModelSpec(cell="gru", hidden=4, layers=2, bidirectional=True, weights="fresh")


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("direction", [0, 1])
def test_a_part_stands_in_the_order_of_its_reading(layer: int, direction: int) -> None:
    whole = rc.run(DEEP, ("今日", "は", "暑い"))
    part = in_reading_order(whole, layer, direction)
    order = slice(None, None, -1 if direction else 1)
    own = whole.layer(layer, direction)
    for key, values in part.layer().items():
        np.testing.assert_array_equal(values, own[key][order])
    assert part.tokens == whole.tokens[order]
    below = whole.embedding
    if layer:
        below = np.concatenate([whole.layer(0, way)["hidden_state"] for way in (0, 1)], axis=1)
    np.testing.assert_array_equal(part.embedding, below[order])
    assert (part.distribution is None) == bool(direction)


def test_a_part_that_is_not_there_is_refused() -> None:
    whole = rc.run(DEEP, ("今日",))
    for layer, direction in ((2, 0), (0, 2)):
        with pytest.raises(KiokuError):
            in_reading_order(whole, layer, direction)


def test_a_trace_without_a_distribution_has_no_guesses() -> None:
    silent = replace(rc.run(DEEP, ("今日",)), distribution=None)
    for ask in (lambda: silent.reply, lambda: silent.top(0, 1), lambda: silent.probabilities):
        with pytest.raises(KiokuError) as caught:
            ask()
        assert caught.value.code == "no_readout"
