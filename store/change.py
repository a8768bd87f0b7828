"""What a change of a person means for queues, consoles and lifetimes. Pure: shared by both stores."""

from collections.abc import Iterable, Sequence

import msgspec

from road.case import Case, CaseState, Entry, Page, Visibility
from road.outcome import Erasure, Outcome
from road.reply import AskFor, Lane, Reply, Say, SendFile
from road.session import Remembered
from road.turn import Address, Channel, Turn, TurnKind
from store.interface import SHARDS, DeskEvent
from store.keys import REOPEN_S, SENT_S


class Parcel(msgspec.Struct, frozen=True):
    """What lies in the outbox: a reply and where it goes."""

    address: Address
    reply: Reply


class SentIds(msgspec.Struct, frozen=True):
    """Message ids of one delivery or turn, and when they were kept.

    Attributes:
        name: As `Say.name`.
    """

    at: float
    ids: tuple[int, ...]
    name: str = ""


SENT, TAKEN_BACK, ON_ITS_WAY = "sent", "taken_back", "on_its_way"
"""What becomes of a named message, beside the courier's words for why it was given up."""


def shard_of(person: str) -> int:
    """The inbox stream of a person."""
    return int(person[:8], 16) % SHARDS


def is_open(case: Case) -> bool:
    """Whether somebody still has to look after it."""
    return case.state is not CaseState.CLOSED


def is_remembered(case: Case, now: float) -> bool:
    """Whether a decision still rests on it."""
    return is_open(case) or (case.closed_at or 0.0) >= now - REOPEN_S


def cases_after(remembered: Remembered, outcome: Outcome) -> dict[str, Case]:
    """A person's remembered cases once the outcome is written, by id."""
    return {case.id: case for case in (*remembered.cases, *outcome.cases)}


def events_of(remembered: Remembered, outcome: Outcome) -> tuple[DeskEvent, ...]:
    """What consoles must load again."""
    if outcome.erasure is Erasure.FORGET:
        return tuple(_event("closed", case) for case in remembered.cases if is_open(case))
    before = {case.id: case for case in remembered.cases}
    changed = [event for case in outcome.cases for event in _case_events(before.get(case.id), case)]
    after = [case for case in cases_after(remembered, outcome).values() if is_open(case)]
    return (*changed, *_entry_events(after, outcome.entries))


def _case_events(before: Case | None, case: Case) -> Iterable[DeskEvent]:
    if before == case:
        return
    if before is not None and before.visibility is not case.visibility:
        yield _event("changed", before)
    yield _event(_kind_of_change(before, case), case)
    if case.alarm and not (before and before.alarm):
        yield _event("alarm", case)


def _kind_of_change(before: Case | None, case: Case) -> str:
    if not is_open(case):
        return "closed"
    return "opened" if _comes_into_the_queue(before, case) else "changed"


def _comes_into_the_queue(before: Case | None, case: Case) -> bool:
    """New, reopened, or given back."""
    if before is None or not is_open(before):
        return True
    return case.state is CaseState.WAITING and before.state is CaseState.ACTIVE


def _entry_events(cases: Iterable[Case], entries: tuple[Entry, ...]) -> Iterable[DeskEvent]:
    """One event per open case that a new entry belongs to, seen by those who may read the entry."""
    visibilities = dict.fromkeys(entry.visibility for entry in entries)
    for case in cases:
        for visibility in visibilities:
            narrow = Visibility.FOCAL if Visibility.FOCAL in (visibility, case.visibility) else Visibility.ALL
            yield DeskEvent(kind="entry", case_id=case.id, visibility=narrow)


def _event(kind: str, case: Case) -> DeskEvent:
    return DeskEvent(kind=kind, case_id=case.id, visibility=case.visibility)


def kept_message_id(turn: Turn) -> int | None:
    """The person's own message, which hiding shall delete too; a tapped message is the bot's and known already."""
    return None if turn.kind is TurnKind.BUTTON else turn.message_id


def hidden_ids(sent: Iterable[SentIds], own: int | None, now: float) -> tuple[int, ...]:
    """What hiding deletes: everything of the last 48 hours, each id once, oldest first."""
    recent = [message_id for kept in sent if kept.at >= now - SENT_S for message_id in kept.ids]
    return tuple(dict.fromkeys((*recent, *(() if own is None else (own,)))))


def name_of(reply: Reply) -> str:
    """Under which the store keeps what becomes of it; "" where it does not."""
    return reply.name if isinstance(reply, Say | AskFor | SendFile) else ""


def ids_of(sent: Iterable[SentIds], name: str) -> tuple[int, ...]:
    """Messages that one of ours is in the person's chat."""
    return tuple(message_id for kept in sent if kept.name == name for message_id in kept.ids)


def strips(remembered: Remembered, outcome: Outcome) -> bool:
    """Whether a case loses what was kept only until its end; the files must then be rewritten."""
    after = {case.id: case for case in outcome.cases}
    return any(_is_private(case) and case.id in after and not _is_private(after[case.id]) for case in remembered.cases)


def drops_unanswered(remembered: Remembered, outcome: Outcome) -> bool:
    """Whether what a person asked in vain goes: nothing of somebody in a guarded case serves another end."""
    return any(case.guarded for case in cases_after(remembered, outcome).values())


def _is_private(case: Case) -> bool:
    call = case.care.call_back
    return bool(case.care.given or (call and (call.number or call.typed)))


def page_parcels(page: Page, group_chats: tuple[Address, ...]) -> tuple[Parcel, ...]:
    """A call to staff as messages to their chats, each once."""
    own = (Address(Channel.TELEGRAM, chat) for chat in page.chats)
    said = Say(html=page.html, buttons=page.buttons, lane=Lane.URGENT)
    return tuple(Parcel(chat, said) for chat in dict.fromkeys((*group_chats, *own)))


def service_times(remembered: Remembered, outcome: Outcome) -> Sequence[float]:
    """How long the cases took that are closed now and were held until now: seconds from claim to close."""
    active = {case.id for case in remembered.cases if case.state is CaseState.ACTIVE}
    closed = (case for case in outcome.cases if case.id in active and not is_open(case))
    return [case.closed_at - case.claimed_at for case in closed if case.closed_at and case.claimed_at]
