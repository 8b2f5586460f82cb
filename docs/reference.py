"""docs/reference.md, written from the tables in the code: `python -m docs.reference`. A test compares the two."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import rnn_core
from pages._ui.address import CONTROLS, controls_of
from pages._ui.chapter import Control
from pages._ui.shell import CHAPTERS
from rnn_core.messages import catalogue
from rnn_core.quantities import QUANTITIES, Quantity

REFERENCE = Path(__file__).with_name("reference.md")
SYMBOLS = {cell: cell.upper() for cell in ("rnn", "lstm", "gru")}
SYMBOLS |= {"bidirectional": "bidirectional LSTM", "attentive": "LSTM with attention"}
SYMBOLS |= {"attention": "attention", "transformer": "Transformer", "mingru": "minGRU", "minlstm": "minLSTM"}


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
    described = thing if callable(thing) or isinstance(thing, ModuleType) else sys.modules[type(thing).__module__]
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


def pages() -> str:
    """Every chapter: where it is, what it asks, what its address holds."""
    ja, en = catalogue("ja"), catalogue("en")
    rows = [
        (
            "`/`" if row is CHAPTERS[0] else f"`/{row.path}`",
            en[f"{row.name}.question"],
            ja[f"{row.name}.question"],
            ", ".join(f"`{key}`" for key in row.controls),
        )
        for row in CHAPTERS
    ]
    return table(("address", "question", "問い", "controls"), *rows)


def controls() -> str:
    """Every control: its code in an address, what it may be, and what it is when the address is silent.

    Where a chapter has its own form of one that others have too, that stands below.
    """
    rows = []
    for row in CONTROLS.values():
        rows.append((f"`{row.key}`", row))
        rows += [
            (f"`{row.key}` of `/{one.path}`", controls_of(one)[row.key]) for one in CHAPTERS if row.key in one.forms
        ]
    said = [(code, values(row), "" if row.default is None else f"`{row.default}`") for code, row in rows]
    return table(("code", "values", "default"), *said)


def values(row: Control) -> str:
    """What a control may be."""
    named = ", ".join(f"`{option}`" for option in row.options)
    if row.kind == "choice":
        return named
    between = "any text" if row.kind == "text" else f"{row.low} to {row.high}".replace("-", "−")
    return f"{named} or {between}" if named else between


SECTIONS = {
    "Pages": pages,
    "Controls": controls,
    "Public names of `rnn_core`": names,
    "Quantities": quantities,
    "Errors": errors,
}


def reference() -> str:
    """The whole page."""
    head = "# Reference\n\nWritten by `make docs` from the tables in the code; a test compares the two.\n"
    return head + "".join(f"\n## {heading}\n\n{section()}\n" for heading, section in SECTIONS.items())


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
