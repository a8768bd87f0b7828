"""Facts, lines and places at the editors' desk: the list, confirming, changing, and what two editors do at once."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from content.folder import load
from road.account import Role
from road.settings import Settings
from tests.app.fixtures.folder import edit
from tests.app.unit.web_stage import Operator, Stage

VALUES = "/console/content/values"
FEE, WAIT, OKIT, OFFICE = "fact/card_fee", "fact/card_wait", "line/okit", "place/card_office"


@pytest.fixture
def stage(folder: Path, tmp_path: Path, content) -> Stage:
    """With the interface texts of the real content, and the small folder to edit."""
    return Stage(content, settings=Settings(undo_s=0, content_dir=folder, data_dir=tmp_path / "data"))


@pytest.fixture
async def anna(stage: Stage) -> Operator:
    return await stage.at_console("anna", Role.EDITOR)


def names(page: httpx.Response) -> list[str]:
    """The entries of the list, in their order."""
    return re.findall(rf'<th scope="row"><a href="{VALUES}/([a-z]+/[a-z0-9_]+)"', page.text)


def cards(page: httpx.Response) -> list[str]:
    return re.findall(r'data-entry="([a-z]+\.[a-z0-9_]+)"', page.text)


def fields(page: httpx.Response, form: str = "value-form") -> dict[str, str | list[str]]:
    """What the browser would send of a form: hidden and typed fields, what is ticked or chosen."""
    found = re.search(rf'<form [^>]*class="{form}".*?</form>', page.text, re.DOTALL)
    assert found, page.text
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", found[0]):
        name, value = (re.search(rf' {each}="([^"]*)"', tag) for each in ("name", "value"))
        if name and (not re.search(r'type="(?:checkbox|radio)"', tag) or " checked" in tag):
            sent.setdefault(name[1], []).append(html.unescape(value[1] if value else ""))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', found[0], re.DOTALL):
        sent[name] = [html.unescape(text)]
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', found[0], re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        assert chosen
        sent[name] = [html.unescape(chosen[1])]
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


async def sends(somebody: Operator, path: str, **values: object) -> httpx.Response:
    return await somebody.browser.post(f"{VALUES}/{path}", data={"token": somebody.visitor.token, **values})


async def types(somebody: Operator, path: str, deed: str = "save", **values: object) -> httpx.Response:
    """Opens the form of an entry, types, and sends it."""
    form = fields(await somebody.sees(f"{VALUES}/{path}"))
    return await sends(somebody, path, **{**form, **values, "deed": deed})


async def confirms(somebody: Operator, path: str, how: str = "called", **more: str) -> httpx.Response:
    form = fields(await somebody.sees(f"{VALUES}/{path}"), "still")
    return await sends(somebody, f"{path}/confirm", **{**form, "how": how, **more})


async def test_the_list_begins_with_emergency_lines_that_nobody_has_confirmed(anna: Operator) -> None:
    found = names(await anna.sees(VALUES))
    assert set(found[:2]) == {"line/emergency_112", "line/okit"}
    assert len(found) > 10


async def test_after_those_comes_what_is_due_first(anna: Operator, folder: Path) -> None:
    edit(folder, "places/card_office.yml", "review_after: 2027-05-22", "review_after: 2026-01-01")
    assert names(await anna.sees(VALUES))[2] == OFFICE


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("which=overdue", {OFFICE}),
        ("which=soon", {OFFICE, FEE}),
        ("which=critical", {"line/emergency_112", "line/okit"}),
        ("kind=place", {OFFICE, "place/old_office"}),
        ("q=COSTS+card", {FEE}),
        ("kind=fact&which=overdue", set()),
    ],
)
async def test_the_list_is_filtered(anna: Operator, folder: Path, query: str, found: set[str]) -> None:
    edit(folder, "places/card_office.yml", "review_after: 2027-05-22", "review_after: 2026-01-01")
    text = (folder / "facts.yml").read_text()
    before, after = text.split("card_fee:", 1)
    (folder / "facts.yml").write_text(f"{before}card_fee:{after.replace('2027-05-22', '2026-12-20', 1)}")
    page = await anna.sees(f"{VALUES}?{query}")
    assert page.status_code == 200
    assert set(names(page)) == found


async def test_what_was_never_confirmed_or_is_not_shown_is_found(anna: Operator) -> None:
    never, hidden = [names(await anna.sees(f"{VALUES}?which={each}")) for each in ("never", "hidden")]
    assert WAIT not in never
    assert FEE in never
    assert "fact/card_photo" in hidden
    assert FEE not in hidden


async def test_a_filter_that_cannot_be_meant_shows_everything(anna: Operator) -> None:
    assert names(await anna.sees(f"{VALUES}?which=%00&kind=<b>")) == names(await anna.sees(VALUES))


async def test_a_row_says_what_people_read_and_in_how_many_answers(anna: Operator) -> None:
    page = (await anna.sees(f"{VALUES}?q=card_fee")).text
    assert "22,800 Hungarian forints" in page
    assert "Office of Papers" in page
    assert re.search(r'data-label="Answers">\d+<', page)


async def test_html_in_a_note_is_text(anna: Operator, folder: Path) -> None:
    edit(folder, "lines/okit.yml", "review_after", "note: <script>alert(1)</script>\nreview_after")
    for page in (VALUES, f"{VALUES}/{OKIT}", f"{VALUES}/confirm"):
        assert "<script>alert" not in (await anna.sees(page)).text


async def test_confirming_writes_who_when_and_how_and_goes_on_to_the_next(
    stage: Stage, anna: Operator, folder: Path
) -> None:
    answer = await confirms(anna, FEE, "visited")
    fact = load(folder).facts["card_fee"]
    assert fact.confirmed
    assert (fact.confirmed.by, str(fact.confirmed.on), fact.confirmed.how) == ("anna", "2026-11-22", "visited")
    assert str(fact.review_after) == "2027-05-22"
    assert stage.app.state.site.door.saves()[0].what == "confirmed fact.card_fee (visited)"
    assert answer.status_code == 303
    assert urlsplit(answer.headers["location"]).path == f"{VALUES}/confirm"
    page = await anna.sees(answer.headers["location"])
    assert "Confirmed: What the card costs" in page.text
    assert "fact.card_fee" not in cards(page)


async def test_a_confirmation_is_taken_back_without_script(anna: Operator, folder: Path) -> None:
    before = (folder / "facts.yml").read_text()
    answer = await confirms(anna, WAIT)
    assert (folder / "facts.yml").read_text() != before
    form = fields(await anna.sees(answer.headers["location"]), "back")
    answer = await sends(anna, f"{WAIT}/take_back", **form)
    assert parse_qs(urlsplit(answer.headers["location"]).query)["entry"] == ["fact.card_wait"]
    assert (folder / "facts.yml").read_text() == before


async def test_the_script_gets_an_empty_answer(anna: Operator) -> None:
    assert (await confirms(anna, FEE, quiet="1")).status_code == 204


async def test_a_confirmation_without_how_asks_for_it(anna: Operator) -> None:
    answer = await confirms(anna, FEE, "guessed")
    assert answer.status_code == 422
    assert "how you know it" in answer.text


async def test_what_changed_meanwhile_is_not_confirmed_and_says_so(stage: Stage, anna: Operator, folder: Path) -> None:
    form = fields(await anna.sees(f"{VALUES}/{FEE}"), "still")
    await types(await stage.at_console("bela", Role.EDITOR), FEE, value="25000")
    answer = await sends(anna, f"{FEE}/confirm", **{**form, "how": "called"})
    assert answer.status_code == 409
    assert "A colleague has changed this meanwhile" in answer.text
    assert load(folder).facts["card_fee"].confirmed is None


async def test_the_way_through_holds_what_waits_and_begins_where_it_is_asked_to(anna: Operator) -> None:
    waiting = cards(await anna.sees(f"{VALUES}/confirm"))
    assert set(waiting[:2]) == {"line.emergency_112", "line.okit"}
    assert "fact.card_wait" not in waiting, "confirmed, and due in half a year"
    assert cards(await anna.sees(f"{VALUES}/confirm?entry={waiting[3]}")) == waiting[3:]
    assert cards(await anna.sees(f"{VALUES}/confirm?entry=fact.nothing")) == waiting
    assert cards(await anna.sees(f"{VALUES}/confirm?q=no+such+words")) == []


async def test_a_change_shows_every_answer_before_it_is_saved(anna: Operator, folder: Path) -> None:
    before = (folder / "lines/emergency_112.yml").read_text()
    page = await types(anna, "line/emergency_112", "look", number="+3613288484")
    assert page.status_code == 200
    assert "<ins>" in page.text
    assert "a second editor must look at it" in page.text
    for language in ("English", "Ukrainian"):
        assert f"<h3>{language}" in page.text
    assert (folder / "lines/emergency_112.yml").read_text() == before
    saved = await sends(anna, "line/emergency_112", **{**fields(page, "decide"), "deed": "save"})
    assert saved.headers["location"] == f"{VALUES}/line/emergency_112?saved=1"
    assert load(folder).lines["emergency_112"].number == "+3613288484"


async def test_back_from_what_changes_loses_nothing_typed(anna: Operator) -> None:
    page = await types(anna, FEE, "look", value="25000", note="ask  Ilona & Co.")
    back = fields(await sends(anna, FEE, **{**fields(page, "decide"), "deed": "back"}))
    assert (back["value"], back["note"], back["was:value"]) == ("25000", "ask  Ilona & Co.", "22800")


async def test_a_change_that_no_answer_shows_says_so(anna: Operator) -> None:
    assert "No answer reads differently" in (await types(anna, FEE, "look", note="new")).text


async def test_a_changed_value_ends_its_confirmation_and_says_so(anna: Operator, folder: Path) -> None:
    assert "The confirmation of the old value ends" in (await types(anna, WAIT, "look", value="45")).text
    await types(anna, WAIT, value="45")
    assert load(folder).facts["card_wait"].confirmed is None


async def test_who_changes_a_value_can_vouch_for_it(anna: Operator, folder: Path) -> None:
    await types(anna, WAIT, value="45", how="official page")
    fact = load(folder).facts["card_wait"]
    assert fact.confirmed
    assert (fact.value, fact.confirmed.how, fact.confirmed.by) == ("45", "official page", "anna")


async def test_two_editors_on_one_field_both_see_it_and_nothing_typed_is_lost(
    stage: Stage, anna: Operator, folder: Path
) -> None:
    form = fields(await anna.sees(f"{VALUES}/{FEE}"))
    bela = await stage.at_console("bela", Role.EDITOR)
    await types(bela, FEE, value="25000", note="new list")
    answer = await sends(anna, FEE, **{**form, "value": "26000", "deed": "save"})
    assert answer.status_code == 409
    assert "25000" in answer.text
    again = fields(answer)
    assert (again["value"], again["was:value"], again["note"]) == ("26000", "25000", "new list")
    assert load(folder).facts["card_fee"].value == "25000"
    await sends(anna, FEE, **{**again, "deed": "save"})
    assert load(folder).facts["card_fee"].value == "26000"


async def test_two_editors_on_two_facts_of_one_file_do_not_meet(stage: Stage, anna: Operator, folder: Path) -> None:
    form = fields(await anna.sees(f"{VALUES}/{FEE}"))
    await types(await stage.at_console("bela", Role.EDITOR), WAIT, value="45")
    assert (await sends(anna, FEE, **{**form, "value": "26000", "deed": "save"})).status_code == 303
    facts = load(folder).facts
    assert (facts["card_fee"].value, facts["card_wait"].value) == ("26000", "45")


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        (FEE, {"value": "much"}, "This is not a number"),
        (FEE, {"currency": "Forint"}, "This is not a currency"),
        (FEE, {"as_of": "yesterday"}, "This is not a day, month or year"),
        (FEE, {"source": "nobody"}, "Choose a source"),
        (FEE, {"review_after": "soon"}, "This is not a date"),
        ("fact/card_valid_until", {"value": "2027-13-04"}, "This is not a date"),
        ("fact/card_page", {"value": "papers"}, "This is not a web address"),
        ("fact/card_email", {"value": "papers"}, "This is not an e-mail address"),
        (OKIT, {"number": "+3680205018", "printed": ""}, "must never be swapped"),
        (OKIT, {"number": "+3680111222", "printed": ""}, "must never be swapped"),
        (OKIT, {"number": "+36", "printed": ""}, "There is no such telephone number"),
        (OKIT, {"printed": "06 1"}, "not the same number"),
        (OKIT, {"callable_from": "Mars"}, "not a country code"),
        (OKIT, {"name en": ""}, "The English name is missing"),
        ("line/emergency_112", {"number": ""}, "cannot be empty"),
        ("line/volret_line", {"number": "+3680111222", "printed": ""}, "must never be swapped"),
        (OFFICE, {"opening_hours.mode": "text", "opening_hours.text": "soon"}, "opening hours cannot be read"),
        (OFFICE, {"opening_hours.mode": "week", "opening_hours.Mo.0.from": "16:00", "opening_hours.Mo.0.to": "08:00"},
         "do not fit"),
        (OFFICE, {"lat": "47.5", "lon": ""}, "no place on earth"),
        (OFFICE, {"languages": "klingon"}, "not a language"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("deed", ["look", "save"])
async def test_what_is_wrong_is_said_in_plain_words_and_stays_typed(
    anna: Operator, folder: Path, deed: str, path: str, typed: dict[str, str], words: str
) -> None:
    before = load(folder).version
    answer = await types(anna, path, deed, **typed)
    assert answer.status_code == 422
    assert words in answer.text
    again = fields(answer)
    assert {name: again[name] for name in typed if name != "source"} == {
        name: value for name, value in typed.items() if name != "source"
    }
    assert load(folder).version == before


async def test_opening_hours_are_typed_by_days_and_kept_as_openstreetmap_writes_them(
    anna: Operator, folder: Path
) -> None:
    week = {f"opening_hours.{day}.0.{end}": "" for day in ("Mo", "Tu", "We", "Th", "Fr") for end in ("from", "to")}
    await types(anna, OFFICE, **{
        **week,
        "opening_hours.mode": "week",
        "opening_hours.Mo.0.from": "08:00", "opening_hours.Mo.0.to": "12:00",
        "opening_hours.Mo.1.from": "13:00", "opening_hours.Mo.1.to": "00:00",
        "opening_hours.We.0.from": "08:00", "opening_hours.We.0.to": "16:00",
        "opening_hours.PH.mode": "closed",
    })  # fmt: skip
    assert load(folder).places["card_office"].opening_hours == "Mo 08:00-12:00,13:00-24:00; We 08:00-16:00; PH off"


async def test_always_open_and_not_known_are_hours_too(anna: Operator, folder: Path) -> None:
    await types(anna, OFFICE, **{"opening_hours.mode": "always"})
    assert load(folder).places["card_office"].opening_hours == "24/7"
    await types(anna, OFFICE, **{"opening_hours.mode": ""})
    assert load(folder).places["card_office"].opening_hours == ""


@pytest.mark.parametrize("path", [FEE, WAIT, "fact/card_photo", OKIT, OFFICE, "place/old_office", "line/river_line"])
async def test_a_form_sent_as_it_came_changes_nothing(anna: Operator, path: str) -> None:
    answer = await types(anna, path)
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text


async def test_names_are_typed_in_every_language(anna: Operator, folder: Path) -> None:
    await types(anna, OKIT, **{"name ar": "خط الأزمات", "languages": ["hu", "uk"]})
    line = load(folder).lines["okit"]
    assert line.name["ar"] == "خط الأزمات"
    assert line.languages == ("hu", "uk")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("number=%2B3614639292", 200, "06 1 463 9292 (+36 1 463 9292)"),
        ("number=112", 200, "112"),
        ("number=12345678", 422, ""),
        ("opening_hours.mode=week&opening_hours.Mo.0.from=08:00&opening_hours.Mo.0.to=16:00", 200, "Mon 8:00–16:00"),
        ("opening_hours.mode=always", 200, "day and night"),
        ("hours.mode=text&hours.text=soon", 422, ""),
        ("hours.mode=", 200, ""),
        ("", 200, ""),
    ],
)
async def test_numbers_and_hours_are_told_while_they_are_typed(
    anna: Operator, content, folder: Path, query: str, status: int, words: str
) -> None:
    (folder / "locale/en/LC_MESSAGES/hotline.po").write_text(
        (Path(__file__).parents[3] / "content/locale/en/LC_MESSAGES/hotline.po").read_text()
    )
    answer = await anna.sees(f"{VALUES}/check?{query}")
    assert answer.status_code == status
    assert words in answer.text


async def test_dates_out_of_all_order_are_kept_and_shown(anna: Operator, folder: Path) -> None:
    await types(anna, "fact/card_valid_until", value="0001-01-01", as_of="9999-12", review_after="0001-01-01")
    await types(anna, FEE, review_after="9999-12-31")
    assert load(folder).facts["card_valid_until"].value == "0001-01-01"
    for path in (VALUES, f"{VALUES}/fact/card_valid_until", f"{VALUES}/{FEE}", f"{VALUES}/confirm"):
        assert (await anna.sees(path)).status_code == 200


@pytest.mark.parametrize("path", ["fact/nothing", "line/", "topic/okit", "place/okit", "fact/card_fee/more", "%00/x"])
async def test_an_unknown_entry_is_404(anna: Operator, path: str) -> None:
    assert (await anna.sees(f"{VALUES}/{path}")).status_code == 404


async def test_an_entry_that_cannot_be_read_says_what_is_wrong_and_the_others_work(
    anna: Operator, folder: Path
) -> None:
    edit(folder, "lines/river_line.yml", "confidence:", "confidense:")
    assert "confidense" in (await anna.sees(VALUES)).text
    page = await anna.sees(f"{VALUES}/line/river_line")
    assert page.status_code == 200
    assert "confidense" in page.text
    assert (await sends(anna, "line/river_line", value="x")).status_code == 404
    assert (await types(anna, OKIT, note="works")).status_code == 303


async def test_a_folder_without_entries_has_an_empty_list(content) -> None:
    anna = await Stage(content).at_console("anna", Role.EDITOR)
    for path in (VALUES, f"{VALUES}/confirm"):
        assert (await anna.sees(path)).status_code == 200
    assert (await anna.sees(f"{VALUES}/fact/card_fee")).status_code == 404
