from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page() -> None:
    from pages._chapters.uses import worth
    from pages._ui import shell
    from pages._ui.shell import View
    from rnn_core import figures

    def shown(view: View) -> None:
        lines = [figures.Measured("GRU", 0.9, 0.8, 0.95, cell="gru"), figures.Measured("always no", 0.5)]
        said = {"measure": "accuracy", "method": "Counted.", "share": True, "most_is_best": True}
        worth.how_good(view, figures.worth(lines, **said, **view.style), "It takes <b>σ</b> for a word.")

    shell.show(shown)


def test_the_block_asks_draws_and_shows_where_it_fails_as_text() -> None:
    at = AppTest.from_function(page, default_timeout=60)
    at.run()
    assert not at.exception
    html = "".join(one.proto.body for one in at.get("html"))
    assert 'id="worth"' in html
    assert "It takes &lt;b&gt;σ&lt;/b&gt; for a word." in html
    (chart,) = at.get("plotly_chart")
    assert "90.0%" in chart.proto.alt
