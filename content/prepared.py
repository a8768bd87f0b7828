"""Prepared texts: what staff sends in the person's language without knowing it, `prepared/<locale>.yml`."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from content.field import differences, fields_in, filled, is_field, problem_of, problems_in, read_text, slots_in
from content.filling import Filling
from content.markdown import Block
from content.markup import keep, to_html
from content.proof import Sheet, nearest
from content.record import compose, entries, line_of
from road.locale import SOURCE_LOCALE

LONGEST: Final = 700
"""Characters of a text, placeholders as they stand: a message that is read on a phone without scrolling."""


class PreparedText(msgspec.Struct, frozen=True, kw_only=True):
    """A text in one locale."""

    locale: str
    blocks: tuple[Block, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """What the operator fills in before it is sent."""
        return fields_in(self.blocks)

    def html(self, filling: Filling, values: Mapping[str, str]) -> str:
        """Telegram HTML; a paragraph with a value that may not be shown is left out."""

        def may_show(slot: str) -> bool:
            return is_field(slot) or filling.known.may_show(slot)

        return to_html(keep(self.blocks, may_show), filled(values, filling), self.locale)


class PreparedTexts(msgspec.Struct, frozen=True, kw_only=True):
    """All texts, by locale, in the order of the English file."""

    texts: Mapping[str, Mapping[str, PreparedText]] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """Those that English has."""
        return tuple(self.texts.get(SOURCE_LOCALE, {}))

    def text(self, name: str, locale: str) -> PreparedText:
        """A text in a locale, in English where the locale does not have it."""
        return self.texts.get(locale, {}).get(name) or self.texts[SOURCE_LOCALE][name]

    def missing(self, locale: str) -> list[str]:
        """Texts that a locale says in English."""
        return [name for name in self.ids if name not in self.texts.get(locale, {})]


def read_prepared(files: Mapping[str, tuple[str, Sheet]]) -> PreparedTexts:
    """The texts of all locales' files; faults are marked.

    Args:
        files: Text and sheet of each locale's file.
    """
    found = {locale: dict(_texts(locale, *file)) for locale, file in files.items()}
    english = found.get(SOURCE_LOCALE, {})
    for locale, (_, sheet) in files.items():
        for name, text in found[locale].items():
            if name not in english:
                sheet.mark(0, f"unknown text {name}{nearest(name, english)}; English is the source")
                continue
            for problem in differences(text.blocks, english[name].blocks):
                sheet.mark(0, f"{name}: {problem}")
    return PreparedTexts(texts=found)


def _texts(locale: str, text: str, sheet: Sheet) -> Iterator[tuple[str, PreparedText]]:
    for name, _, node in entries(compose(text, sheet), sheet):
        said = str(node.value).strip()
        blocks = read_text(said)
        for problem in _problems(said, blocks):
            sheet.mark(line_of(node), f"{name}: {problem}")
        yield name, PreparedText(locale=locale, blocks=blocks)


def _problems(said: str, blocks: tuple[Block, ...]) -> Iterator[str]:
    yield from problems_in(said)
    yield from filter(None, (problem_of(slot) for slot in slots_in(blocks) if is_field(slot)))
    if len(said) > LONGEST:
        yield f"{len(said)} characters; a prepared text has at most {LONGEST}"
