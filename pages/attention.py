"""One vector, then attention: what an encoder-decoder must squeeze into one state, and what looking back changes."""

from pages._chapters.attention import decoded, prediction, search, settings, studies, three_networks
from pages._ui import blocks, contrasts, model_card, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    settings.choose(view)
    contrasts.row(view, settings.CONTRASTS)

    revealed = False
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        with blocks.errors_shown(view):
            revealed = prediction.bottleneck(view)
        shown = decoded.read(view, three_networks.spec(view.state), three_networks.typed(view.state))
        if revealed:  # what is right and wrong would be the answer
            three_networks.three(view, shown)
        blocks.part(view, "attention.steps")
        search.told(view, shown)
        decoded.player(view, shown)
        decoded.pictures(view, shown)
        studies.study(view, shown, three_networks.networks(view))
        model_card.offer(view, three_networks.specs(view.state))

    if revealed:
        blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
