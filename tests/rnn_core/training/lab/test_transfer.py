"""A run that comes back as it went, and files that only look like one."""

from __future__ import annotations

import io
import pickle
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.training.lab import limits
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, SPEC, digest
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.loop import begin_run, train
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.transfer import export_run, import_run
from tests.rnn_core.training.lab.test_turns import compute

if TYPE_CHECKING:
    from pathlib import Path

    from rnn_core.training.lab.limits import TaskName

SPEC_OF = TrainSpec(task="adding", length=6, cell="lstm", hidden=2, batch=4, steps=12)
NAME = f"{SNAPSHOTS}/000006.safetensors"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    made = Runs(tmp_path_factory.mktemp("runs"))
    made.submit(SPEC_OF, "one")
    made.index.take()
    compute(made, SPEC_OF, how=train)
    return made


@pytest.fixture(scope="module")
def exported(runs: Runs) -> bytes:
    return export_run(runs, runs.of_visitor("one")[0])


def parts(exported: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return file.getvalue()


def refused(runs: Runs, content: bytes, code: str = "lab_file") -> str:
    before = sorted(runs.trainings.iterdir())
    with pytest.raises(KiokuError) as caught:
        import_run(runs, content, "two")
    assert caught.value.code == code
    assert sorted(runs.trainings.iterdir()) == before
    return str(caught.value.values.get("part"))


def test_a_run_comes_back_as_it_went(runs: Runs, exported: bytes, tmp_path: Path) -> None:
    first = runs.of_visitor("one")[0]
    for where in (runs, Runs(tmp_path)):
        again = import_run(where, exported, "two")
        assert import_run(where, exported, "two") == again
        assert where.status(again).state == "finished"
        assert where.spec(again) == SPEC_OF
        assert where.events_since(again) == runs.events_since(first)
        assert where.snapshot(again) == runs.snapshot(first)
        assert export_run(where, again) == exported
        where.index.path.unlink()
        assert where.status(again).state == "finished"  # from the folders
        assert where.index.take() is None


@pytest.mark.parametrize("task", LENGTHS)
def test_every_task_s_run_comes_back(task: TaskName, tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    length = int(LENGTHS[task].low)
    both = task in ("adding", "recall")
    asked = TrainSpec(task=task, length=length, cell="gru", hidden=3, layers=2, bidirectional=both, batch=4, steps=2)
    run = runs.submit(asked, "one")
    runs.index.take()
    compute(runs, asked, how=train)
    again = import_run(runs, export_run(runs, run), "two")
    assert runs.events_since(again) == runs.events_since(run)


def test_nobody_who_trains_the_same_gets_what_was_imported(exported: bytes, tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    import_run(runs, exported, "two")
    run = runs.submit(SPEC_OF, "three")
    assert runs.status(run).state == "queued"


def test_a_run_that_was_cancelled_is_shown_and_then_computed_here(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    run = runs.submit(SPEC_OF, "one")
    runs.index.take()
    compute(runs, SPEC_OF, "running", train)
    with runs.index.change() as connection:
        connection.execute("update runs set state = 'cancelled', seen = 7")
    content = export_run(runs, run)
    runs.delete(run, "one")
    again = import_run(runs, content, "two")
    assert (runs.status(again).state, runs.status(again).events) == ("cancelled", 7)
    runs.go_on(again, "two")
    assert runs.status(again).state == "queued"
    assert runs.index.take() == SPEC_OF.id
    assert [path.name for path in runs.trainings.iterdir()] == [SPEC_OF.id]


def test_what_is_no_run_is_refused(runs: Runs, exported: bytes) -> None:
    good = parts(exported)
    assert NAME in good
    for harm, part in (
        ({SPEC: None}, SPEC),
        ({SPEC: b"{}"}, SPEC),
        ({SPEC: SPEC_OF.model_copy(update={"steps": 13}).canonical.encode()}, EVENTS),
        ({SPEC: good[SPEC].replace(b'"steps":12', b'"steps":20001')}, SPEC),
        ({SPEC: good[SPEC].replace(b'"hidden":2', b'"hidden": 2')}, SPEC),
        ({EVENTS: None}, EVENTS),
        ({EVENTS: b""}, EVENTS),
        ({EVENTS: good[EVENTS].replace(b'{"n":4', b'{"n":5')}, EVENTS),
        ({EVENTS: good[EVENTS].replace(b'"n":4', b'"m":4')}, EVENTS),
        ({EVENTS: good[EVENTS] + b'{"n":%d,"step":12,"kind":"finished"}\n' % good[EVENTS].count(b"\n")}, EVENTS),
        ({EVENTS: good[EVENTS].replace(b'"step":12', b'"step":13')}, EVENTS),
        ({EVENTS: good[EVENTS].replace(b'"reach":"', b'"reach":"AAAAAA==')}, EVENTS),
        ({EVENTS: good[EVENTS].replace(b'"states":"', b'"states":"AACAPwAAgD8')}, EVENTS),
        ({NAME: pickle.dumps(["harmless"])}, NAME),
        ({NAME: good[NAME][:-1]}, NAME),
        ({"notes.txt": b""}, "notes.txt"),
        ({"../outside": b""}, "../outside"),
        ({"/etc/passwd": b""}, "/etc/passwd"),
        ({f"{SNAPSHOTS}/../../x.safetensors": b""}, f"{SNAPSHOTS}/../../x.safetensors"),
        ({f"{SNAPSHOTS}/999999.safetensors": good[NAME]}, f"{SNAPSHOTS}/999999.safetensors"),
    ):
        content = {name: value for name, value in {**good, **harm}.items() if value is not None}
        assert refused(runs, packed(content)) == part
    assert refused(runs, b"") == refused(runs, pickle.dumps(good)) == "ZIP"


def test_a_snapshot_that_is_none_is_refused_though_its_event_knows_it(runs: Runs, exported: bytes) -> None:
    good = parts(exported)
    header = (1 << 40).to_bytes(8, "little") + b'{"state":{"dtype":"F64","shape":[1099511627776],"data_offsets":[0,8]}}'
    larger = SPEC_OF.model_copy(update={"hidden": 3})
    for lie in (pickle.dumps(["harmless"]), header, good[NAME][:60], begin_run(larger).to_bytes()):
        events = good[EVENTS].replace(digest(good[NAME]).encode(), digest(lie).encode())
        assert refused(runs, packed({**good, EVENTS: events, NAME: lie})) == NAME


def test_a_file_is_bounded_packed_and_unpacked(runs: Runs, exported: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE", 1 << 20)
    refused(runs, b"x" * (1 << 21), "lab_file_size")
    bomb = packed({**parts(exported), EVENTS: b" " * (1 << 24)})
    assert len(bomb) < 1 << 20
    refused(runs, bomb, "lab_file_size")
    size = (1 << 24).to_bytes(4, "little")
    assert size in bomb
    assert refused(runs, bomb.replace(size, (100).to_bytes(4, "little"))) == EVENTS  # it says that it is smaller
    many = packed({f"{SNAPSHOTS}/{number:06d}.safetensors": b"" for number in range(500)})
    assert refused(runs, many) == f"{SNAPSHOTS}/000024.safetensors"


@settings(max_examples=30)
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_damaged_file_is_refused_or_is_the_same_run(runs: Runs, exported: bytes, at: float, byte: int) -> None:
    damaged = bytearray(exported)
    damaged[int(at * len(exported))] = byte
    try:
        again = import_run(runs, bytes(damaged), "three")
    except KiokuError as error:
        assert error.code in ("lab_file", "lab_file_size")  # noqa: PT017
    else:
        assert runs.events_since(again) == runs.events_since(runs.of_visitor("one")[0])
