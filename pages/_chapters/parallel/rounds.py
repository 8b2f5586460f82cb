"""The first question: how many rounds of Newton's method these words take; guessed and answered in one drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import controls, stage
from pages._ui.components.newton_map import Asked, newton_map
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.parallel.inputs import Reading
    from pages._ui.predict import Verdict
    from pages._ui.shell import View

GUESS = "guess_rounds"
LEAST = 3  # words, of fewer there is nothing to ask
FEW, SOME, LOOP, NEVER = 1, 2, 3, 4


def draw(view: View, reading: Reading) -> bool:
    """Draw the rounds. Whether nothing is left to ask."""
    total, said, seen = len(reading.words), view.state[GUESS], view.state["round"]
    options = options_of(total, view.lang)
    scale, clip = float(view.whole("factor", 1)), view.state["clipping"] == "on"
    as_it_is = scale == 1 and not clip
    answer = said if isinstance(said, int | str) else None
    judged: Verdict | None = verdict(reading, answer) if isinstance(answer, int) and as_it_is else None
    with stage.drawing(view):
        newton_map(
            view.lang,
            reading.tokens,
            reading.spec,
            reading.run,
            scale=scale,
            clip=clip,
            asked=Asked(options, answer, judged),
            rounds_seen=seen if isinstance(seen, int) else None,
            on_round_change=lambda now: controls.take({"round": now}),
            on_answer_change=lambda now: controls.take({GUESS: now, "round": None}),
            on_settings_change=lambda by, cut: controls.take(
                {"factor": round(by), "clipping": "on" if cut else "off", "round": None}
            ),
        )
    return said is not None or not options


def options_of(total: int, lang: str) -> Mapping[int, str]:
    """What can be guessed of so many words; nothing of too few.

    Example:
        >>> list(options_of(60, "en").values()), options_of(2, "en")
        (['10 or fewer', '11 to 59', '60, as in order', 'never'], {})
    """
    if total < LEAST:
        return {}
    few = bound(total)
    return {
        FEW: text("parallel.few", lang, rounds=few) if few > 1 else text("parallel.one", lang),
        SOME: text("parallel.some", lang, low=few + 1, high=total - 1),
        LOOP: text("parallel.loop", lang, total=total),
        NEVER: text("parallel.never", lang),
    }


def bound(total: int) -> int:
    """What counts as few rounds."""
    return max(1, total // 6)


def outcome(reading: Reading) -> int:
    """Which option is right.

    What takes more rounds than there are words is as good as never: in exact arithmetic it can't happen.
    """
    rounds, total = reading.run.rounds, len(reading.words)
    if rounds is None or rounds > total:
        return NEVER
    return FEW if rounds <= bound(total) else SOME if rounds < total else LOOP


def verdict(reading: Reading, guess: int) -> Verdict:
    """Whether it is right; nearly, if it is the next option."""
    away = abs(guess - outcome(reading))
    return "right" if away == 0 else "near" if away == 1 else "wrong"
