"""The draft: the content folder as editors find it, with what is wrong in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import msgspec

from content import characters, language
from content.article import Form, read_article
from content.article_guards import ArticleGuard
from content.content import Content
from content.fingerprint import of_files
from content.guards import answer_path
from content.proof import Proof
from road.errors import ContentError

NOTHING = ""
"""The mark of a file that is not there."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The folder at one moment.

    Attributes:
        texts: Every file of it, by path.
        faults: All that the checks find; while there are any, nothing can be published.
    """

    content: Content
    texts: Mapping[str, str]
    faults: Sequence[ContentError] = ()

    def mark(self, path: str) -> str:
        """Which text a file holds, to see later whether it is still the same."""
        return mark_of(self.texts.get(path))

    def article_path(self, topic: str, locale: str, form: Form) -> str:
        """Where an answer stands, or would stand."""
        return answer_path(self.content.topics[topic].group, topic, locale, form)

    def with_article(self, text: str, *, topic: str, locale: str, form: Form) -> "Draft":
        """The draft with another text of one answer; its faults are those of this answer alone. Some milliseconds.

        An answer that cannot be read is left out.
        """
        path, proof = self.article_path(topic, locale, form), Proof()
        sheet = proof.sheet(path)
        for line, problem in characters.problems_in(text, locale):
            sheet.mark(line, problem)
        articles = {**self.content.articles}
        articles.pop((topic, locale, form), None)
        if article := read_article(text, sheet, topic=topic, locale=locale, form=form):
            articles[topic, locale, form] = article
        content = replace(self.content, articles=articles)
        if article:
            for line, problem in ArticleGuard(article, content, ids_of(content)).problems():
                sheet.mark(line, problem)
            for line, problem in language.problems_in(article.blocks, locale):
                sheet.below(article.body_line).mark(line, problem)
        return Draft(content=content, texts={**self.texts, path: text}, faults=proof.faults())


def mark_of(text: str | None) -> str:
    """Which text a file holds; `NOTHING` for none."""
    return NOTHING if text is None else of_files([("", text.encode())])


def ids_of(content: Content) -> Mapping[str, Collection[str]]:
    """Ids that placeholders may name, by kind."""
    return {
        "fact": content.facts.keys(),
        "line": content.lines.keys(),
        "place": content.places.keys(),
        "source": content.sources.keys(),
    }
