"""What a change of a person means for queues, consoles and lifetimes. Pure: shared by both stores."""

from collections.abc import Iterable
from typing import Final

import msgspec

from road.case import Case, CaseState, Entry, Page, Visibility
from road.outcome import Erasure, Outcome
from road.reply import Lane, Reply, Say
from road.session import Remembered
from road.turn import Address, Turn, TurnKind
from store.interface import SHARDS, DeskEvent
from store.keys import REOPEN_S, SENT_S

ORDINARY_BAND: Final = 4_000_000_000_000_000
"""Added to the rank of cases that are not critical: microseconds until about the year 2096, so that every critical case
comes first and ranks stay whole numbers that a double holds exactly (below 2**53)."""


class Parcel(msgspec.Struct, frozen=True):
    """What lies in the outbox: a reply and where it goes."""

    address: Address
    reply: Reply


class SentIds(msgspec.Struct, frozen=True):
    """Message ids of one delivery or turn, and when they were kept."""

    at: float
    ids: tuple[int, ...]


def shard_of(person: str) -> int:
    """The inbox stream of a person."""
    return int(person[:8], 16) % SHARDS


def rank_of(case: Case) -> int:
    """Place in a queue: the critical band first, then by opening time in microseconds; lower is earlier."""
    opened_us = round(case.opened_at * 1_000_000)
    return opened_us if case.critical else ORDINARY_BAND + opened_us


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
    return "changed" if before is not None and is_open(before) else "opened"


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


def page_parcels(page: Page, chats: tuple[Address, ...]) -> tuple[Parcel, ...]:
    """A call to staff as messages to their chats; the urgent lane for those who must come now."""
    lane = Lane.URGENT if page.group == "now" else Lane.OPERATOR
    return tuple(Parcel(chat, Say(html=page.html, lane=lane)) for chat in chats)
