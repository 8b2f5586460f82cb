"""`python -m rnn_core.claims`: measure every claim and write the numbers that the page shows."""

from __future__ import annotations

import json
import sys

import torch

from rnn_core import runtime
from rnn_core.claims.data import MEASURED
from rnn_core.claims.rows import CLAIMS
from rnn_core.training.manifests import machine


def main() -> None:
    """The command."""
    runtime.use_one_thread()
    found = {}
    for claim in CLAIMS:
        found[claim.name] = dict(claim.measure())
        sys.stdout.write(f"{claim.name}: {claim.verdict if claim.supported(found[claim.name]) else 'NOT SUPPORTED'}\n")
    made = {"claims": found, "machine": machine(), "torch": torch.__version__}
    MEASURED.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
