"""The machine of cases on both stores, against its specification: random deeds of persons, staff and the clock.

After every step everything that a console, a message or the keeper could see is compared with `desk_spec`.
"""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from msgspec.structs import replace

from actions import takeover
from content.content import Content
from content.folder import load
from desk import transitions
from desk.routing import Hands, line_of
from road.account import Account, Role, Roster
from road.case import Author, Case, CaseState, Consent, Ending, Visibility
from road.errors import Conflict, NotAllowed
from road.outcome import Erasure, Outcome
from road.session import Remembered
from tests.app.contract.desk_spec import DAY_S, Helper, Spec, Ticket
from tests.app.contract.world import (
    EVERYBODY,
    FOCAL_POINT,
    NOON,
    MemoryWorld,
    ValkeyWorld,
    World,
    entry,
    person,
    session,
    wrote,
)

STEPS: Final = 40
EXAMPLES: Final = {"valkey": 280, "memory": 100}
"""40 steps each: more than the 10,000 on the real store that issue D asks for."""

LOCALES: Final = ("uk", "ar", "hu")
PEOPLE: Final = st.integers(0, 2)
STAFF: Final = st.sampled_from(("anna", "bela", "fati"))
HELPERS: Final = (("anna", False, ("uk", "hu")), ("bela", False, ("ar",)), ("fati", True, ()))
ENDINGS: Final = (
    ("answered", "", Consent.NOT_ASKED),
    ("answered", "", Consent.REFUSED),
    ("referred", "a shelter", Consent.GIVEN),
    ("no_contact", "", Consent.NOT_ASKED),
    ("referred", "", Consent.GIVEN),
    ("referred", "a shelter", Consent.REFUSED),
    ("answered", "a shelter", Consent.GIVEN),
    ("vanished", "", Consent.REFUSED),
)
"""Outcome, where to, consent. The first is refused in a critical case, the last four always."""
JUMPS_S: Final = (1, 20, 46, 130, 500, DAY_S + 1)

T = TypeVar("T")
Decide = Callable[[Case, Remembered], Outcome]
Change = Callable[[Case], Case]


class Desk(RuleBasedStateMachine):
    """Three persons, two operators and a focal point."""

    make_world: ClassVar[Callable[[], World]]
    content: ClassVar[Content]
    steps: ClassVar[int] = 0
    deeds: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.ids = (f"CASE-{number}" for number in itertools.count())
        self.spec = Spec([Helper(name, focal, knows) for name, focal, knows in HELPERS], NOON)
        self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def _begin(self) -> None:
        self.world = type(self).make_world()
        self.store = self.world.store
        self.accounts = {name: _account(helper) for name, helper in self.spec.helpers.items()}
        for account in self.accounts.values():
            await self.store.save_account(account)

    def teardown(self) -> None:
        try:
            self.run(self._compare_transcripts())
        finally:
            self.run(self.store.close())
            self.runner.close()

    def drawn(self, data: st.DataObject) -> Ticket:
        """An open case, or one of the last."""
        open_ones = [ticket for ticket in self.spec.tickets if ticket.state != "closed"]
        return data.draw(st.sampled_from([*open_ones, *self.spec.tickets[-2:]]), "case")

    def drawn_with_somebody(self, data: st.DataObject) -> tuple[Ticket, str]:
        """A case with an account: its holder, more often than not."""
        ticket = self.drawn(data)
        holder = [ticket.holder] * 3 if ticket.state == "active" else []
        return ticket, data.draw(st.sampled_from([*self.accounts, *holder]), "by")

    # Persons: each message goes the whole way from the inbox to the commit.

    @rule(who=PEOPLE)
    def a_person_writes(self, who: int) -> None:
        ticket = self.spec.open_of(who, focal=False)
        done = self._by_message(who, ticket, lambda case: transitions.wrote(case, at=self.world.now))
        assert done is bool(ticket and self.spec.write(ticket))

    @rule(who=PEOPLE, focal=st.booleans(), raised=st.booleans(), sensitive=st.booleans(), promised=st.booleans())
    def a_person_asks_for_people(self, who: int, focal: bool, raised: bool, sensitive: bool, promised: bool) -> None:
        due = (self.world.now + 600, self.world.now + 3600) if promised else (None, None)
        ticket = Ticket(next(self.ids), who, focal, LOCALES[who], raised, sensitive, self.world.now, *due)
        opened = self.run(self._message(who, lambda remembered: _opening(remembered, ticket)))
        assert opened is (self.spec.open_of(who, focal=focal) is None), "one open case per person and visibility"
        if opened:
            self.spec.open(ticket)

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data())
    def danger_is_heard(self, data: st.DataObject) -> None:
        ticket = self.drawn(data)
        done = self._by_message(
            ticket.who, ticket, lambda case: transitions.raised(case, at=self.world.now, topic="sea", group="safety")
        )
        assert done is self.spec.endanger(ticket)

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), deed=st.sampled_from(("calm", "leave")))
    def a_person_calms_down_or_leaves(self, data: st.DataObject, deed: str) -> None:
        ticket = self.drawn(data)
        change = {"calm": transitions.lowered, "leave": transitions.left}[deed]
        done = self._by_message(ticket.who, ticket, lambda case: change(case, at=self.world.now))
        assert done is getattr(self.spec, deed)(ticket)

    @precondition(lambda self: self.spec.last_ones())
    @rule(data=st.data())
    def a_person_comes_back(self, data: st.DataObject) -> None:
        ticket = data.draw(st.sampled_from(self.spec.last_ones()), "case")
        change = partial(transitions.reopened, at=self.world.now, why="wrote", due_at=None, resolve_by=None)
        assert self._by_message(ticket.who, ticket, change) is self.spec.come_back(ticket)

    @precondition(lambda self: len(self.spec.tickets) > 4)
    @rule(who=PEOPLE)
    def a_person_is_forgotten(self, who: int) -> None:
        forgetting = Outcome(session=session(person(who)), erasure=Erasure.FORGET)
        assert self.run(self._message(who, lambda _: forgetting))
        self.spec.forget(who)
        self.run(self._nothing_is_left())
        self.run(self._compare_transcripts())

    # Staff: each deed as the console does it.

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), by=STAFF)
    def somebody_claims(self, data: st.DataObject, by: str) -> None:
        ticket = self.drawn(data)
        assert self._by_staff(ticket, by, takeover.claim) is self.spec.claim(ticket, self.spec.helpers[by])

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data())
    def all_claim_at_once(self, data: st.DataObject) -> None:
        ticket = self.drawn(data)
        winners = self.run(self._together(ticket, [self._claiming(name) for name in self.accounts]))
        able = [name for name in self.accounts if self._could_claim(name, ticket)]
        assert len(winners) == bool(able)
        for index in winners:
            assert self.spec.claim(ticket, self.spec.helpers[list(self.accounts)[index]])

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), by=STAFF)
    def a_person_writes_while_somebody_claims(self, data: st.DataObject, by: str) -> None:
        ticket = self.drawn(data)
        late = self.run(self._overtaken(ticket, self._claiming(by)))
        assert not late, "decided on what was there before the message"
        self.spec.write(ticket)

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data())
    def somebody_answers(self, data: st.DataObject) -> None:
        ticket, by = self.drawn_with_somebody(data)
        done = self._by_staff(ticket, by, takeover.answer, text="I read you")
        assert done is self.spec.answer(ticket, self.spec.helpers[by])
        self.spec.hear(ticket.who, *(["I read you"] if done else []))

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), by=STAFF)
    def somebody_notes(self, data: st.DataObject, by: str) -> None:
        ticket = self.drawn(data)
        done = self._by_staff(ticket, by, takeover.note, text="called twice")
        assert done is self.spec.note(ticket, self.spec.helpers[by])
        self.spec.hear(ticket.who, *(["called twice"] if done else []))

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), deed=st.sampled_from(("release", "see")))
    def somebody_gives_back_or_takes_a_call(self, data: st.DataObject, deed: str) -> None:
        ticket, by = self.drawn_with_somebody(data)
        change = {"release": takeover.release, "see": takeover.seen}[deed]
        assert self._by_staff(ticket, by, change) is getattr(self.spec, deed)(ticket, self.spec.helpers[by])

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), ending=st.sampled_from(ENDINGS))
    def somebody_closes(self, data: st.DataObject, ending: tuple[str, str, Consent]) -> None:
        (ticket, by), (outcome, referral, consent) = self.drawn_with_somebody(data), ending
        said = Ending(outcome=outcome, referral=referral, consent=consent)
        done = self._by_staff(ticket, by, takeover.close, ending=said)
        allowed = outcome != "vanished" and self.spec.close(
            ticket, self.spec.helpers[by], outcome=outcome, consent=consent, referral=referral
        )
        assert done is allowed

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data())
    def a_case_is_handed_on(self, data: st.DataObject) -> None:
        ticket = self.drawn(data)
        by, to = (data.draw(st.sampled_from(self.spec.seeing(ticket))) for _ in "bt")

        def hand_on(case: Case, remembered: Remembered) -> Outcome:
            case = transitions.reassigned(case, at=self.world.now, by=by.name, to=to.name)
            return _kept(remembered, case, capacity=to.capacity)

        assert self.run(self._deed(ticket, hand_on)) is self.spec.hand_on(ticket, by, to)

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), by=STAFF, deed=st.sampled_from(("minor_suggested", "safe_word_said", "marked")))
    def something_is_learned(self, data: st.DataObject, by: str, deed: str) -> None:
        ticket = self.drawn(data)
        more: dict[str, Any] = {"by": by, "minor": True} if deed == "marked" else {}
        change = partial(getattr(transitions, deed), at=self.world.now, **more)
        assert self._by_keeper(ticket, change) is self.spec.learn(ticket, deed, more.get("by", ""))

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data())
    def consent_is_overruled(self, data: st.DataObject) -> None:
        ticket, by = self.drawn_with_somebody(data)
        change = partial(transitions.overruled, at=self.world.now, by=by, reason="she may die tonight")
        assert self._by_keeper(ticket, change) is self.spec.overrule(ticket, self.spec.helpers[by])

    # Duty and the clock.

    @rule(by=STAFF, on=st.booleans())
    def somebody_goes_on_or_off_duty(self, by: str, on: bool) -> None:
        self.run(self.store.set_duty(by, on=on))
        self.spec.helpers[by].on_duty = on
        if on:
            self.spec.is_there(by)

    @rule(by=STAFF)
    def somebodys_console_is_heard(self, by: str) -> None:
        self.run(self.store.be_present([by]))
        self.spec.is_there(by)

    @rule()
    def the_keeper_ends_absences(self) -> None:
        absent = [helper for helper in self.spec.helpers.values() if helper.there_until < self.world.now]
        lost = [ticket for helper in absent for ticket in self.spec.held(helper.name)]
        assert sorted(self.run(self.store.end_absences())) == sorted(ticket.id for ticket in lost)
        for helper in absent:
            helper.on_duty = False
        for ticket in lost:
            assert self._by_keeper(ticket, lambda case: transitions.lost(case, at=self.world.now))
            self.spec.lose(ticket)

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), deed=st.sampled_from(("tell", "nudge", "miss", "bounce")))
    def the_keeper_does_what_is_due(self, data: st.DataObject, deed: str) -> None:
        ticket, at = self.drawn(data), self.world.now
        changes: dict[str, Change] = {
            "tell": lambda case: transitions.told(case, at=at, place=3),
            "nudge": lambda case: transitions.nudged(case, at=at),
            "miss": lambda case: transitions.overdue(case, at=at),
            "bounce": lambda case: transitions.undelivered(case, at=at),
        }
        assert self._by_keeper(ticket, changes[deed]) is getattr(self.spec, deed)(ticket)

    @precondition(lambda self: self.spec.tickets)
    @rule(data=st.data(), group=st.sampled_from(("now", "duty", "focal", "supervisor")))
    def the_keeper_calls_staff(self, data: st.DataObject, group: str) -> None:
        ticket = self.drawn(data)
        done = self._by_keeper(ticket, lambda case: transitions.paged(case, at=self.world.now, group=group))
        assert done is self.spec.ring(ticket, group)

    @precondition(lambda self: self.spec.due())
    @rule(data=st.data())
    def the_keeper_puts_a_look_off(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.spec.due()))
        self.run(self.store.put_off(name, until=self.world.now + 60))
        self.spec.put_off(name, until=self.world.now + 60)

    @rule(seconds=st.sampled_from(JUMPS_S))
    def time_passes(self, seconds: float) -> None:
        if self.world.now < NOON + 20 * DAY_S:  # within the retention, which the server's own clock ends
            self.world.now += seconds
            self.spec.now = self.world.now

    # What must hold after every step.

    @invariant()
    def everything_is_as_specified(self) -> None:
        type(self).steps += 1
        self.run(self._compare())

    async def _compare(self) -> None:
        names = [self.store.person(person(who)) for who in range(len(LOCALES))]
        roster, agenda, lines, held = await asyncio.gather(
            self.store.roster(), self.store.agenda(limit=99), self.store.lines(), self.store.held_by(self.accounts)
        )
        remembered = await asyncio.gather(*map(self.store.load, names))
        spec = self.spec
        assert agenda == spec.due()
        assert lines == Counter(ticket.line for ticket in spec.in_order(focal=True, state="waiting"))
        assert roster.names == spec.there()
        holding = {each.account.name: each.holds for each in roster.on_duty}
        assert holding == {name: len(spec.held(name)) for name in spec.there()}
        assert list(roster.service_s) == spec.service_s[:50]
        assert _ids(held) == _ids(spec.held(*self.accounts))
        await self._compare_queues()
        for who, known in enumerate(remembered):
            self._compare_person(who, known, roster)

    async def _compare_queues(self) -> None:
        spec, lines = self.spec, ("all:uk:", "all:ar:", "focal:uk:safety")
        everybody, focal, alarms, waiting = await asyncio.gather(
            self.store.queue(EVERYBODY, limit=99), self.store.queue(FOCAL_POINT, limit=99),
            self.store.alarms(FOCAL_POINT, limit=99), self.store.waiting(lines, limit=2),
        )  # fmt: skip
        assert _ids(everybody) == _ids(spec.in_order(focal=False))
        assert _ids(focal) == _ids(spec.in_order(focal=True))
        assert _ids(alarms) == [ticket.id for ticket in spec.in_order(focal=True) if ticket.alarm]
        assert _ids(waiting) == [t.id for t in spec.in_order(focal=True, state="waiting") if t.line in lines][:2]

    def _compare_person(self, who: int, known: Remembered, roster: Roster) -> None:
        mine = {t.id: t for t in self.spec.tickets if t.who == who and self.spec.remembers(t)}
        assert {case.id: _facts(case) for case in known.cases} == {name: _specified(mine[name]) for name in mine}
        for case in known.cases:
            self.deeds.update(event.kind for event in case.events)
            if case.state is CaseState.WAITING:
                place = Hands(roster).place(line_of(case), known.ahead[case.id])
                assert place == self.spec.place(mine[case.id])

    async def _compare_transcripts(self) -> None:
        for who in range(len(LOCALES)):
            entries = await self.store.transcript(self.store.person(person(who)), FOCAL_POINT)
            said = [each.text for each in entries if each.author is not Author.BOT]
            assert said == self.spec.said.get(who, []), "every message and note, once, in order"

    # How deeds reach the store.

    def _by_message(self, who: int, ticket: Ticket | None, change: Change) -> bool:
        return self.run(self._message(who, lambda remembered: _changing(remembered, ticket, change, who=who)))

    async def _message(self, who: int, decide: Callable[[Remembered], Outcome]) -> bool:
        """A message's whole way; one that changes nothing is kept all the same."""
        turn = wrote(f"message {next(self.ids)}", person(who))
        assert await self.store.accept(turn)
        held, remembered = await self.world.take(turn.address), await self.world.load(turn.address)
        try:
            outcome, done = decide(remembered), True
        except NotAllowed:
            outcome, done = _kept(remembered, who=who), False
        focal = any(case.visibility is Visibility.FOCAL for case in outcome.cases)
        said = entry(turn.text, visibility=Visibility.FOCAL if focal else Visibility.ALL)
        await self.store.commit(held, remembered, replace(outcome, entries=(*outcome.entries, said)))
        self.spec.hear(who, turn.text)
        return done

    def _by_staff(self, ticket: Ticket, by: str, deed: Callable[..., Outcome], **more: Any) -> bool:
        return self.run(self._deed(ticket, self._decision(by, deed, **more)))

    def _by_keeper(self, ticket: Ticket, change: Change) -> bool:
        return self.run(self._deed(ticket, lambda case, remembered: _kept(remembered, change(case))))

    def _decision(self, by: str, deed: Callable[..., Outcome], **more: Any) -> Decide:
        account, now = self.accounts[by], self.world.now
        return lambda case, remembered: deed(remembered, case, account, self.content, now, **more)

    def _claiming(self, by: str) -> Decide:
        return self._decision(by, takeover.claim)

    def _could_claim(self, by: str, ticket: Ticket) -> bool:
        helper = self.spec.helpers[by]
        room = ticket.critical or len(self.spec.held(by)) < helper.capacity
        return ticket.state == "waiting" and helper in self.spec.seeing(ticket) and room

    async def _deed(self, ticket: Ticket, decide: Decide) -> bool:
        return await self._together(ticket, [decide]) == [0]

    async def _together(self, ticket: Ticket, decisions: Sequence[Decide]) -> list[int]:
        """Which of several deeds, all decided on the same moment, were done."""
        case, remembered = await self._found(ticket)
        done = await asyncio.gather(*(self._try(case, remembered, decide) for decide in decisions))
        return [index for index, each in enumerate(done) if each]

    async def _overtaken(self, ticket: Ticket, decide: Decide) -> bool:
        """Whether a deed is done although the person wrote after it was decided."""
        case, remembered = await self._found(ticket)
        wrote_now = partial(transitions.wrote, at=self.world.now)
        await self._message(ticket.who, lambda known: _changing(known, ticket, wrote_now, who=ticket.who))
        return await self._try(case, remembered, decide)

    async def _found(self, ticket: Ticket) -> tuple[Case, Remembered]:
        found = await self.store.find_case(ticket.id)
        assert found is not None
        return found

    async def _try(self, case: Case, remembered: Remembered, decide: Decide) -> bool:
        try:
            await self.store.change(remembered, decide(case, remembered))
        except (NotAllowed, Conflict):
            return False
        return True

    async def _nothing_is_left(self) -> None:
        for name in self.spec.forgotten:
            assert await self.store.find_case(name) is None
        if isinstance(self.world, ValkeyWorld):
            names, kept = await _all_that_is_kept(self.world)
            assert not [name for name in self.spec.forgotten if any(key.endswith(f"case:{name}") for key in names)]
            assert not set(self.spec.forgotten) & kept


def _account(helper: Helper) -> Account:
    role = Role.FOCAL if helper.focal else Role.OPERATOR
    return Account(name=helper.name, role=role, password_hash="$", locales=helper.locales, capacity=helper.capacity)


def _new(ticket: Ticket, remembered: Remembered) -> Case:
    return Case(
        id=ticket.id,
        person=remembered.person,
        state=CaseState.WAITING,
        opened_at=ticket.queued_at,
        locale=ticket.locale,
        visibility=_visibility(ticket),
        raised=ticket.raised,
        sensitive=ticket.sensitive,
        due_at=ticket.due_at,
        resolve_by=ticket.resolve_by,
    )


def _visibility(ticket: Ticket) -> Visibility:
    return Visibility.FOCAL if ticket.focal else Visibility.ALL


def _opening(remembered: Remembered, ticket: Ticket) -> Outcome:
    """A wish for people: refused where the store remembers an open case of this visibility."""
    case = _new(ticket, remembered)
    if any(each.visibility is case.visibility and each.state is not CaseState.CLOSED for each in remembered.cases):
        raise NotAllowed("they have one")
    return _kept(remembered, transitions.opened(case), who=ticket.who)


def _changing(remembered: Remembered, ticket: Ticket | None, change: Change, *, who: int) -> Outcome:
    """What a message does to one of the person's cases: refused where the store remembers no such case."""
    mine = [case for case in remembered.cases if ticket and case.id == ticket.id]
    if not mine:
        raise NotAllowed("nothing is remembered")
    return _kept(remembered, change(mine[0]), who=who)


def _kept(remembered: Remembered, *cases: Case, who: int = 0, capacity: int | None = None) -> Outcome:
    return Outcome(session=remembered.session or session(person(who)), cases=cases, capacity=capacity)


def _ids(cases: Sequence[Case] | Sequence[Ticket]) -> list[str]:
    return [case.id for case in cases]


def _facts(case: Case) -> dict[str, object]:
    call = case.call
    return {
        "state": case.state, "focal": case.visibility is Visibility.FOCAL, "critical": case.critical,
        "raised": case.raised, "sensitive": case.sensitive, "alarm": case.alarm, "holder": case.operator,
        "queued": case.queued_at, "claimed": case.claimed_at, "answered": case.first_answer_at,
        "unanswered": case.unanswered_since, "nudged": case.nudged, "overdue": case.overdue_called,
        "told": case.told_at, "undelivered": case.undelivered, "closed": case.closed_at,
        "targets": (case.due_at, case.resolve_by), "call": (call.group, call.calls, call.next_at) if call else None,
        "log": [(event.kind, event.by, event.at) for event in case.events],
    }  # fmt: skip


def _specified(ticket: Ticket) -> dict[str, object]:
    return {
        "state": ticket.state, "focal": ticket.focal, "critical": ticket.critical,
        "raised": ticket.raised, "sensitive": ticket.sensitive, "alarm": ticket.alarm, "holder": ticket.holder,
        "queued": ticket.queued_at, "claimed": ticket.claimed_at, "answered": ticket.answered_at,
        "unanswered": ticket.unanswered_since, "nudged": ticket.nudged, "overdue": ticket.overdue,
        "told": ticket.told_at, "undelivered": ticket.undelivered, "closed": ticket.closed_at,
        "targets": (ticket.due_at, ticket.resolve_by),
        "call": (ticket.ringing, ticket.rings, ticket.ring_at) if ticket.ringing else None,
        "log": ticket.log,
    }  # fmt: skip


async def _all_that_is_kept(world: ValkeyWorld) -> tuple[list[str], set[str]]:
    """Names of all keys, and the members of all sets."""
    async with world.valkey._server.reading() as client:
        names = [name.decode() async for name in client.scan_iter(match=f"{world.prefix}*")]
        kept: set[bytes] = set()
        for name in names:
            match await client.type(name):
                case b"set":
                    kept |= await client.smembers(name)
                case b"zset":
                    kept |= set(await client.zrange(name, 0, -1))
    return names, {member.decode() for member in kept}


def _run(name: str, make_world: Callable[[], World], content: Content) -> int:
    """Runs the machine on one kind of store; how many steps it made. A failure is not made smaller: that takes long."""
    members = {"make_world": staticmethod(make_world), "content": content, "deeds": set()}
    machine = type(f"{name.title()}Desk", (Desk,), members)
    chosen = settings(
        max_examples=EXAMPLES[name],
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)
    assert machine.deeds == set(transitions.MACHINE) - transitions.UNLOGGED, "every deed was done"
    return machine.steps - EXAMPLES[name]  # each run is also compared before its first step


@pytest.fixture(scope="module")
def content() -> Content:
    return load(Path(__file__).parents[3] / "content")


def test_the_real_store_keeps_to_the_specification_for_ten_thousand_steps(server_url: str, content: Content) -> None:
    steps = _run("valkey", lambda: ValkeyWorld(server_url), content)
    print(f"{steps} steps on the real store")
    assert steps >= 10_000


def test_the_store_in_memory_keeps_to_the_same_specification(content: Content) -> None:
    steps = _run("memory", MemoryWorld, content)
    print(f"{steps} steps in memory")
    assert steps >= 2_000
