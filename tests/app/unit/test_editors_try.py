"""Trying out: what people would get, live and by the draft, with nothing kept."""

from dataclasses import replace as replaced
from pathlib import Path

import pytest

from content.content import Content
from content.draft import Draft
from content.folder import drafted
from road.account import Role
from road.errors import UnderstandingFailed
from road.settings import Settings
from road.understanding import Candidate, Hints, Understanding
from tests.app.fixtures.folder import copy_with_console, edit
from tests.app.unit.web_stage import Operator, Stage
from web.editors import try_out

ANSWER = "answers/en/papers/card_renewal.md"


def understanding(*ranking: tuple[str, float], **more: object) -> Understanding:
    known = {"locale": "en", "locale_confidence": 0.97, **more}
    return Understanding(ranking=tuple(Candidate(*each) for each in ranking), **known)  # type: ignore[arg-type]


class Box:
    """Understands every text alike."""

    def __init__(self, found: Understanding | None = None) -> None:
        self.found = found
        self.asked: list[tuple[str, Hints]] = []

    async def __call__(self, text: str, hints: Hints) -> Understanding:
        self.asked.append((text, hints))
        if self.found is None:
            raise UnderstandingFailed("down")
        return self.found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_with_console(tmp_path)


@pytest.fixture
def stage(folder: Path, tmp_path: Path) -> Stage:
    return Stage(drafted(folder).content, settings=Settings(content_dir=folder, data_dir=tmp_path / "data"))


async def editor(stage: Stage, box: Box) -> Operator:
    stage.app.state.site = replaced(stage.app.state.site, understand=box)
    return await stage.at_console("ilona", Role.EDITOR)


async def test_live_and_draft_stand_side_by_side(stage: Stage, folder: Path) -> None:
    edit(folder, ANSWER, "title: ", "title: New ")
    ilona = await editor(stage, Box(understanding(("card_renewal", 0.92))))
    page = (await ilona.does("content/try", text="my card ends", locale="")).text
    live, draft = page[page.index("live-heading") : page.index("draft-heading")], page[page.index("draft-heading") :]
    assert "<b>New " in draft
    assert "<b>New " not in live
    assert "92%" in live
    assert f"Topic: {stage.content.title('card_renewal', 'en')} (" in live
    assert "English (97%)" in page
    assert "my card ends" in page


async def test_the_five_likeliest_topics_are_named_and_those_that_are_not_live_marked(stage: Stage) -> None:
    names = ("card_renewal", "unheard_of", *list(stage.content.topics)[:5])
    ilona = await editor(stage, Box(understanding(*((name, 0.5 / n) for n, name in enumerate(names, start=1)))))
    page = (await ilona.does("content/try", text="hm")).text
    assert page[page.index('class="likely"') :].count("<li>") == try_out.SHOWN
    assert page.count("not published yet") == 1


async def test_the_chosen_language_is_a_hint_and_answers_are_in_it(stage: Stage) -> None:
    box = Box(understanding(("card_renewal", 0.92), locale="ar"))
    page = (await (await editor(stage, box)).does("content/try", text="بطاقة", locale="ar")).text
    assert box.asked == [("بطاقة", Hints(chosen_locale="ar"))]
    assert page.count('<div class="telegram" lang="ar" dir="rtl">') == 2


async def test_while_the_box_is_down_the_page_says_so_and_shows_what_people_get_then(stage: Stage) -> None:
    page = (await (await editor(stage, Box())).does("content/try", text="my card ends")).text
    assert "does not answer just now" in page
    assert page.count(stage.content.plain("card.degraded", "en")[:20]) == 2


async def test_a_question_is_neither_kept_nor_in_an_address(stage: Stage) -> None:
    ilona = await editor(stage, Box(understanding(("card_renewal", 0.1))))
    answer = await ilona.does("content/try", text="something nobody answers")
    assert answer.status_code == 200
    assert stage.store._state.people == {}


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("my card ends", understanding(("card_renewal", 0.9)), "answer"),
        ("my card ends", understanding(("card_renewal", 0.4)), "clarify"),
        ("my card ends", understanding(("card_renewal", 0.1)), "person"),
        ("/start", understanding(("card_renewal", 0.9)), "command"),
        ("???", understanding(), "unreadable"),
        ("hvor er kortet", understanding(("card_renewal", 0.9), locale="da"), "language"),
        ("anything", Understanding(available=False), "down"),
    ],
)
async def test_what_is_done_is_said_in_plain_words(stage: Stage, text: str, found: Understanding, kind: str) -> None:
    page = (await (await editor(stage, Box(found))).does("content/try", text=text)).text
    assert page.count(f"<p>{stage.content.plain(f'console.content.try.kind.{kind}', 'en')}") == 2


async def test_a_topics_answer_is_shown_without_a_question(stage: Stage) -> None:
    ilona = await editor(stage, Box())
    page = (await ilona.sees("/console/content/try?topic=card_renewal&locale=en")).text
    assert page.count(stage.content.title("card_renewal", "en")) > 2
    assert "Live and draft answer the same." in page


async def test_of_a_critical_topic_the_numbers_come_first_and_then_the_information(content: Content) -> None:
    stage = Stage(content)
    ilona = await stage.at_console("ilona", Role.EDITOR)
    page = (await ilona.sees("/console/content/try?topic=medical_emergency&locale=en")).text
    live = page[page.index("live-heading") :]
    assert live.count('<div class="bubble">') == 2
    assert live.index("112") < live.index(content.articles["medical_emergency", "en", "full"].title)
    assert "no longer in the draft" in page


@pytest.mark.parametrize("query", ["topic=nothing&locale=en", "topic=card_renewal&locale=xx", "topic=card_renewal"])
async def test_what_does_not_exist_is_not_found(stage: Stage, query: str) -> None:
    assert (await (await editor(stage, Box())).sees(f"/console/content/try?{query}")).status_code == 404


async def test_a_draft_that_cannot_answer_spoils_nothing(content: Content) -> None:
    stage = Stage(content)  # its draft is empty
    ilona = await editor(stage, Box(understanding(("pets", 0.9))))
    page = await ilona.does("content/try", text="my cat")
    assert page.status_code == 200
    assert "The draft cannot answer as it is" in page.text
    assert isinstance(stage.app.state.site.door.draft(), Draft)
