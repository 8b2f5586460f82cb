"""What the app knows of a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pages._ui.address import Value

ROOT = Path(__file__).resolve().parents[2]
HOME = "home"  # the chapter that opens at the root


@dataclass(frozen=True)
class Chapter:
    """One row of the contents.

    Attributes:
        name: its file in `pages/`, its address (with `-` for `_`) and its messages (`<name>.title`, `<name>.question`).
        section: the heading that it stands under (`ui.section.<section>`).
        controls: what its address holds.
        opens: what a control is here when the address is silent, where that is not its default.
    """

    name: str
    section: str
    controls: tuple[str, ...]
    opens: tuple[tuple[str, Value], ...] = ()

    @property
    def path(self) -> str:
        """Its address, without the slash."""
        return self.name.replace("_", "-")

    @property
    def address(self) -> str:
        """Where it opens, without the slash: the first one at the root."""
        return "" if self.name == HOME else self.path

    @property
    def script(self) -> Path:
        """Its file; absolute, so that it is also right where a page is the main script."""
        return ROOT / "pages" / f"{self.name}.py"
