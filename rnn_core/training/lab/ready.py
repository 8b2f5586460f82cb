"""Getting ready on import, where Python runs a command: as the process does from which workers of our own are forked.

It imports once what each of them needs and never computes, so that a fork of it finds all of that and no thread.
"""

import gc
import os
import sys

FORKING = "-c"  # what such a process is called
ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def get_ready_to_fork() -> None:
    """Import what a worker needs, with no thread beside this one, and at the workers' priority."""
    os.environ |= dict.fromkeys(ONE_THREAD, "1")  # before numpy comes
    import distributed  # noqa: F401

    from rnn_core.training.lab.worker import get_ready

    get_ready()
    gc.collect()
    gc.freeze()  # what nobody looks through stays one copy for all


if sys.argv[0] == FORKING:
    get_ready_to_fork()
