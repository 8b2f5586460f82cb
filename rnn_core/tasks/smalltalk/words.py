"""The words, one row each: to add one, add a row here and name it in the pattern that should use it."""

from __future__ import annotations

from rnn_core.tasks.smalltalk.grammar import Adjective, Being, Noun, Time, Verb

TIMES = (
    Time("今日", "today", "now"),
    Time("今週", "this week", "now"),
    Time("今朝", "this morning", "past"),
    Time("昨日", "yesterday", "past"),
    Time("昨夜", "last night", "past"),
    Time("先週", "last week", "past"),
    Time("今夜", "tonight", "future"),
    Time("明日", "tomorrow", "future"),
    Time("来週", "next week", "future"),
)

ADJECTIVES = {
    row.stem: row
    for row in (
        # the sky
        Adjective("良", "good"),
        Adjective("悪", "bad"),
        Adjective("強", "strong"),
        Adjective("弱", "weak"),
        Adjective("高", "high"),
        Adjective("低", "low"),
        Adjective("多", "much"),
        Adjective("明る", "bright"),
        Adjective("暗", "dark"),
        Adjective("深", "deep"),
        Adjective("静か", "calm", na=True),
        Adjective("きれい", "beautiful", na=True),
        Adjective("冷た", "cold"),
        # how it feels outside
        Adjective("暑", "hot"),
        Adjective("蒸し暑", "humid"),
        Adjective("暖か", "warm"),
        Adjective("涼し", "cool"),
        Adjective("寒", "cold"),
        Adjective("晴れ", "sunny", na=True),
        Adjective("曇り", "cloudy", na=True),
        Adjective("雨", "rainy", na=True),
        Adjective("雪", "snowy", na=True),
        # how somebody feels
        Adjective("嬉し", "happy"),
        Adjective("楽し", "cheerful"),
        Adjective("悲し", "sad"),
        Adjective("寂し", "lonely"),
        Adjective("眠", "sleepy"),
        Adjective("元気", "well", na=True),
        # food
        Adjective("美味し", "delicious"),
        Adjective("甘", "sweet"),
        Adjective("辛", "spicy"),
        Adjective("熱", "hot"),
        Adjective("好き", "fond", na=True),
        Adjective("嫌い", "averse", na=True),
    )
}

NOUNS = {
    row.word: row
    for row in (
        Noun("天気", "the weather"),
        Noun("空", "the sky"),
        Noun("月", "the moon"),
        Noun("星", "the stars", plural=True),
        Noun("風", "the wind"),
        Noun("雨", "the rain"),
        Noun("雪", "the snow"),
        Noun("霧", "the fog"),
        Noun("気温", "the temperature"),
        Noun("空気", "the air"),
        Noun("日差し", "the sunlight"),
        Noun("波", "the waves", plural=True),
    )
}

SPEAKERS = (
    Being("私", "I", "I", speaker=True),
    Being("僕", "I", "I", speaker=True),
)
FAMILY = (
    Being("妹", "my little sister", "little sister", pronoun="she"),
    Being("弟", "my little brother", "little brother", pronoun="he"),
    Being("姉", "my big sister", "big sister", pronoun="she"),
    Being("兄", "my big brother", "big brother", pronoun="he"),
    Being("母", "my mother", "mother", pronoun="she"),
    Being("父", "my father", "father", pronoun="he"),
    Being("友達", "my friend", "friend"),
)
COMPANIONS = (
    FAMILY[-1],
    Being("家族", "my family", "family"),
    Being("先生", "my teacher", "teacher"),
)
ANIMALS = (
    Being("犬", "a dog", "dog", "animal"),
    Being("猫", "a cat", "cat", "animal"),
    Being("猿", "a monkey", "monkey", "animal"),
    Being("馬", "a horse", "horse", "animal"),
)
HUMANS = (
    Being("人", "a person", "person"),
    Being("子供", "a child", "child"),
    Being("先生", "a teacher", "teacher"),
    Being("医者", "a doctor", "doctor"),
    Being("男", "a man", "man"),
)

FOODS = (
    Noun("寿司", "sushi"),
    Noun("ラーメン", "ramen"),
    Noun("カレー", "curry"),
    Noun("ケーキ", "cake"),
    Noun("パン", "bread"),
)
DRINKS = (
    Noun("コーヒー", "coffee"),
    Noun("牛乳", "milk"),
)

PLACES = (
    Noun("公園", "the park", place="outdoors"),
    Noun("海", "the sea", place="outdoors"),
    Noun("山", "the mountains", place="outdoors"),
    Noun("レストラン", "the restaurant", place="indoors"),
    Noun("デパート", "the department store", place="indoors"),
    Noun("店", "the shop", place="indoors"),
    Noun("学校", "school", place="duty"),
    Noun("会社", "the office", place="duty"),
    Noun("病院", "the hospital", place="care"),
)

VERBS = {
    row.plain: row
    for row in (
        # the sky
        Verb("降る", "降っ", "降ら", "fall falls fell falling"),
        Verb("吹く", "吹い", "吹か", "blow blows blew blowing"),
        # how somebody feels
        Verb("疲れる", "疲れ", "疲れ", "tire tires tired tiring"),
        Verb("悩む", "悩ん", "悩ま", "worry worries worried worrying", voiced=True),
        Verb("泣く", "泣い", "泣か", "cry cries cried crying"),
        Verb("怒る", "怒っ", "怒ら", "rage rages raged raging"),
        Verb("焦る", "焦っ", "焦ら", "hurry hurries hurried hurrying"),
        Verb("喜ぶ", "喜ん", "喜ば", "rejoice rejoices rejoiced rejoicing", voiced=True),
        Verb("笑う", "笑っ", "笑わ", "smile smiles smiled smiling"),
        # food
        Verb("食べる", "食べ", "食べ", "eat eats ate eating", wish="食べ"),
        Verb("飲む", "飲ん", "飲ま", "drink drinks drank drinking", voiced=True, wish="飲み"),
        # ways
        Verb("行く", "行っ", "行か", "go goes went going", wish="行き"),
        # who did what to whom
        Verb("噛む", "噛ん", "噛ま", "bite bites bit biting", voiced=True),
        Verb("蹴る", "蹴っ", "蹴ら", "kick kicks kicked kicking"),
        Verb("叩く", "叩い", "叩か", "hit hits hit hitting"),
        Verb("追いかける", "追いかけ", "追いかけ", "chase chases chased chasing"),
        Verb("助ける", "助け", "助け", "help helps helped helping"),
        Verb("守る", "守っ", "守ら", "protect protects protected protecting"),
        Verb("撫でる", "撫で", "撫で", "stroke strokes stroked stroking"),
        Verb("見る", "見", "見", "see sees saw seeing"),
        Verb("見つける", "見つけ", "見つけ", "find finds found finding"),
        Verb("呼ぶ", "呼ん", "呼ば", "call calls called calling", voiced=True),
    )
}
