"""One vector, then attention: what an encoder-decoder must squeeze into one state, and what looking back changes."""

from pages._ui import attention_controls, attention_guess, attention_three, blocks, decoded, decoded_beam, decoded_study
from pages._ui.reading import wait
from pages._ui.shell import current_view
from rnn_core import runtime

view = current_view()
blocks.question(view)
blocks.lead(view)
attention_controls.choose(view)
attention_controls.contrasts(view)

with blocks.errors_shown(view):
    if not runtime.ready():
        wait(view.lang)
    with blocks.errors_shown(view):
        attention_guess.bottleneck(view)
    shown = decoded.read(view, attention_three.spec(view.state), attention_three.typed(view.state))
    attention_three.three(view, shown)
    blocks.part(view, "attention.steps")
    decoded_beam.told(view, shown)
    decoded.player(view, shown)
    decoded.pictures(view, shown)
    decoded_study.study(view, shown)

blocks.principle(view)
