from __future__ import annotations

import pytest

from rnn_core.errors import KiokuError
from rnn_core.specs import MAX_HIDDEN, MAX_SEED
from rnn_core.tasks.digits import DigitSpec
from rnn_core.tasks.forecast.spec import ForecastSpec
from rnn_core.tasks.music.spec import MusicSpec
from rnn_core.tasks.video.spec import VideoSpec

SPECS = (DigitSpec, ForecastSpec, MusicSpec, VideoSpec)
each = pytest.mark.parametrize("kind", SPECS)


@each
def test_its_name_and_its_json_say_which_it_is(kind) -> None:
    spec = kind(cell="gru", hidden=5, seed=7)
    assert spec.name == f"{spec.task}-gru-5-seed7"
    assert list(spec.model_dump()) == ["task", "cell", "hidden", "weights", "seed"]
    assert kind(**spec.model_dump()) == spec


@each
@pytest.mark.parametrize(
    "wrong",
    [
        {"cell": "mlp"},
        {"hidden": 0},
        {"hidden": MAX_HIDDEN + 1},
        {"weights": "run:x"},
        {"seed": MAX_SEED + 1},
        {"task": "smalltalk"},
        {"layers": 2},
    ],
    ids=str,
)
def test_what_it_cannot_be_is_refused(kind, wrong: dict[str, object]) -> None:
    with pytest.raises(KiokuError) as caught:
        kind(**({"cell": "gru"} | wrong))
    assert (caught.value.code, caught.value.values["spec"]) == ("bad_spec", kind.__name__)
