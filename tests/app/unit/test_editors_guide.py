"""The editors' guide says what their pages say: what stands in bold there is read on the screen."""

import re
from pathlib import Path

import pytest

from content.content import Content

GUIDE = Path(__file__).parents[3] / "docs" / "editors.md"
LEFT_OUT = "…"


def bold(text: str) -> list[str]:
    return [" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]


def on_screen(content: Content) -> list[str]:
    english = content.interface.catalogues["en"].forms
    return [form for key, forms in english.items() if key.startswith("console.") for form in forms]


def is_read(words: str, messages: list[str]) -> bool:
    pattern = re.compile(".+".join(map(re.escape, words.split(LEFT_OUT))))
    return any(pattern.fullmatch(message) or words == message for message in messages)


def test_every_name_in_the_guide_stands_on_a_page(content: Content) -> None:
    names, messages = bold(GUIDE.read_text()), on_screen(content)
    assert len(names) > 100
    assert [name for name in names if not is_read(name, messages)] == []


@pytest.mark.parametrize("name", ["Publish it", "Answers that change: 130", "answers"])
def test_a_name_that_no_page_has_is_found_out(name: str, content: Content) -> None:
    assert not is_read(name, on_screen(content))


@pytest.mark.parametrize("page", ["overview", "values", "notices", "questions", "try", "publish"])
def test_the_guide_names_every_page_of_the_desk(page: str, content: Content) -> None:
    assert content.interface.catalogues["en"].forms[f"console.content.nav.{page}"][0] in bold(GUIDE.read_text())


def test_links_within_the_guide_lead_to_its_headings() -> None:
    text = GUIDE.read_text()
    headings = {re.sub(r"[^\w -]", "", name).lower().replace(" ", "-") for name in re.findall(r"^#+ (.+)$", text, re.M)}
    links = re.findall(r"\]\(#([\w-]+)\)", text)
    assert links
    assert set(links) <= headings
