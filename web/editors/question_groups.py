"""Groups of questions that found no answer, and what of them may be shown: nothing that fewer than three people wrote.

A group is people who asked in one language, with one likeliest topic, and with a word in common; then those of the rest
who have a word in common whatever topic was likeliest, since of what is new none is right. Pure.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import msgspec

from content.topic import Topic
from road.unanswered import Unanswered

PEOPLE: Final = 3
"""So many different people must have asked, and used a word, before anybody sees it (issue G)."""

EXAMPLES: Final = 5
"""Questions of a group that are shown."""

COMMON: Final = 0.2
"""A word that so large a share of all who ask in a language use says nothing of what they ask about."""

SHORTEST: Final = 3
"""Letters of a word that may bring questions together."""

GAP: Final = "…"
"""Stands for words that fewer people used."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """People who asked alike.

    Attributes:
        topic: The likeliest; "" where none was, or not the same.
        people: How many.
        word: What they have in common; "" for the rest of those whose likeliest topic it is.
        texts: What may be shown of their questions, most telling first.
    """

    locale: str
    topic: str
    people: int
    word: str
    texts: Sequence[str]


class Votes(msgspec.Struct, frozen=True, kw_only=True):
    """People who found a topic's answer not helpful; `locale`: that of its answer."""

    topic: str
    locale: str
    people: int


class _Asked(NamedTuple):
    """A question of somebody, who is a number here."""

    person: int
    text: str
    words: tuple[str, ...]


def groups(kept: Iterable[Sequence[Unanswered]], topics: Mapping[str, Topic]) -> Sequence[Group]:
    """What may be shown of the questions, most people first; guarded topics never.

    Args:
        kept: What each person asked.
    """
    asked = sorted(
        ((each.locale, each.topic), _Asked(person, _plain(each.text), _words(each.text)))
        for person, each in _open(kept, topics)
        if each.text
    )
    common = _common(asked)
    found: list[Group] = []
    left: dict[str, list[_Asked]] = {locale: [] for locale in common}
    for (locale, topic), bucket in groupby(asked, key=lambda pair: pair[0]):
        alike, rest = _parted([each for _, each in bucket], locale, topic, common[locale])
        found += alike
        left[locale] += rest
    for locale, rest in left.items():
        found += _parted(rest, locale, "", common[locale])[0]
    return sorted(found, key=lambda group: -group.people)


def votes(kept: Iterable[Sequence[Unanswered]], topics: Mapping[str, Topic]) -> Sequence[Votes]:
    """Topics whose answer at least three people found not helpful, most first."""
    voters = {(each.topic, each.locale, person) for person, each in _open(kept, topics) if not each.text}
    counted = Counter((topic, locale) for topic, locale, _ in voters)
    found = [
        Votes(topic=topic, locale=locale, people=n) for (topic, locale), n in sorted(counted.items()) if n >= PEOPLE
    ]
    return sorted(found, key=lambda each: -each.people)


def _open(kept: Iterable[Sequence[Unanswered]], topics: Mapping[str, Topic]) -> Iterator[tuple[int, Unanswered]]:
    """Each with the number of its person; what touches a topic that has become a guarded one since is left out."""
    for person, asked in enumerate(kept):
        for each in asked:
            topic = topics.get(each.topic)
            if not each.topic or (topic and not topic.guarded):
                yield person, each


def _parted(
    asked: Sequence[_Asked], locale: str, topic: str, common: Collection[str]
) -> tuple[Sequence[Group], Sequence[_Asked]]:
    """Those who share the most used word, then the next, at last who has but the topic in common; and who is left."""
    found = []
    while word := _shared(asked, common):
        found.append(_group([each for each in asked if word in each.words], locale, topic, word))
        asked = [each for each in asked if word not in each.words]
    if topic and _people(asked) >= PEOPLE:
        return [*found, _group(asked, locale, topic, "")], []
    return found, asked


def _group(asked: Sequence[_Asked], locale: str, topic: str, word: str) -> Group:
    return Group(locale=locale, topic=topic, people=_people(asked), word=word, texts=_shown(asked))


def _shared(asked: Iterable[_Asked], common: Collection[str]) -> str:
    """The telling word that most people used; "" where no three share one."""
    telling = ((word, n) for word, n in _users(asked).items() if len(word) >= SHORTEST and word not in common)
    users = {word: n for word, n in telling if n >= PEOPLE}
    return max(users, key=lambda word: (users[word], len(word), word), default="")


def _shown(asked: Sequence[_Asked]) -> Sequence[str]:
    """Texts that three people wrote alike whole; of the others the words that three used. Fullest first."""
    users = _users(asked)
    writers = Counter(text for _, text in {(each.person, each.text) for each in asked})
    texts = {
        each.text if writers[each.text] >= PEOPLE else _masked(each.words, {w for w, n in users.items() if n >= PEOPLE})
        for each in asked
    }
    return sorted(texts - {"", GAP}, key=lambda text: (text.count(GAP), -len(text), text))[:EXAMPLES]


def _masked(words: Iterable[str], allowed: Collection[str]) -> str:
    kept = [word if word in allowed else GAP for word in words]
    return " ".join(word for word, _ in groupby(kept))


def _common(asked: Sequence[tuple[tuple[str, str], _Asked]]) -> Mapping[str, Collection[str]]:
    """By locale: words that say nothing; none where so few people ask that every word says something."""
    found: dict[str, Collection[str]] = {}
    for locale, pairs in groupby(asked, key=lambda pair: pair[0][0]):
        everybody = [each for _, each in pairs]
        limit = COMMON * _people(everybody)
        found[locale] = {word for word, n in _users(everybody).items() if n > limit >= PEOPLE}
    return found


def _users(asked: Iterable[_Asked]) -> Mapping[str, int]:
    """How many people used each word."""
    return Counter(word for _, word in {(each.person, word) for each in asked for word in each.words})


def _people(asked: Iterable[_Asked]) -> int:
    return len({each.person for each in asked})


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
