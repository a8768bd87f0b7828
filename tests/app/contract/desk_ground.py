"""How a drawn deed reaches the store: messages the whole way, staff's deeds as the console does them."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, ClassVar, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from msgspec.structs import replace

from actions import takeover
from content.content import Content
from desk import transitions
from road.account import Account, Role
from road.case import Case, CaseState, Visibility
from road.errors import Conflict, NotAllowed
from road.outcome import Outcome
from road.session import Remembered
from tests.app.contract.desk_spec import Helper, Spec, Ticket
from tests.app.contract.world import (
    NOON,
    World,
    entry,
    person,
    session,
    wrote,
)

LOCALES: Final = ("uk", "ar", "hu")
HELPERS: Final = (("anna", False, ("uk", "hu")), ("bela", False, ("ar",)), ("fati", True, ()))

T = TypeVar("T")
Decide = Callable[[Case, Remembered], Outcome]
Change = Callable[[Case], Case]


class Ground(RuleBasedStateMachine):
    """Three persons, two operators and a focal point."""

    make_world: ClassVar[Callable[[], World]]
    content: ClassVar[Content]
    steps: ClassVar[int] = 0
    deeds: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.begun = False
        self.ids = (f"CASE-{number}" for number in itertools.count())
        self.spec = Spec([Helper(name, focal, knows) for name, focal, knows in HELPERS], NOON)
        self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def _begin(self) -> None:
        self.world = type(self).make_world()
        self.store = self.world.store
        self.accounts = {name: hired(helper) for name, helper in self.spec.helpers.items()}
        for name, account in self.accounts.items():
            await self.store.save_account(account)
            await self.store.set_duty(name, on=True)
            self.spec.helpers[name].on_duty = True
            self.spec.is_there(name)

    def teardown(self) -> None:
        try:
            self.run(self._compare_transcripts())
        finally:
            self.run(self.store.close())
            self.runner.close()

    def drawn(self, data: st.DataObject) -> Ticket:
        """A case in any state; in somebody's hands more often than not."""
        by_state = {state: [t for t in self.spec.tickets if t.state == state] for state in CaseState}
        waiting, held, closed = by_state.values()
        return data.draw(st.sampled_from([*waiting, *held, *held, *closed[-2:]]), "case")

    def drawn_with_somebody(self, data: st.DataObject) -> tuple[Ticket, str]:
        """A case with an account: one that is held, with its holder, more often than not."""
        in_hand = [ticket for ticket in self.spec.tickets if ticket.state == "active"]
        ticket = data.draw(st.sampled_from([*in_hand, *in_hand, *in_hand, *self.spec.tickets]), "case")
        holder = [ticket.holder] * 3 if ticket.state == "active" else []
        return ticket, data.draw(st.sampled_from([*self.accounts, *holder]), "by")

    # How deeds reach the store.

    def _by_message(self, who: int, ticket: Ticket | None, change: Change) -> bool:
        return self.run(self._message(who, lambda remembered: changing(remembered, ticket, change, who=who)))

    async def _message(self, who: int, decide: Callable[[Remembered], Outcome]) -> bool:
        """A message's whole way; one that changes nothing is kept all the same."""
        turn = wrote(f"message {next(self.ids)}", person(who))
        assert await self.store.accept(turn)
        held, remembered = await self.world.take(turn.address), await self.world.load(turn.address)
        try:
            outcome, done = decide(remembered), True
        except NotAllowed:
            outcome, done = kept(remembered, who=who), False
        focal = any(case.visibility is Visibility.FOCAL for case in outcome.cases)
        said = entry(turn.text, visibility=Visibility.FOCAL if focal else Visibility.ALL)
        await self.store.commit(held, remembered, replace(outcome, entries=(*outcome.entries, said)))
        self.spec.hear(who, turn.text)
        return done

    def _by_staff(self, ticket: Ticket, by: str, deed: Callable[..., Outcome], **more: Any) -> bool:
        return self.run(self._deed(ticket, self._decision(by, deed, **more)))

    def _by_keeper(self, ticket: Ticket, change: Change) -> bool:
        return self.run(self._deed(ticket, lambda case, remembered: kept(remembered, change(case))))

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
        await self._message(ticket.who, lambda known: changing(known, ticket, wrote_now, who=ticket.who))
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


def hired(helper: Helper) -> Account:
    role = Role.FOCAL if helper.focal else Role.OPERATOR
    return Account(name=helper.name, role=role, password_hash="$", locales=helper.locales, capacity=helper.capacity)


def case_for(ticket: Ticket, remembered: Remembered) -> Case:
    return Case(
        id=ticket.id,
        person=remembered.person,
        state=CaseState.WAITING,
        opened_at=ticket.queued_at,
        locale=ticket.locale,
        visibility=seen_by(ticket),
        raised=ticket.raised,
        sensitive=ticket.sensitive,
        due_at=ticket.due_at,
        resolve_by=ticket.resolve_by,
    )


def seen_by(ticket: Ticket) -> Visibility:
    return Visibility.FOCAL if ticket.focal else Visibility.ALL


def opening(remembered: Remembered, ticket: Ticket) -> Outcome:
    """A wish for people: refused where the store remembers an open case of this visibility."""
    case = case_for(ticket, remembered)
    if any(each.visibility is case.visibility and each.state is not CaseState.CLOSED for each in remembered.cases):
        raise NotAllowed("they have one")
    return kept(remembered, transitions.opened(case), who=ticket.who)


def changing(remembered: Remembered, ticket: Ticket | None, change: Change, *, who: int) -> Outcome:
    """What a message does to one of the person's cases: refused where the store remembers no such case."""
    mine = [case for case in remembered.cases if ticket and case.id == ticket.id]
    if not mine:
        raise NotAllowed("nothing is remembered")
    return kept(remembered, change(mine[0]), who=who)


def kept(remembered: Remembered, *cases: Case, who: int = 0, capacity: int | None = None) -> Outcome:
    return Outcome(session=remembered.session or session(person(who)), cases=cases, capacity=capacity)
