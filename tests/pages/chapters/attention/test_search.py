from __future__ import annotations

from math import isclose, log

from pages._chapters.attention import computed
from pages._chapters.attention.decoded import END
from pages._chapters.attention.search import branches
from rnn_core.specs import TranslatorSpec

KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)


def test_the_branches_are_the_beginnings_that_were_kept_each_after_its_parent() -> None:
    found = computed.beam(KATAKANA, tuple("tokyo"), 3)
    drawn = branches(found)
    kept = [node for node in found.nodes if node.in_beam]
    assert [branch.log_probability for branch in drawn] == [node.log_probability for node in kept]
    assert [branch.token for branch in drawn] == [END if node.ends else node.token for node in kept]
    for place, branch in enumerate(drawn):
        if branch.parent is None:
            assert branch.step == 1
            assert isclose(branch.log_probability, log(branch.probability))
        else:
            parent = drawn[branch.parent]
            assert branch.parent < place
            assert branch.step == parent.step + 1
            assert isclose(branch.log_probability, parent.log_probability + log(branch.probability), abs_tol=1e-9)
