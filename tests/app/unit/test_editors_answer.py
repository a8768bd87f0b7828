"""The page of an answer: saving, stamps, reviews, conflicts, and what is kept of what was not saved."""

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from content import stamp
from content.content import Content
from content.folder import drafted
from road.account import Role
from road.settings import Settings
from tests.app.fixtures.folder import copy_to, edit
from tests.app.unit.web_stage import Operator, Stage

EN, AR, UK_NOW = (
    "answers/en/papers/card_renewal.md",
    "answers/ar/papers/card_renewal.md",
    "answers/uk/safety/emergency_immediate_danger.now.md",
)
NEW = "answers/uk/papers/card_renewal.md"
SCRIPT = "<script>alert(1)</script>"


CATALOGUES = Path(__file__).parents[3] / "content" / "locale"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small folder, whose catalogues have the real texts too."""
    copied = copy_to(tmp_path)
    for path in (copied / "locale").rglob("hotline.po"):
        own = path.read_text()
        real = (CATALOGUES / path.relative_to(copied / "locale")).read_text().split("\n\n")[1:]
        path.write_text("\n\n".join([own.rstrip(), *(each for each in real if each.split("\n")[0] not in own)]) + "\n")
    return copied


@pytest.fixture
def stage(content: Content, folder: Path, tmp_path: Path) -> Stage:
    return Stage(content, Settings(undo_s=0, content_dir=folder, data_dir=tmp_path / "data"))


@pytest.fixture
async def ilona(stage: Stage) -> Operator:
    return await stage.at_console("ilona", Role.EDITOR)


def fields(page: str) -> dict[str, str]:
    """What the page's form would send if nothing were changed."""
    form = re.search(r'<form id="answer".*?</form>', page, re.DOTALL)
    assert form is not None
    found = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if values.get("type") not in ("checkbox", "radio") or tag.rstrip("> ").endswith("checked"):
            found[values["name"]] = unescape(values["value"])
    text = re.search(r"<textarea.*?>\n(.*?)</textarea>", form[0], re.DOTALL)
    assert text is not None
    return {**found, "text": unescape(text[1])}


def address(path: str) -> str:
    _, locale, _, name = path.split("/")
    topic, now, _ = name.partition(".now")
    return f"/console/content/answers/{locale}/{topic.removesuffix('.md')}{'?form=now' if now else ''}"


def below(path: str, deed: str) -> str:
    page, mark, query = address(path).partition("?")
    return f"{page}/{deed}{mark}{query}"


async def form(somebody: Operator, path: str) -> dict[str, str]:
    page = await somebody.sees(address(path))
    assert page.status_code == 200
    return fields(page.text)


async def posts(somebody: Operator, path: str, deed: str = "", /, **changed: str) -> httpx.Response:
    data = {"token": somebody.visitor.token, **changed}
    return await somebody.browser.post(below(path, deed) if deed else address(path), data=data)


async def saves(somebody: Operator, path: str, **changed: str) -> httpx.Response:
    return await posts(somebody, path, **{**await form(somebody, path), "act": "save", **changed})


async def test_saving_what_the_page_shows_changes_no_byte(ilona: Operator, folder: Path, stage: Stage) -> None:
    paths = sorted((folder / "answers").rglob("*.md"))
    assert len(paths) > 5
    for path in paths:
        before = path.read_bytes()
        answer = await saves(ilona, path.relative_to(folder).as_posix())
        assert (answer.status_code, path.read_bytes()) == (303, before), path
    assert stage.app.state.site.door.saves() == []


async def test_a_saved_text_is_in_the_folder_under_the_editors_name(
    ilona: Operator, folder: Path, stage: Stage
) -> None:
    before = (folder / AR).read_text()
    title = "تجديد: البطاقة"
    answer = await saves(ilona, AR, title=title)
    assert answer.headers["location"] == f"{address(AR)}?saved=1"
    assert (folder / AR).read_text() == before.replace("تجديد البطاقة", f'"{title}"')
    (save,) = stage.app.state.site.door.saves()
    assert (save.by, save.paths) == ("ilona", (AR,))
    page = (await ilona.sees(address(AR))).text
    assert "Last saved here: ilona" in page


async def test_a_new_translation_begins_beside_the_english_text_and_is_stamped(ilona: Operator, folder: Path) -> None:
    page = (await ilona.sees(address(UK_NOW.replace("/uk/", "/ar/")))).text
    assert "Not written yet" in page
    assert '<span class="chip">line.emergency_112.number</span>' in page
    path = UK_NOW.replace("/uk/", "/ar/")
    answer = await saves(ilona, path, title="خطر الآن", text="اتصلوا الآن:\r\n{{ line.emergency_112.number }}")
    assert answer.status_code == 303
    article = drafted(folder).content.articles["emergency_immediate_danger", "ar", "now"]
    english = drafted(folder).content.articles["emergency_immediate_danger", "en", "now"]
    assert article.front.translates == english.fingerprint
    assert (folder / path).read_text().endswith("---\nاتصلوا الآن:\n{{ line.emergency_112.number }}\n")
    assert stamp.earlier(folder, english.fingerprint) == (folder / path.replace("/ar/", "/en/")).read_text()


async def test_a_check_is_noted_with_name_and_day_and_a_changed_text_loses_it(ilona: Operator, folder: Path) -> None:
    await saves(ilona, AR, checked="1")
    assert "reviewed: {by: ilona, on: 2026-11-22}" in (folder / AR).read_text()
    await saves(ilona, AR, **{"reason1": "another reason"})
    assert "reviewed: {by: ilona, on: 2026-11-22}" in (folder / AR).read_text()
    await saves(ilona, AR, title="بطاقة")
    assert 'reviewed: {by: "", on: }' in (folder / AR).read_text()


async def test_a_translation_is_stamped_only_by_somebody_who_says_so(ilona: Operator, folder: Path) -> None:
    await saves(ilona, AR, title="بطاقة")
    assert "translates" not in (folder / AR).read_text()
    await saves(ilona, AR, translated="1")
    english = drafted(folder).content.articles["card_renewal", "en", "full"]
    assert f"translates: {english.fingerprint}" in (folder / AR).read_text()
    assert stamp.earlier(folder, english.fingerprint) == (folder / EN).read_text()


async def stamped(ilona: Operator) -> None:
    assert (await saves(ilona, AR, translated="1")).status_code == 303


async def test_a_changed_english_text_waits_for_a_word_on_its_translations(ilona: Operator, folder: Path) -> None:
    await stamped(ilona)
    before = (folder / EN).read_text()
    answer = await saves(ilona, EN, title="Renew a card")
    assert (answer.status_code, (folder / EN).read_text()) == (422, before)
    assert "Not saved yet" in answer.text
    assert fields(answer.text)["title"] == "Renew a card"
    assert (await form(ilona, EN))["title"] == "Renew a card"


async def test_a_correction_keeps_translations_and_another_meaning_makes_them_stale(
    ilona: Operator, folder: Path
) -> None:
    await stamped(ilona)
    first = drafted(folder).content.articles["card_renewal", "en", "full"].fingerprint
    await saves(ilona, EN, title="Renew a card", meaning="same")
    assert f"same_meaning_as: [{first}]" in (folder / EN).read_text()
    assert AR not in stamp.stale(drafted(folder).content)
    await saves(
        ilona, EN, text=fields((await ilona.sees(address(EN))).text)["text"] + "\n\nOnce more.", meaning="other"
    )
    assert "same_meaning_as:\n" in (folder / EN).read_text()
    assert AR in stamp.stale(drafted(folder).content)
    page = unescape((await ilona.sees(address(AR))).text)
    assert "<ins>Once more.</ins>" in page
    assert "English has changed" in page


async def test_sources_and_exceptions_are_written_and_taken_away(ilona: Operator, folder: Path) -> None:
    await saves(ilona, EN, literal2="30", reason2="name of another form", sources="charity", accepted_length="a list")
    text = (folder / EN).read_text()
    assert "literals: {24: name of a form, 30: name of another form}" in text.replace('"', "")
    assert "accepted: {length: a list}" in text
    await saves(ilona, EN, literal2="", accepted_length="")
    front = drafted(folder).content.articles["card_renewal", "en", "full"].front
    assert (dict(front.literals), dict(front.accepted)) == ({"24": "name of a form"}, {})


async def test_invisible_characters_that_were_pasted_are_gone_and_joiners_of_persian_stay(ilona: Operator) -> None:
    persian = AR.replace("/ar/", "/fa/")
    text = (await form(ilona, AR))["text"]
    answer = await posts(ilona, persian, title="می\u200cروم\u200b", text=f"\u202e{text}\u00ad")
    assert fields(answer.text)["title"] == "می\u200cروم"
    assert fields(answer.text)["text"] == text


async def test_a_refused_text_comes_back_with_plain_words_and_is_kept(ilona: Operator, folder: Path) -> None:
    before = (folder / AR).read_text()
    answer = await saves(ilona, AR, text="في 2027")
    assert (answer.status_code, (folder / AR).read_text()) == (422, before)
    assert "The number 2027 stands in the text." in answer.text
    assert fields(answer.text)["text"] == "في 2027"
    assert fields((await ilona.sees(address(AR))).text)["text"] == "في 2027"


async def test_faults_in_other_files_are_told_with_the_file(ilona: Operator) -> None:
    await stamped(ilona)
    answer = await saves(ilona, EN, text="Only this.", meaning="same")
    assert answer.status_code == 422
    assert f'<span class="quiet">{AR}</span>' in answer.text


async def test_the_second_editor_sees_both_texts_and_can_take_either(
    ilona: Operator, stage: Stage, folder: Path
) -> None:
    bela = await stage.at_console("bela", Role.EDITOR)
    his = await form(bela, AR)
    await saves(ilona, AR, title="ilona")
    answer = await posts(bela, AR, **{**his, "act": "save", "title": "bela"})
    page = unescape(answer.text)
    assert answer.status_code == 409
    assert "<del>ilona</del>" in page
    assert "<ins>bela</ins>" in page
    assert "ilona saved it" in page
    assert "title: ilona" in (folder / AR).read_text()
    assert fields(answer.text)["title"] == "bela"
    assert (await posts(bela, AR, **{**fields(answer.text), "act": "save"})).status_code == 303
    assert "title: bela" in (folder / AR).read_text()


async def test_a_conflict_can_be_given_up_for_the_colleagues_text(ilona: Operator, stage: Stage) -> None:
    bela = await stage.at_console("bela", Role.EDITOR)
    his = await form(bela, AR)
    await saves(ilona, AR, title="ilona")
    await posts(bela, AR, **{**his, "act": "save", "title": "bela"})
    assert (await posts(bela, AR, "drop")).status_code == 303
    assert (await form(bela, AR))["title"] == "ilona"


async def test_looking_again_does_not_hide_that_a_colleague_was_faster(ilona: Operator, stage: Stage) -> None:
    bela = await stage.at_console("bela", Role.EDITOR)
    his = await form(bela, AR)
    await saves(ilona, AR, title="ilona")
    assert "A colleague has changed this text" in (await posts(bela, AR, **{**his, "title": "bela"})).text


async def test_a_stamp_is_refused_when_english_changed_meanwhile(ilona: Operator, folder: Path) -> None:
    mine = await form(ilona, AR)
    edit(folder, EN, "Bring two photos.", "Bring three photos.")
    answer = await posts(ilona, AR, **{**mine, "act": "save", "translated": "1"})
    assert answer.status_code == 409
    assert "The English text has changed since you began" in answer.text
    assert "translates" not in (folder / AR).read_text()


async def test_what_is_typed_is_kept_for_its_author_alone_until_it_is_saved(ilona: Operator, stage: Stage) -> None:
    bela = await stage.at_console("bela", Role.EDITOR)
    mine = await form(ilona, AR)
    kept = await posts(ilona, AR, "keep", **{**mine, "title": "kept"})
    assert kept.json()["kept"]
    assert (await form(ilona, AR))["title"] == "kept"
    assert "did not save" in (await ilona.sees(address(AR))).text
    assert (await form(bela, AR))["title"] != "kept"
    await saves(ilona, AR)
    assert "did not save" not in (await ilona.sees(address(AR))).text


async def test_nothing_is_kept_that_the_file_says_already(ilona: Operator, tmp_path: Path) -> None:
    mine = await form(ilona, AR)
    await posts(ilona, AR, "keep", **{**mine, "title": "kept"})
    assert (await posts(ilona, AR, "keep", **mine)).json() == {"kept": ""}
    assert list((tmp_path / "data").rglob("kept/*")) == []


async def test_kept_text_says_when_the_file_has_changed_since(ilona: Operator, stage: Stage) -> None:
    bela = await stage.at_console("bela", Role.EDITOR)
    await posts(ilona, AR, "keep", **{**await form(ilona, AR), "title": "kept"})
    await saves(bela, AR, title="bela")
    page = unescape((await ilona.sees(address(AR))).text)
    assert "<del>bela</del>" in page
    assert "bela saved it" in page
    assert fields(page)["title"] == "kept"


async def test_a_kept_file_that_nobody_can_read_is_no_kept_text(ilona: Operator, tmp_path: Path) -> None:
    await posts(ilona, AR, "keep", **{**await form(ilona, AR), "title": "kept"})
    (file,) = (tmp_path / "data").rglob("kept/*.json")
    file.write_text("{")
    assert (await form(ilona, AR))["title"] == "تجديد البطاقة"


async def test_script_in_titles_texts_and_names_is_shown_as_text(ilona: Operator) -> None:
    page = await posts(ilona, AR, title=SCRIPT, text=f"{SCRIPT} {{{{ fact.{SCRIPT} }}}}", literal1=SCRIPT, reason1="x")
    assert "&lt;script&gt;" in page.text
    assert SCRIPT not in page.text
    checks = await posts(ilona, AR, "check", title=SCRIPT, text=SCRIPT)
    assert SCRIPT not in checks.text
    assert "is HTML" in checks.text


async def test_the_list_of_placeholders_says_what_each_means_and_says_today(ilona: Operator) -> None:
    found = {each["name"]: each for each in (await ilona.sees("/console/content/placeholders/ar")).json()}
    assert found["fact.card_valid_until"]["shown"]
    assert "2027" in found["fact.card_valid_until"]["value"]
    assert "112" in found["line.emergency_112.number"]["value"]
    assert found["place.card_office.address"]["meaning"]


@pytest.mark.parametrize(
    "path",
    [
        "answers/xx/card_renewal",
        "answers/en/nowhere",
        "answers/en/greet",
        "answers/en/card_renewal?form=now",
        "answers/en/card_renewal?form=other",
        "placeholders/xx",
    ],
)
async def test_what_does_not_exist_is_404(ilona: Operator, path: str) -> None:
    assert (await ilona.sees(f"/console/content/{path}")).status_code == 404


async def test_a_broken_head_is_written_anew_and_the_text_is_not_lost(ilona: Operator, folder: Path) -> None:
    text = (folder / EN).read_text()
    (folder / EN).write_text(text.replace("---\ntitle", "---\n{[title", 1))
    mine = await form(ilona, EN)
    assert mine["text"].startswith("Your card is valid until")
    await posts(
        ilona, EN, **{**mine, "act": "save", "title": "Renew", "sources": "charity", "literal1": "24", "reason1": "f"}
    )
    assert drafted(folder).content.articles["card_renewal", "en", "full"].title == "Renew"
