"""A clock that jumps changes nothing: nobody in the lab asks what time it is, only how much has passed."""

from __future__ import annotations

import ast

from tests.reading import ROOT, sources, tree

JUMPS = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "date.today", "time.localtime", "time.gmtime"}


def test_nobody_asks_what_time_it_is() -> None:
    files = sources(ROOT, ("rnn_core/training/lab",))
    assert files
    found = [
        (path.name, name)
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and (name := ast.unparse(node)) in JUMPS | {"datetime.datetime.now"}
    ]
    assert found == []
    assert not any("st_mtime" in path.read_text(encoding="utf-8") for path in files)
