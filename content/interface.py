"""Interface texts: what the hotline says between the answers, from gettext catalogues with stable names as msgid.

A text is Markdown like the answers (`**bold**`, lists, links) with slots `{name}`. Values are escaped, formatted for
the locale and isolated in right-to-left text. What a locale does not have is said in English.
"""

import gettext
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from content import markdown, wording
from content.markdown import Block
from content.markup import Value, to_html, to_plain
from content.proof import Proof
from road.errors import ContentError
from road.locale import SOURCE_LOCALE

SLOT = re.compile(r"\{([a-z_]+)\}")
"""Finds a placeholder of an interface text."""

_ISOLATES = re.compile("[\u2066-\u2069]")  # of others: one left open would swallow what follows

COUNT = "n"
"""Name of the value that chooses the plural form."""


def path_of(locale: str) -> str:
    """A locale's catalogue, below the content folder."""
    return f"locale/{locale}/LC_MESSAGES/hotline.po"


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """A locale's texts.

    Attributes:
        forms: By key, the text, or its plural forms.
        plural: Plural-Forms expression, in gettext's C syntax.
    """

    locale: str
    forms: Mapping[str, tuple[str, ...]]
    plural: str = "0"

    def form(self, key: str, count: object) -> str | None:
        """The text of a key for a count (None: it has one form), or None where the locale does not have it."""
        forms = self.forms.get(key)
        if not forms:
            return None
        index = _plural(self.plural)(int(count)) if len(forms) > 1 and isinstance(count, int) else 0
        return forms[min(index, len(forms) - 1)]


class Interface:
    """All catalogues."""

    def __init__(self, catalogues: Mapping[str, Catalogue]) -> None:
        self.catalogues = catalogues

    def __contains__(self, key: str) -> bool:
        """Whether English has it."""
        return SOURCE_LOCALE in self.catalogues and key in self.catalogues[SOURCE_LOCALE].forms

    def text(self, key: str, locale: str, values: Mapping[str, object]) -> str:
        """Telegram HTML.

        Raises:
            ContentError: English does not have the key, or a value is missing.
        """
        form, shown_locale = self._form(key, locale, values.get(COUNT))
        return to_html(_blocks(form), lambda slot: _value(key, slot, values, shown_locale), shown_locale)

    def plain(self, key: str, locale: str, values: Mapping[str, object]) -> str:
        """The same without markup."""
        return to_plain(self.text(key, locale, values))

    def _form(self, key: str, locale: str, count: object) -> tuple[str, str]:
        for candidate in (locale, SOURCE_LOCALE):
            form = self.catalogues[candidate].form(key, count) if candidate in self.catalogues else None
            if form:
                return form, candidate
        raise ContentError(path_of(SOURCE_LOCALE), 0, f"{key}: missing")


@lru_cache(maxsize=4096)
def _blocks(form: str) -> Sequence[Block]:
    return markdown.parse(form, SLOT, Proof().sheet(""), breaks=True)


@lru_cache(maxsize=64)
def _plural(expression: str) -> Callable[[int], int]:
    return gettext.c2py(expression)


def _value(key: str, slot: str, values: Mapping[str, object], locale: str) -> Value:
    if slot not in values:
        raise ContentError(path_of(SOURCE_LOCALE), 0, f"{key}: no value for {{{slot}}}")
    value = values[slot]
    if isinstance(value, date):
        return Value(text=wording.date(value, locale))
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Value(text=wording.number(value, locale))
    return Value(text=_ISOLATES.sub("", str(value)))
