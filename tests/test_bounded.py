"""No cache grows with what readers type: it is kept by `memo`, bounded in bytes, or has few keys by its nature."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.reading import ROOT, plant, sources, tree

if TYPE_CHECKING:
    from pathlib import Path

# A cache without a bound may have parameters of which there are few values by their type, …
FEW = re.compile(r"bool|Literal\[.*\]|Pieces|Clip|TaskName|Chapter")
# … or others, which only our own tables and files fill. Whatever a reader types, or an address says, is none of these.
BOUNDED = {
    "rnn_core/figures/symbols.py: html": "the symbols of the table of quantities",
    "rnn_core/figures/words.py: _lines": "the glosses of the catalogue",
    "rnn_core/messages.py: _loaded": "two languages",
    "rnn_core/messages.py: _rule": "two languages",
    "pages/_ui/own_files.py: _until_the_end": "one a session, and what is in it has a bound",
    "pages/_ui/shell.py: _brand": "two languages",
    "rnn_core/forgetting.py: shut": "three cells",
    "rnn_core/models/meanings.py: _usual_lengths": "tasks",
    "rnn_core/models/meanings.py: _texts": "tasks",
    "rnn_core/own/packaged.py: find_packaged": "files that come with the app",
    "rnn_core/sound/clips.py: symbol": "clips",
    "rnn_core/tasks/feelings.py: split": "tasks",
    "rnn_core/tasks/music/melodies.py: every_melody": "the file of melodies",
    "rnn_core/tasks/references.py: _known": "tasks",
    "rnn_core/training/feelings.py: encoded": "tasks",
    "rnn_core/training/lab/uses.py: written_texts": "tasks, either part",
    "rnn_core/training/lab/uses.py: felt_texts": "tasks, either part",
    "rnn_core/training/lab/uses.py: melody_lines": "either part",
    "rnn_core/training/lab/uses.py: spoken_digits": "either part",
    "rnn_core/training/manifests.py: _adapter": "the forms of manifests",
    "rnn_core/training/music.py: learned": "one task",
    "rnn_core/training/music.py: held_out": "one task",
    "rnn_core/training/music.py: ngram": "four orders",
    "rnn_core/training/translators.py: data_of": "tasks",
    "rnn_core/training/written.py: sentences": "tasks",
    "rnn_core/training/written.py: ngram": "tasks",
    "rnn_core/translation/registry.py: task_tokenizer": "tasks",
    # Bounded in number, and so in bytes: one of them at most, times how many.
    "pages/_ui/controls.py: option_name": "1024 options, of at most so many letters as a network's name",
    "pages/_chapters/attention/three_networks.py: _named": "64 specs, of options",
    "pages/_ui/network.py: _named": "256 specs, of options and a seed",
    "pages/_ui/classroom/rooms.py: _read": "ballots, which have at most so many options of so many letters",
    "rnn_core/models/family.py: _memoized": "64 networks of at most 4 MiB",
    "rnn_core/segmentation/model.py: segmenter": "one network",
    "rnn_core/segmentation/search.py: _words": "4096 sentences of a grammar",
    "rnn_core/sound/spectrogram.py: _triangles": "16 filters of at most 0.3 MiB",
    "rnn_core/tasks/written/corpus.py: _barred": "4096 rows of some hundred outputs",
    "rnn_core/training/lab/opened.py: _tokenizer": "16 vocabularies",
    "rnn_core/training/lab/tasks.py: held_out": "64 batches of at most 0.9 MiB",
}


# What a module holds that is there from its beginning and changes, and why it does not grow with what readers type.
STORES = {
    "pages/_ui/classroom/phone.py: _phones": "the connections that are open, 600 at most",
    "pages/_ui/classroom/phone.py: _seen": "one for each of 50 rooms",
    "pages/_ui/components/assets.py: COMPONENTS": "files of the checkout",
    "pages/_ui/components/assets.py: _damaged": "files of the checkout",
    "pages/_ui/head_start.py: _awaited": "one a session, which holds it",
    "pages/_ui/uploads.py: _fields": "one a session, which holds it",
    "pages/_ui/uploads.py: _coming": "two of a session, while they come",
    "rnn_core/training/espeak.py: _parts": "the sounds of one word, in a tool",
    "rnn_core/training/lab/engine.py: _engines": "folders for data, of which a server has one",
    "rnn_core/training/lab/folder.py: _known": "256 trainings",
    "rnn_core/training/lab/worker.py: _stopped": "what is to be stopped of what is computed",
}
CHANGES = re.compile(r"(dict|list|set|deque|defaultdict|Counter|OrderedDict|Weak\w+)(\[.*\])?")


def stores(root: Path) -> list[str]:
    """Everything empty that a module holds and that can be filled."""
    found = []
    for path in sources(root, ("app.py", "pages", "rnn_core")):
        for node in tree(path).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _fillable(node.value):
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                found.append(f"{path.relative_to(root).as_posix()}: {ast.unparse(target)}")
    return found


def _fillable(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return not value.args and bool(CHANGES.fullmatch(ast.unparse(value.func).rpartition(".")[2]))
    return ast.unparse(value) in ("{}", "[]")


def caches(root: Path) -> dict[str, str]:
    """Every function that keeps what it has returned, unless it can only have few things to keep, and why it is one."""
    found = {}
    for path in sources(root, ("app.py", "pages", "rnn_core")):
        for node in ast.walk(tree(path)):
            for name in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
                if said := _grows(node, ast.unparse(name)):
                    found[f"{path.relative_to(root).as_posix()}: {node.name}"] = said
    return found


def _grows(function: ast.FunctionDef, decorator: str) -> str:
    if re.match(r"(st\.|streamlit\.)?cache_(data|resource)", decorator):
        return "of one session" if "scope='session'" in decorator else "kept by Streamlit"
    if re.match(r"(functools\.)?lru_cache", decorator):
        return "bounded in number only" if re.search(r"\((maxsize=)?(?!None)[A-Z\d]", decorator) else "no bound"
    if re.fullmatch(r"(functools\.)?cached_property", decorator):
        return "filled later" if function.returns and CHANGES.fullmatch(ast.unparse(function.returns)) else ""
    if not re.fullmatch(r"(functools\.)?cache", decorator):
        return ""
    asked = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    open_ended = [one.arg for one in asked if not FEW.fullmatch(ast.unparse(one.annotation) if one.annotation else "")]
    return f"no bound: {', '.join(open_ended)}" if open_ended else ""


def test_whatever_keeps_what_readers_type_is_bounded_in_bytes() -> None:
    found = caches(ROOT)
    assert sorted(found) == sorted(BOUNDED)
    assert not [name for name, said in found.items() if said in ("no bound", "kept by Streamlit", "filled later")]
    assert sorted(stores(ROOT)) == sorted(STORES)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("@cache\ndef f(words: tuple[str, ...]): ...", "no bound: words"),
        ("@functools.cache\ndef f(*, text): ...", "no bound: text"),
        ("@lru_cache\ndef f(text: str): ...", "no bound"),
        ("@lru_cache(maxsize=None)\ndef f(text: str): ...", "no bound"),
        ("@lru_cache(maxsize=KEPT)\ndef f(text: str): ...", "bounded in number only"),
        ("@cached_property\ndef f(self) -> dict[str, bytes]: ...", "filled later"),
        ("@st.cache_data\ndef f(text: str): ...", "kept by Streamlit"),
        ("@st.cache_resource(max_entries=3)\ndef f(): ...", "kept by Streamlit"),
    ],
)
def test_a_cache_that_grows_is_found(tmp_path: Path, source: str, said: str) -> None:
    plant(tmp_path, "pages/_chapters/cell/computed.py", source)
    assert caches(tmp_path) == {"pages/_chapters/cell/computed.py: f": said}


def test_what_can_only_have_few_things_to_keep_is_no_breach(tmp_path: Path) -> None:
    plant(tmp_path, "rnn_core/models/kept.py", "@cache\ndef f(): ...\n@cache\ndef g(by: Pieces, *, of: bool): ...")
    assert caches(tmp_path) == {}


@pytest.mark.parametrize("source", ["_seen: dict[str, int] = {}", "_seen = collections.OrderedDict()", "_seen = set()"])
def test_what_a_module_fills_as_it_goes_is_found(tmp_path: Path, source: str) -> None:
    plant(tmp_path, "rnn_core/models/kept.py", f"{source}\nNAMES = {{'a': 1}}\nBOTH = set(NAMES)")
    assert stores(tmp_path) == ["rnn_core/models/kept.py: _seen"]
