"""Where that is kept which outlives a process and which all processes of a server share."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def shared_folder() -> Path:
    """The folder of whoever runs Kioku, or the one that `KIOKU_DATA_DIR` names. Whoever stores something makes it.

    Example:
        >>> shared_folder().name
        'kioku'
    """
    if named := os.environ.get("KIOKU_DATA_DIR"):
        return Path(named).absolute()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:  # an empty or a relative one counts as none: the XDG Base Directory Specification
        told = os.environ.get("XDG_DATA_HOME", "")
        base = told if os.path.isabs(told) else Path.home() / ".local" / "share"
    return Path(base) / "kioku"
