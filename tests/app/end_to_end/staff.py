"""Staff in a dialogue: their deeds as the console does them, without its pages."""

import asyncio
import contextlib
import time
from collections.abc import Callable

from actions import bridge, takeover
from actions.discreet import AT_HAND_S
from content.content import Content
from road.account import Account, Role
from road.case import Case, Consent, Ending, Visibility
from road.errors import Conflict
from road.outcome import Outcome
from store.change import is_open
from store.interface import SHARDS
from store.valkey import ValkeyStore

Deed = Callable[..., Outcome]

TRIES = 5
SETTLED_WITHIN_S = 60
ANNA = Account(name="anna", role=Role.FOCAL, password_hash="x")


class Staff:
    """Anna, who sees every case and takes the newest one."""

    def __init__(self, store: ValkeyStore, content: Content) -> None:
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

    async def says_later(self, text: str) -> None:
        """When the person may have put the phone away."""
        await self._do(takeover.answer, late_s=AT_HAND_S + 1, text=text)

    async def sends(self, topic: str) -> None:
        await self._do(takeover.send_topic, topic=topic)

    async def asks(self, question: str) -> None:
        await self._do(bridge.ask, question=question, fields={})

    async def agrees(self, safe_word: str) -> None:
        await self._do(takeover.mark, safe_word=safe_word)

    async def acknowledges(self) -> None:
        await self._do(takeover.seen)

    async def notes(self, text: str) -> None:
        await self._do(takeover.note, text=text)

    async def closes(self, outcome: str) -> None:
        await self._do(takeover.close, ending=Ending(outcome=outcome, consent=Consent.REFUSED))

    async def cases(self) -> list[Case]:
        """Open cases, newest first."""
        queue = await self._store.queue(tuple(Visibility), limit=99)
        return sorted(filter(is_open, queue), key=lambda case: -case.opened_at)

    async def transcript(self) -> list[str]:
        """What stands in the newest case's transcript."""
        (newest, *_) = await self.cases()
        return [entry.text for entry in await self._store.transcript(newest.person, tuple(Visibility))]

    async def tidy_up(self) -> None:
        """Closes what a dialogue left open, so that the next begins with an empty queue and nothing on its way in."""
        await self.leaves()
        async with asyncio.timeout(SETTLED_WITHIN_S):
            while await self._on_the_way():  # noqa: ASYNC110 - other processes empty it
                await asyncio.sleep(0.02)
        for case in await self.cases():
            if not case.operator:
                await self._do(takeover.claim, case=case)
            await self._do(takeover.close, case=case, ending=Ending(outcome="no_contact"))

    async def _on_the_way(self) -> int:
        """Turns that no worker has finished: one that is answered with silence may still be among them."""
        server = self._store._server
        async with server.reading() as client:
            return sum([await client.xlen(server.keys.inbox(shard)) for shard in range(SHARDS)])

    async def _do(self, deed: Deed, *, case: Case | None = None, late_s: float = 0.0, **how: object) -> None:
        """As the console does it: a deed that meets a change of the person is decided again."""
        case = case or (await self.cases())[0]
        for _ in range(TRIES):
            found, remembered = await self._store.find_case(case.id)
            outcome = deed(remembered, found, ANNA, self._content, time.time() + late_s, **how)
            with contextlib.suppress(Conflict):
                return await self._store.change(remembered, outcome)
        raise AssertionError("the person's messages kept changing")
