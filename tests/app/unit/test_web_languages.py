"""Languages: how far each one is, out to a translator, and back by the door or not at all."""

import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from translate.storage.pypo import pofile

from content import exchange, translation
from content.content import Content
from content.door import Door
from content.stamp import stamp
from road.account import Role
from road.settings import Settings
from tests.app.fixtures.folder import copy_to, edit, load
from tests.app.unit.test_content_translation import CARD, PERSIAN, state
from tests.app.unit.web_stage import Operator, Stage

PAGE = "/console/content/languages"
SHARED = "answers/ar/" + CARD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = copy_to(tmp_path)
    stamp(copied, load(copied))
    return copied


@pytest.fixture
def settings(folder: Path, tmp_path: Path) -> Settings:
    return Settings(undo_s=0, content_dir=folder, data_dir=tmp_path / "data")


@pytest.fixture
async def editor(content: Content, settings: Settings) -> Operator:
    return await Stage(content, settings=settings).at_console("edit", Role.EDITOR)


async def out(editor: Operator, locale: str) -> bytes:
    answer = await editor.sees(f"{PAGE}/{locale}.po")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{locale}.po"'
    return answer.content


async def back(editor: Operator, data: bytes, name: str = "fa.po") -> httpx.Response:
    files = {"file": (name, data, "application/octet-stream")}
    return await editor.browser.post(PAGE, data={"token": editor.visitor.token}, files=files)


def translated(data: bytes, texts: dict[str, str]) -> bytes:
    store = pofile.parsestring(data)
    for unit in store.units:
        unit.target = texts.get(unit.getcontext(), unit.target)
    return bytes(store)


async def test_the_overview_leads_to_the_languages_which_say_how_far_each_is(editor: Operator) -> None:
    assert f'href="{PAGE}"' in (await editor.sees("/console/content")).text
    page = (await editor.sees(PAGE)).text
    row = page[page.index(">Arabic</a></th>") :]
    assert "<td>1 / 4</td><td>0</td><td>1</td><td>0</td>" in row[: row.index("</tr>")]
    assert f'href="{PAGE}/ar.po"' in row
    assert f"{PAGE}/en.po" not in page


async def test_a_translation_goes_out_and_comes_back_in_the_editors_name(
    editor: Operator, folder: Path, settings: Settings
) -> None:
    page = (await back(editor, translated(await out(editor, "fa"), PERSIAN))).text
    assert "Persian: answers changed: 1" in page
    assert '<a href="/console/content/answers/fa/card_renewal">Renew your card</a>' in page
    assert load(folder).articles["card_renewal", "fa", "full"].title == "تمدید کارت"
    (saved,) = Door(folder, settings.data_dir).saves()
    assert (saved.by, saved.what) == ("edit", "fa: 1 answers from fa.po")


async def test_the_same_file_sent_again_changes_nothing(editor: Operator, folder: Path) -> None:
    data = translated(await out(editor, "fa"), PERSIAN)
    await back(editor, data)
    before = state(folder)
    assert "Persian: answers changed: 0" in (await back(editor, data)).text
    assert state(folder) == before


async def test_what_is_half_translated_stays_and_is_named_while_the_rest_comes_in(
    editor: Operator, folder: Path
) -> None:
    half = PERSIAN | {"home_again/avrr_info.md#title": "بازگشت به خانه"}
    page = (await back(editor, translated(await out(editor, "fa"), half))).text
    assert "Persian: answers changed: 1" in page
    assert "Left as they were: 1" in page
    units = len(load(folder).articles["avrr_info", "en", "full"].blocks) + 1
    assert f"{units - 1} of {units} pieces are empty" in page
    assert ("avrr_info", "fa", "full") not in load(folder).articles


async def test_a_translation_of_an_older_english_text_stays_out_and_is_named(editor: Operator, folder: Path) -> None:
    data = translated(await out(editor, "ar"), {f"{CARD}#5": "جواز سفر ساري"})
    edit(folder, f"answers/en/{CARD}", "- passport\n", "- valid passport\n")
    before = state(folder)
    page = (await back(editor, data, "ar.po")).text
    assert "Arabic: answers changed: 0" in page
    assert "the English text has changed since the file was made" in page
    assert state(folder) == before


async def test_a_mistake_is_named_by_its_line_of_the_file_and_nothing_comes_in(editor: Operator, folder: Path) -> None:
    data = translated(await out(editor, "fa"), PERSIAN | {f"{CARD}#7": "هزینه: زیاد"})
    before = state(folder)
    answer = await back(editor, data)
    line = data.decode().split("\n").index('msgctxt "papers/card_renewal.md#7"')
    assert answer.status_code == 422
    assert "Nothing was changed. These places must be mended first" in answer.text
    named = int(answer.text.partition("<b>fa.po:")[2].partition("</b>")[0])
    assert abs(named - line) <= 6
    assert "the English text has {{ fact.card_fee }}" in answer.text
    assert state(folder) == before


def english(data: bytes) -> bytes:
    return data.replace(b"Language: fa", b"Language: en")


def without_language(data: bytes) -> bytes:
    return data.replace(b"Language: fa", b"Language: xx")


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "This is not a PO file"),
        (lambda _: b"PK\x03\x04" + bytes(5000), "This is not a PO file"),
        (lambda data: data.decode().encode("utf-16"), "This is not a PO file"),
        (lambda data: data.decode().replace("کارت", "ї").encode("cp1251", "replace"), "This is not a PO file"),
        (english, "does not say that it is for one of the languages"),
        (without_language, "does not say that it is for one of the languages"),
        (lambda _: b"", "No file was chosen"),
        (lambda data: data + b'\nmsgctxt "nothing/here.md#1"\nmsgid "a"\nmsgstr "b"\n', "no such answer"),
        (lambda data: data[: len(data) // 2], "Nothing was changed"),
    ],
)
async def test_what_is_no_translation_of_ours_is_refused_in_plain_words(
    spoiled: Callable[[bytes], bytes], told: str, editor: Operator, folder: Path
) -> None:
    data = translated(await out(editor, "fa"), PERSIAN)
    before = state(folder)
    answer = await back(editor, spoiled(data))
    assert answer.status_code == 422
    assert told in answer.text
    assert "Nothing was changed" in answer.text
    assert state(folder) == before


async def test_a_file_of_fifty_megabytes_is_not_taken(editor: Operator, folder: Path) -> None:
    before = state(folder)
    assert (await back(editor, bytes(50_000_000))).status_code == 413
    assert state(folder) == before


async def test_a_russian_text_in_the_ukrainian_file_is_refused(editor: Operator, folder: Path) -> None:
    data = await out(editor, "uk")
    russian = {
        "home_again/avrr_info.md#title": "Возвращение домой",
        "home_again/avrr_info.md#1": "Сначала спросите у нас, мы поможем вам: {{ line.volret_line.number }}",
        "home_again/avrr_info.md#2": "Если хотите, по телефону: "
        "{{ line.volret_line.languages }}, {{ line.volret_line.hours }}",
    }
    before = state(folder)
    answer = await back(editor, translated(data, russian), "uk.po")
    assert (answer.status_code, state(folder)) == (422, before)
    assert "avrr_info.md#1" in answer.text


async def test_a_colleague_who_saves_meanwhile_loses_nothing(
    editor: Operator, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = translated(await out(editor, "ar"), {f"{CARD}#5": "جواز سفر ساري"})

    def colleague_saves(*given: object) -> dict[str, str]:
        made = translation.files(*given)  # type: ignore[arg-type]
        edit(folder, SHARED, "title: ", "title: ال")
        return made

    monkeypatch.setattr(exchange, "files", colleague_saves)
    answer = await back(editor, data, "ar.po")
    assert answer.status_code == 409
    assert "A colleague has just saved one of these answers" in answer.text
    assert "title: ال" in (folder / SHARED).read_text()
    assert "جواز سفر ساري" not in (folder / SHARED).read_text()


@pytest.mark.parametrize("locale", ["en", "xx", "..%2Ffacts"])
async def test_only_languages_that_are_translated_into_go_out(editor: Operator, locale: str) -> None:
    assert (await editor.sees(f"{PAGE}/{locale}.po")).status_code == 404


async def test_a_draft_with_faults_in_these_answers_goes_out_when_they_are_mended(
    editor: Operator, folder: Path
) -> None:
    edit(folder, SHARED, "{{ fact.card_valid_until }}", "")
    answer = await editor.sees(f"{PAGE}/ar.po")
    assert answer.status_code == 409
    assert SHARED in answer.text
    assert (await editor.sees(f"{PAGE}/uk.po")).status_code == 200


async def test_where_the_toolkit_is_missing_the_page_says_so_and_names_the_commands(
    editor: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "content.po_file", None)
    monkeypatch.delattr("content.po_file", raising=False)
    page = (await editor.sees(PAGE)).text
    assert "does not have translate-toolkit" in page
    assert "hotline content export uk --out uk.po" in page
    assert 'type="file"' not in page
    assert (await editor.sees(f"{PAGE}/uk.po")).status_code == 503
    assert (await back(editor, b"x")).status_code == 503
