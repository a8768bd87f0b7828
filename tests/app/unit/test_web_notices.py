"""Notices at the editors' desk: listed by their days, typed, checked, tried out, saved, ended."""

import html
import re
from datetime import date
from pathlib import Path

import pytest

from content.content import Content
from content.door import Change, Door
from content.folder import check
from content.notice_edit import NoticeEdit, ended, id_from, path_of, with_notice, written
from road.account import Role
from road.locale import LOCALES
from road.settings import Settings
from tests.app.fixtures.folder import SUNDAY_NIGHT, edit
from tests.app.unit.web_stage import Operator, Stage
from web.editors.notices import NOTICES

TODAY = date(2026, 11, 22)
SNOW = {"short_name": "Snow, office closed", "start": "2026-11-20", "until": "2026-11-25", "scope": "some"}
TEXT = "Snow closes the **office** today."


@pytest.fixture
async def anna(content: Content, folder: Path, tmp_path: Path) -> Operator:
    stage = Stage(content, settings=Settings(content_dir=folder, data_dir=tmp_path / "data"), now=SUNDAY_NIGHT)
    return await stage.at_console("anna", Role.EDITOR)


def fields(page: str) -> dict[str, str]:
    """What the form of a notice would send as it was loaded, but for its token, boxes and choices."""
    form = page.split('id="notice"')[1].split("</form>")[0]
    found = re.findall(r'<input [^>]*?name="((?:mark_\w+)|name|start|until|short_name)"[^>]*?value="([^"]*)"', form)
    found += re.findall(r'<input type="hidden" name="(mark_\w+)" value="([^"]*)"', form)
    texts = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n([^<]*)</textarea>', form)
    return {name: html.unescape(value) for name, value in (*found, *texts)}


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in check(folder)]


async def test_notices_are_listed_by_their_days(anna: Operator, folder: Path) -> None:
    for name, start, until in (("storm", "2026-12-01", "2026-12-02"), ("strike", "2026-01-01", "2026-11-21")):
        (folder / f"notices/{name}").mkdir()
        front = f"---\nfrom: {start}\nuntil: {until}\ntopics: [all]\n---\n"
        (folder / path_of(name, "en")).write_text(f"{front}A {name}.\n")
    page = (await anna.sees(NOTICES)).text
    parts = {part.split('"')[0]: part for part in page.split('<section aria-labelledby="')[1:]}
    listed = {part: re.findall(r"notices/(\w+)\"", text) for part, text in parts.items()}
    assert listed == {"running": ["water"], "coming": ["storm"], "over": ["strike"]}
    assert "in English for:" in parts["running"]
    assert "UK" not in parts["running"].split("in English for:")[1].split("</span>")[0]


async def test_a_new_notice_is_saved_in_the_editors_name_under_an_id_of_its_own(
    anna: Operator, folder: Path, door: Door
) -> None:
    done = await anna.does("content/notices/new", **SNOW, topics="card_renewal", text_en=TEXT, text_uk="Бюро зачинене.")
    assert (done.status_code, done.headers["location"]) == (303, f"{NOTICES}?done=saved")
    front = "---\nfrom: 2026-11-20\nuntil: 2026-11-25\ntopics: [card_renewal]\n---\n"
    assert (folder / "notices/snow_office_closed/en.md").read_text() == f"{front}{TEXT}\n"
    assert sorted(path.name for path in (folder / "notices/snow_office_closed").iterdir()) == ["en.md", "uk.md"]
    assert faults(folder) == []
    assert [(save.by, save.what) for save in door.saves()] == [("anna", "Notice snow_office_closed begun")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"short_name": "Сніг"}, "short name in Latin letters"),
        ({"short_name": "Water"}, "There is a notice of that name"),
        ({"short_name": "new"}, "There is a notice of that name"),
        ({"text_en": " "}, "The English text is missing"),
        ({"until": "soon"}, "Choose the first and the last day"),
        ({"topics": "nowhere"}, "Choose the topics"),
    ],
)
async def test_what_a_form_lacks_is_said_and_nothing_typed_is_lost(
    anna: Operator, folder: Path, typed: dict[str, str], told: str
) -> None:
    fields = {**SNOW, "topics": "card_renewal", "text_en": TEXT, "text_hu": "Hó miatt zárva.", **typed}
    page = await anna.does("content/notices/new", **fields)
    assert page.status_code == 422
    assert told in page.text
    assert "Hó miatt zárva." in page.text
    assert [path.name for path in (folder / "notices").iterdir()] == ["water"]


async def test_what_the_checks_find_is_not_saved(anna: Operator, folder: Path) -> None:
    fields = {**SNOW, "topics": "card_renewal", "until": "2026-11-01", "text_en": "See {{ fact.nothing }} here."}
    page = await anna.does("content/notices/new", **fields)
    assert page.status_code == 422
    assert "is before `from`" in html.unescape(page.text)
    assert "unknown fact nothing" in page.text
    assert not (folder / "notices/snow_office_closed").exists()


async def test_a_change_keeps_what_stays_and_takes_away_a_language_that_is_emptied(
    anna: Operator, folder: Path
) -> None:
    edit(folder, "notices/water/en.md", "from:", "# since the pipe broke\nfrom:")
    before = (folder / "notices/water/en.md").read_text()
    typed = fields((await anna.sees(f"{NOTICES}/water")).text)
    done = await anna.does("content/notices/water", **{**typed, "text_uk": ""}, scope="some", topics="card_renewal")
    assert done.status_code == 303
    assert (folder / "notices/water/en.md").read_text() == before
    assert not (folder / "notices/water/uk.md").exists()


async def test_a_colleague_who_saved_first_is_shown_and_both_texts_are_kept(
    anna: Operator, folder: Path, door: Door
) -> None:
    typed = fields((await anna.sees(f"{NOTICES}/water")).text)
    door.save(lambda _: Change(what="x", texts={path_of("water", "uk"): _water("Води немає.")}), "bela")
    mine = {**typed, "text_en": "No water at all.", "scope": "some", "topics": "card_renewal"}
    page = await anna.does("content/notices/water", **mine)
    assert page.status_code == 409
    assert "No water at all." in page.text
    assert "Води немає." in page.text
    assert (folder / path_of("water", "uk")).read_text() == _water("Води немає.")
    again = await anna.does("content/notices/water", **{**mine, **_marks(page.text)})
    assert again.status_code == 303, "whoever saves now has seen both"


async def test_what_a_colleague_deleted_meanwhile_is_not_lost(anna: Operator, folder: Path, door: Door) -> None:
    typed = fields((await anna.sees(f"{NOTICES}/water")).text)
    gone = {path_of("water", locale): None for locale in ("en", "uk")}
    door.save(lambda _: Change(what="x", texts=gone), "bela")
    page = await anna.does("content/notices/water", **typed, scope="all")
    assert page.status_code == 409
    assert "no water" in page.text
    assert (await anna.sees(f"{NOTICES}/water")).status_code == 404


async def test_it_is_ended_in_every_language_at_once(anna: Operator, folder: Path) -> None:
    assert (await anna.does("content/notices/water/end")).headers["location"] == f"{NOTICES}?done=ended"
    for locale in ("en", "uk"):
        assert "until: 2026-11-21\n" in (folder / path_of("water", locale)).read_text()
    assert faults(folder) == []


def test_one_that_began_today_ends_today(folder: Path, door: Door) -> None:
    for locale in ("en", "uk"):
        edit(folder, path_of("water", locale), "from: 2026-11-20", "from: 2026-11-22")
    texts = ended(door.draft(), "water", TODAY)
    assert all("until: 2026-11-22\n" in (text or "") for text in texts.values())
    assert len(texts) == 2


async def test_it_is_deleted_only_as_the_editor_saw_it(anna: Operator, folder: Path, door: Door) -> None:
    typed = fields((await anna.sees(f"{NOTICES}/water")).text)
    assert (await anna.does("content/notices/water/delete")).status_code == 409, "a token alone deletes nothing"
    door.save(lambda _: Change(what="x", texts={path_of("water", "uk"): _water("Води немає.")}), "bela")
    assert (await anna.does("content/notices/water/delete", **typed)).status_code == 409
    typed = fields((await anna.sees(f"{NOTICES}/water")).text)
    assert (await anna.does("content/notices/water/delete", **typed)).status_code == 303
    assert not list((folder / "notices/water").iterdir())


async def test_the_preview_is_the_answer_with_the_notice_above_in_the_language_asked_for(anna: Operator) -> None:
    fields = {**SNOW, "topics": "card_renewal", "text_en": TEXT, "text_ar": "المكتب مغلق."}
    english = await anna.does("content/notices/check", **fields, locale="hu")
    bubble = english.text.split('class="bubble"')[1]
    assert "Snow closes the <b>office</b> today." in bubble
    assert bubble.index("Snow") < bubble.index("passport")
    arabic = (await anna.does("content/notices/check", **fields, locale="ar", topic="card_renewal")).text
    assert 'class="telegram" lang="ar" dir="rtl"' in arabic
    assert "المكتب مغلق" in arabic.split('class="bubble"')[1]


async def test_the_preview_shows_a_notice_to_come_as_it_will_be(anna: Operator, folder: Path) -> None:
    fields = {**SNOW, "start": "2027-01-01", "until": "2027-01-02", "scope": "all", "text_en": TEXT}
    assert "Snow closes" in (await anna.does("content/notices/check", **fields)).text.split('class="bubble"')[1]
    assert not (folder / "notices/snow_office_closed").exists()


async def test_html_that_is_typed_is_text(anna: Operator) -> None:
    evil = "<script>alert(1)</script>"
    page = (
        await anna.does("content/notices/check", **{**SNOW, "short_name": evil, "text_en": evil, "scope": "all"})
    ).text
    assert evil not in page


async def test_a_notice_that_cannot_be_read_is_listed_and_can_be_mended(anna: Operator, folder: Path) -> None:
    (folder / path_of("water", "en")).write_text("no fields at all\n")
    page = (await anna.sees(NOTICES)).text
    assert 'aria-labelledby="broken"' in page
    typed = fields((await anna.sees(f"{NOTICES}/water")).text)
    assert typed["text_en"] == "no fields at all"
    assert (await anna.does("content/notices/water/end")).status_code in (303, 422)
    typed = fields((await anna.sees(f"{NOTICES}/water")).text)
    days = {"start": "2026-11-20", "until": "2026-11-23", "scope": "all"}
    assert (await anna.does("content/notices/water", **{**typed, **days})).status_code == 303
    assert faults(folder) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_typed_and_what_is_written_are_the_same(door: Door, locale: str) -> None:
    texts = {"en": TEXT, locale: TEXT}
    typed = NoticeEdit(id="snow", start="2026-11-20", until="2026-11-21", topics=("all",), texts=texts)
    files = {path: text for path, text in typed.files({}).items() if text}
    door.save(lambda _: Change(what="x", texts={path_of("snow", "en"): files[path_of("snow", "en")]}), "anna")
    draft = door.draft()
    assert written(draft, "snow").files(draft.texts) == {path_of("snow", "en"): draft.texts[path_of("snow", "en")]}
    notice, _ = with_notice(draft, typed)
    assert notice is not None
    assert set(notice.texts) == {"en", locale}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Office closed: Christmas!", "office_closed_christmas"),
        ("Éva  napja", "eva_napja"),
        ("Сніг", ""),
        ("a" * 99, "a" * 40),
    ],
)
def test_an_id_is_made_of_a_short_name(words: str, name: str) -> None:
    assert id_from(words) == name


async def test_an_unknown_notice_is_not_found(anna: Operator) -> None:
    assert (await anna.sees(f"{NOTICES}/nothing")).status_code == 404
    for deed in ("", "/end", "/delete"):
        assert (await anna.does(f"content/notices/nothing{deed}")).status_code == 404


def _water(text: str) -> str:
    return f"---\nfrom: 2026-11-20\nuntil: 2026-11-22\ntopics: [card_renewal]\n---\n{text}\n"


def _marks(page: str) -> dict[str, str]:
    return {name: value for name, value in fields(page).items() if name.startswith("mark_")}
