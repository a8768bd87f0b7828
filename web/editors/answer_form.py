"""The form of an answer: what an editor has filled in, and the file that it makes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal

import msgspec
from starlette.datastructures import FormData

from content import characters
from content.answer_edit import (
    Words,
    same_meaning_in,
    tidy,
    with_review,
    with_same_meaning,
    with_words,
    words_of,
)
from content.article_rules import ACCEPTABLE
from content.draft import NOTHING, Draft
from content.stamp import stamped
from web.editors.cell import Cell

SPARE: Final = 2
"""Empty rows for numbers that may stand in the text."""


class AnswerForm(msgspec.Struct, frozen=True, kw_only=True):
    """A filled-in form.

    Attributes:
        checked: "I have checked this text".
        translated: "The translation says what today's English says".
        meaning: What a change of the English text means for its translations; "" where nobody has said.
        mark, english_mark: Which texts the editor had before their eyes (`Draft.mark`).
    """

    words: Words = Words()
    checked: bool = False
    translated: bool = False
    meaning: Literal["", "same", "other"] = ""
    mark: str = NOTHING
    english_mark: str = NOTHING


def form_of(cell: Cell, draft: Draft) -> AnswerForm:
    """The form as it stands before anything was filled in."""
    path = cell.path(draft)
    return AnswerForm(
        words=words_of(draft.texts.get(path)),
        translated=not cell.is_source and path not in draft.texts,
        mark=draft.mark(path),
        english_mark=draft.mark(cell.english.path(draft)),
    )


def read_form(data: FormData, cell: Cell) -> AnswerForm:
    """What was posted; characters that nobody sees are gone."""

    def word(name: str) -> str:
        value = data.get(name, "")
        return characters.without_unseen(value, cell.locale) if isinstance(value, str) else ""

    meaning = word("meaning")
    return AnswerForm(
        words=Words(
            title=" ".join(word("title").split()),
            body=tidy(word("text")),
            sources=tuple(each for each in data.getlist("sources") if isinstance(each, str)),
            literals=_literals([word(f"literal{n}") for n in _rows(data)], [word(f"reason{n}") for n in _rows(data)]),
            accepted={name: reason for name in ACCEPTABLE if (reason := word(f"accepted_{name}").strip())},
        ),
        checked=word("checked") == "1",
        translated=word("translated") == "1",
        meaning=meaning if meaning in ("same", "other") else "",  # type: ignore[arg-type]
        mark=word("mark"),
        english_mark=word("english_mark"),
    )


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A form on the draft as it is."""

    cell: Cell
    draft: Draft
    form: AnswerForm

    @property
    def path(self) -> str:
        """The answer's file."""
        return self.cell.path(self.draft)

    @property
    def moved(self) -> bool:
        """Whether somebody has changed the file since the editor saw it."""
        return self.form.mark != self.draft.mark(self.path)

    @property
    def english_moved(self) -> bool:
        """Whether somebody has changed the English text since the editor of a translation saw it."""
        return not self.cell.is_source and self.form.english_mark != self.draft.mark(self.cell.english.path(self.draft))

    @property
    def says_otherwise(self) -> bool:
        """Whether title or text are others than those of the file."""
        return self.form.words.fingerprint != words_of(self.draft.texts.get(self.path)).fingerprint

    @property
    def must_say_meaning(self) -> bool:
        """Whether a change of an English text waits for a word on what it means for the translations."""
        unsaid = self.cell.is_source and not self.form.meaning and self.says_otherwise
        return unsaid and bool(translations_of(self.cell, self.draft))

    def file(self, *, by: str, today: date) -> str:
        """The file as this form makes it, from what it is now."""
        text = with_words(self.draft.texts.get(self.path), self.form.words)
        if self.form.checked:
            text = with_review(text, by=by, on=today.isoformat())
        elif self.says_otherwise:
            text = with_review(text, by="", on="")
        return self._with_meaning(text) if self.cell.is_source else self._stamped(text)

    def _stamped(self, text: str) -> str:
        english = self.cell.english.article(self.draft)
        return stamped(text, english.fingerprint) if self.form.translated and english else text

    def _with_meaning(self, text: str) -> str:
        english = self.cell.article(self.draft)
        if english is None or not self.says_otherwise:
            return text
        kept = (*same_meaning_in(text), english.fingerprint) if self.form.meaning == "same" else ()
        return with_same_meaning(
            text, tuple(each for each in dict.fromkeys(kept) if each != self.form.words.fingerprint)
        )


def translations_of(cell: Cell, draft: Draft) -> Sequence[str]:
    """Locales whose text was made from this English one and counts as up to date."""
    english = cell.article(draft)
    others = (cell._replace(locale=locale) for locale in draft.content.languages if locale != cell.locale)
    found = [(other.locale, article) for other in others if (article := other.article(draft))]
    return [locale for locale, article in found if english and not article.is_stale(english)]


def _rows(data: FormData) -> Sequence[int]:
    return [int(name[7:]) for name in data if name.startswith("literal") and name[7:].isascii() and name[7:].isdigit()]


def _literals(numbers: Sequence[str], reasons: Sequence[str]) -> Mapping[str, str]:
    pairs = zip(numbers, reasons, strict=True)
    return {number.strip(): " ".join(reason.split()) for number, reason in pairs if number.strip()}
