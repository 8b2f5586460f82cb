from rnn_core.quantities import QUANTITIES
from rnn_core.sound.clips import STEP
from rnn_core.sound.rate import RATE
from rnn_core.speech.facts import CHANGES, DRAWN, STEP_MS


def test_what_is_known_before_torch_is_what_holds() -> None:
    assert STEP_MS == STEP * 1000 / RATE
    assert set(DRAWN) <= {row.key for row in QUANTITIES.of("lstm")}
    assert len(set(CHANGES)) == 4
