"""The command `kioku` of the installed package: it starts the app, from whatever folder it is called.

In the package this file is `kioku_app/__init__.py`, beside `app.py`, `pages` and Streamlit's settings.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent


def main() -> None:
    """`kioku`, or `kioku run`, for oneself; `kioku serve` for a class. It ends when the server does."""
    sys.path.insert(0, str(HOME))  # where `pages` is
    os.chdir(HOME)  # where Streamlit looks for its settings
    from pages._ui.server import main as start

    if len(sys.argv) == 1:
        sys.argv.append("run")
    start()
