from __future__ import annotations

import ast
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._ui.words import LONGEST, SYMBOLS, explained, formula, markdown, meanings, plain, sentences
from rnn_core.messages import LANGUAGES
from rnn_core.messages import text as message
from tests.reading import ROOT, sources, tree


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.shown = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # HTMLParser passes it
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.shown += data


HOSTILE = st.text(st.sampled_from("<>&\"'=/ab⁻¹∂‖。?") | st.characters(exclude_categories=("Cs", "Cc")))


@given(HOSTILE)
def test_no_tag_comes_from_the_text(text: str) -> None:
    assert Tags(f"<p>{plain(text)}</p>").tags == ["p"]
    assert set(Tags(formula(text)).tags) <= {"sup", "span"}
    assert set(Tags(sentences(text)).tags) <= {"span"}
    assert Tags(explained(text, "en")).shown == Tags(formula(text)).shown


@given(HOSTILE)
def test_plain_text_is_shown_as_it_is_and_can_stand_in_an_attribute(text: str) -> None:
    assert unescape(plain(text)) == text
    assert '"' not in plain(text)


def test_raised_digits_become_one_real_superscript() -> None:
    assert formula("10⁻¹⁶") == "10<sup>−16</sup>"


def test_norms_and_derivatives_leave_the_text_font() -> None:
    assert formula("‖∂L/∂h‖、和") == '<span class="m">‖∂L/∂h‖</span>、和'


def test_a_number_and_its_sign_stay_together() -> None:
    assert formula("> 99%") == "&gt;\N{NO-BREAK SPACE}99%"
    assert formula("134 µs, 2.2 × in 3 steps") == "134\N{NO-BREAK SPACE}µs, 2.2\N{NO-BREAK SPACE}× in 3 steps"


def test_a_quoted_word_stays_whole_and_a_quoted_sentence_may_break() -> None:
    assert formula("「天気」と “天気”") == '<span class="whole">「天気」</span>と <span class="whole">“天気”</span>'
    assert formula(f"「{'長' * 13}」") == f"「{'長' * 13}」"


def test_a_heading_breaks_between_sentences() -> None:
    assert sentences("なぜ? 見る。") == "<span>なぜ?</span><span> 見る。</span>"


@pytest.mark.parametrize("text", ["*a*", "[x](y)", "<b>", "a_b", "# x", "$x$", ":red[x]", "1 < 2 & 3"])
def test_markdown_shows_the_signs_themselves(text: str) -> None:
    escaped = markdown(text)
    assert "".join(escaped.split("\\")) == text
    assert all(escaped[at - 1] == "\\" for at, sign in enumerate(escaped) if sign in "*[]<>_#$`:&")


# What mdast-util-gfm-autolink-literal 2.0.1, which Streamlit's Markdown has, looks for in a text without any escapes.
ADDRESSES = (
    r"(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)",
    r"(?<![\w/])([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)",
    r"(mailto|xmpp):[-.\w+]+@",
)


@pytest.mark.parametrize(
    "text",
    [
        "www.evil.com",
        "WWW.Evil.com",
        "http://evil.com",
        "https://evil.com/x",
        "a@evil.com",
        "mailto:a@b.com",
        "xmpp:a@b.c",
    ],
)
def test_no_word_becomes_a_link(text: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", markdown(f"今日 {text} は"))
    assert [found for address in ADDRESSES for found in re.findall(address, shown, re.ASCII | re.IGNORECASE)] == []
    assert shown.replace("\N{WORD JOINER}", "") == f"今日 {text} は"


def test_code_stays_code() -> None:
    assert markdown("run `make models` now*") == "run `make models` now\\*"
    assert markdown("a ` b") == "a \\` b"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sign_is_explained_where_it_occurs_first(lang: str) -> None:
    found = explained("ρ < 1, ρ > 1: ‖∂L/∂h‖ and ‖h‖, |λ|, σₘₐₓ and σ(x) ⊙ y, ∂L/∂h, α", lang)
    labels = re.findall('aria-label="([^"]*)"', found)
    assert sorted(labels) == sorted(message(f"ui.symbol.{name}", lang) for name in SYMBOLS.values())
    assert found.count('tabindex="0"') == len(SYMBOLS)


def test_a_sign_between_other_words_is_left() -> None:
    assert explained("h = 1", "en") == "h = 1"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_signs_of_a_label_are_explained_in_its_tooltip_once_each(lang: str) -> None:
    said = meanings("tanh, ρ = 3 and ρ = 4, ⊙", lang)
    assert said is not None
    lines = said.split("  \n")
    assert [line.replace("\\", "") for line in lines] == [
        message(f"ui.symbol.{name}", lang) for name in ("radius", "hadamard")
    ]
    assert meanings("tanh", lang) is None


def test_a_long_text_is_not_kept() -> None:
    long, short = "*" * LONGEST, "*" * 10
    assert markdown(long) is not markdown(long)
    assert markdown(short) is markdown(short)


def named_freely(function: ast.FunctionDef) -> bool:
    """Whether a function draws a row of buttons that are named by it, and not by `on_button`."""
    rows = [
        call
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("st.pills", "st.segmented_control")
    ]
    said = ast.unparse(function)
    return any(one.arg == "format_func" for row in rows for one in row.keywords) and "on_button" not in said


def test_streamlit_looks_for_no_emoji_in_the_labels_of_a_row_of_buttons() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {function.name}"
        for path in sources(ROOT, ("pages",))
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef) and named_freely(function)
    }
    assert found == set()
    (freely,) = ast.parse("def f():\n    st.pills('a', [], format_func=str)").body
    assert named_freely(freely)
