"""Staff in a dialogue: their deeds as the console does them, without its pages."""

import contextlib
import time

from actions import takeover
from content.content import Content
from road.account import Account, Role
from road.case import Case, Visibility
from road.errors import Conflict
from road.outcome import Outcome
from store.change import is_open
from store.interface import Store

TRIES = 5
ANNA = Account(name="anna", role=Role.FOCAL, password_hash="x")


class Staff:
    """Anna, who sees every case and takes the newest one."""

    def __init__(self, store: Store, content: Content) -> None:
        self._store, self._content = store, content

    async def comes(self) -> None:
        await self._store.save_account(ANNA)
        await self._store.set_duty(ANNA.name, on=True)

    async def leaves(self) -> None:
        await self._store.set_duty(ANNA.name, on=False)

    async def claims(self) -> None:
        await self._do(takeover.claim)

    async def says(self, text: str) -> None:
        await self._do(takeover.answer, text=text)

    async def notes(self, text: str) -> None:
        await self._do(takeover.note, text=text)

    async def closes(self, outcome: str) -> None:
        await self._do(takeover.close, outcome=outcome)

    async def cases(self) -> list[Case]:
        """Open cases, newest first."""
        queue = await self._store.queue(tuple(Visibility), limit=99)
        return sorted(filter(is_open, queue), key=lambda case: -case.opened_at)

    async def transcript(self) -> list[str]:
        """What stands in the newest case's transcript."""
        (newest, *_) = await self.cases()
        return [entry.text for entry in await self._store.transcript(newest.person, tuple(Visibility))]

    async def tidy_up(self) -> None:
        """Closes what a dialogue left open, so that the next begins with an empty queue."""
        await self.leaves()
        for case in await self.cases():
            if not case.operator:
                await self._do(takeover.claim, case=case)
            await self._do(takeover.close, case=case, outcome="other")

    async def _do(self, deed, *, case: Case | None = None, **how: str) -> None:
        """As the console does it: a deed that meets a change of the person is decided again."""
        case = case or (await self.cases())[0]
        for _ in range(TRIES):
            found, remembered = await self._store.find_case(case.id)
            outcome: Outcome = deed(remembered, found, ANNA, self._content, time.time(), **how)
            with contextlib.suppress(Conflict):
                return await self._store.change(remembered, outcome)
        raise AssertionError("the person's messages kept changing")
