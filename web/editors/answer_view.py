"""What the page of an answer shows beside its form."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from content import placeholder, stamp
from content.answer_edit import Words, words_of
from content.difference import Paragraph, by_paragraph
from content.door import Save
from content.draft import Draft
from content.warnings import of_text
from road.errors import ContentError
from web.editors.answer_form import Attempt
from web.editors.bubble import Bubble
from web.editors.cell import Cell
from web.editors.plain_words import Said, Translate, said_faults, said_warnings
from web.editors.preview import preview
from web.times import clock_time

State = Literal["missing", "stale", "draft", "reviewed"]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks say of a text as it is typed, and what people would read."""

    faults: Sequence[Said]
    warnings: Sequence[Said]
    bubbles: Sequence[Bubble]


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """The same topic in a locale."""

    locale: str
    name: str
    address: str
    state: State


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words, and the placeholder that follows them, or ""."""

    words: str
    name: str = ""


class LastSave(msgspec.Struct, frozen=True, kw_only=True):
    """Who saved a file last, and when, in words."""

    by: str
    time: str


def checked(
    attempt: Attempt, file: str, t: Translate, now: float, *, elsewhere: Sequence[ContentError] = ()
) -> Checked:
    """What is to be said of a file's text; a few milliseconds.

    Args:
        elsewhere: What a refused save found, in other files too.
    """
    cell, path = attempt.cell, attempt.path
    tried = attempt.draft.with_article(file, topic=cell.topic, locale=cell.locale, form=cell.form)
    article = cell.article(tried)
    faults = [*tried.faults, *(each for each in elsewhere if each.path.as_posix() != path)]
    return Checked(
        faults=said_faults(faults, path, file, t),
        warnings=said_warnings(of_text(article, path), t) if article else (),
        bubbles=preview(tried.content, cell.topic, cell.locale, cell.form, now) if article else (),
    )


def others(cell: Cell, draft: Draft) -> Sequence[Other]:
    """The topic in every locale."""
    found = [(cell._replace(locale=locale), name) for locale, name in draft.content.languages.items()]
    return [Other(locale=c.locale, name=name, address=c.address, state=state(c, draft)) for c, name in found]


def state(cell: Cell, draft: Draft) -> State:
    """How far a text is."""
    article, english = cell.article(draft), cell.english.article(draft)
    if article is None:
        return "missing"
    if english and article.is_stale(english):
        return "stale"
    return "reviewed" if article.reviewed_on else "draft"


def changed_english(cell: Cell, draft: Draft, folder: Path) -> Sequence[Paragraph] | None:
    """What has changed in English since a stale translation was made; None where nobody knows what it was made from."""
    article = cell.article(draft)
    before = stamp.earlier(folder, article.front.translates) if article and article.front.translates else None
    now = draft.texts.get(cell.english.path(draft))
    return by_paragraph(read_aloud(words_of(before)), read_aloud(words_of(now))) if before else None


def theirs(attempt: Attempt) -> Sequence[Paragraph]:
    """What saving would change in the file as it is now: their words taken out, mine put in."""
    return by_paragraph(read_aloud(words_of(attempt.draft.texts.get(attempt.path))), read_aloud(attempt.form.words))


def read_aloud(words: Words) -> str:
    """Title and text."""
    return f"{words.title}\n\n{words.body}"


def last_save(cell: Cell, draft: Draft, saves: Sequence[Save], now: float, locale: str) -> LastSave | None:
    """Who saved the file last at the desk."""
    found = next((save for save in saves if cell.path(draft) in save.paths), None)
    return LastSave(by=found.by, time=clock_time(_seconds(found.at), now, locale)) if found else None


def lines_of(body: str) -> Sequence[str]:
    """A text's lines that say something."""
    return [line for line in body.splitlines() if line.strip()]


def pieces(text: str) -> Sequence[Piece]:
    """Words, and the names of placeholders that follow them."""
    found: list[Piece] = []
    position = 0
    for match in placeholder.PATTERN.finditer(text):
        found.append(Piece(words=text[position : match.start()], name=match[1].strip()))
        position = match.end()
    return [*found, Piece(words=text[position:])]


def names_in(body: str) -> Sequence[str]:
    """Placeholders of a text, each once."""
    return list(dict.fromkeys(name for _, name in placeholder.found_in(body)))


def _seconds(iso: str) -> float:
    return datetime.fromisoformat(iso).astimezone(UTC).timestamp()
