from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.figures import Theme, training_loss
from rnn_core.runs import Run
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces
from tests.rnn_core.figures.test_clipping import CLIPPED, FREE, LOST

LOOK = Theme()


def draw(clipped: Run = CLIPPED, free: Run = LOST, **options):
    return sound(training_loss(clipped, free, **({"lang": "ja", "theme": LOOK} | options)))


def test_the_lines_are_the_losses() -> None:
    picture = draw(free=FREE)
    drawn = {trace["name"]: trace for trace in traces(picture)}
    np.testing.assert_array_equal(drawn["あり"]["y"], CLIPPED.loss)
    np.testing.assert_array_equal(drawn["なし"]["y"], FREE.loss)
    np.testing.assert_array_equal(picture.table["あり"], CLIPPED.loss)
    assert picture.key == "training_loss"


def test_each_line_has_its_name_where_it_ends() -> None:
    notes = draw().figure.layout.annotations
    assert [(note.text, note.x) for note in notes] == [("<b>あり</b>", 4), ("<b>なし</b>", 2)]
    same = Run(CLIPPED.loss, CLIPPED.before, CLIPPED.after)
    above, below = draw(free=same).figure.layout.annotations
    assert abs(above.y - below.y) > 0.05


def test_the_finding_says_how_each_run_ended() -> None:
    assert draw(lang="en").finding == (
        "The clipped run goes from loss 2.90 to 1.00 in 4 updates. The unclipped run starts at loss 2.90 and "
        "ends at update 2, with 100,000."
    )


def test_a_loss_that_is_lost_is_on_the_shelf() -> None:
    free = Run(np.array([2.9, np.nan]), np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    picture = draw(free=free)
    assert [(trace["meta"], trace["x"].tolist()) for trace in traces(picture) if "meta" in trace] == [("nan", [2])]
    assert picture.legend.marks[0].glyph == "×"


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([1, 6, 60, 200]), st.sampled_from(LOOKS), st.randoms())
def test_any_run_is_drawn(steps: int, theme: Theme, chance) -> None:
    losses = np.array(chance.choices([0.0, np.inf, np.nan, 1e-30, 1.0, 1e30], k=steps))
    draw(Run(losses, losses, losses), theme=theme)


def test_another_language_changes_words_only() -> None:
    ja, en = (draw(lang=lang) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding
