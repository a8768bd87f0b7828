"""Every error of ours, in one tree.

HotlineError
├── SettingsError            a setting is unknown, missing or malformed
├── ContentError             a content file is wrong (file, line, what, what is allowed)
│   └── NotATranslation      a file that a translator sent back is none of ours
├── SecondPersonMissing      emergency content changes, and only one person stands for it
├── Overtaken                what was to be published, or stands published, is another one by now
├── EditConflict             a colleague has saved the same file meanwhile
├── ValueConflict            a colleague has changed the same fact, line or place meanwhile
├── EditRefused              the checks find faults in what an editor wants to save
├── UnderstandingFailed      the Rasa box did not answer usefully
│   └── UnknownIntent        it named no topic that the catalogue has
├── StoreError
│   ├── StoreUnavailable     no answer from Valkey
│   ├── StoreFull            it answers, and takes no more
│   ├── StoreMismatch        an older server would open a newer one's files as empty
│   └── Conflict             somebody else changed it first: load again and decide again
├── DeliveryError
│   ├── ChatUnreachable      blocked by the person, or the chat is gone: never retried
│   ├── DeliveryDelayed      not now: too fast, no network, the channel is ill
│   └── DeliveryRefused      the channel will never take this message
├── FileUnavailable          a person's file can't be shown
├── NotAllowed               this account may not see or do that
└── SetupError               something outside the program must be installed or free
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from road.file import FileState


class HotlineError(Exception):
    """Root of the tree; its text is English, for the log and for staff."""


class SettingsError(HotlineError):
    """A setting that stops the start.

    Attributes:
        setting: Name of the environment variable.
    """

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting = setting


class ContentError(HotlineError):
    """A fault in a content file.

    Attributes:
        path: The file, relative to the content folder where possible.
        line: Line, counted from 1; 0 when the whole file is meant.
    """

    def __init__(self, path: Path | str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")
        self.path = Path(path)
        self.line = line
        self.problem = problem


class NotATranslation(ContentError):
    """A file that somebody sent in as a translation is none.

    Attributes:
        why: `no_po_file`, or `locale` where it is of no locale that is translated into.
    """

    def __init__(self, name: str, problem: str, why: Literal["no_po_file", "locale"]) -> None:
        super().__init__(name, 0, problem)
        self.why = why


class SecondPersonMissing(HotlineError):
    """Emergency content would change on one person's word.

    Attributes:
        changed: Lines and answers that would.
    """

    def __init__(self, changed: Sequence[str]) -> None:
        super().__init__(f"emergency content changes ({len(changed)}), and a second person must have looked at it")
        self.changed = tuple(changed)


class Overtaken(HotlineError):
    """Somebody saved, published, proposed or withdrew meanwhile; nothing was changed."""


class EditConflict(HotlineError):
    """A file is no longer the one that the editor saw; nothing was saved.

    Attributes:
        path: Below the content folder.
        theirs: What it holds now; None when it is gone.
    """

    def __init__(self, path: str, theirs: str | None) -> None:
        super().__init__(f"{path} was changed by somebody else meanwhile")
        self.path = path
        self.theirs = theirs


class ValueConflict(HotlineError):
    """A fact, line or place no longer says what the editor saw; nothing was saved.

    Attributes:
        entry: As in the placeholders, such as `fact.card_fee`.
        theirs: What its fields say now, by name: those that the editor wanted to change.
    """

    def __init__(self, entry: str, theirs: Mapping[str, str]) -> None:
        super().__init__(f"{entry} was changed by somebody else meanwhile")
        self.entry = entry
        self.theirs = theirs


class EditRefused(HotlineError):
    """An edit has faults; nothing was saved.

    Attributes:
        faults: Those that the edit brings.
    """

    def __init__(self, faults: Sequence[ContentError]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


class UnderstandingFailed(HotlineError):
    """The Rasa box did not answer in time, or not with an answer."""


class UnknownIntent(UnderstandingFailed):
    """The model and the catalogue do not belong together."""

    def __init__(self, intent: str) -> None:
        super().__init__(f"neither intent {intent!r} nor another of the ranking is in the catalogue: train again")
        self.intent = intent


class StoreError(HotlineError):
    """The store did not do what was asked."""


class StoreUnavailable(StoreError):
    """No answer from Valkey; nothing is known about what it did."""


class StoreFull(StoreError):
    """Valkey refuses writes: out of memory or disk."""


class StoreMismatch(StoreError):
    """The data folder was written by another server version."""


class Conflict(StoreError):
    """The version, state or fence was no longer what the decision rested on."""


class DeliveryError(HotlineError):
    """A message could not be delivered."""


class ChatUnreachable(DeliveryError):
    """The person blocked the bot, or the chat no longer exists."""


class DeliveryDelayed(DeliveryError):
    """The message was not taken, and may be later.

    Attributes:
        after_s: How long the channel wants this chat left alone; None when it did not say.
    """

    def __init__(self, reason: str, after_s: float | None = None) -> None:
        super().__init__(reason)
        self.after_s = after_s


class DeliveryRefused(DeliveryError):
    """The channel refuses this message whatever is tried."""


class FileUnavailable(HotlineError):
    """A person's file can't be shown.

    Attributes:
        why: What the page says of it.
    """

    def __init__(self, why: FileState) -> None:
        super().__init__(f"the file can't be shown: {why}")
        self.why = why


class NotAllowed(HotlineError):
    """The account may not see or do this.

    Attributes:
        why: A stable word that pages have a text for: not_done, closed, not_yours, unreachable, answered_meanwhile,
            no_topic, no_answer, safe_word_first, not_on_duty, not_visible, no_room, supervisor_only, no_reason,
            no_danger, erased, no_outcome, no_referral, no_consent, consent_unasked, not_offered, safe_word_length,
            no_files_there, not_at_hand, too_long, no_file, file_type, file_large, photo_large.
    """

    def __init__(self, problem: str, why: str = "not_done") -> None:
        super().__init__(problem)
        self.why = why


class SetupError(HotlineError):
    """Something on the machine stands in the way; the text says what to do."""
