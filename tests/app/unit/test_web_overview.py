"""The editors' overview: what to do first, and how every text stands."""

import re
from pathlib import Path

import pytest

from content.content import Content
from content.stamp import stamp
from road.account import Role
from road.settings import Settings
from tests.app.fixtures.folder import copy_to, edit, load
from tests.app.unit.web_stage import Operator, Stage

CARD = "answers/en/papers/card_renewal.md"
DANGER = "emergency_immediate_danger"
CELL = re.compile(r'<a class="cell (\w+)" href="([^"]+)" title="([^"]+)" aria-label="([^"]+)">')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = copy_to(tmp_path)
    stamp(copied, load(copied))
    return copied


@pytest.fixture
async def editor(content: Content, folder: Path, tmp_path: Path) -> Operator:
    settings = Settings(undo_s=0, content_dir=folder, data_dir=tmp_path / "data")
    return await Stage(content, settings=settings).at_console("edit", Role.EDITOR)


async def shown(editor: Operator, query: str = "") -> str:
    answer = await editor.sees(f"/console/content{query}")
    assert answer.status_code == 200
    return answer.text


async def cells(editor: Operator, query: str = "") -> dict[str, str]:
    """State by address."""
    return {address: state for state, address, _, _ in CELL.findall(await shown(editor, query))}


async def titles(editor: Operator, query: str = "") -> list[str]:
    return re.findall(r'<th scope="row">([^<]+?)(?: <span class="badge|</th>)', await shown(editor, query))


async def test_every_text_of_every_language_leads_to_its_answer_and_says_how_it_stands(editor: Operator) -> None:
    found = await cells(editor)
    assert len(found) == 13 * 6
    assert found["/console/content/answers/en/card_renewal"] == "reviewed"
    assert found["/console/content/answers/ar/card_renewal"] == "draft"
    assert found["/console/content/answers/uk/card_renewal"] == "missing"
    assert found[f"/console/content/answers/uk/{DANGER}?form=now"] == "draft"
    assert found[f"/console/content/answers/uk/{DANGER}"] == "missing"
    assert not any("greet" in address for address in found)


async def test_a_sign_is_said_in_words_too(editor: Operator) -> None:
    said = {address: (title, label) for _, address, title, label in CELL.findall(await shown(editor))}
    words = (
        "In danger now · Ukrainian · short text · draft, nobody has reviewed it · gives something that must be checked"
    )
    assert said[f"/console/content/answers/uk/{DANGER}?form=now"] == (words, words)


async def test_a_translation_whose_english_text_has_changed_stands_out_at_once(editor: Operator, folder: Path) -> None:
    edit(folder, CARD, "Bring two photos.", "Bring both photos.")
    assert (await cells(editor))["/console/content/answers/ar/card_renewal"] == "stale"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?group=papers", ["Renew your card"]),
        ("?words=CARD+renew", ["Renew your card"]),
        ("?words=avrr_info", ["Going home with help"]),
        ("?state=reviewed", ["Renew your card"]),
        ("?critical=1", ["In danger now", "helper_misconduct"]),
        ("?critical=1&state=draft&locale=uk", ["In danger now"]),
    ],
)
async def test_the_address_says_what_is_shown(editor: Operator, query: str, wanted: list[str], folder: Path) -> None:
    home = load(folder).articles["avrr_info", "en", "full"].title
    found = await titles(editor, query)
    assert found == [home if title == "Going home with help" else title for title in wanted]


async def test_only_the_languages_asked_for_are_shown_and_stay_ticked(editor: Operator) -> None:
    page = await shown(editor, "?locale=uk&locale=ar&words=card")
    assert re.findall(r'<abbr title="(\w+)">', page) == ["Ukrainian", "Arabic"]
    assert len(re.findall(r'name="locale" value="\w+" checked', page)) == 2
    assert 'value="card"' in page
    assert len(CELL.findall(page)) == 2


async def test_what_finds_nothing_says_so(editor: Operator) -> None:
    assert "No text fits what you asked for." in await shown(editor, "?words=nothing+like+it")
    assert "No text fits" not in await shown(editor)


async def test_an_address_that_asks_for_what_does_not_exist_asks_for_nothing(editor: Operator) -> None:
    query = "?group=nowhere&locale=xx&state=odd&critical=maybe"
    assert await cells(editor, query) == await cells(editor)


async def test_states_are_summed_for_each_language_and_topic(editor: Operator) -> None:
    page = await shown(editor, "?locale=en&locale=uk")
    sums = page[page.index('class="sums"') : page.index('class="group"')]
    numbers = [list(map(int, re.findall(r"<td>(\d+)</td>", row))) for row in sums.split("<tr>")[1:]]
    assert numbers == [[0, 1, 1], [1, 3, 4], [0, 0, 0], [5, 2, 7], [1, 2, 3]]
    row = page[page.index("Renew your card</th>") :]
    assert re.findall(r"</span> (\d+)<span class=\"unseen\"> (\w+)", row[: row.index("</tr>")]) == [
        ("1", "reviewed"),
        ("1", "missing"),
    ]


async def test_the_list_begins_with_what_stops_publishing(editor: Operator, folder: Path) -> None:
    edit(folder, CARD, "Bring two photos.", "Bring <b>two</b> photos & more.")
    page = await shown(editor)
    first = page[page.index('<ol class="todo">') :]
    first = first[: first.index("</li>")]
    assert 'href="/console/content/answers/en/card_renewal"' in first
    assert "nothing can be published" in first


@pytest.mark.parametrize(
    ("path", "old", "new", "address"),
    [
        ("lines/okit.yml", "languages: [hu]", "languages: [xx]", "/console/content/values/line/okit"),
        ("places/card_office.yml", "source: office", "source: nobody", "/console/content/values/place/card_office"),
        ("facts.yml", "currency: HUF", "currency: XXXX", "/console/content/values"),
        ("answers/uk/safety/emergency_immediate_danger.now.md", "title:", "titel:", f"/answers/uk/{DANGER}?form=now"),
        ("urgent/en.txt", "= ", "= no_topic_", "/console/content/publish"),
    ],
)
async def test_a_fault_leads_to_where_it_is_mended(
    editor: Operator, folder: Path, path: str, old: str, new: str, address: str
) -> None:
    edit(folder, path, old, new)
    page = await shown(editor)
    assert re.search(rf'<li class="fault">\s*<a href="[^"]*{re.escape(address)}">{re.escape(path)}</a>', page)


async def test_a_line_nobody_has_confirmed_leads_to_its_page_and_says_for_whom(editor: Operator) -> None:
    page = await shown(editor)
    item = re.search(r'<li class="emergency_line">\s*<a href="/console/content/values/line/okit">.*?</li>', page, re.S)
    assert item
    assert "Texts that give it: 1 ·" in item[0]
    assert "English" in item[0]
    assert "Ukrainian" not in item[0]


async def test_what_is_not_shown_of_the_list_is_counted(editor: Operator, folder: Path) -> None:
    facts = (folder / "facts.yml").read_text()
    (folder / "facts.yml").write_text(facts.replace("2027-05-22", "2026-01-01"))
    page = await shown(editor)
    assert page.count('<li class="') == 15
    more = page[page.index("And after that") :]
    assert re.search(r'<a href="/console/content\?state=missing#answers">Not translated yet</a>: \d', more)


async def test_a_reader_of_hungarian_reads_it_in_hungarian(content: Content, folder: Path, tmp_path: Path) -> None:
    stage = Stage(content, settings=Settings(undo_s=0, content_dir=folder, data_dir=tmp_path / "data"))
    editor = await stage.at_console("edit", Role.EDITOR)
    await stage.account("edit", Role.EDITOR, locale="hu")
    page = await shown(editor)
    assert "Mi a teendő először" in page
    assert "Renew your card · ukrán · hiányzik" in page


async def test_a_draft_that_cannot_be_read_at_all_is_said_and_shown_as_far_as_it_goes(
    editor: Operator, folder: Path
) -> None:
    (folder / "topics.yml").write_text("topics: [")
    page = await shown(editor)
    assert '<li class="fault">' in page
    assert "No text fits" in page
