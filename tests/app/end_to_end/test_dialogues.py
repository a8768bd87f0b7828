"""Every dialogue of the tables, played with real processes and the real content."""

import itertools
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from content.live import LiveContent
from content.snapshot import copy
from hotline.storing import store_at_once
from tests.app.botapi.server import BotApi
from tests.app.end_to_end.box_stand_in import BoxStandIn
from tests.app.end_to_end.dialogue import Stage, dialogues
from tests.app.end_to_end.house import ROOT, House
from tests.app.end_to_end.staff import Staff
from tests.app.fixtures.folder import edit

STAFF_CHAT = -100500
ALL = dialogues()
_people = itertools.count(8001)


class Theatre:
    """What all dialogues share: the processes, the chat of the staff."""

    def __init__(self, api, box, staff, content):
        self.api, self.box, self.staff, self.content = api, box, staff, content
        self.staff_chat = api.bot.chats.add(STAFF_CHAT, "supergroup")

    def stage(self, locale):
        person = self.api.person(next(_people), locale=locale)
        return Stage(self.api, person, self.staff, self.box, self.content)


@asynccontextmanager
async def open_theatre(worker, content_dir=ROOT / "content"):
    async with BotApi() as api, BoxStandIn() as box:
        chats = {f"HOTLINE_STAFF_CHATS_{group}": str(STAFF_CHAT) for group in ("NOW", "DUTY", "FOCAL")}
        given = {**box.environment, **chats}
        async with House(api, worker=worker, content_dir=content_dir, given=given) as house:
            await house.start("store", "worker", "courier", "polling")
            content = LiveContent(house.folder).now()
            async with store_at_once(house.settings) as store:
                yield Theatre(api, box, Staff(store, content), content)


def office_hours(folder):
    """The real content, in which the team has said when it reads."""
    copy(ROOT / "content", folder)
    edit(folder, "teams.yml", "hours: ", "hours: Mo-Fr 09:00-17:00; PH off")
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def day():
    async with open_theatre("product") as theatre:
        yield theatre


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def night(tmp_path_factory):
    async with open_theatre("night", office_hours(tmp_path_factory.mktemp("night"))) as theatre:
        yield theatre


def played(house):
    found = [dialogue for dialogue in ALL if dialogue.get("house", "day") == house]
    return pytest.mark.parametrize("dialogue", found, ids=[dialogue["name"] for dialogue in found])


def test_there_are_dialogues_in_four_locales_and_at_night():
    assert {"uk", "hu", "en", "ru"} <= {dialogue["locale"] for dialogue in ALL}
    assert {dialogue.get("house", "day") for dialogue in ALL} == {"day", "night"}
    assert len({dialogue["name"] for dialogue in ALL}) == len(ALL)


@pytest.mark.asyncio(loop_scope="module")
@played("day")
async def test_by_day(day, dialogue):
    await play(day, dialogue)


@pytest.mark.asyncio(loop_scope="module")
@played("night")
async def test_at_night(night, dialogue):
    await play(night, dialogue)


async def play(theatre, dialogue):
    try:
        await theatre.stage(dialogue["locale"]).play(dialogue, theatre.staff_chat.messages)
    finally:
        theatre.box.is_down, theatre.box.delay_s = False, 0.0
        await theatre.staff.tidy_up()
