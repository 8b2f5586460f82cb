import os

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.process import cpu, memory
from bench.visit import Reader
from bench.ws_load import Load


def reader() -> Reader:
    return Reader(Load("http://127.0.0.1:8501", page="cell", blind=True))


def test_every_folded_part_that_was_seen_is_opened() -> None:
    message, one = ForwardMsg(), reader()
    message.delta.add_block.popover.id = "$$ID-1-more"
    one.take(message.SerializeToString())
    one.unfold()
    request = BackMsg()
    request.ParseFromString(one.request())
    assert [(w.id, w.bool_value) for w in request.rerun_script.widget_states.widgets] == [("$$ID-1-more", True)]
    assert not request.rerun_script.context_info.url


def test_a_chart_is_known_by_its_key() -> None:
    message, one = ForwardMsg(), reader()
    chart = message.delta.new_element.plotly_chart
    chart.id, chart.spec = "$$ID-abc-chart_hidden_state", "{}"
    one.take(message.SerializeToString())
    assert one.charts == {"chart_hidden_state": "{}"}


def test_a_drawing_is_known_by_its_name() -> None:
    message, one = ForwardMsg(), reader()
    drawn = message.delta.new_element.bidi_component
    drawn.component_name, drawn.json = "kioku_transformer_layers", "[{}]"
    one.take(message.SerializeToString())
    assert one.charts == {"transformer_layers": "[{}]"}


def test_a_process_has_used_something() -> None:
    assert cpu(os.getpid()) > 0
    assert memory(os.getpid(), "VmHWM") >= memory(os.getpid()) * 0.9 > 1
    assert cpu(2**22 + 1) == memory(2**22 + 1) == 0
