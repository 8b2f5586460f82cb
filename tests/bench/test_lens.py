import torch

from bench import lens
from bench.recording import case


def test_what_is_not_installed_is_not_measured(monkeypatch) -> None:
    monkeypatch.setattr(lens, "PACKAGE", "no_such_lens")
    assert lens.milliseconds("gru", 50, 1) is None


def test_the_module_computes_what_the_layer_does() -> None:
    layer, inputs = case("gru", 5)
    with torch.inference_mode():
        assert torch.allclose(lens.Loop("gru", layer)(inputs), layer(inputs)[0], atol=1e-6)
