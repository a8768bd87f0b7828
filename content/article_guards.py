"""What an answer must keep to beside the rest of the content."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from content import advice, length, phone, placeholder, short_answer
from content.article import Article
from content.content import Content
from content.likeness import differences
from content.line import Line
from content.markdown import Block
from content.markup import keep
from content.problem import Problem
from content.proof import nearest
from road.locale import SOURCE_LOCALE

OKIT, RETURN_LINE = "okit", "volret_line"
"""Two lines whose numbers look alike."""

Problems = Iterator[tuple[int, str]]
"""Line of the file (0: all of it) and what is wrong."""


@dataclass(frozen=True)
class ArticleGuard:
    """Looks at one article.

    Attributes:
        ids: Known ids by kind, those of malformed entries too.
    """

    article: Article
    content: Content
    ids: Mapping[str, Collection[str]]

    def problems(self) -> Problems:
        """Everything that is wrong with it."""
        yield from self._placeholders()
        yield from self._sources()
        yield from self._literals()
        yield from self._both_forms()
        yield from self._critical_lines_stay()
        yield from self._return_line_is_not_okit()
        yield from self._like_english()
        for line, problem in self._of_the_text():
            yield self._line(line), problem

    def _of_the_text(self) -> Problems:
        """What the text does wrong, by line of the body."""
        topic = self.content.topics[self.article.topic]
        yield from advice.problems_of(self.article, topic, self.content.known)
        if problem := length.problem_of(self.article.blocks, self._rendered):
            yield 1, problem
        if self.article.form == "now":
            yield from short_answer.problems_of(self.article, self.content.known)

    def _rendered(self) -> str:
        article = self.article
        answer = self.content.answer(article.topic, article.locale, form=article.form, now=0.0)
        return answer.plain if answer else ""

    def _placeholders(self) -> Problems:
        for line, name in placeholder.found_in(self.article.body):
            if problem := placeholder.problem_of(name, self.ids):
                yield self._line(line), problem

    def _sources(self) -> Problems:
        sources = self.article.front.sources
        for source in sources:
            if source not in self.ids["source"]:
                sentence = f"sources: unknown source {source}{nearest(source, self.ids['source'])}"
                yield 1, Problem("source_unknown", sentence, name=source)
        if self.article.locale == SOURCE_LOCALE and not sources and not self.article.slots:
            yield 1, Problem("source_missing", "sources: missing; nothing is said without a source")

    def _literals(self) -> Problems:
        numbers = {shown: line.id for line in self.content.lines.values() for shown in phone.digits_shown(line.number)}
        for literal in self.article.front.literals:
            digits = "".join(character for character in literal if character.isdigit())
            if digits in numbers:
                sentence = f"literals: {literal!r} is the number of line {numbers[digits]}; write its placeholder"
                yield 1, Problem("literal_line", sentence, number=literal, line=numbers[digits])

    def _both_forms(self) -> Problems:
        topic, now = self.content.topics[self.article.topic], (self.article.topic, self.article.locale, "now")
        if topic.critical and self.article.form == "full" and now not in self.content.articles:
            yield 0, Problem("short_missing", f"{topic.id} is critical and needs {topic.id}.now.md beside it")

    def _critical_lines_stay(self) -> Problems:
        kept = keep(self.article.blocks, self._may_show)
        for block in self.article.blocks:
            if block not in kept and (lines := self._critical_lines(block)):
                hidden = [f"{{{{ {slot} }}}}" for slot in block.slots if not self._may_show(slot)]
                why = ", ".join(hidden) or "what stands above it"
                sentence = f"{why} may not be shown and would hide the critical line {lines[0]}"
                yield self._line(block.line), Problem("line_hidden", sentence, line=lines[0])
        sound = all(map(self.content.known.entry, self.article.slots))
        if self.article.form == "now" and sound and not any(self._critical_lines(block) for block in kept):
            sentence = "names no critical line's number; a .now.md begins with what to call"
            yield self._line(1), Problem("no_critical_number", sentence)

    def _may_show(self, slot: str) -> bool:
        """As people will see it; what is unknown is a fault of its own."""
        return self.content.known.entry(slot) is None or self.content.known.may_show(slot)

    def _critical_lines(self, block: Block) -> list[str]:
        entries = (self.content.known.entry(slot) for slot in block.slots if slot.endswith(".number"))
        return [entry.id for entry in entries if isinstance(entry, Line) and entry.critical]

    def _return_line_is_not_okit(self) -> Problems:
        for block in self.article.blocks:
            if _names(block, RETURN_LINE) and "OKIT" in block.words and not _names(block, OKIT):
                sentence = f"speaks of OKIT and gives the number of {RETURN_LINE}"
                yield self._line(block.line), Problem("not_okit", sentence)

    def _like_english(self) -> Problems:
        english = self.content.articles.get((self.article.topic, SOURCE_LOCALE, self.article.form))
        if english is None:
            yield 0, Problem("no_english", "there is no sound English text beside it; English is the source")
        elif not self.article.front.translates or not self.article.is_stale(english):
            for line, problem in differences(self.article, english):
                yield self._line(line), problem

    def _line(self, line: int) -> int:
        return self.article.body_line + line - 1


def _names(block: Block, line: str) -> bool:
    return any(slot.startswith(f"line.{line}.") for slot in block.slots)
