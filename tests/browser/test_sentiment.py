from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rnn_core.models.feeling_reading import read
from rnn_core.tasks import kaomoji
from rnn_core.tasks.feelings import FACES, SENTENCES, network
from rnn_core.tasks.sentiment import NEGATED
from rnn_core.text.tokenizer import segment
from rnn_core.training.feelings import FEELINGS

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_the_guess_is_made_in_the_drawing_and_judged_there_and_asked_again_of_another_text(visit: Visit) -> None:
    words = segment(NEGATED).tokens
    settled = read(network(SENTENCES, "gru"), words).settled
    page = visit("sentiment", text=NEGATED, lang="en", cell="gru")
    drawing = page.locator(".st-key-drawing")
    drawing.locator(".token").nth(settled).click()
    drawing.locator("button.main").click()
    page.wait_for_url(f"**guess_settled={settled + 1}*")
    assert drawing.locator(".finding").inner_text().startswith("Correct.")
    assert drawing.locator(".mark.settled").is_visible()
    drawing.get_by_role("button", name="Guess again").click()
    drawing.locator(".stage").focus()
    page.keyboard.press("Home")
    drawing.locator("button.main").click()
    page.wait_for_url("**guess_settled=1*")
    assert (
        drawing.locator(".finding").inner_text().startswith("Correct." if settled == 0 else ("Nearly.", "Not quite."))
    )
    page.get_by_role("button", name="a smile, then むっ").click()
    page.wait_for_url("**reads=faces*")
    drawing.locator("button.main").wait_for()
    assert "guess_settled" not in page.url


CELL = """([x, y]) => {
  const plot = document.querySelector(".st-key-chart_confusion .js-plotly-plot");
  plot.scrollIntoView({block: "center"});
  const box = plot.getBoundingClientRect(), {xaxis, yaxis} = plot._fullLayout;
  return [box.x + xaxis._offset + xaxis.l2p(x), box.y + yaxis._offset + yaxis.l2p(y)];
}"""
STILL = """() => new Promise((done) => {
  const plot = document.querySelector(".st-key-chart_confusion .js-plotly-plot");
  const wait = (at, left) => left === 0 ? done(true) : requestAnimationFrame(() => {
    const now = plot.getBoundingClientRect().y;
    wait(now, now === at ? left - 1 : 30);
  });
  wait(NaN, 30);
})"""


def test_a_click_on_a_number_of_the_matrix_brings_its_texts_and_a_text_is_read(visit: Visit) -> None:
    made = FEELINGS[FACES].manifest()
    kind, row = next(iter(made["examples"][network(FACES, "gru").name].items()))
    answer, (first, *_) = next(iter(row.items()))
    page = visit("sentiment", reads="faces", lang="en", cell="gru")
    page.locator(".st-key-chart_confusion .js-plotly-plot .xtick").first.wait_for()
    cell = [kaomoji.FEELINGS.index(one) + 1 for one in (answer, kind)]
    page.evaluate(CELL, cell)
    page.wait_for_function(STILL)  # what stands above is drawn once it comes near the screen, and moves it
    page.mouse.click(*page.evaluate(CELL, cell))
    page.wait_for_url(f"**taken={kind}.{answer}*")
    page.locator(".st-key-told_0 button").press("Enter")
    page.wait_for_url(f"**face={quote(first)}*")
