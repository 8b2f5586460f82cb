"""Synthetic voices to learn from, by espeak-ng: needed only where weights are made, and nothing of it is shipped."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

import numpy as np
from jaxtyping import Float

from rnn_core.errors import KiokuError
from rnn_core.sound.rate import resampled

RETRIEVE, UTF8, RATE_OF_SPEECH = 1, 1, 1  # of espeak-ng/speak_lib.h
_parts: list[Float[np.ndarray, " _"]] = []


def spoken(word: str, voice: str, speed: int) -> Float[np.ndarray, " N"]:
    """A word in American English by one of espeak-ng's voices, at so many words a minute, at 16 kHz.

    Raises:
        KiokuError: the synthesiser is not installed, or has no such voice.
    """
    library, rate, _ = _synthesiser()
    _parts.clear()
    if library.espeak_SetVoiceByName(f"en-us+{voice}".encode()):
        raise KiokuError("synthesiser_voice", given=voice)
    library.espeak_SetParameter(RATE_OF_SPEECH, speed, 0)
    text = word.encode()
    library.espeak_Synth(text, len(text) + 1, 0, 0, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return resampled(np.concatenate(_parts), rate)


@cache
def _synthesiser() -> tuple[Any, int, Any]:
    """The library, the rate at which it speaks, and what it calls, which must not be collected."""
    try:
        import espeakng_loader
    except ImportError:
        raise KiokuError("synthesiser_missing") from None
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(RETRIEVE, 0, espeakng_loader.get_data_path().encode(), 0)
    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

    def hear(samples: Any, count: int, _events: Any) -> int:
        if samples and count:
            _parts.append(np.ctypeslib.as_array(samples, (count,)).astype(np.float32) / 2**15)
        return 0

    heard = kind(hear)
    library.espeak_SetSynthCallback(heard)
    return library, rate, heard
