from __future__ import annotations

import os

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench import ws_load
from bench.ws_load import Found, Load, Session, quantile, resident
from pages._ui.words import markdown
from rnn_core.messages import text


def session() -> Session:
    return Session(Load("http://127.0.0.1:8501", page="cell", widget="hidden"), 0, Found())


def drawn(kind: str, name: str, label: str = "", options: tuple[str, ...] = ()) -> bytes:
    message = ForwardMsg()
    widget = getattr(message.delta.new_element, kind)
    widget.id, widget.label = name, label
    for option in options:
        widget.options.add().content = option
    return bytes(message.SerializeToString())


def test_a_quantile_is_one_of_the_values() -> None:
    assert quantile([], 0.5) is None
    assert [quantile([3.0, 1.0, 2.0], share) for share in (0, 0.5, 0.95, 1)] == [1.0, 2.0, 3.0, 3.0]


def test_the_wanted_control_is_found_and_gets_another_value() -> None:
    reader = session()
    reader.take(drawn("button_group", "$$ID-1-cell", "Cell", ("RNN", "GRU")))
    reader.take(drawn("button_group", "$$ID-2-hidden", "Size", ("8", "16")))
    name = reader.control()
    assert name == "$$ID-2-hidden"
    reader.change(name)
    first = reader.values[name]
    reader.change(name)
    assert {first, reader.values[name]} == {"8", "16"}
    request = BackMsg()
    request.ParseFromString(reader.request())
    assert request.rerun_script.widget_states.widgets[0].string_array_value.data == [reader.values[name]]


def test_a_page_without_the_control_is_an_error_that_says_what_there_is() -> None:
    reader = session()
    reader.take(drawn("button_group", "$$ID-1-cell", "Cell", ("RNN",)))
    with pytest.raises(LookupError, match=r"hidden.*ID-1-cell"):
        reader.control()


def test_an_exception_on_the_page_is_counted() -> None:
    reader, message = session(), ForwardMsg()
    message.delta.new_element.exception.type = "ValueError"
    message.delta.new_element.exception.message = "no"
    assert reader.take(message.SerializeToString()) is None
    assert reader.found.errors == ["ValueError: no"]


def test_what_nobody_foresaw_on_a_page_is_counted() -> None:
    reader, message = session(), ForwardMsg()
    message.delta.new_element.alert.body = said = markdown(text("ui.unforeseen", "ja"))
    reader.take(message.SerializeToString())
    message.delta.new_element.alert.body = "a warning of the page's own"
    reader.take(message.SerializeToString())
    assert reader.found.errors == [said]


def test_the_end_of_a_run_is_seen() -> None:
    message = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    assert session().take(message.SerializeToString()) == ws_load.FINISHED


def test_a_process_has_a_size() -> None:
    assert resident(os.getpid()) > 10
    assert resident(2**22 + 1) == 0.0


@pytest.mark.parametrize("wrong", [["--url", "http://192.0.2.1"], ["--sessions", "0"], ["--seconds", "9999"]])
def test_it_loads_this_machine_only_and_not_for_ever(wrong: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["ws_load", *wrong])
    with pytest.raises(SystemExit):
        ws_load.asked()
