"""Guards: what files must keep to together; each stands here because the mistake would hurt somebody."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from content import bridge_guards, language, placeholder
from content.article import Article, Form
from content.article_guards import OKIT, RETURN_LINE, ArticleGuard
from content.catalogue_file import english_problems, lines_of
from content.content import Content
from content.interface import path_of as catalogue_of
from content.line import Line
from content.markdown import Block
from content.proof import Proof, Sheet
from content.topic import CONVERSATION
from road.locale import SOURCE_LOCALE

SET_NUMBERS: Mapping[str, str] = {OKIT: "+3680205520", RETURN_LINE: "+3680205018"}
"""Two numbers that look alike and must never be swapped (facts.md 0.2, H3, I19); a confirmed line may differ."""


def path_of(article: Article, group: str) -> str:
    """An article's file, below the content folder."""
    return answer_path(group, article.topic, article.locale, article.form)


def answer_path(group: str, topic: str, locale: str, form: Form) -> str:
    """Where an answer stands, or would stand."""
    return f"answers/{locale}/{group}/{topic}{'.now' if form == 'now' else ''}.md"


def mark(content: Content, proof: Proof, ids: Mapping[str, Collection[str]], texts: Mapping[str, str]) -> None:
    """Marks what is wrong between files.

    Args:
        ids: Ids by kind, those of malformed entries too.
        texts: Files by path, for the lines of faults.
    """
    for article in content.articles.values():
        sheet = proof.sheet(path_of(article, content.topics[article.topic].group))
        for number, problem in ArticleGuard(article, content, ids).problems():
            sheet.mark(number, problem)
    for notice in content.notices:
        for locale, blocks in notice.texts.items():
            sheet = proof.sheet(f"notices/{notice.id}/{locale}.md")
            _mark_slots(blocks, ids, sheet)
    for card in content.cards.values():
        for blocks in card.texts.values():
            _mark_slots(blocks, ids, proof.sheet(f"outside/{card.language}.yml"))
    bridge_guards.mark(content, proof, ids)
    for line in content.lines.values():
        for problem in line_problems(line, content.lines):
            proof.sheet(f"lines/{line.id}.yml").mark(0, problem)
    _mark_interface(content, proof, texts)


def mark_language(content: Content, proof: Proof) -> None:
    """Marks what is written in another language than its folder's, 0.4 ms a text."""
    for article in content.articles.values():
        below = proof.sheet(path_of(article, content.topics[article.topic].group)).below(article.body_line)
        for line, problem in language.problems_in(article.blocks, article.locale):
            below.mark(line, problem)
    for notice in content.notices:
        for locale, blocks in notice.texts.items():
            for _, problem in language.problems_in(blocks, locale):
                proof.sheet(f"notices/{notice.id}/{locale}.md").mark(0, problem)
    bridge_guards.mark_language(content, proof)
    for locale, catalogue in content.interface.catalogues.items():
        if wrong := language.problem_with(" ".join(chain(*catalogue.forms.values())), locale):
            proof.sheet(catalogue_of(locale)).mark(0, wrong)


def _mark_slots(blocks: Collection[Block], ids: Mapping[str, Collection[str]], sheet: Sheet) -> None:
    for block in blocks:
        for slot in block.slots:
            if problem := placeholder.problem_of(slot, ids):
                sheet.mark(0, problem)


def line_problems(line: Line, lines: Mapping[str, Line]) -> Iterator[str]:
    """What is wrong with a line beside the others: a number that is another one's."""
    for name, number in SET_NUMBERS.items():
        if line.id == name and line.number != number and not line.confirmed:
            yield f"number: {line.number} is not {number}; never swap {OKIT} and {RETURN_LINE}"
        if line.id != name and line.number == number:
            yield f"number: {number} is that of {name}"
    for other in lines.values():
        if line.number and line.number == other.number and other.id < line.id:
            yield f"number: {line.number} is that of {other.id} too"


def _mark_interface(content: Content, proof: Proof, texts: Mapping[str, str]) -> None:
    catalogues = content.interface.catalogues
    english = catalogues.get(SOURCE_LOCALE)
    if english is None:
        if catalogue_of(SOURCE_LOCALE) not in texts:
            proof.sheet(catalogue_of(SOURCE_LOCALE)).mark(0, "is missing")
        return
    for locale, catalogue in catalogues.items():
        lines = lines_of(texts[catalogue_of(locale)])
        for key, problem in english_problems(catalogue, english):
            proof.sheet(catalogue_of(locale)).mark(lines.get(key, 0), f"{key}: {problem}")
    for key in _keys_of_the_catalogue(content):
        if key not in english.forms:
            proof.sheet(catalogue_of(SOURCE_LOCALE)).mark(0, f"{key}: missing")


def _keys_of_the_catalogue(content: Content) -> list[str]:
    groups = dict.fromkeys(topic.group for topic in content.topics.values() if topic.group != CONVERSATION)
    return ["topic.neutral", *(f"group.{group}" for group in groups)]
