"""Proposals: what one editor wants people to read, and asks a second one to look at.

At most one waits, in <data_dir>/content/proposal.json. It names what people read when it was made and what they would
read; when either is another one by now it is void, and nobody can confirm it.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from content import whole_file
from content.fingerprint import of_files
from content.history import Deed, Signature, Step
from content.snapshot import alone, exactly, go_back, publish, root
from road.clock import Clock, system_clock
from road.errors import Overtaken, SecondPersonMissing


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A step that waits for a second person.

    Attributes:
        deed: Publishing the draft, or going back to a snapshot.
        before: Fingerprint of what people read when it was made.
        after: Of what they would read.
        by: Who asks; they can't confirm it themselves.
        at: ISO time, UTC.
    """

    deed: Deed
    before: str
    after: str
    by: str
    why: str
    at: str

    @property
    def mark(self) -> str:
        """Tells it from every other one: a form confirms the proposal that its page showed."""
        return of_files([("", msgspec.json.encode(self))])

    def fits(self, *, live: str, draft: str) -> bool:
        """Whether it is still about what people read, and about the draft if it wants that published.

        Args:
            live: Fingerprint of what people read now.
            draft: Of the content folder as it is now.
        """
        return self.before == live and (self.deed == "went back" or self.after == draft)


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """What a second person says.

    Attributes:
        mark: Of the proposal that they saw.
        by: Their name.
        looked: The emergency content that they looked at.
    """

    mark: str
    by: str
    looked: Collection[str]


def waiting(data_dir: Path) -> Proposal | None:
    """The proposal that waits, void or not; one that a power cut tore is none."""
    try:
        return msgspec.json.decode(_file(data_dir).read_bytes(), type=Proposal)
    except (OSError, msgspec.DecodeError):
        return None


def propose(data_dir: Path, step: Step, signature: Signature, *, draft: str, clock: Clock = system_clock) -> Proposal:
    """Asks for a second person; a proposal that is void by now makes way.

    Args:
        step: What is wanted.
        signature: Who wants it, why, and whether it is published or gone back to.
        draft: Fingerprint of the content folder.

    Raises:
        Overtaken: Another proposal waits.
    """
    at = datetime.fromtimestamp(clock(), UTC).isoformat(timespec="seconds")
    made = Proposal(
        deed=signature.deed, before=step.before, after=step.after, by=signature.by, why=signature.why, at=at
    )
    with alone(data_dir):
        other = waiting(data_dir)
        if other and other.fits(live=step.before, draft=draft):
            raise Overtaken(f"{other.by} has asked already")
        whole_file.write(_file(data_dir), msgspec.json.encode(made))
    return made


def withdraw(data_dir: Path, mark: str) -> None:
    """Takes a proposal away.

    Raises:
        Overtaken: It is not the one that waits.
    """
    with alone(data_dir):
        _same(data_dir, mark)
        _file(data_dir).unlink()


def confirm(folder: Path, data_dir: Path, clock: Clock = system_clock, *, confirmation: Confirmation) -> str:
    """Makes the proposed step with a second person's name, and gives the snapshot's fingerprint.

    Raises:
        Overtaken: The proposal is not the one that waits, or it is void.
        SecondPersonMissing: They are the one who proposed it, or have not looked at everything.
        ContentError: The folder has faults.
        SetupError: The snapshot that is to be gone back to is no longer kept.
    """
    mark = confirmation.mark
    proposal = _same(data_dir, mark)
    signature = Signature(deed=proposal.deed, by=proposal.by, second=confirmation.by, why=proposal.why)

    def judge(step: Step) -> None:
        _same(data_dir, mark)
        exactly(before=proposal.before, after=proposal.after)(step)
        if unseen := [each for each in step.critical if each not in confirmation.looked]:
            raise SecondPersonMissing(unseen)

    if proposal.deed == "went back":
        made = go_back(data_dir, proposal.after, clock, signature=signature, judge=judge)
    else:
        made = publish(folder, data_dir, clock, signature=signature, judge=judge).version
    with suppress(Overtaken):  # a crash before leaves it void
        withdraw(data_dir, mark)
    return made


def _same(data_dir: Path, mark: str) -> Proposal:
    proposal = waiting(data_dir)
    if proposal is None or proposal.mark != mark:
        raise Overtaken("this proposal waits no more")
    return proposal


def _file(data_dir: Path) -> Path:
    return root(data_dir) / "proposal.json"
