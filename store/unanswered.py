"""Questions without an answer: each person's sealed with their own key, and who has any.

What a person asked first decides how long their list is kept, so that nothing lies here longer than the days of
retention; what they ask later goes with it. It goes at once when they forget everything, and when a case of theirs
turns out to be a guarded one (`road.case.Case.guarded`).
"""

from collections.abc import Sequence

from road.outcome import Outcome
from road.session import Remembered
from road.unanswered import Unanswered
from store.change import drops_unanswered
from store.crypto import PersonKey
from store.keys import UNANSWERED_ENTRIES
from store.server import Plan, Server


class ValkeyUnanswered:
    """See `store.interface.Desk.unanswered`."""

    _server: Server

    async def unanswered(self) -> Sequence[Sequence[Unanswered]]:
        """What each person asked in vain; nobody is named."""
        server = self._server
        async with server.reading() as client:
            people = await client.zrangebyscore(server.keys.asked_in_vain, f"({server.clock()}", "+inf")
            names = [person.decode() for person in people]
            pipeline = client.pipeline(transaction=False)
            for name in names:
                pipeline.lrange(server.keys.unanswered(name), 0, -1).get(server.keys.key(name))
            found = await pipeline.execute()
        kept = [self._opened(*each) for each in zip(names, found[::2], found[1::2], strict=True)]
        return [asked for asked in kept if asked]

    def _opened(self, person: str, sealed: Sequence[bytes], wrapped: bytes) -> Sequence[Unanswered]:
        """Without what has outlived its key."""
        key, name = self._server.key_of(person, wrapped), self._server.keys.unanswered(person)
        opened = (key.try_open(each, name, Unanswered) for each in sealed) if key else ()
        return [each for each in opened if each]


def unanswered_plan(server: Server, remembered: Remembered, outcome: Outcome, key: PersonKey) -> Plan:
    """What the script needs to keep a question, or to drop them all."""
    name = server.keys.unanswered(remembered.person)
    return {
        "list": name,
        "people": server.keys.asked_in_vain,
        "now": str(server.clock()),
        "ends": str(server.clock() + server.retention_s),
        "ttl_s": server.retention_s,
        "entries": UNANSWERED_ENTRIES,
        "add": key.seal(outcome.unanswered, name) if outcome.unanswered else "",
        "drop": drops_unanswered(remembered, outcome),
    }
