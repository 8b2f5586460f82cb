"""The network against its own package's file: another code, step by step, in float64."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch.nn import functional

from rnn_core.errors import KiokuError
from rnn_core.recurrent.clamps import Clamp
from rnn_core.sound.clips import CLIPS, scene
from rnn_core.speech import detector
from rnn_core.speech.detector import FILE, hear, load_detector, windows_of

PACKAGE = Path(find_spec("silero_vad").origin).parent / "data"  # type: ignore[union-attr, arg-type]


def stepped(samples: np.ndarray, dtype: torch.dtype) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """h, c and p one step after the other, by `LSTMCell`, from the file as it is."""
    w = {name: tensor.to(dtype) for name, tensor in load_file(PACKAGE / FILE).items()}
    cell = torch.nn.LSTMCell(128, 128, dtype=dtype)
    cell.load_state_dict({name.removeprefix("lstm_cell."): one for name, one in w.items() if "lstm_cell" in name})
    sound = np.concatenate([np.zeros(64), samples, np.zeros(-len(samples) % 512)])
    h, c, rows = torch.zeros(1, 128, dtype=dtype), torch.zeros(1, 128, dtype=dtype), []
    with torch.no_grad():
        for begin in range(0, len(sound) - 64, 512):
            frame = torch.tensor(sound[begin : begin + 576], dtype=dtype)[None, None]
            x = functional.conv1d(functional.pad(frame, (0, 64), "reflect"), w["stft_conv.weight"], stride=128)
            x = torch.hypot(x[:, :129], x[:, 129:])
            for n, stride in enumerate((1, 2, 2, 1), 1):
                x = functional.conv1d(x, w[f"conv{n}.weight"], w[f"conv{n}.bias"], stride, 1).relu()
            h, c = cell(x[..., 0], (h, c))
            score = functional.conv1d(h.relu()[..., None], w["final_conv.weight"], w["final_conv.bias"])
            rows.append((h[0].numpy(), c[0].numpy(), float(score.sigmoid())))
    states, cells, speech = (np.array(one) for one in zip(*rows, strict=True))
    return states, cells, speech


@pytest.mark.parametrize("name", ["digits", "japanese", "music"])
def test_states_and_probabilities_are_those_of_a_run_step_by_step(name: str) -> None:
    samples = scene(name).samples
    found, layer = hear(samples), hear(samples).trace.layers[0][0]
    states, cells, speech = stepped(samples, torch.float64)
    np.testing.assert_allclose(layer["hidden_state"], states, atol=1e-5)
    np.testing.assert_allclose(layer["cell_state"], cells, atol=1e-4, rtol=1e-5)
    np.testing.assert_allclose(found.speech, speech, atol=1e-5)
    assert found.trace.parity < 1e-6


@pytest.mark.filterwarnings("ignore:`torch.jit.load` is deprecated:DeprecationWarning")  # the package has no other form
def test_with_the_packages_other_weights_it_is_the_packages_own_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its compiled network holds another training: with these weights, the probabilities are the same."""
    theirs = torch.jit.load(PACKAGE / "silero_vad.jit")
    named = {name.removeprefix("_model."): one for name, one in theirs.state_dict().items() if "8k" not in name}
    ours = {"stft.weight": named["stft.forward_basis_buffer"]}
    for n in range(4):
        ours |= {f"encoder.{n}.{kind}": named[f"encoder.{n}.reparam_conv.{kind}"] for kind in ("weight", "bias")}
    for kind in ("weight", "bias"):
        ours |= {f"recurrent.{kind}_{side}_l0": named[f"decoder.rnn.{kind}_{side}"] for side in ("ih", "hh")}
    ours |= {
        "readout.weight": named["decoder.decoder.2.weight"][..., 0],
        "readout.bias": named["decoder.decoder.2.bias"],
    }
    model = detector.SpeechDetector()
    model.load_state_dict(ours)
    monkeypatch.setattr(detector, "load_detector", lambda: model.eval().requires_grad_(False))
    samples = scene("digits").samples[: 512 * 80]
    theirs.reset_states()
    with torch.no_grad():
        wanted = [float(theirs(torch.tensor(one)[None], 16_000)) for one in samples.reshape(-1, 512)]
    np.testing.assert_allclose(hear(samples).speech, wanted, atol=1e-4)


def test_a_batch_is_its_sounds_one_by_one() -> None:
    one, other = (windows_of(scene(name).samples[:32_000]) for name in ("digits", "letters"))
    with torch.no_grad():
        both = load_detector()(torch.stack([one, other])).sigmoid()
    for row, name in zip(both, ("digits", "letters"), strict=True):
        np.testing.assert_allclose(row, hear(scene(name).samples[:32_000]).speech, atol=1e-6)


def test_what_comes_later_changes_nothing_before() -> None:
    samples = scene("digits").samples
    other = samples.copy()
    other[512 * 50 :] = 0.3
    np.testing.assert_array_equal(hear(other).speech[:50], hear(samples).speech[:50])


@pytest.mark.parametrize("name", CLIPS)
def test_it_hears_a_voice_and_nothing_else(name: str) -> None:
    found = scene(name)
    speech = hear(found.samples).speech
    assert found.spoken is not None
    assert ((speech >= 0.5) == found.spoken).mean() >= 0.85
    if not found.spoken.any():
        assert speech.max() < 0.5


def test_a_clamp_at_what_it_had_changes_nothing_and_another_one_does() -> None:
    samples = scene("digits").samples
    own = hear(samples)
    gate = own.trace.layers[0][0]["forget_gate"]
    clamps = [Clamp("forget_gate", float(gate[3, unit]), units=unit, steps=3) for unit in range(5)]
    np.testing.assert_allclose(hear(samples, clamps).speech, own.speech, atol=1e-5)
    assert np.abs(hear(samples, [Clamp("forget_gate", 0.0)]).speech - own.speech).max() > 0.5


def test_the_package_is_read_and_never_run() -> None:
    hear(np.zeros(512, np.float32))
    assert "silero_vad" not in sys.modules


@pytest.mark.parametrize("length", [1, 511, 512, 513])
def test_a_step_is_32_milliseconds(length: int) -> None:
    assert len(hear(np.zeros(length, np.float32)).speech) == -(-length // 512)


def test_without_its_package_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load_detector.cache_clear()
    monkeypatch.setattr(detector, "find_spec", lambda _: None)
    with pytest.raises(KiokuError, match="silero-vad"):
        load_detector()
    (tmp_path / "data").mkdir()
    spec = type("Spec", (), {"origin": str(tmp_path / "__init__.py")})
    monkeypatch.setattr(detector, "find_spec", lambda _: spec)
    for content in (None, b"", b"\xff" * 100):
        if content is not None:
            (tmp_path / "data" / FILE).write_bytes(content)
        with pytest.raises(KiokuError, match="silero-vad"):
            load_detector()
    load_detector.cache_clear()
