"""Where trainings are computed: by workers of our own on this machine, or by those of the scheduler that Dask knows."""

from __future__ import annotations

import logging
import multiprocessing
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnn_core.training.lab import limits
from rnn_core.training.lab.folder import Folder
from rnn_core.training.lab.worker import Train, compute, compute_away, read_token, stop_here

SETUP = "rnn_core.training.lab.worker"  # has `dask_setup`
READY = "rnn_core.training.lab.ready"  # what the process has imported from which workers are forked
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"  # as Windows has it
MEMORY = "2 GiB"  # of a worker; one that takes more is ended
CONNECTS = 10  # seconds until a scheduler that does not answer is none
HERE = "127.0.0.1"
LOST = ("failed", "closed")  # states in which whoever looks after a worker of our own does so no more
SETTINGS = {
    # a worker that dies again while Dask waits so long for its successor is given up for ever
    "distributed.deploy.lost-worker-timeout": "1 hour",
    "distributed.scheduler.allowed-failures": 0,  # whether a training is tried again is decided by the engine
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    "distributed.worker.multiprocessing-method": METHOD,
    "distributed.admin.low-level-log-length": 1000,
}


class Cluster:
    """A client of Dask, and the workers of our own where Dask's configuration names no scheduler.

    Args:
        root: the store's folder.
        told: called with each event that a worker sends home, in a thread of Dask's.

    Raises:
        OSError: the scheduler that is named does not answer.
    """

    def __init__(self, root: Path, told: Callable[[dict[str, Any]], None]) -> None:
        import dask

        own = not dask.config.get("scheduler-address", None)
        if own:
            begin_forking()  # gets ready while Dask is imported here
        from distributed import Client

        self.root = root
        self._local: Any = None
        if not own:
            self.client = Client(timeout=CONNECTS, set_as_default=False)
        else:
            dask.config.set(SETTINGS)
            self._local = _own(root)
            begin_forking()  # Dask has a list of its own of what is imported, should that process begin again
            self.client = Client(self._local, set_as_default=False)
            self._local.scale(workers())  # the first is ready sooner where nobody else begins beside it
        self.topic = f"kioku-{secrets.token_hex(8)}"
        self.client.subscribe_topic(self.topic, lambda event: told(event[1]))
        self._known: frozenset[str] = frozenset()
        self._common = False

    @property
    def alive(self) -> bool:
        """Whether the scheduler is there, and each of our own workers or one that is just starting in its place."""
        nannies = [] if self._local is None else self._local.workers.values()
        return self.client.status == "running" and not any(nanny.status.name in LOST for nanny in nannies)

    def slots(self) -> int:
        """How many trainings can be computed at once."""
        if self._local is not None:
            return len(self._local.worker_spec)
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        return sum(int(worker["nthreads"]) for worker in workers.values())

    def submit(self, folder: Folder, train: Train, attempt: str) -> Any:
        """Compute a training in its folder, where the workers share our disk; the future of its `Outcome`."""
        where = (str(folder.path.parent), folder.path.name)
        return self.client.submit(compute, *where, train, key=attempt, pure=False, retries=0)

    def submit_away(self, folder: Folder, train: Train, attempt: str) -> Any:
        """The same where they don't: what happens is sent home."""
        asked = (folder.spec(), folder.snapshot(), train, self.topic, attempt)
        return self.client.submit(compute_away, *asked, key=attempt, pure=False, retries=0)

    def shares_disk(self) -> bool:
        """Whether all workers read what is written here: asked anew when others have come."""
        if self._local is not None:
            return True
        workers = frozenset(self.client.scheduler_info(n_workers=-1)["workers"])
        if workers != self._known:
            path, token = self.root / f"token-{secrets.token_hex(8)}", secrets.token_hex(16)
            path.write_text(token, encoding="ascii")
            try:
                self._common = set(self.client.run(read_token, str(path)).values()) == {token}
            finally:
                path.unlink()
            self._known = workers
        return self._common

    def stop(self, attempts: set[str]) -> None:
        """Let workers without our disk know what they need not go on with."""
        self.client.run(stop_here, attempts)

    def close(self) -> None:
        """End the workers of our own, and leave those of others."""
        self.client.close(timeout=CONNECTS)
        if self._local is not None:
            self._local.close(timeout=CONNECTS)


def begin_forking() -> None:
    """Let the process get ready from which workers of our own are forked; it ends with this one and its workers."""
    if METHOD == "forkserver":
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload([READY])
        forkserver.ensure_running()


def workers() -> int:
    """How many workers of our own there are."""
    told = os.environ.get("KIOKU_WORKERS")
    return max(1, int(told)) if told else max(1, min(limits.WORKERS, len(os.sched_getaffinity(0))))


def _own(root: Path) -> Any:
    """Workers on this machine, each in a process; nobody else on it can talk to them."""
    from distributed import LocalCluster
    from distributed.security import Security

    return LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=True,
        host=HERE,
        protocol="tls://",
        security=Security.temporary(),
        dashboard_address=f"{HERE}:0",
        worker_dashboard_address=f"{HERE}:0",
        scheduler_kwargs={"dashboard": False},
        preload=[SETUP],
        memory_limit=MEMORY,
        local_directory=str(root / "scratch"),
        silence_logs=logging.CRITICAL,
    )
