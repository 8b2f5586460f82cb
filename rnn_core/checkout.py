"""The files that come with Kioku and are read while it runs: what a message calls them, and whether they are whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from rnn_core.errors import KiokuError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]

Form = TypeVar("Form")
Found = TypeVar("Found")


def named(path: Path) -> str:
    """A file as a message calls it: from the checkout's root on, and of a file elsewhere its name alone.

    Nobody but the machine's owner needs to know where on it the checkout lies.

    Example:
        >>> named(ROOT / "rnn_core" / "locale" / "en" / "ui.po"), named(Path("/somewhere/else/ui.po"))
        ('rnn_core/locale/en/ui.po', 'ui.po')
    """
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def manifest(path: Path, form: TypeAdapter[Form]) -> Form:
    """What a manifest, a JSON file beside the weights, says.

    Args:
        path: the file.
        form: checks what it must hold; what else is in it is left out.

    Raises:
        KiokuError: there is no such file, it is no JSON, or it holds something else.
    """
    try:
        return form.validate_json(path.read_bytes(), strict=True)
    except FileNotFoundError:
        raise KiokuError("manifest_missing", path=named(path)) from None
    except (OSError, ValidationError):
        raise KiokuError("manifest_damaged", path=named(path)) from None


def data(path: Path, read: Callable[[bytes], Found]) -> Found:
    """What a file of data holds that comes with the code and is made by nobody else.

    Args:
        path: the file.
        read: reads its bytes, and raises a ValueError where they are not what it expects.

    Raises:
        KiokuError: there is no such file, or it holds something else.
    """
    try:
        return read(path.read_bytes())
    except (OSError, ValueError):
        raise KiokuError("data_damaged", path=named(path)) from None


def table(path: Path, form: TypeAdapter[Form]) -> Form:
    """The same of a JSON file.

    Args:
        path: the file.
        form: checks what it must hold.
    """
    return data(path, lambda raw: form.validate_json(raw, strict=True))
