"""`python -m rnn_core.training` makes the shipped weights; with `--check` it retrains one and compares."""

from __future__ import annotations

import argparse
import sys
import time

from rnn_core.training.check import ACCURACY, PERPLEXITY, check
from rnn_core.training.shipped import build, manifest


def main() -> int:
    """Do what the command line asks; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m rnn_core.training", description=__doc__)
    parser.add_argument("--check", action="store_true", help="retrain the smallest LSTM and compare")
    return _check() if parser.parse_args().check else _build()


def _build() -> int:
    start = time.monotonic()
    print("model                           held-out reply accuracy   perplexity")
    for name, line in build():
        print(f"{name:32}{line['reply_accuracy']:23.3f}{line['perplexity']:13.3f}", flush=True)
    counted = manifest()["baselines"]
    print(f"perplexity by counting: unigram {counted['unigram']:.3f}, bigram {counted['bigram']:.3f}")
    print(f"{time.monotonic() - start:.0f} s")
    return 0


def _check() -> int:
    result = check(manifest())
    print(f"{result.model}, shipped and trained anew:")
    print(f"  largest difference of a weight  {result.difference:g}")
    print("  held-out reply accuracy         {:.4f}  {:.4f}".format(*result.reply_accuracy))
    print("  perplexity                      {:.4f}  {:.4f}".format(*result.perplexity))
    asked = (
        "same torch and processor: every bit must be the same"
        if result.same_machine
        else f"another torch or processor: accuracy within {ACCURACY}, perplexity within {PERPLEXITY:.0%}"
    )
    print(f"  {asked}: {'passed' if result.passed else 'FAILED'}")
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
