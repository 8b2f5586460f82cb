"""The two ways of starting Kioku on a machine of one's own: `python -m pages._ui.server run` and `… serve`.

Both are `streamlit run app.py` with settings of their own. Where the environment has a setting, that one holds.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from streamlit.web.cli import main as streamlit

from pages._ui.opening import own_names

APP = Path(__file__).resolve().parents[2] / "app.py"
WAYS = {
    "run": {"STREAMLIT_SERVER_ADDRESS": "localhost", "STREAMLIT_SERVER_HEADLESS": "false"},
    "serve": {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "STREAMLIT_SERVER_HEADLESS": "true"},
}


def main() -> None:
    """The command; it ends when the server does."""
    parser = argparse.ArgumentParser(prog="python -m pages._ui.server", description=__doc__)
    parser.add_argument("way", choices=WAYS, help="for yourself, with a browser; or for a class")
    settings = WAYS[parser.parse_args().way] | {"STREAMLIT_SERVER_ALLOWED_HOSTS": " ".join(own_names())}
    for name, value in settings.items():
        os.environ.setdefault(name, value)
    streamlit(["run", str(APP)], prog_name="streamlit")


if __name__ == "__main__":
    main()
