"""The field's terms: no private word in a message, in the reference or in the prose; few words; and plurals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from docs.reference import reference
from rnn_core.messages import LANGUAGES, Counted, catalogue
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What is not said (a regular expression) and what the field says.
ENGLISH: Mapping[str, str] = {
    r"\b(the|its|size of the) error\b": "gradient",
    r"\bmemory h\b|\bthe memory\b|\bof its memory\b": "hidden state; memory is what a computer has",
    r"sum before tanh": "pre-activation",
    r"\blearn(s|ed)? [\w{}, ]*\bnumbers\b|\bnumbers (are )?learned\b": "parameters",
    r"\bunexpected (is|the|“)": "cross-entropy",
    r"\buntrained\b|\bfresh\b": "randomly initialised",
    r"\beach number\b": "clip by value",
    r"\bhold(s|ing)?\b|\bheld\b(?!-out)": "clamp",
    r"\bpin(s|ned|ning)?\b": "override the attention weights",
    r"\bshut(s|ting)?\b": "zeroed, closed",
    r"\bblind\b|\blen(t|ds)\b": "isolated, from another sentence",
    r"how far back [\w ]*\bsees?\b": "receptive field, influence",
    r"\blikel(y|ier|iest)\b": "most probable; greedy decoding",
    r"\bbeginning\b(?! is read)": "hypothesis",
    r"\bsettle[sd]?\b": "alignment",
    r"\bfall\b": "drop (leave-one-out)",
    r"positions? (are )?added|without positions": "positional encoding",
    r"cached keys": "KV cache",
    r"\bnever (learned|saw|trained)\b": "held-out, not in the vocabulary",
    r"\b(is|are|were|replies|outputs|comes?|stays) right\b|\bright (replies|outputs)\b": "correct, accuracy",
    r"attention LSTM": "LSTM with attention",
    r"\bthe address\b(?! bar)": "the link sets",
    r"what you (saw|have seen)": "Summary",
    r"\blooks?( most)? at\b|\blook(s|ing)? back\b|\bthe look\b": "attends to, depends on",
    r"\bsays\b|\bhangs? on\b|\blet go\b|\blives? (the )?longest\b": "replies, depends on, release, lasts",
    r"\bto the last bit\b": "bitwise identical",
    r"\bthis machine\b(?!:| *$)": "the machine that runs this app",
    r"\bwho\b(?!ever)": "which network, which word",
    r"\bhalf\b(?! of)": "direction",
    r"\d times\b|\} times\b": "2.2 ×",
}
JAPANESE: Mapping[str, str] = {
    r"網": "ネットワーク、モデル",
    r"書き手": "デコーダ",
    r"注意つき|注意なし|注意のない|注意のある": "注意機構つき、注意機構なし",
    r"記憶(?!を保ち|ができるまで|$)": "隠れ状態、メモリ、記録",
    r"仕事": "計算量",
    r"消える勾配|爆発する勾配": "勾配消失、勾配爆発",
    r"順と逆|順向き|逆向きの半分|前向き|後ろ向き": "順方向、逆方向、順伝播、逆伝播",
    r"両方向(?!から|の状態|に共通)|2 方向|1 方向": "双方向、一方向",
    r"位置(あり|なし|を加え)|加えない": "位置符号化あり、なし",
    r"鍵": "キー",
    r"歩目|1 歩|各歩|\} 歩|歩み": "ステップ、更新",
    r"学習する数|個数の数|数の個数": "パラメータ数",
    r"(?<!小数)点数|良い道|道は|道の": "スコア、最適経路",
    r"意外さ": "負の対数尤度",
    r"熱地図|色の地図|注意の地図|影響の地図": "ヒートマップ",
    r"語の袋": "Bag-of-Words",
    r"乱数の種|個の種|^種$": "シード",
    r"正答率|未学習": "正解率、学習前",
    r"尺度": "カラースケール、目盛り",
    r"最後のビット": "ビット単位で一致",
    r"動いた|動く|動かす|動かされ": "変わる、変化量",
    r"アドレス(?!欄)": "URL",
    r"再帰の行列|\bW の|重み W\b": "再帰の重み行列 Wₕₕ",
    r"埋めこ|押しこ|押し込|学習ずみ": "埋め込み、詰め込む、学習済み",
    r"読みこ|書きこ|越え(?!る)": "読み込む、書き込む、超える",
    r"見てきたこと": "まとめ",
    r"目隠し|借りる": "後ろを見せない、別の文から",
    r"の計算機": "このアプリを動かしているコンピューター",
    r"誰": "どのネットワーク、どのモデル",
    r"[^ -~]\?|:(?= ?[ぁ-んァ-ヶ一-鿿{「])(?!\w)": "？ と ：",
    r"\d %|\} %": "60%",
    r"[0-9A-Za-z][ぁ-んァ-ヶ一-鿿]|[ぁ-んァ-ヶ一-鿿][0-9A-Za-z]": "a space between letters or digits and kana",
}
TERMS = {"en": ENGLISH, "ja": JAPANESE}
# Where a word of the tables means something else, or is code.
JUSTIFIED: Mapping[str, str] = {
    "errors.weights_missing": 'the value weights="fresh" of the code',
    "ui.name": "the name of the app",
    "melody.length.8": "what a note of two beats is called",
    "melody.length.12": "what a note of three beats is called",
}
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "README.md": ("who",),  # people
    "README.ja.md": ("記憶",),  # the name of the app
    "docs/classroom.md": ("who", "the address"),  # people, and where the server is
    "docs/classroom.ja.md": ("アドレス",),
    "docs/exam.md": (),
    "docs/exam.ja.md": (),
}


def private(text: str, lang: str) -> list[str]:
    """The words of a text that the field does not use."""
    said = re.sub(r"\{\w+", "{", text)  # the name of a place is nobody's word
    return [found[0] for pattern in TERMS[lang] for found in re.finditer(pattern, said, re.IGNORECASE)]


def texts(lang: str) -> Iterator[tuple[str, str]]:
    """Every id with every wording that it has."""
    for name, template in catalogue(lang).items():
        for text in dict.fromkeys(
            (*template.forms.values(), template) if isinstance(template, Counted) else (template,)
        ):
            yield name, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_use_the_terms_of_the_field(lang: str) -> None:
    found = {name: private(text, lang) for name, text in texts(lang) if name not in JUSTIFIED}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("text", "lang", "word"),
    [
        ("The error reaches back.", "en", "The error"),
        ("the forget gate held at 0", "en", "held"),
        ("It is 1/710 times the other.", "en", "0 times"),
        ("Held-out sentences: {held} of {fresh}.", "en", None),
        ("この網の状態", "ja", "網"),
        ("正答率は 60%", "ja", "正答率"),
        ("60 % が", "ja", "0 %"),
        ("LSTMでは", "ja", "Mで"),
        ("何が変わる?", "ja", "る?"),
        ("浮動小数点数の隠れ状態：{記憶}", "ja", None),
    ],
)
def test_a_private_word_is_found(text: str, lang: str, word: str | None) -> None:
    assert private(text, lang) == ([word] if word else [])


@pytest.mark.parametrize("path", ALLOWED)
def test_the_prose_uses_them_too(path: str) -> None:
    lang = "ja" if path.endswith(".ja.md") else "en"
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [word for word in private(prose, lang) if word not in ALLOWED[path]] == []


def test_the_reference_uses_them_too() -> None:
    lines = [re.sub(r"`[^`]*`|=\"fresh\"", "", line) for line in reference().splitlines()]
    assert {line: private(line, "en") for line in lines if private(line, "en")} == {}


# Sentences that explain: how it was measured, why it is asked, what went wrong. All else is a label or a finding.
PROSE = re.compile(
    r"(errors|serving|teach|ui)\..*|controls\.(notice|row)\..*|.*[._](lead|method\w*|kinds|says)|.*\.(method|note|gates|loss|explode)\..*"
    r"|bidirectional\.(unknown|no_\w+|cut|searched|lent_empty)|cell\.no_unit|compare\.(sizes\.parameters)"
    r"|decoded\.(no_\w+|instead|cut|choose|normalised)|edited\.no\w+|order\.(no\w*|one_word)|transformer\.(other_reader|not_yet|parity)"
    r"|what_if\.(at|over|beyond)|predict\..*|gradients\.no_\w+|attention\.no_curve|home\.history\..*|unrolled\..*|circuit\.title"
)
FINDING = {"en": 90, "ja": 60}  # characters of one sentence
SUMMARY_WORDS, SUMMARY_CHARACTERS = 60, 130


def sizes(text: str) -> list[int]:
    """The length in characters of each sentence; what a place is filled with counts as a short word."""
    whole = re.sub(r"\{\w+\}", "word", text)
    return [len(sentence.strip()) for sentence in re.split(r"(?<=[。？])|(?<=[.?]) ", whole)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_findings_and_labels_are_short(lang: str) -> None:
    short = {name: text for name, text in texts(lang) if not PROSE.fullmatch(name) and not name.endswith(".principle")}
    assert {name: text for name, text in short.items() if max(sizes(text)) > FINDING[lang]} == {}


def test_a_long_sentence_is_found() -> None:
    assert sizes("A {place} is short. So is this.") == [16, 11]
    assert sizes("短い。次も短い？ はい。") == [3, 5, 3, 0]


def test_a_summary_is_short_and_called_so() -> None:
    ja, en = ({name: text for name, text in texts(lang) if name.endswith(".principle")} for lang in ("ja", "en"))
    assert {name: len(text) for name, text in ja.items() if len(text) > SUMMARY_CHARACTERS} == {}
    assert {name: len(text.split()) for name, text in en.items() if len(text.split()) > SUMMARY_WORDS} == {}
    assert all(text.startswith("まとめ：") for text in ja.values())
    assert all(text.startswith("Summary: ") for text in en.values())


COUNTED = (
    "words|characters|units|steps|places|sentences|names|parameters|points|lengths|seeds|rows|values|updates|gradients|"
    "processes|outputs|heads|files|layers|directions|positions|tokens|decisions|pairs"
)
COUNT = re.compile(rf"\{{(?!dtype|cell)(\w+)(?:![rs])?\}} (?:[a-z-]+ )?(?:{COUNTED})\b")
MANY = {  # the number is a constant or a limit of several
    "bidirectional.cut",
    "clipping.cut_norm",
    "clipping.cut_value",
    "parameters_by_length.finding",
    "parameters_by_length.longest",
    "spectrum.method_some",
    "spectrum.method_drawn",
    "bidirectional.take_says",
    "controls.notice.long",
    "decoded.cut",
    "decoded.mean",
    "directions.still",
    "errors.too_long",
    "figures.next_word.method",
    "order.no_order",
    "serving.files",
    "serving.processes",
    "transformer.not_yet",
    "ui.cut",
    "ui.cut_characters",
    "word_order.how.convolution",
    "word_order.unable",
    "word_order.why.convolution.misses",
    "word_order.why.convolution.notices",
}


def uncounted(template: str) -> list[str]:
    """The places of numbers before a plural noun whose message has no plural forms for them."""
    own = template.place if isinstance(template, Counted) else None
    return [place for place in COUNT.findall(template) if place != own]


def test_a_number_before_a_plural_noun_has_plural_forms() -> None:
    found = {name: uncounted(template) for name, template in catalogue("en").items()}
    assert {name: places for name, places in found.items() if places and name not in MANY} == {}
    assert {name for name in MANY if not found[name]} == set()
    assert uncounted("{left} of {count} long words") == ["count"]


def test_both_languages_count_the_same_number() -> None:
    counted = [
        {name: one.place for name, one in catalogue(lang).items() if isinstance(one, Counted)} for lang in LANGUAGES
    ]
    assert counted[0] == counted[1] != {}


def test_ranges_are_written_with_one_sign() -> None:
    assert {name: text for name, text in texts("ja") if "〜" in text} == {}  # ～ is the other one
