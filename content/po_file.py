"""Translations as a PO file, for Weblate, Poedit or OmegaT. Needs translate-toolkit, which only developers have."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from translate.storage.pypo import pofile, pounit

from content.article_rules import TITLE_LIMIT
from content.content import Content
from content.fact import Fact
from content.filling import Filling
from content.markdown import Block
from content.proof import allowed, nearest
from content.translation import Left, Pair, Unit, key_at, units
from road.errors import ContentError, NotATranslation

LONGEST_PROBLEM = 120
"""Characters of what the parser says: it may quote a whole file."""


class Done(NamedTuple):
    """An answer that a PO file brings, whole: its title and its blocks."""

    pair: Pair
    texts: Sequence[str]


class Brought(NamedTuple):
    """What a PO file brings.

    Attributes:
        lines: Lines of the PO file by unit.
    """

    done: Sequence[Done]
    left: Sequence[Left]
    lines: Mapping[str, int]


def export(content: Content, locale: str, found: Sequence[Pair], now: float) -> bytes:
    """A locale's PO file.

    Args:
        found: All texts of the locale.
        now: For its date, and for what is open now in the comments.
    """
    store = pofile()
    at = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M+0000")
    store.init_headers(language=locale, project_id_version="hotline", pot_creation_date=at, po_revision_date=at)
    filling = Filling(content.known, content.interface, locale, now)
    for pair in found:
        blocks = (None, *pair.english.blocks)
        for unit, block in zip(units(pair), blocks, strict=True):
            line = pair.english.body_line + block.line - 1 if block else 1
            store.addunit(_po_unit(unit, [*_notes(block, filling)], f"{pair.english_path}:{line}"))
    return bytes(store)


def parse(data: bytes, name: str, locales: Collection[str]) -> tuple[str, pofile]:
    """A PO file's locale, and what it holds.

    Args:
        name: The PO file's name, for faults.
        locales: Those that are translated into.

    Raises:
        NotATranslation: It is no PO file, or of none of these locales.
    """
    try:
        store = pofile.parsestring(data)
    except ValueError as error:  # a syntax error, or another encoding than it says
        problem = f"not readable as a PO file: {str(error).splitlines()[0][:LONGEST_PROBLEM]}"
        raise NotATranslation(name, problem, "no_po_file") from error
    locale = store.parseheader().get("Language", "")
    if locale not in locales:
        raise NotATranslation(name, f"Language: unknown locale {locale!r}; {allowed(locales)}", "locale")
    return locale, store


def read(store: pofile, name: str, found: Sequence[Pair]) -> Brought:
    """What a PO file brings: answers of which every unit is translated, none fuzzy, and something is new.

    Args:
        name: The PO file's name, for faults.
        found: All texts of its locale.

    Raises:
        ContentError: A unit is of no answer, or stands there twice.
    """
    given = _by_key(store, name, {pair.below for pair in found})
    compared = [_compared(pair, given) for pair in found]
    return Brought(
        done=[one for one in compared if isinstance(one, Done)],
        left=[one for one in compared if isinstance(one, Left)],
        lines={key: unit.line_number or 0 for key, unit in given.items()},
    )


def located(fault: ContentError, brought: Brought, texts: Mapping[str, str], name: str) -> ContentError:
    """A fault that the checks found, at the unit that brought it; the fault itself where none did.

    Args:
        texts: The files as they would be written, by path.
        name: The PO file's name.
    """
    for pair, _ in brought.done:
        if fault.path.as_posix() == pair.path:
            key = key_at(pair, texts[pair.path], fault.line)
            return ContentError(name, brought.lines[key], f"unit {key!r}: {fault.problem}")
    return fault


def _compared(pair: Pair, given: Mapping[str, pounit]) -> Done | Left | None:
    """What the file brings for an answer, why it cannot be taken, or None: nothing new."""
    ours = units(pair)
    theirs = [given.get(unit.key) for unit in ours]
    texts = [_target(unit) for unit in theirs]
    new = any(text not in ("", unit.text) for text, unit in zip(texts, ours, strict=True))
    opened = sum(not text or unit is None or unit.isfuzzy() for text, unit in zip(texts, theirs, strict=True))
    if new and any(unit and str(unit.source) != our.english for unit, our in zip(theirs, ours, strict=True)):
        return Left(pair, 0, len(ours))
    if opened:
        return Left(pair, opened, len(ours)) if new else None
    return Done(pair, texts) if new or pair.stale else None


def _target(unit: pounit | None) -> str:
    return str(unit.target or "").strip() if unit else ""


def _by_key(store: pofile, name: str, known: set[str]) -> dict[str, pounit]:
    given: dict[str, pounit] = {}
    for unit in store.units:
        if unit.isheader() or unit.isobsolete():
            continue
        key = unit.getcontext()
        file = key.partition("#")[0]
        if file not in known:
            raise ContentError(name, unit.line_number or 0, f"unit {key!r}: no such answer{nearest(file, known)}")
        if key in given:
            raise ContentError(name, unit.line_number or 0, f"unit {key!r}: stands here a second time")
        given[key] = unit
    return given


def _po_unit(unit: Unit, notes: Sequence[str], location: str) -> pounit:
    made = pounit()
    made.source, made.target = unit.english, unit.text
    made.setcontext(unit.key)
    made.addlocation(location)
    if notes:
        made.addnote("\n".join(notes), origin="developer")
    if unit.stale:
        made.markfuzzy()
        if unit.previous:
            made.prev_source = unit.previous
    return made


def _notes(block: Block | None, filling: Filling) -> Iterator[str]:
    """What a translator should know: what kind of text it is, and what its placeholders give."""
    if block is None:
        yield f"Title, and a button: at most {TITLE_LIMIT} characters."
        return
    if block.kind == "item":
        yield "List item."
    for slot in dict.fromkeys(block.slots):
        yield f"{{{{ {slot} }}}}: {_given(slot, filling)}"


def _given(slot: str, filling: Filling) -> str:
    """What a placeholder gives, and what it means."""
    entry = filling.known.entry(slot)
    shown = filling(slot).text if filling.known.may_show(slot) else ""
    if not isinstance(entry, Fact):
        return shown or "not known yet; the block is left out"
    if entry.type == "claim":
        return f"nothing; the block is shown only while staff stand for it ({entry.meaning})"
    return f"{shown or 'not confirmed yet; the block is left out'} ({entry.meaning})"
