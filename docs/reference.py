"""docs/reference.md, written from the tables in the code: `python -m docs.reference`, or with `--check` compared."""

from __future__ import annotations

import sys
from pathlib import Path

import rnn_core
from rnn_core.messages import catalogue
from rnn_core.quantities import QUANTITIES, Quantity

REFERENCE = Path(__file__).with_name("reference.md")
SYMBOLS = {cell: cell.upper() for cell in ("rnn", "lstm", "gru")}


def table(*rows: tuple[str, ...]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *body])


def names() -> str:
    """The public names of the library, each with the first line of its docstring."""
    rows = [(f"`rc.{name}`", first_line(getattr(rnn_core, name))) for name in rnn_core.__all__]
    return table(("name", "what it is"), *rows)


def first_line(thing: object) -> str:
    """The first line of a docstring; of a value, that of the module where its kind is at home."""
    described = thing if callable(thing) else sys.modules[type(thing).__module__]
    return (described.__doc__ or "").strip().partition("\n")[0]


def quantities() -> str:
    """Every quantity, with what each cell computes it from."""
    head = ("key", "name", "名前", "equation", "range")
    ja, en = catalogue("ja"), catalogue("en")
    rows = [
        (f"`{row.key}`", en[f"quantities.{row.key}.name"], ja[f"quantities.{row.key}.name"], equations(row), span(row))
        for row in QUANTITIES
    ]
    return table(head, *rows)


def equations(row: Quantity) -> str:
    """How each cell writes a quantity."""
    return "<br>".join(f"{SYMBOLS[cell]}: {form.symbol} = {form.equation}" for cell, form in row.forms.items())


def span(row: Quantity) -> str:
    """The closed range of a quantity."""
    return "unbounded" if row.bounds is None else f"[{row.bounds[0]:g}, {row.bounds[1]:g}]".replace("-", "−")


def errors() -> str:
    """Every code of a KiokuError with its text."""
    texts = catalogue("en")
    rows = [(f"`{key.partition('.')[2]}`", texts[key]) for key in sorted(texts) if key.startswith("errors.")]
    return table(("code", "message"), *rows)


SECTIONS = {
    "Public names of `rnn_core`": names,
    "Quantities": quantities,
    "Errors": errors,
}


def reference() -> str:
    """The whole page."""
    head = "# Reference\n\nWritten by `make docs` from the tables in the code; `make check` compares.\n"
    return head + "".join(f"\n## {heading}\n\n{section()}\n" for heading, section in SECTIONS.items())


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is what the code says."""
    if "--check" not in arguments:
        REFERENCE.write_text(reference(), encoding="utf-8")
        return 0
    if REFERENCE.exists() and REFERENCE.read_text(encoding="utf-8") == reference():
        return 0
    sys.stderr.write("docs/reference.md is not what the code says: run make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
