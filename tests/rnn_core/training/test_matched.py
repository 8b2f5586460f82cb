from __future__ import annotations

import json

from rnn_core.models import registry
from rnn_core.models.model_trace import PRETRAINED
from rnn_core.specs import ResponderSpec
from rnn_core.training import matched, responders, shipped
from rnn_core.training.accuracy import find_accuracy
from rnn_core.training.matched import COMPARED


def test_no_file_belongs_to_no_manifest_or_to_two() -> None:
    manifests = (json.loads(path.read_text(encoding="utf-8")) for path in PRETRAINED.glob("*.json"))
    listed = [name for one in manifests for name in one.get("sha256", ()) if name.startswith("smalltalk-")]
    assert sorted(listed) == sorted(path.name for path in PRETRAINED.glob("smalltalk-*.safetensors"))


def test_whatever_can_be_compared_is_there_and_was_counted() -> None:
    for spec in COMPARED:
        assert registry.family_of(spec).load(spec) is not None
        assert find_accuracy(spec) is not None


def test_each_is_trained_as_others_of_its_kind() -> None:
    for spec in COMPARED:
        kind = responders if isinstance(spec, ResponderSpec) else shipped
        assert matched.recipe(spec) == kind.recipe(spec)
