from __future__ import annotations

from types import MappingProxyType
from typing import cast

from pages._chapters.uses import networks
from pages._ui.shell import View


def test_the_switches_name_a_network_of_the_task() -> None:
    class Shown:
        state = MappingProxyType({"cell": "gru", "hidden": 64, "text": "x"})

    assert networks.spec(cast("View", Shown), "kaomoji").name == "kaomoji-gru-64-seed0"
