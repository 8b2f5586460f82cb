"""Writing down at home what workers without our disk send."""

from __future__ import annotations

import queue
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from rnn_core.errors import KiokuError
from rnn_core.training.lab.events import Snapshot, from_line
from rnn_core.training.lab.folder import Folder, digest
from rnn_core.training.lab.writer import Writer, writing


@dataclass(frozen=True)
class _Open:
    writer: Writer
    closing: ExitStack


class Relay:
    """The attempts that are under way elsewhere, and what has come of them."""

    def __init__(self) -> None:
        self._come: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._open: dict[str, _Open] = {}

    def tell(self, message: dict[str, Any]) -> None:
        """Take what a worker has sent, in any thread."""
        self._come.put(message)

    def begin(self, attempt: str, folder: Folder) -> None:
        """Expect what this attempt will send.

        Raises:
            BusyError: another process writes there.
        """
        closing = ExitStack()
        self._open[attempt] = _Open(closing.enter_context(writing(folder)), closing)

    def write(self) -> None:
        """Write down what has come. What is missing is not leapt over: another attempt will send it again.

        Raises:
            OSError: it could not be written.
        """
        while not self._come.empty():
            message = self._come.get()
            found = self._open.get(str(message.get("attempt")))
            try:
                event = from_line(str(message.get("line")))
            except KiokuError:
                continue
            if found is not None and event.n <= found.writer.count:
                kept = message.get("kept")
                if isinstance(event, Snapshot) and isinstance(kept, bytes) and digest(kept) == event.sha256:
                    event = replace(event, kept=kept)
                found.writer.write(event)

    def end(self, attempt: str, last: Snapshot | None = None) -> None:
        """Expect nothing more of an attempt; its last snapshot may come only now."""
        found = self._open.pop(attempt, None)
        if found is not None:
            with found.closing:
                if last is not None and last.n < found.writer.count:
                    found.writer.write(last)
                found.writer.sync()

    def close(self) -> None:
        """Expect nothing more."""
        for attempt in list(self._open):
            self.end(attempt)
