from streamlit.testing.v1 import AppTest

from bench.charts import Size, floor_query
from bench.server import FLOOR


def test_the_floor_draws_the_charts_that_it_is_told() -> None:
    sizes = [Size(6, 16, 630, 358), Size(3, 1, 1104, 196)]
    query = floor_query(sizes)
    assert query == "chart=6x16x630x358&chart=3x1x1104x196"
    app = AppTest.from_file(str(FLOOR))
    app.query_params["chart"] = [part.partition("=")[2] for part in query.split("&")]
    app.run(timeout=30)
    assert not app.exception
    assert len(app.get("plotly_chart")) == len(sizes)
