"""No code changes or draws from what all threads of a process share, as the readers of a server do."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.reading import ROOT, called, plant, sources, tree

if TYPE_CHECKING:
    from pathlib import Path

# What changes, or draws from, what all threads of a process share; one module may, and the others ask it.
SHARED_BY_ALL, ALONE_MAY = (
    (
        r"manual_seed|manual_seed_all|fork_rng|set_rng_state|set_num_threads|set_num_interop_threads|threadpool_limits|setswitchinterval|set_flush_denormal"
        r"|use_deterministic_algorithms|set_default_dtype|set_default_device|(np|numpy)\.random\.(?!default_rng|Generator)\w+"
        r"|random\.(?!Random|default_rng|Generator)\w+"
        r"|set_float32_matmul_precision|set_printoptions|set_warn_always|set_deterministic_debug_mode|setrecursionlimit"
        r"|set_int_max_str_digits|setlocale|tzset|chdir|umask|putenv|setdefaulttimeout|field_size_limit|basicConfig"
        r"|catch_warnings|simplefilter|filterwarnings|(os\.)?environ\.(setdefault|update|pop|clear)"
    ),
    "rnn_core/runtime.py",
)
# Before there is a second thread, or where there is none.
AS_IT_STARTS = ("pages/_ui/server.py", "pages/_ui/installed.py", "bench/kills.py", "bench/lens.py", "bench/waiting.py")
DRAWN = ("rand", "randn", "randint", "randperm", "bernoulli", "multinomial", "normal", "dropout")


def process_wide(root: Path) -> list[str]:
    found = []
    for path in sources(root, ("app.py", "pages", "rnn_core", "docs", "bench")):
        file = path.relative_to(root).as_posix()
        for node in ast.walk(tree(path)) if file not in (ALONE_MAY, *AS_IT_STARTS) else ():
            if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                found += [f"{file}: {ast.unparse(node)}"] if ast.unparse(node.value).endswith("environ") else []
            elif isinstance(node, ast.Attribute):
                name = ast.unparse(node)
                if re.fullmatch(SHARED_BY_ALL, node.attr) or re.fullmatch(f"(torch\\.)?({SHARED_BY_ALL})", name):
                    found.append(f"{file}: {name}")
            elif isinstance(node, ast.ImportFrom) and (
                taken := [a.name for a in node.names if _global(node.module, a)]
            ):
                found.append(f"{file}: {', '.join(taken)}")
            elif called(node) in DRAWN and ast.unparse(node.func).startswith("torch."):
                found += [] if "generator" in [word.arg for word in node.keywords] else [f"{file}: {ast.unparse(node)}"]
    return found


def _global(module: str | None, alias: ast.alias) -> bool:
    return bool(re.fullmatch(SHARED_BY_ALL, f"{module}.{alias.name}") or re.fullmatch(SHARED_BY_ALL, alias.name))


def test_nothing_that_all_threads_share_is_touched() -> None:
    assert process_wide(ROOT) == []


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ntorch.manual_seed(0)",
        "import torch\ng = torch.Generator().manual_seed(0)",
        "import torch\nwith torch.random.fork_rng(devices=[]):\n    pass",
        "import torch\ndef f():\n    torch.set_num_threads(1)",
        "import torch\ntorch.use_deterministic_algorithms(True)",
        "from torch import manual_seed",
        "from torch.random import fork_rng as fork",
        "import numpy as np\nnp.random.seed(0)",
        "import numpy as np\nx = np.random.rand(3)",
        "import random\nrandom.seed(0)",
        "import random\nrandom.choice([1])",
        "from random import shuffle",
        "import torch\ntorch.randn(3)",
        "import torch\ntorch.set_float32_matmul_precision('high')",
        "import os\nos.environ['A'] = '1'",
        "from os import environ\ndel environ['A']",
        "import os\nos.environ.setdefault('A', '1')",
        "import locale\nlocale.setlocale(locale.LC_ALL, '')",
        "import warnings\nwarnings.filterwarnings('ignore')",
        "from warnings import catch_warnings",
    ],
)
def test_what_all_threads_share_is_found_where_it_is_touched(tmp_path: Path, source: str) -> None:
    plant(tmp_path, "rnn_core/models/registry.py", source)
    plant(tmp_path, ALONE_MAY, source)
    assert [line.split(":")[0] for line in process_wide(tmp_path)] == ["rnn_core/models/registry.py"]


def test_a_generator_of_ones_own_is_no_breach(tmp_path: Path) -> None:
    own = "import random, torch\nimport numpy as np\nrandom.Random(1)\nnp.random.default_rng(0)\n"
    plant(tmp_path, "rnn_core/models/registry.py", own + "torch.rand(3, generator=one)\n'torch.manual_seed(0)'")
    assert process_wide(tmp_path) == []
