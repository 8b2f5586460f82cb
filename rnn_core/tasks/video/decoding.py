"""The process that decodes a foreign film: its bytes come in by a pipe, small grey frames go out, and nothing else.

It is started by `film_file.read_film` and limits its own memory, time and files: whatever a damaged file does to the
decoder, it does here. It answers with a line of JSON, and after it the frames, a byte a pixel.
"""

from __future__ import annotations

import io
import json
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rnn_core.tasks.video.film import HIGH, MOST, PIXELS, SIDE_MOST, WIDE, container

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 1536 * 2**20  # bytes of addresses, libraries included
CPU = 14  # seconds, after which the system ends it
ENOUGH = 8.0  # seconds of the processor, its start included, after which it takes no further frame


class RefusedError(Exception):
    """The film is not read; its text is the code of the message that says why."""


class BrokenOffError(Exception):
    """No frame can be read from here on."""


def limit() -> None:
    """From here on: no more memory and time than this, and no file is written; as far as the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows has none; whoever started this ends it at a deadline
        return
    for name, most in (("AS", MEMORY), ("CPU", CPU), ("FSIZE", 0), ("CORE", 0)):
        with suppress(OSError, ValueError):  # macOS refuses some
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def decode(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What there is to say of a film, and its frames.

    Raises:
        RefusedError: it is none, too large, or damaged.
    """
    kind = container(data)
    if kind is None:
        raise RefusedError("film_kind")
    frames, size, cut, count = bytearray(), (0, 0), "", 0
    try:
        for shape, frame in (gif_frames if kind == "gif" else mp4_frames)(data):
            if count == MOST or time.process_time() > ENOUGH:
                cut = "frames" if count == MOST else "time"
                break
            size = shape
            frames += frame
            count += 1
    except BrokenOffError:
        cut = "broken"
    return {"count": count, "size": size, "cut": cut}, bytes(frames)


def gif_frames(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The frames of a GIF, each with the size that the file has.

    Raises:
        RefusedError: it is damaged from the beginning, or too large.
        BrokenOffError: it is damaged from here on.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # `check_size` is stricter
    try:
        opened = Image.open(io.BytesIO(data), formats=("GIF",))
    except (OSError, ValueError, SyntaxError):
        raise RefusedError("film_damaged") from None
    with opened:
        for place in range(MOST + 1):
            try:
                opened.seek(place)
                check_size(*opened.size)
                small = opened.convert("RGB").convert("L").resize((WIDE, HIGH), Image.Resampling.BOX)
            except EOFError:
                return
            except (OSError, ValueError, SyntaxError, IndexError):
                raise BrokenOffError from None
            yield opened.size, small.tobytes()


def mp4_frames(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The frames of the first video stream of an MP4, likewise.

    Raises:
        RefusedError: it has no such stream, or is too large.
        BrokenOffError: it is damaged from here on.
    """
    import av
    from av.video.reformatter import Interpolation

    try:
        with av.open(io.BytesIO(data), mode="r", format="mp4", metadata_errors="replace") as opened:
            if not opened.streams.video:
                raise RefusedError("film_no_video")
            stream = opened.streams.video[0]
            stream.codec_context.thread_count = 1
            check_size(stream.codec_context.width, stream.codec_context.height)
            for frame in opened.decode(stream):
                check_size(frame.width, frame.height)
                small = frame.reformat(WIDE, HIGH, "gray", interpolation=Interpolation.AREA)
                yield (frame.width, frame.height), small.to_ndarray().tobytes()
    except av.FFmpegError:
        raise BrokenOffError from None


def check_size(width: int, height: int) -> None:
    """Whether a frame of this size is decoded.

    Raises:
        RefusedError: it is too large, or has no pixels.
    """
    if width < 1 or height < 1:
        raise RefusedError("film_damaged")
    if max(width, height) > SIDE_MOST or width * height > PIXELS:
        raise RefusedError(f"film_size {width} {height}")


def main() -> None:
    """Read all that comes in, and answer."""
    limit()
    try:
        head, frames = decode(sys.stdin.buffer.read())
    except RefusedError as error:
        code, *size = str(error).split()
        head, frames = {"refused": code, "size": list(map(int, size))}, b""
    except MemoryError:
        head, frames = {"refused": "film_heavy", "size": []}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + frames)


if __name__ == "__main__":
    main()
