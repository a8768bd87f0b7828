"""Writing an outcome: one plan for one script, for turns and for operators' deeds alike."""

from collections.abc import Sequence
from typing import Final

import msgspec

from desk.agenda import next_look
from desk.rank import rank_of
from desk.routing import line_of
from desk.surge import slot_of
from road.case import Case, CaseState, Visibility
from road.clock import day_of
from road.errors import Conflict
from road.outcome import Erasure, Outcome
from road.reply import HideMessages, Lane, Reply
from road.session import Remembered
from road.turn import Address
from store.change import (
    ON_ITS_WAY,
    TAKEN_BACK,
    Parcel,
    cases_after,
    events_of,
    hidden_ids,
    ids_of,
    is_open,
    kept_message_id,
    name_of,
    page_parcels,
    service_times,
    shard_of,
    strips,
)
from store.crypto import PersonKey, Seal
from store.desk import desk_plan
from store.erasure import Erased, find_erased, rewrite_soon
from store.inbox import WORKERS
from store.interface import DeskEvent, Held
from store.keys import ASKED_S, ERASED_S, FORM_S, SENT_S, SERVICE_ENTRIES, TALLY_S, TRANSCRIPT_ENTRIES
from store.leases import lease_plan
from store.outbox import COURIERS, sent_plan
from store.server import Plan, Server, request_id
from store.unanswered import unanswered_plan

_TRIES: Final = 5

StaffChats = dict[str, tuple[Address, ...]]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one write rests on."""

    remembered: Remembered
    outcome: Outcome
    held: Held | None
    erased: Erased | None
    request: str

    @property
    def person(self) -> str:
        """Whom it changes."""
        return self.remembered.person

    @property
    def forgets(self) -> bool:
        """Whether nothing but the replies is kept."""
        return self.outcome.erasure is Erasure.FORGET


class ValkeyCommit:
    """See `Inbox.commit` and `Desk.change`."""

    _server: Server
    _staff: StaffChats

    async def commit(self, held: Held, remembered: Remembered, outcome: Outcome) -> None:
        """Writes the outcome and finishes the turn, in one step."""
        await self._write(remembered, outcome, held)

    async def change(self, remembered: Remembered, outcome: Outcome) -> None:
        """As `commit`, for a deed that no turn began."""
        await self._write(remembered, outcome, None)

    async def is_written(self, once: str) -> bool:
        """Whether an outcome of this `once` was written within the last day."""
        async with self._server.reading() as client:
            return bool(await client.exists(self._server.keys.once(_form_name(self._server, once))))

    async def _write(self, remembered: Remembered, outcome: Outcome, held: Held | None) -> None:
        request = request_id()
        for _ in range(_TRIES):
            erased = None
            if outcome.erasure is not Erasure.NONE or outcome.take_back:
                erased = await find_erased(self._server, remembered.person, held)
            change = Change(remembered=remembered, outcome=outcome, held=held, erased=erased, request=request)
            if await self._run_commit(change) != [b"again"]:
                if change.forgets or strips(remembered, outcome):
                    await rewrite_soon(self._server)
                return
        raise Conflict("commit: the person's messages kept changing")

    async def _run_commit(self, change: Change) -> list[bytes]:
        server = self._server
        if change.forgets:
            key = server.keyring.fresh_key(change.person)
            answer = await server.run(
                "commit", {**self._commit_plan(change, key), "key": _last_key(server, change, key)}
            )
            server.note_key(change.person, key.wrapped)
            return answer
        return await server.run_sealed("commit", change.person, lambda key: self._commit_plan(change, key))

    def _commit_plan(self, change: Change, key: PersonKey) -> Plan:
        server = self._server
        keys = server.keys
        return {
            "request": change.request,
            "inbox": keys.inbox(shard_of(change.person)),
            "group": WORKERS,
            "couriers": COURIERS,
            "case_prefix": keys.case(""),
            "queues": [queue(visibility) for visibility in Visibility for queue in (keys.queue, keys.alarm)],
            "lines": keys.lines,
            "agenda": keys.agenda,
            "service": {"list": keys.service, "entries": SERVICE_ENTRIES, "add": _service_plan(change)},
            "tally": {"hash": keys.tally(day_of(server.clock())), "ttl_s": TALLY_S, "add": change.outcome.counts},
            "unanswered": unanswered_plan(server, change.remembered, change.outcome, key),
            "capacity": change.outcome.capacity if change.outcome.capacity is not None else -1,
            "lanes": [{"stream": keys.outbox(lane), "erased_prefix": keys.erased(lane, "")} for lane in Lane],
            "person": _person_plan(server, change, key),
            "cases": [_case_plan(server, case, key) for case in change.outcome.cases],
            "transcript": _transcript_plan(server, change, key),
            "parcels": self._parcel_plans(change, key),
            "events": [_event_plan(server, event) for event in events_of(change.remembered, change.outcome)],
            "sent": _sent_plan(server, change, key),
            **_asked_plan(server, change),
            **_once_plan(server, change),
            "words": {"on_its_way": ON_ITS_WAY, "taken_back": TAKEN_BACK},
            "strips": server.keys.erasures if strips(change.remembered, change.outcome) else "",
            **_turn_plan(server, change.held),
            **_erasure_plan(server, change, key),
        }

    def _parcel_plans(self, change: Change, key: PersonKey) -> list[Plan]:
        server = self._server
        address = change.outcome.session.address
        plans = [
            _parcel_plan(server, change.person, Parcel(address, reply), key)
            for reply in _replies(change, server.clock())
        ]
        for page in () if change.forgets else change.outcome.pages:
            for parcel in page_parcels(page, self._staff.get(page.group, ())):
                plans.append(_parcel_plan(server, server.keyring.staff(parcel.address), parcel, server.keyring.house))
        return plans


def _replies(change: Change, now: float) -> Sequence[Reply]:
    """The outcome's replies, after the hiding that the person asked for."""
    if change.erased is None:
        return change.outcome.replies
    if name := change.outcome.take_back:
        ids = ids_of(change.erased.sent, name)
        return (*((HideMessages(message_ids=ids, name=name),) if ids else ()), *change.outcome.replies)
    own = kept_message_id(change.held.turn) if change.held else None
    ids = hidden_ids(change.erased.sent, own, now)
    return (*((HideMessages(message_ids=ids),) if ids else ()), *change.outcome.replies)


def _parcel_plan(server: Server, person: str, parcel: Parcel, key: Seal) -> Plan:
    stream = server.keys.outbox(parcel.reply.lane)
    return {"stream": stream, "person": person, "name": name_of(parcel.reply), "sealed": key.seal(parcel, stream)}


def _person_plan(server: Server, change: Change, key: PersonKey) -> Plan:
    name = server.keys.person(change.person)
    return {
        "id": change.person,
        "name": name,
        "version": change.remembered.version,
        "session": key.seal(change.outcome.session, name),
        "cases": server.keys.cases(change.person),
        "transcript": server.keys.transcript(change.person),
        "transcript_entries": TRANSCRIPT_ENTRIES,
        "files": server.keys.files(change.person),
        "file_prefix": server.keys.file(""),
        "web": server.keys.web(change.person),
        "messages": server.keys.messages(change.person),
        "expired_before": str(server.clock() - server.retention_s),
        "ttl_s": _ttl_s(server, change),
    }


def _ttl_s(server: Server, change: Change) -> int:
    """How long the person's keys live from now; 0 means as long as a case is open."""
    if change.forgets:
        return SENT_S
    has_open_case = any(is_open(case) for case in cases_after(change.remembered, change.outcome).values())
    return 0 if has_open_case else server.retention_s


def _case_plan(server: Server, case: Case, key: PersonKey) -> Plan:
    name = server.keys.case(case.id)
    return {
        "id": case.id,
        "name": name,
        "sealed": key.seal(case, name),
        "closed_at": "+inf" if is_open(case) else str(case.closed_at or server.clock()),
        "ttl_s": 0 if is_open(case) else server.retention_s,
        "rank": str(rank_of(case)),
        "queues": _queues(server, case),
        "line": server.keys.line(line_of(case).name) if case.state is CaseState.WAITING else "",
        "line_name": line_of(case).name,
        "held": server.keys.held(server.keyring.name("account", case.operator)) if _is_held(case) else "",
        "look_at": str(next_look(case) or ""),
    }


def _queues(server: Server, case: Case) -> list[str]:
    if not is_open(case):
        return []
    alarms = [server.keys.alarm(case.visibility)] if case.alarm else []
    return [server.keys.queue(case.visibility), *alarms]


def _is_held(case: Case) -> bool:
    return case.state is CaseState.ACTIVE


def _service_plan(change: Change) -> list[str]:
    return [str(seconds) for seconds in service_times(change.remembered, change.outcome)]


def _transcript_plan(server: Server, change: Change, key: PersonKey) -> list[str]:
    name = server.keys.transcript(change.person)
    return [key.seal(entry, name) for entry in change.outcome.entries]


def _event_plan(server: Server, event: DeskEvent) -> Plan:
    return {"desk": desk_plan(server, event.visibility), "kind": event.kind, "case": event.case_id}


def _sent_plan(server: Server, change: Change, key: PersonKey) -> Plan:
    own = kept_message_id(change.held.turn) if change.held else None
    return sent_plan(server, change.person, () if own is None else (own,), key)


def _asked_plan(server: Server, change: Change) -> Plan:
    if not change.outcome.asked:
        return {}
    return {"asked": {"name": server.keys.asked(slot_of(server.clock()), change.outcome.asked), "ttl_s": ASKED_S}}


def _once_plan(server: Server, change: Change) -> Plan:
    if not change.outcome.once:
        return {}
    return {"once": {"name": server.keys.once(_form_name(server, change.outcome.once)), "ttl_s": FORM_S}}


def _form_name(server: Server, once: str) -> str:
    return server.keyring.name("form", once)


def _turn_plan(server: Server, held: Held | None) -> Plan:
    return {"lease": lease_plan(server, held.lease), "entry": held.entry_id} if held else {}


def _erasure_plan(server: Server, change: Change, key: PersonKey) -> Plan:
    if change.erased is None:
        return {}
    inbox = server.keys.inbox(shard_of(change.person))
    behind = change.erased.behind if change.forgets else ()
    erasure = {
        "forget": change.forgets,
        "last_sent": change.erased.last_sent,
        "mark_ttl_s": ERASED_S,
        "behind": [entry_id for entry_id, _ in behind],
        "sealed_anew": [key.seal(turn, inbox) if turn else "" for _, turn in behind],
        "count": server.keys.erasures,
        "only": change.outcome.take_back,
    }
    return {"erasure": erasure}


def _last_key(server: Server, change: Change, key: PersonKey) -> Plan:
    """The key that carries the last words to a person who was forgotten; it lives as long as those may take."""
    return {**server.key_plan(change.person, key), "ttl_s": 2 * SENT_S}
