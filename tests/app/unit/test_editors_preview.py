"""Answers as people get them."""

from content.content import Content
from content.draft import Draft
from tests.app.unit.web_stage import NOW
from web.editors.preview import preview


def test_a_preview_has_title_text_sources_and_buttons_as_people_get_them(content: Content) -> None:
    (bubble,) = preview(content, "tp_validity_extension", "uk", "full", NOW)
    assert str(bubble.html).startswith("<b>До якої дати діє тимчасовий захист?</b>")
    assert "4 березня 2027" in bubble.html
    assert ["👍" in row[0].text for row in bubble.buttons].count(True) == 1


def test_a_preview_of_danger_has_the_numbers_and_what_staff_can_promise(content: Content) -> None:
    (short,) = preview(content, "child_in_danger", "en", "now", NOW)
    assert "116 111" in short.html
    assert "Nobody is reading right now" in short.html
    (full,) = preview(content, "child_in_danger", "en", "full", NOW)
    assert "<b>A child is in danger</b>" in full.html


def test_every_answer_has_a_preview_of_one_message(content: Content) -> None:
    assert len(content.articles) > 1000
    odd = [key for key in content.articles if len(preview(content, *key, NOW)) != 1]
    assert odd == []


def test_a_preview_shows_what_is_typed(content: Content) -> None:
    draft = Draft(content=content, texts={})
    text = '---\ntitle: New\nreviewed: {by: "", on: }\nsources: [ejustice]\n---\nTyped a moment ago.\n'
    tried = draft.with_article(text, topic="tp_validity_extension", locale="en", form="full").content
    (bubble,) = preview(tried, "tp_validity_extension", "en", "full", NOW)
    assert "Typed a moment ago." in bubble.html
