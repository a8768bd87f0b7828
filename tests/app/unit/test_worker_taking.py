"""Staff says "I take it" on Telegram, by a turn like any other."""

from dataclasses import replace

import pytest

from actions import taps
from actions.taps import tap
from content.content import Content
from road.account import Account, Role
from road.case import Call, CaseState, Visibility
from road.reply import Say
from road.settings import Settings
from road.turn import Address, Channel, TurnKind
from tests.app.contract.world import NOON, MemoryWorld, case, person, replying, wrote
from worker.process import road_for
from worker.road import Road
from worker.taking import staff_chats

STAFF = Settings(staff_chats_now=(-100,), staff_chats_focal=(-200,))
TAKE = tap(taps.TAKE, "A")


class Desk:
    """A road over a store in memory with a critical case A that calls."""

    def __init__(self, content: Content) -> None:
        self.world = MemoryWorld()
        self.content = content
        self.road: Road = replace(
            road_for(STAFF, self.world.store, lambda: content, None),  # type: ignore[arg-type]
            clock=self.world.clock,
        )

    async def opens(self, **more: object) -> None:
        for account in (
            Account(name="anna", role=Role.OPERATOR, password_hash="$", chat="11", locale="uk"),
            Account(name="eva", role=Role.SUPERVISOR, password_hash="$", chat="22"),
        ):
            await self.world.store.save_account(account)
        call = Call(group="now", since=NOON, next_at=NOON + 60)
        calling = case("A", self.world.store.person(person()), critical=True, alarm=True, call=call, **more)
        await self.world.deed(person(), replying(cases=(calling,)))

    async def takes(self, chat: str, button: str = TAKE, channel: Channel = Channel.TELEGRAM) -> None:
        """The tap and what comes of it."""
        address = Address(channel, chat)
        turn = wrote("", address, kind=TurnKind.BUTTON, button=button, callback_id="9")
        await self.world.store.accept(turn)
        await self.road.travel(await self.world.take(address))

    async def call(self) -> Call:
        found = await self.world.store.find_case("A")
        assert found is not None
        assert found[0].call is not None
        return found[0].call

    async def read(self, chat: str) -> str:
        sent = [each for each in await self.world.deliveries() if each.address.chat == chat]
        return "\n".join(each.reply.html for each in sent if isinstance(each.reply, Say))


@pytest.fixture
def desk(content: Content) -> Desk:
    return Desk(content)


@pytest.mark.parametrize(("chat", "name", "locale"), [("11", "anna", "uk"), ("-100", "staff chat", "hu")])
async def test_staff_takes_a_case_from_its_own_chat_or_a_group(desk: Desk, chat: str, name: str, locale: str) -> None:
    await desk.opens()
    await desk.takes(chat)
    assert ((await desk.call()).taken_by, (await desk.call()).next_at) == (name, None)
    assert await desk.read(chat) == desk.content.text("console.page.taken", locale, case="A")


async def test_a_tap_that_is_done_again_changes_the_case_once(desk: Desk) -> None:
    await desk.opens()
    await desk.takes("11")
    before = await desk.world.store.find_case("A")
    await desk.takes("11")
    assert await desk.world.store.find_case("A") == before


@pytest.mark.parametrize("chat", ["99", "-300"])
async def test_anybody_else_hears_that_the_button_is_outdated(desk: Desk, chat: str) -> None:
    await desk.opens()
    await desk.takes(chat)
    assert (await desk.call()).next_at == NOON + 60
    assert desk.content.text("tap.outdated", "en") in await desk.read(chat)


async def test_a_supervisor_cannot_stop_the_calls_of_a_focal_case_but_its_focal_points_chat_can(desk: Desk) -> None:
    await desk.opens(visibility=Visibility.FOCAL)
    await desk.takes("22")
    assert (await desk.call()).next_at == NOON + 60
    assert await desk.read("22") == desk.content.text("console.page.not_yours", "en", case="A")
    await desk.takes("-200")
    assert (await desk.call()).next_at is None


async def test_a_colleague_who_writes_to_the_bot_is_a_person_like_any_other(desk: Desk) -> None:
    await desk.opens()
    await desk.takes("11", button=tap(taps.PERSON))
    name = desk.world.store.person(Address(Channel.TELEGRAM, "11"))
    assert [each.state for each in (await desk.world.store.load(name)).cases] == [CaseState.WAITING]


async def test_a_chat_page_is_nobody_of_the_staff_whatever_its_token(desk: Desk) -> None:
    await desk.opens()
    await desk.takes("11", channel=Channel.WEB)
    assert (await desk.call()).next_at == NOON + 60


def test_a_focal_staff_chat_sees_focal_cases_and_no_other_does() -> None:
    seeing = {chat: account.sees(Visibility.FOCAL) for chat, account in staff_chats(STAFF).items()}
    assert seeing == {"-100": False, "-200": True}
