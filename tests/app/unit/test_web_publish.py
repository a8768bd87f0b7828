"""Publishing at the editors' desk: what is shown, the second editor, two at once, going back."""

import html
import re
from pathlib import Path

import pytest

from content import proposal, snapshot
from content.content import Content
from content.door import Change, Save
from content.history import Published, Signature
from content.warnings import NAMES, warnings
from road.account import Role
from road.audit import AuditEntry, AuditKind
from road.clock import day_of
from road.settings import Settings
from tests.app.fixtures.folder import copy_to, edit
from tests.app.unit.web_stage import NOW, Operator, Stage
from web.editors.contained import told, waiting_saves
from web.editors.publish import HISTORY, PUBLISH

CARD = "answers/en/papers/card_renewal.md"
DANGER = "answers/uk/safety/emergency_immediate_danger.now.md"
CHANGED = "answer emergency_immediate_danger (uk)"
WHY = "as the police asked"
REASON = "the old number rings at a stranger's"


class Desk(Stage):
    """A site whose folder is published, and may be changed."""

    folder: Path
    data_dir: Path

    @property
    def live(self) -> str:
        return snapshot.current(self.data_dir) or ""

    def ordinary(self) -> None:
        edit(self.folder, CARD, "Renew your card", "Renew a card")

    def danger(self) -> None:
        edit(self.folder, DANGER, "зараз", "негайно")

    async def noted(self) -> list[AuditEntry]:
        kinds = (AuditKind.PUBLISHED, AuditKind.WENT_BACK)
        return [*await self.store.audited([day_of(self.now)], kinds)]


@pytest.fixture
def desk(content: Content, tmp_path: Path) -> Desk:
    folder, data_dir = copy_to(tmp_path), tmp_path / "data"
    made = Desk(content, settings=Settings(content_dir=folder, data_dir=data_dir))
    made.folder, made.data_dir = folder, data_dir
    snapshot.publish(folder, data_dir, lambda: NOW - 60)
    return made


@pytest.fixture
async def anna(desk: Desk) -> Operator:
    return await desk.at_console("anna", Role.EDITOR)


@pytest.fixture
async def bela(desk: Desk) -> Operator:
    return await desk.at_console("bela", Role.ADMINISTRATOR)


def hidden(page: str, action: str) -> dict[str, str]:
    """What a form would send beside what is typed, but for its token."""
    form = next(form for form in page.split("<form")[1:] if f'action="{action}"' in form).split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found if name != "token"}


async def sends(somebody: Operator, deed: str, *, page: str = "", **typed: str | list[str]):
    """Fills in a form of the page."""
    action = f"{PUBLISH}/{deed}" if deed else PUBLISH
    shown = page or (await somebody.sees(PUBLISH)).text
    data = {"token": somebody.visitor.token, **hidden(shown, action), **typed}
    return await somebody.browser.post(action, data=data)


def words(page: str) -> str:
    """What stands on a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.split("<main")[1])).split())


async def test_with_nothing_to_publish_the_page_says_so_and_offers_nothing(anna: Operator, desk: Desk) -> None:
    page = (await anna.sees(PUBLISH)).text
    assert "nothing to publish" in page
    assert f'action="{PUBLISH}' not in page
    refused = await sends(
        anna, "", page=f'<form action="{PUBLISH}"></form>', before=desk.live, after=desk.live, why=WHY
    )
    assert refused.status_code == 409
    assert len(snapshot.versions(desk.data_dir)) == 1


async def test_an_ordinary_change_is_shown_word_by_word_and_published_by_one(anna: Operator, desk: Desk) -> None:
    first = desk.live
    desk.ordinary()
    page = (await anna.sees(PUBLISH)).text
    assert "Renew <del>your</del><ins>a</ins> card" in page
    assert "Topics with another answer: 1." in page
    done = await sends(anna, "", why=WHY)
    assert (done.status_code, done.headers["location"]) == (303, f"{HISTORY}?done=published")
    assert desk.live != first
    newest = snapshot.versions(desk.data_dir)[0]
    assert (newest.by, newest.second, newest.why, newest.critical) == ("anna", "", WHY, ())
    assert [(each.kind, each.by, each.about, each.why) for each in await desk.noted()] == [
        (AuditKind.PUBLISHED, "anna", desk.live, WHY)
    ]
    assert "nothing to publish" in (await anna.sees(PUBLISH)).text


async def test_without_a_why_nothing_is_published_and_the_page_comes_back(anna: Operator, desk: Desk) -> None:
    first = desk.live
    desk.ordinary()
    assert (await sends(anna, "", why=" ")).status_code == 422
    assert desk.live == first


async def test_emergency_content_is_shown_apart_and_not_published_by_one(anna: Operator, desk: Desk) -> None:
    first = desk.live
    desk.danger()
    page = (await anna.sees(PUBLISH)).text
    assert page.index("<del>зараз</del><ins>негайно</ins>") < page.index("Ask a colleague to look")
    assert f'action="{PUBLISH}"' not in page
    typed = hidden(page, f"{PUBLISH}/propose")
    refused = await anna.does("content/publish", **typed, why=WHY)
    assert refused.status_code == 409
    assert WHY in refused.text, "nothing typed is lost"
    assert desk.live == first


async def test_a_colleague_looks_and_publishes_and_both_stand_in_the_history(
    anna: Operator, bela: Operator, desk: Desk
) -> None:
    desk.danger()
    assert (await sends(anna, "propose", why=WHY)).headers["location"] == f"{PUBLISH}?done=proposed"
    page = (await bela.sees(PUBLISH)).text
    assert WHY in page
    done = await sends(bela, "confirm", looked=CHANGED)
    assert done.headers["location"] == f"{HISTORY}?done=published"
    newest = snapshot.versions(desk.data_dir)[0]
    assert (newest.version, newest.by, newest.second) == (desk.live, "anna", "bela")
    history = words((await anna.sees(HISTORY)).text)
    assert "anna · looked at by bela" in history
    assert [(each.by, each.why) for each in await desk.noted()] == [("bela", WHY)]


async def test_what_was_not_ticked_is_not_published_and_the_ticks_stay(
    anna: Operator, bela: Operator, desk: Desk
) -> None:
    first = desk.live
    desk.danger()
    edit(desk.folder, "lines/okit.yml", "free", "national")
    await sends(anna, "propose", why=WHY)
    refused = await sends(bela, "confirm", looked=["lines/okit.yml (cost)"])
    assert refused.status_code == 409
    assert 'value="lines/okit.yml (cost)" required checked' in refused.text
    assert desk.live == first


async def test_who_asked_cannot_be_the_second_person_by_address_or_another_session(
    anna: Operator, bela: Operator, desk: Desk
) -> None:
    first = desk.live
    desk.danger()
    await sends(anna, "propose", why=WHY)
    assert f'action="{PUBLISH}/confirm"' not in (await anna.sees(PUBLISH)).text
    bait = hidden((await bela.sees(PUBLISH)).text, f"{PUBLISH}/confirm")
    for again in (anna, await desk.at_console("anna", Role.EDITOR), await desk.at_console("Anna", Role.EDITOR)):
        assert (await again.does("content/publish/confirm", **bait, looked=CHANGED)).status_code == 409
    assert desk.live == first
    assert proposal.waiting(desk.data_dir) is not None


async def test_a_change_after_the_proposal_makes_it_void_and_the_page_says_so(
    anna: Operator, bela: Operator, desk: Desk
) -> None:
    first = desk.live
    desk.danger()
    await sends(anna, "propose", why=WHY)
    seen = (await bela.sees(PUBLISH)).text
    desk.ordinary()
    refused = await sends(bela, "confirm", page=seen, looked=CHANGED)
    assert refused.status_code == 409
    assert "no longer holds" in refused.text
    assert desk.live == first
    assert (await sends(bela, "propose", why="once more")).status_code == 303


async def test_a_request_is_withdrawn(anna: Operator, bela: Operator, desk: Desk) -> None:
    desk.danger()
    await sends(anna, "propose", why=WHY)
    seen = (await bela.sees(PUBLISH)).text
    assert (await sends(anna, "withdraw")).headers["location"] == f"{PUBLISH}?done=withdrawn"
    assert (await sends(bela, "confirm", page=seen, looked=CHANGED)).status_code == 409
    assert 'action="/console/content/publish/propose"' in (await anna.sees(PUBLISH)).text


async def test_what_cannot_wait_is_published_alone_with_a_reason_and_stands_in_red(anna: Operator, desk: Desk) -> None:
    first = desk.live
    desk.danger()
    short = await sends(anna, "alone", emergency="quick")
    assert (short.status_code, desk.live) == (422, first)
    assert 'value="quick"' in short.text
    assert (await sends(anna, "alone", emergency=REASON)).status_code == 303
    newest = snapshot.versions(desk.data_dir)[0]
    assert (newest.by, newest.second, newest.emergency) == ("anna", "", REASON)
    history = (await anna.sees(HISTORY)).text
    assert html.escape(REASON, quote=False).replace("'", "&#39;") in history
    assert "urgentpart" in history
    assert [each.why for each in await desk.noted()] == [REASON]


async def test_of_two_who_publish_the_same_the_second_is_told(anna: Operator, bela: Operator, desk: Desk) -> None:
    desk.ordinary()
    seen = (await bela.sees(PUBLISH)).text
    await sends(anna, "", why=WHY)
    late = await sends(bela, "", page=seen, why="mine")
    assert late.status_code == 409
    assert [entry.by for entry in snapshot.versions(desk.data_dir)] == ["anna", ""]


async def test_what_was_published_from_the_command_line_meanwhile_is_told(anna: Operator, desk: Desk) -> None:
    desk.ordinary()
    seen = (await anna.sees(PUBLISH)).text
    snapshot.publish(desk.folder, desk.data_dir, lambda: NOW, signature=Signature(by="ilona"))
    edit(desk.folder, CARD, "Renew a card", "Renew the card")
    late = await sends(anna, "", page=seen, why=WHY)
    assert late.status_code == 409
    assert "<del>a</del><ins>the</ins>" in late.text, "the page shows how it is now"
    assert WHY in late.text
    assert [entry.by for entry in snapshot.versions(desk.data_dir)] == ["ilona", ""]


async def test_faults_block_and_lead_to_the_page_where_they_are_mended(anna: Operator, desk: Desk) -> None:
    first = desk.live
    desk.ordinary()
    seen = (await anna.sees(PUBLISH)).text
    edit(desk.folder, "facts.yml", "value: 22800", "value: much")
    edit(desk.folder, CARD, "Bring two photos.", "Bring 2 photos.")
    edit(desk.folder, "notices/water/uk.md", "until", "till")
    edit(desk.folder, "lines/okit.yml", "free", "nothing")
    page = (await anna.sees(PUBLISH)).text
    for address in ("values/fact/card_fee", "answers/en/card_renewal", "notices/water", "values/line/okit"):
        assert f'href="/console/content/{address}"' in page, address
    assert "facts.yml, line 13" in page
    assert f'action="{PUBLISH}"' not in page
    refused = await sends(anna, "", page=seen, why=WHY)
    assert refused.status_code == 422
    assert desk.live == first


async def test_the_saves_that_wait_are_named_and_the_history_says_which_came_with_a_publishing(
    anna: Operator, desk: Desk
) -> None:
    site = desk.app.state.site
    for number, what in enumerate(("Three photos", "Four photos")):
        desk.now = NOW + number
        text = (desk.folder / CARD).read_text().replace("title: ", f"title: {what.split()[0]} ")
        site.door.save(lambda _, text=text, what=what: Change(what=what, texts={CARD: text}), f"editor {number}")
    desk.now = NOW + 9
    page = words((await anna.sees(PUBLISH)).text)
    assert "Saved since the last publishing: 2" in page
    assert page.index("Four photos") < page.index("Three photos")
    await sends(anna, "", why=WHY)
    assert "Three photos" not in (await anna.sees(PUBLISH)).text
    history = words((await anna.sees(HISTORY)).text)
    assert "Saves in it: 2" in history
    assert "Three photos" in history


async def test_going_back_shows_what_would_change_and_is_one_step(anna: Operator, desk: Desk) -> None:
    first = desk.live
    desk.ordinary()
    await sends(anna, "", why=WHY)
    history = (await anna.sees(HISTORY)).text
    assert re.findall(r"/publish/back/(\w+)", history) == [first], "the current one is not offered"
    page = (await anna.sees(f"{PUBLISH}/back/{first}")).text
    assert "<del>a</del><ins>your</ins>" in page
    assert (await sends(anna, "", page=page, why="wrong")).headers["location"] == f"{HISTORY}?done=went_back"
    assert desk.live == first
    assert snapshot.versions(desk.data_dir)[0].deed == "went back"
    assert [each.kind for each in await desk.noted()] == [AuditKind.PUBLISHED, AuditKind.WENT_BACK]


async def test_going_back_over_emergency_content_needs_a_second_editor(
    anna: Operator, bela: Operator, desk: Desk
) -> None:
    first = desk.live
    desk.danger()
    await sends(anna, "alone", emergency=REASON)
    second = desk.live
    address = f"{PUBLISH}/back/{first}"
    page = (await anna.sees(address)).text
    assert f'action="{PUBLISH}"' not in page
    await sends(anna, "propose", page=page, why=WHY)
    assert address in (await bela.sees(PUBLISH)).text, "the publish page leads to what waits"
    assert desk.live == second
    done = await sends(bela, "confirm", page=(await bela.sees(address)).text, looked=CHANGED)
    assert done.headers["location"] == f"{HISTORY}?done=went_back"
    newest = snapshot.versions(desk.data_dir)[0]
    assert (desk.live, newest.by, newest.second) == (first, "anna", "bela")


@pytest.mark.parametrize("version", ["0123456789ab", "%2E%2E", "current"])
async def test_a_snapshot_that_is_not_kept_is_not_found(anna: Operator, version: str) -> None:
    assert (await anna.sees(f"{PUBLISH}/back/{version}")).status_code == 404


async def test_a_colleague_reads_on_every_page_of_the_desk_that_they_are_asked(
    anna: Operator, bela: Operator, desk: Desk
) -> None:
    desk.danger()
    await sends(anna, "propose", why=WHY)
    told = "anna asks a colleague"
    assert told in (await bela.sees("/console/content/notices")).text
    assert told not in (await anna.sees("/console/content/notices")).text
    desk.ordinary()
    assert told not in (await bela.sees("/console/content/notices")).text, "a void one asks nobody"


async def test_the_page_says_who_saved_an_emergency_change(anna: Operator, desk: Desk) -> None:
    text = (desk.folder / DANGER).read_text().replace("зараз", "негайно")
    desk.app.state.site.door.save(lambda _: Change(what="More urgent", texts={DANGER: text}), "cili")
    page = (await anna.sees(PUBLISH)).text.split('id="emergency"')[1].split("</section>")[0]
    assert "cili" in words(f"<main>{page}")


def test_what_was_edited_past_the_desk_is_told_by_time_and_going_back_contains_nothing() -> None:
    saves = [_save("12:03", "c"), _save("12:02", "b"), _save("12:01", "a")]
    first, second = _entry("12:01", "a"), _entry("12:02", "by hand")
    back = Published(at="2026-11-22T12:05:00+00:00", version="a", deed="went back")
    assert [save.version for save in waiting_saves(saves, [second, first], "by hand")] == ["c"]
    assert [save.version for save in waiting_saves(saves, [back, second, first], "a")] == ["c", "b"]
    told_saves = [[save.version for save in past.saves] for past in told(saves, [back, second, first])]
    assert told_saves == [[], ["b"], ["a"]]
    assert waiting_saves(saves, [], "") == saves


def _save(at: str, version: str) -> Save:
    return Save(at=f"2026-11-22T{at}:00+00:00", by="anna", what="x", paths=(), version=version)


def _entry(at: str, version: str) -> Published:
    return Published(at=f"2026-11-22T{at}:00+00:00", version=version)


async def test_warnings_are_counted(anna: Operator, desk: Desk, content: Content) -> None:
    assert "To look at sometime" in (await anna.sees(PUBLISH)).text
    found = {reminder.name for reminder in warnings(content, day_of(NOW))}
    assert found
    assert found <= set(NAMES)


async def test_where_there_is_no_folder_the_page_still_opens(content: Content) -> None:
    anna = await Stage(content).at_console("anna", Role.EDITOR)
    assert (await anna.sees(PUBLISH)).status_code == 200
    assert (await anna.sees(HISTORY)).status_code == 200
