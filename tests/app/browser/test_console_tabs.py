"""Many tabs of one browser: one stream, every tab current."""

import pytest
from playwright.async_api import Page, Request, expect

from tests.app.browser.house import House
from tests.app.browser.test_console_pages import cases, hotline, writes

pytestmark = pytest.mark.asyncio(loop_scope="session")


def streams_of(tabs: list[Page]) -> list[Page]:
    """Grows by the tab whenever one of them opens a stream."""
    opened: list[Page] = []

    def note(request: Request) -> None:
        if request.url.endswith("/console/events"):
            opened.append(request.frame.page)

    for tab in tabs:
        tab.on("request", note)
    return opened


async def test_three_tabs_share_one_stream_and_another_takes_over_when_its_tab_closes(house: House) -> None:
    house.script = hotline
    first = await house.staff("anna")
    tabs = [await first.context.new_page() for _ in range(3)]
    streams = streams_of(tabs)
    for tab in tabs:
        await tab.goto(f"{house.url}/console")
    assert streams == [], "the first tab listens"
    await writes(await house.person(), "a person please")
    for tab in (first, *tabs):
        await expect(cases(tab)).to_have_count(1)
    async with tabs[0].expect_response("**/console/events"):
        await first.close()
    assert streams == [tabs[0]]
    await writes(await house.person(), "a person please")
    for tab in tabs:
        await expect(cases(tab)).to_have_count(2)
