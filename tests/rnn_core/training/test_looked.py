from __future__ import annotations

from rnn_core.tasks.feelings import FACES, network
from rnn_core.training.feelings import FEELINGS
from rnn_core.training.looked import look


def test_of_a_shipped_network_it_is_what_its_manifest_says() -> None:
    spec = network(FACES, "gru")
    found, made = look(spec), FEELINGS[FACES].manifest()
    assert found.line["confusion"] == made["models"][spec.name]["confusion"]
    assert found.examples == made["examples"][spec.name]
    assert found.plane["explained"] == made["planes"][spec.name]["explained"]
