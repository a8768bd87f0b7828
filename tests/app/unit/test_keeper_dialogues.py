"""What a person and the staff live through while the clock goes on, in four locales: decisions, store and keeper."""

from dataclasses import replace

import pytest

from actions import takeover, taps
from actions.taps import tap
from content.content import Content
from road.case import Case, CaseState
from road.reply import Say
from road.turn import Address, Channel, TurnKind
from road.understanding import Candidate, Hints, Understanding
from store.interface import PRESENT_S
from tests.app.contract.world import person, wrote
from tests.app.unit.test_worker_keeper import House
from worker.road import Road

LOCALES = ("uk", "hu", "en", "ar")
PHONES = {"11", "22"}


class Play(House):
    """Anna is on duty and has a chat, so has Eva, her supervisor; a person writes in one locale."""

    def __init__(self, content: Content, locale: str) -> None:
        super().__init__(content)
        self.locale = locale
        self.road: Road = replace(self.keeper._road, understand=self._understand)

    async def _understand(self, text: str, hints: Hints) -> Understanding:
        urgent = {"urgent_topic": text, "urgent_confidence": 0.9} if text == "emergency_immediate_danger" else {}
        return Understanding(ranking=(Candidate(text, 0.9),), locale=self.locale, locale_confidence=0.99, **urgent)

    async def turn(self, text: str = "", address: Address | None = None, **more: object) -> None:
        address = address or person()
        await self.store.accept(wrote(text, address, **more))
        await self.road.travel(await self.world.take(address))

    async def case(self) -> Case:
        (found,) = (await self.world.load(person())).cases
        return found

    async def said(self) -> tuple[list[str], list[str]]:
        """What came since the last time: the person's messages, and the chats of staff that were called."""
        lease = await self.world.lease("courier", "courier")
        sent = [each for each in await self.world.deliveries() if isinstance(each.reply, Say)]
        for each in sent:
            await self.store.delivered(lease, each, [1])
        person_reads = [each.reply.html for each in sent if each.address.chat not in PHONES]
        return person_reads, [each.address.chat for each in sent if each.address.chat in PHONES]

    def text(self, key: str) -> str:
        return self.content.text(key, self.locale)


@pytest.fixture(params=LOCALES)
async def play(request: pytest.FixtureRequest, content: Content) -> Play:
    made = Play(content, request.param)
    await made.opens()
    return made


async def test_a_critical_case_that_nobody_claims_calls_until_somebody_takes_it(play: Play) -> None:
    await play.turn("emergency_immediate_danger")
    reads, called = await play.said()
    assert called == ["11"], "the first call leaves with the answer"
    assert "112" in reads[0]
    await play.passes(61)
    assert await play.said() == ([], ["22"])
    await play.passes(120)
    reads, called = await play.said()
    assert (reads, set(called)) == ([], PHONES)
    await play.turn(
        address=Address(Channel.TELEGRAM, "22"), kind=TurnKind.BUTTON, button=tap(taps.TAKE, (await play.case()).id)
    )
    reads, _ = await play.said()
    assert reads == [play.text("discreet.waiting")], "minutes later the phone may be in other hands"
    await play.turn(kind=TurnKind.BUTTON, button=tap(taps.SHOW))
    assert (await play.said())[0] == [play.text("handover.seen")]
    await play.passes(600)
    assert await play.said() == ([], ["22"]), "once more: nobody has answered, and the target is nearly missed"
    waiting = await play.case()
    assert (waiting.state, waiting.overdue_called) == (CaseState.WAITING, True)


async def test_an_operator_who_vanishes_loses_the_case_to_its_old_place_without_a_word(play: Play) -> None:
    await play.turn("talk_to_human_operator")
    opened = await play.case()
    anna = next(each for each in await play.store.accounts() if each.name == "anna")
    await play.passes(PRESENT_S + 5)
    _, remembered = await play.store.find_case(opened.id) or (None, None)
    assert remembered is not None
    claimed = takeover.claim(remembered, opened, anna, play.content, play.world.now)
    await play.store.change(remembered, claimed)
    assert play.text("operator.joined") in (await play.said())[0]
    play.present.clear()
    await play.passes(89)
    lost = await play.case()
    assert (lost.state, lost.queued_at) == (CaseState.WAITING, opened.queued_at)
    assert await play.said() == ([], [])
