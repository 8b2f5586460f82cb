"""Where this server's own addresses begin: behind a proxy that may be below a path, `server.baseUrlPath`."""

from __future__ import annotations

from streamlit import config


def below_base(path: str = "") -> str:
    """An address of this server's own, below its name.

    Example:
        >>> below_base("/live/7"), below_base()
        ('/live/7', '')
    """
    base = config.get_option("server.baseUrlPath").strip("/")
    return f"{'/' if base else ''}{base}{path}"
