"""The parts of the pages that live in the browser: moving through time costs no request to the server."""

from pages._ui.components.cell_circuit import cell
from pages._ui.components.place import Spot
from pages._ui.components.unrolled_network import unrolled

__all__ = ["Spot", "cell", "unrolled"]
