"""The browser's side of the drawings as modules: one of what all share, and one a part, which a browser keeps.

A module's name holds a digest of its text, so a browser that was here before asks for none of them again, and one that
opens a page asks for what that page draws. There is no bundler: a part names nothing that it imports. What the shared
scripts declare at their beginnings of lines is known in every part that mentions it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from pages._ui.base_path import below_base

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

DECLARED = re.compile(r"^(?:export default )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
GONE = {"Cache-Control": "no-store"}
TRIES = 5
# The promise of a module; one that does not come is asked for again.
FETCHED = """((at, come) => (come = (n) => import(at + (n ? "?" + n : "")).catch(async (error) => {
  if (n === %d) throw error;
  await new Promise((wait) => setTimeout(wait, 250 << n));
  return come(n + 1);
}))(0))(new URL(%s, location.origin))"""
# Streamlit calls it whenever its data changes, which may be before the part has come: then it waits, and what it was
# called with last is drawn. What it returns ends it, and the waiting. It is sent with every draw, so it is short.
STUB = """const LAST = new WeakMap();
let part;
const coming = %s.then((module) => { part = module.default; });
export default (component) => {
  const root = component.parentElement, waiting = new AbortController();
  let stop;
  const draw = () => { if (!waiting.signal.aborted) stop = part({ ...component, data: component.data[0] }); };
  LAST.get(root)?.abort();
  LAST.set(root, waiting);
  part ? draw() : coming.then(draw);
  return () => { waiting.abort(); stop?.(); };
};
"""


@dataclass(frozen=True)
class Module:
    """A script that a browser asks for, and what it is of."""

    name: str
    text: str

    @property
    def file(self) -> str:
        """What it is asked for as: another text has another name."""
        return f"{self.name}-{hashlib.sha256(self.text.encode()).hexdigest()[:12]}.js"


def shared_module(scripts: str, base: str) -> Module:
    """What all parts know: the scripts, and the drawings' first styles as `BASE`."""
    text = f"{scripts}\nconst BASE = {json.dumps(base)};\n"
    return Module("shared", f"{text}export {{ {', '.join(DECLARED.findall(text))} }};\n")


def part_module(name: str, shared: Module, scripts: str, html: str, styles: Sequence[str], *, alone: bool) -> Module:
    """A part: what draws it, which is the one export of its scripts, its markup and its styles.

    Args:
        name: the part's name.
        shared: what it imports from.
        scripts: its own.
        html: its markup.
        styles: its own.
        alone: without the styles that the drawings share.
    """
    sheets = ", ".join(([] if alone else ["BASE"]) + [json.dumps(style) for style in styles])
    draws = scripts.replace("export default function", "const DRAWS = function")
    text = f"{draws}\nexport default toComponent({{ html: {json.dumps(html)}, styles: [{sheets}], draw: DRAWS }});\n"
    imported = imports(text, shared)
    return Module(name, f'import {{ {", ".join(imported)} }} from "./{shared.file}";\n{text}')


def imports(text: str, shared: Module) -> list[str]:
    """What a part takes of the shared module: what it mentions there and declares no other thing by that name."""
    mentioned = set(re.findall(r"\w+", text)) - set(DECLARED.findall(text))
    return [name for name in DECLARED.findall(shared.text) if name in mentioned]


def stub(module: Module) -> str:
    """The few lines that Streamlit sends with every draw of a component: they fetch its part and call it."""
    return STUB % fetched(module)


def fetched(module: Module) -> str:
    """The promise of a module, in JavaScript."""
    return FETCHED % (TRIES, json.dumps(address(module.file)))


def address(file: str) -> str:
    """Where a module is, below this server's name."""
    return below_base(f"/parts/{file}")


def route(modules: Callable[[], Mapping[str, Module]]) -> Route:
    """What the app answers a browser with that asks for one of these, by file."""

    async def answer(request: Request) -> Response:
        found = modules().get(request.path_params["file"])
        text, status, headers = (found.text, 200, KEPT) if found else ("", 404, GONE)
        return Response(text, status, headers, "text/javascript")

    return Route(address("{file}"), answer)
