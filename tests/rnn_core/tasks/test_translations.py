from rnn_core.tasks.translations import TRANSLATIONS


def test_the_mission_sentence_goes_in_and_out() -> None:
    phrases = TRANSLATIONS["phrases"]
    words = phrases.tokens("今日は天気が良いね")
    (pair,) = (pair for pair in phrases.parts().train if pair.source == words)
    assert pair.targets == (("the", "weather", "is", "nice", "today", ",", "isn't", "it", "?"),)
    assert phrases.text(pair.targets[0]) == "The weather is nice today, isn't it?"
