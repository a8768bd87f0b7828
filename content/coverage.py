"""Coverage: how many topics each locale answers, and how good those answers are."""

from collections.abc import Sequence
from typing import TypedDict

from content.article import Article
from content.content import Content
from content.topic import CONVERSATION, Topic
from road.locale import SOURCE_LOCALE


class Counts(TypedDict):
    """Topics with an answer; of these, drafts, reviewed ones, and translations whose English text has changed."""

    answers: int
    drafts: int
    reviewed: int
    stale: int


class Coverage(TypedDict):
    """How many topics there are, and the counts of each locale."""

    topics: int
    locales: dict[str, Counts]


def coverage(content: Content) -> Coverage:
    """The state of all locales."""
    topics = [topic for topic in content.topics.values() if topic.group != CONVERSATION]
    return {
        "topics": len(topics),
        "locales": {locale: _counts(content, topics, locale) for locale in content.languages},
    }


def _counts(content: Content, topics: Sequence[Topic], locale: str) -> Counts:
    answered = [articles for topic in topics if (articles := _articles(content, topic, locale))]
    reviewed = sum(all(article.reviewed_on for article in articles) for articles in answered)
    return {
        "answers": len(answered),
        "drafts": len(answered) - reviewed,
        "reviewed": reviewed,
        "stale": sum(any(_is_stale(content, article) for article in articles) for articles in answered),
    }


def _articles(content: Content, topic: Topic, locale: str) -> list[Article]:
    """The files that answer a topic, both for a critical one; none when one is missing."""
    full, now = content.articles.get((topic.id, locale, "full")), content.articles.get((topic.id, locale, "now"))
    wanted = [full, now] if topic.critical else [full]
    found = [article for article in wanted if article is not None]
    return found if len(found) == len(wanted) else []


def _is_stale(content: Content, article: Article) -> bool:
    english = content.articles.get((article.topic, SOURCE_LOCALE, article.form))
    return english is not None and article.is_stale(english)
