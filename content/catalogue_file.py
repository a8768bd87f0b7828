"""Catalogue files: `hotline.po` read and proofread."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po

from content import markdown
from content.article_rules import TITLE_LIMIT
from content.interface import COUNT, SLOT, Catalogue
from content.proof import Proof, Sheet
from road.locale import SOURCE_LOCALE

BUTTONS = ("button.", "group.", "topic.")
"""Keys that begin so are texts of buttons."""

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_PLURAL_FORMS = re.compile(r'^"Plural-Forms:\s*nplurals=(\d+);', re.MULTILINE)
_MARKUP = re.compile(r"[<>#`|!\[\]=]|---")  # without these nothing can be wrong
_MSGID = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


def read_catalogue(text: str, sheet: Sheet, locale: str) -> Catalogue | None:
    """A locale's texts; faults that the file shows by itself are marked."""
    _mark_plural_forms(text, locale, sheet)
    try:
        catalog = read_po(BytesIO(text.encode()), locale=locale, charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        sheet.mark(error.lineno + 1, f"not readable as a gettext catalogue: {error}")
        return None
    except (ValueError, SyntaxError) as error:
        sheet.mark(1, f"not readable as a gettext catalogue: {error}")
        return None
    _mark_doubled(text, sheet)
    for message in _messages(catalog):
        for problem in _own_problems(message, catalog.num_plurals):
            sheet.mark(message.lineno or 0, f"{key_of(message)}: {problem}")
        if locale == SOURCE_LOCALE and not all(forms_of(message)):
            sheet.mark(message.lineno or 0, f"{key_of(message)}: the English text is missing")
    forms = {key_of(message): forms_of(message) for message in _messages(catalog) if not message.fuzzy}
    return Catalogue(locale=locale, forms={k: f for k, f in forms.items() if all(f)}, plural=catalog.plural_expr)


def key_of(message: Message) -> str:
    """A message's stable name."""
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    """A message's text, or its plural forms."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string),)


def english_problems(catalogue: Catalogue, english: Catalogue) -> Iterator[tuple[str, str]]:
    """What is wrong with a locale's texts beside the English ones, by key."""
    for key, forms in catalogue.forms.items():
        if key not in english.forms:
            yield key, "unknown key; English does not have it"
            continue
        wanted = _slots(english.forms[key])
        for form in forms:
            if (found := _slots((form,))) - {COUNT} != wanted - {COUNT} or not found <= wanted:
                yield key, f"placeholders differ from English: has {_named(found)}, English has {_named(wanted)}"


def lines_of(text: str) -> Mapping[str, int]:
    """Line of each key in a catalogue file."""
    return {match[1]: text.count("\n", 0, match.start()) + 1 for match in _MSGID.finditer(text)}


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _mark_doubled(text: str, sheet: Sheet) -> None:
    seen: set[str] = set()
    for match in _MSGID.finditer(text):
        if match[1] in seen:
            sheet.mark(text.count("\n", 0, match.start()) + 1, f"{match[1]}: stands here a second time")
        seen.add(match[1])


def _mark_plural_forms(text: str, locale: str, sheet: Sheet) -> None:
    found, wanted = _PLURAL_FORMS.search(text), get_plural(locale)
    if found is None or int(found[1]) != wanted.num_plurals:
        sheet.mark(1, f"Plural-Forms: nplurals={found[1] if found else ''}; {locale} has {wanted}")


def _own_problems(message: Message, num_plurals: int) -> Iterator[str]:
    key, forms = key_of(message), forms_of(message)
    if not _KEY.fullmatch(key):
        yield "a key is small letters with a dot, such as answer.not_reviewed"
    if message.pluralizable and any(forms) and (len(forms) != num_plurals or not all(forms)):
        yield f"{sum(map(bool, forms))} plural forms; needs all {num_plurals}"
    for form in forms:
        if key.startswith(BUTTONS) and len(form) > TITLE_LIMIT:
            yield f"{len(form)} characters; a button has at most {TITLE_LIMIT}"
        yield from _form_problems(form)


def _form_problems(form: str) -> Iterator[str]:
    try:
        parts = list(Formatter().parse(form))
    except ValueError as error:
        yield f"braces do not pair ({error})"
        return
    for _, name, shape, conversion in parts:
        if name is not None and (shape or conversion or not SLOT.fullmatch(f"{{{name}}}")):
            written = name + (f"!{conversion}" if conversion else "") + (f":{shape}" if shape else "")
            yield f"{{{written}}} is not a placeholder; write {{name}} in small letters"
    if _MARKUP.search(form):
        proof = Proof()
        markdown.parse(form, SLOT, proof.sheet(""), breaks=True)
        yield from (fault.problem for fault in proof.faults())


def _slots(forms: tuple[str, ...]) -> set[str]:
    return {match[1] for form in forms for match in SLOT.finditer(form)}


def _named(slots: set[str]) -> str:
    return ", ".join(f"{{{slot}}}" for slot in sorted(slots)) or "none"
