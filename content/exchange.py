"""The exchange with translators: a locale's answers go out as a PO file, and come back by the door."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from content.content import Content
from content.door import Change, Door
from content.draft import Draft
from content.proof import allowed
from content.stamp import earlier
from content.translation import Left, Pair, files, pairs
from road.errors import EditRefused, HotlineError, SetupError
from road.locale import SOURCE_LOCALE


class Sent(NamedTuple):
    """A file that came back from a translator; its name stands in the history and with faults."""

    name: str
    data: bytes


class Taken(NamedTuple):
    """What a file has brought.

    Attributes:
        written: Answers that are in the draft now.
        left: Answers that stay as they are, and why.
    """

    locale: str
    written: Sequence[Pair]
    left: Sequence[Left]


def is_possible() -> bool:
    """Whether translate-toolkit is installed here; it is a developers' dependency (docs/decisions/0004)."""
    try:
        return bool(_toolkit())
    except SetupError:
        return False


def translated(content: Content) -> list[str]:
    """Locales that are translated into."""
    return [locale for locale in content.languages if locale != SOURCE_LOCALE]


def export(draft: Draft, locale: str, folder: Path, now: float) -> bytes:
    """A locale's answers as a PO file.

    Args:
        folder: Where the draft lies, with the earlier English texts.

    Raises:
        EditRefused: The draft's answers have faults.
        HotlineError: The locale is none that is translated into; translate-toolkit is missing (SetupError).
    """
    po_file = _toolkit()
    if locale not in translated(draft.content):
        raise HotlineError(f"{locale!r} is not translated into; {allowed(translated(draft.content))}")
    return bytes(po_file.export(draft.content, locale, _pairs(draft, locale, folder), now))


def take_in(door: Door, folder: Path, sent: Sent, *, by: str) -> Taken:
    """Lets the finished answers of a PO file in; all, or nothing when the checks refuse something.

    Args:
        by: The editor's name.

    Raises:
        NotATranslation: It is no PO file, or of no locale that is translated into.
        ContentError: A unit is of no answer, or stands there twice.
        EditRefused: The answers have faults, named by the lines of the PO file.
        EditConflict: One of the answers was saved meanwhile.
        SetupError: translate-toolkit is missing.
    """
    po_file, draft = _toolkit(), door.draft()
    locale, store = po_file.parse(sent.data, sent.name, translated(draft.content))
    brought = po_file.read(store, sent.name, _pairs(draft, locale, folder))
    written = [done.pair for done in brought.done]
    texts = {path: text for done in brought.done for path, text in files(folder, *done).items()}
    marks = {path: draft.mark(path) for pair in written for path in (pair.path, pair.english_path)}
    change = Change(what=f"{locale}: {len(written)} answers from {sent.name}", texts=texts, marks=marks)
    try:
        door.save(lambda _: change, by)
    except EditRefused as error:
        raise EditRefused([po_file.located(fault, brought, texts, sent.name) for fault in error.faults]) from error
    return Taken(locale, written, brought.left)


def _pairs(draft: Draft, locale: str, folder: Path) -> list[Pair]:
    """What there is to translate; blocks that do not fit each other cannot be told apart as units."""
    ours = (f"answers/{SOURCE_LOCALE}/", f"answers/{locale}/")
    if faults := [fault for fault in draft.faults if fault.path.as_posix().startswith(ours)]:
        raise EditRefused(faults)
    return list(pairs(draft.content, locale, partial(earlier, folder)))


def _toolkit() -> ModuleType:
    try:
        from content import po_file  # noqa: PLC0415 - only developers have translate-toolkit
    except ImportError as error:
        raise SetupError("translations go out and in with translate-toolkit: run `make setup`") from error
    return po_file
