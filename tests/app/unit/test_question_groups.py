"""What editors see of questions without an answer: nothing that fewer than three people wrote."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from content.topic import Topic
from road.unanswered import Unanswered
from web.editors.question_groups import COMMON, EXAMPLES, GAP, PEOPLE, groups, votes

DAY = date(2027, 1, 15)
TOPICS = {
    topic.id: topic
    for topic in (
        Topic(id="pets", group="daily_life", urgency="low"),
        Topic(id="sim", group="daily_life", urgency="low"),
        Topic(id="danger", group="safety", urgency="critical", page="now"),
        Topic(id="debt", group="daily_life", urgency="low", sensitive=True),
    )
}


def asked(text: str, *, topic: str = "pets", locale: str = "en") -> Unanswered:
    return Unanswered(text=text, locale=locale, topic=topic, day=DAY)


def people(*texts: str, **more: str) -> list[list[Unanswered]]:
    return [[asked(text, **more)] for text in texts]


def test_a_group_is_shown_when_three_people_asked_and_not_before() -> None:
    kept = people("my dog is ill", "a dog bit her", "dog food")
    assert groups(kept[:2], TOPICS) == []
    (group,) = groups(kept, TOPICS)
    assert (group.locale, group.topic, group.people, group.word) == ("en", "pets", 3, "dog")
    assert group.texts == ["dog …", "… dog …"]


def test_one_person_counts_once_however_often_they_ask() -> None:
    kept = [[asked("my dog is ill"), asked("my dog is very ill"), asked("my dog")], [asked("my dog is ill")]]
    assert groups(kept, TOPICS) == []
    assert votes([[asked("")] * 5, [asked("")]], TOPICS) == []


def test_a_text_that_three_people_wrote_the_same_is_shown_whole() -> None:
    kept = people("May my dog live here?", "may my  dog live here?", "MAY MY DOG LIVE HERE?", "olena has a dog")
    (group,) = groups(kept, TOPICS)
    assert group.texts[0] == "may my dog live here?"
    assert not any("olena" in text for text in group.texts)


def test_languages_and_topics_stay_apart() -> None:
    kept = [*people("dog", "dog", "dog", locale="hu"), *people("dog", "dog", "dog", topic="sim"), *people("dog", "dog")]
    assert {(group.locale, group.topic) for group in groups(kept, TOPICS)} == {("hu", "pets"), ("en", "sim")}


def test_those_who_share_another_word_are_another_group() -> None:
    kept = [*people("cat food", "cat ill", "the cat", "a cat"), *people("dog tax", "big dog", "dog ill")]
    assert [(group.word, group.people) for group in groups(kept, TOPICS)] == [("cat", 4), ("dog", 3)]


def test_who_has_but_the_topic_in_common_is_counted_and_none_of_their_words_shown() -> None:
    (group,) = groups(people("one", "two", "three"), TOPICS)
    assert (group.people, group.word, group.texts) == (3, "", [])
    assert groups(people("one", "two", "three", topic=""), TOPICS) == []


def test_what_is_new_comes_together_though_its_likeliest_topics_differ() -> None:
    kept = [*people("scatter ashes"), *people("ashes here", topic="sim"), *people("the ashes", topic="")]
    (group,) = groups(kept, TOPICS)
    assert (group.topic, group.people, group.word, group.texts[0]) == ("", 3, "ashes", "ashes …")
    assert groups([*kept[:2], *people("ashes", topic="debt"), *people("ashes", locale="hu")], TOPICS) == []


def test_words_that_everybody_uses_bring_nobody_together() -> None:
    crowd = [f"where is {kind}" for kind in ("bread", "water", "soap", "paper", "light") for _ in range(PEOPLE)]
    assert len(crowd) * COMMON >= PEOPLE
    assert {group.word for group in groups(people(*crowd), TOPICS)} == {"bread", "water", "soap", "paper", "light"}


def test_guarded_topics_and_topics_that_are_gone_are_never_shown() -> None:
    for topic in ("danger", "debt", "gone"):
        assert groups(people("dog", "dog", "dog", topic=topic), TOPICS) == []
        assert votes(people("", "", "", topic=topic), TOPICS) == []


def test_votes_stand_by_topic_and_language_most_first() -> None:
    kept = [*people("", "", ""), *people("", "", "", "", topic="sim", locale="uk"), *people("", "", locale="hu")]
    assert [(each.topic, each.locale, each.people) for each in votes(kept, TOPICS)] == [
        ("sim", "uk", 4),
        ("pets", "en", 3),
    ]


def test_of_a_large_group_a_few_questions_are_shown() -> None:
    kept = people(*(f"dog {a} {b}" for a in ("ill", "fat", "old") for b in ("now", "here", "lost") for _ in range(2)))
    (group,) = groups(kept, TOPICS)
    assert len(group.texts) == EXAMPLES


WORDS = st.sampled_from(
    ["dog", "cat", "Dog", "visa", "ill", "olena", "kyiv", "12", "où", "чи", "don't", "a-b", "…", "?"]
)
QUESTIONS = st.builds(
    asked,
    st.lists(WORDS, max_size=5).map(" ".join) | st.text(max_size=12),
    topic=st.sampled_from(["", "pets", "sim", "danger", "debt", "gone"]),
    locale=st.sampled_from(["en", "uk"]),
)
KEPT = st.lists(st.lists(QUESTIONS, max_size=4), max_size=14)


def writers(kept: Sequence[Sequence[Unanswered]], locale: str, topic: str) -> Counter[str]:
    """How many people wrote each word to a topic (or to any open one) in a language; apart from what is tested."""
    topics = {topic} if topic else {"", "pets", "sim"}
    mine = [
        {word for each in person if each.locale == locale and each.topic in topics for word in letters(each.text)}
        for person in kept
    ]
    return Counter(word for words in mine for word in words)


def letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@given(KEPT)
def test_nothing_that_fewer_than_three_people_wrote_is_ever_shown(kept: list[list[Unanswered]]) -> None:
    for group in groups(kept, TOPICS):
        assert group.people >= PEOPLE
        assert group.topic not in ("danger", "debt", "gone")
        wrote = writers(kept, group.locale, group.topic)
        for word in letters(" ".join((group.word, *group.texts)).replace(GAP, " ")):
            assert wrote[word] >= PEOPLE, word
    for each in votes(kept, TOPICS):
        voters = [p for p in kept if any((v.topic, v.locale, v.text) == (each.topic, each.locale, "") for v in p)]
        assert len(voters) == each.people >= PEOPLE


@given(KEPT, st.text(min_size=1, max_size=20))
def test_what_one_person_adds_changes_no_text_but_by_what_others_wrote_too(
    kept: list[list[Unanswered]], secret: str
) -> None:
    alone = f"zzz{secret}"
    shown = groups([*kept, [asked(alone), asked(alone, topic="")]], TOPICS)
    assert not any("zzz" in text for group in shown for text in (group.word, *group.texts))
