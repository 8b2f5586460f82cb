"""One step of a cell as a script writes it, from the equations of the table of quantities, with torch alone.

It is written from the table and not from `recurrent/cells.py`: the script must do without this library, and is so also
a check that the equations on the screen are those that are computed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from rnn_core.quantities import QUANTITIES, Recurrent

# The letters of torch's gates and what the equations call the weights, from torch's stacked ones.
WEIGHTS: Mapping[Recurrent, str] = {
    "rnn": """\
W_xh, b = W_ih, b_ih + b_hh
""",
    "lstm": """\
W_xi, W_xf, W_xg, W_xo = W_ih.chunk(4)  # torch stacks the gates in this order
W_hi, W_hf, W_hg, W_ho = W_hh.chunk(4)
b_i, b_f, b_g, b_o = (b_ih + b_hh).chunk(4)
""",
    "gru": """\
W_xr, W_xz, W_xn = W_ih.chunk(3)  # torch stacks the gates in this order
W_hr, W_hz, W_hn = W_hh.chunk(3)
b_r, b_z, _ = (b_ih + b_hh).chunk(3)
b_xn, b_hn = b_ih.chunk(3)[2], b_hh.chunk(3)[2]  # the reset gate stands between these two
""",
}
GIVEN = {"x_t": "x", "h_{t-1}": "h", "c_{t-1}": "c"}
SIGNS = {"⊙": "*", "−": "-", "σ(": "torch.sigmoid(", "tanh(": "torch.tanh("}
NAME = re.compile(r"[A-Za-z]+_(\{[^}]*\}|\w)")


def write_step(cell: Recurrent) -> str:
    """The function `step` of a cell: its equation and a line for each quantity, each computed from those before it.

    Example:
        >>> print(write_step("rnn"))
        def step(t, x, h, c):
            # a_t = W_{hh} h_{t-1} + W_{xh} x_t + b
            preactivation = clamped(t, preactivation=W_hh @ h + W_xh @ x + b)
            # h_t = tanh(a_t)
            hidden_state = clamped(t, hidden_state=torch.tanh(preactivation))
            return hidden_state, c
        <BLANKLINE>
    """
    rows = QUANTITIES.of(cell)
    names = GIVEN | {row.forms[cell].symbol: row.key for row in rows}
    known: dict[str, str] = {}
    lines = ["def step(t, x, h, c):"]
    for row in rows:
        form = row.forms[cell]
        right = ast.parse(in_python(form.equation, names), mode="eval").body
        told = ast.dump(right)
        value = ast.unparse(_Known(known).visit(right))
        known[told] = row.key
        lines += [f"    # {form.symbol} = {form.equation}", f"    {row.key} = clamped(t, {row.key}={value})"]
    handed_on = "cell_state" if any(row.key == "cell_state" for row in rows) else "c"
    return "\n".join([*lines, f"    return {rows[-1].key}, {handed_on}", ""])


def in_python(equation: str, names: Mapping[str, str]) -> str:
    """The right-hand side of an equation of the table as Python.

    Args:
        equation: in the markup of `quantities.py`.
        names: what its symbols are called; any other is called as it is written, without its braces.

    Example:
        >>> in_python("σ(W_{hi} h_{t-1} + b_i) ⊙ g_t", {"h_{t-1}": "h", "g_t": "cell_candidate"})
        'torch.sigmoid(W_hi @ h + b_i) * cell_candidate'
    """
    for sign, python in SIGNS.items():
        equation = equation.replace(sign, python)
    equation = re.sub(r"(W_\{\w+\}) ", r"\1 @ ", equation)
    return NAME.sub(lambda found: names.get(found[0], re.sub(r"[{}]", "", found[0])), equation)


class _Known(ast.NodeTransformer):
    """Puts a quantity that is known already in the place of its own right-hand side, so that a clamp of it is followed.

    A node is told by what `ast.dump` says of it.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = known

    def visit(self, node: ast.AST) -> ast.AST:
        """The name of what it gives, where that has one."""
        key = self.known.get(ast.dump(node))
        return ast.Name(key, ast.Load()) if key else self.generic_visit(node)
