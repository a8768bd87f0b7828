"""What a person reads: values filled in, what may not be shown left out, sources, notices, places, fallbacks."""

from datetime import date
from pathlib import Path

import pytest

from content.content import Content
from tests.app.fixtures.folder import FOLDER, MONDAY_MORNING, SUNDAY_NIGHT, copy_to, edit, load


@pytest.fixture(scope="module")
def small() -> Content:
    return load(FOLDER)


def html(content: Content, topic: str, locale: str = "en", now: float = SUNDAY_NIGHT) -> str:
    answer = content.answer(topic, locale, now=now)
    assert answer
    return answer.html


def test_values_stand_in_the_words_of_the_locale(small: Content):
    text = html(small, "card_renewal")
    assert "valid until: 4 March 2027" in text
    assert "fee: 22,800 Hungarian forints" in text
    assert "Wait: 30 days" in text
    assert '<a href="https://papers.example/cards/">papers.example/cards</a>' in text
    assert "Write to cards@papers.example" in text
    assert (
        "1111 Budapest, Minta utca 5., Mon–Fri 8:00–16:00, closed on public holidays (opens tomorrow at 8:00)" in text
    )


def test_markdown_becomes_telegrams_html_and_links_are_escaped(small: Content):
    text = html(small, "card_renewal")
    assert "A <b>copy</b> of form 24 is <i>enough</i>." in text
    assert '<a href="https://river.example/a?b=1&amp;c=2">the charity</a>' in text
    assert "<blockquote>To read aloud: «Kártyát kérek.»</blockquote>" in text


def test_a_paragraph_with_a_value_that_may_not_be_shown_is_left_out(small: Content):
    answer = small.answer("card_renewal", "en", now=SUNDAY_NIGHT)
    assert answer
    assert answer.left_out
    assert "Bring two photos" not in answer.html
    assert "Minta utca 7" not in answer.html


def test_only_the_items_concerned_leave_a_list_and_the_rest_is_numbered_anew(small: Content):
    text = html(small, "card_renewal")
    assert "What to bring:\n• passport\n• fee: 22,800 Hungarian forints\n\n1. Write to" in text
    assert "1. Write to cards@papers.example\n2. Wait: 30 days" in text


def test_an_emptied_list_takes_the_sentence_before_it_along(small: Content):
    assert "Only with photos" not in html(small, "card_renewal")


def test_a_left_out_sentence_with_a_colon_takes_the_list_after_it_along(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, "answers/en/papers/card_renewal.md", "What to bring:", "{{ fact.card_photo }}What to bring:")
    edit(folder, "answers/ar/papers/card_renewal.md", "ما تحضره:", "{{ fact.card_photo }}ما تحضره:")
    text = html(load(folder), "card_renewal")
    assert "passport" not in text
    assert "1. Write to" in text


def test_items_below_a_left_out_item_go_with_it(tmp_path: Path):
    folder = copy_to(tmp_path)
    path = "answers/en/papers/card_renewal.md"
    edit(folder, path, "}}photos\n", "}}photos\n  - in colour\n  - unfolded\n")
    edit(folder, path, "- passport\n", "- passport\n  - the old one\n")
    (folder / "answers/ar/papers/card_renewal.md").unlink()
    text = html(load(folder), "card_renewal")
    assert "in colour" not in text
    assert "unfolded" not in text
    assert "• passport\n   ◦ the old one\n• fee" in text


def test_a_confirmation_shows_what_was_held(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(
        folder,
        "facts.yml",
        'confidence: med\n  hold: "C"\n  confirmed:\n',
        'confidence: med\n  hold: "C"\n  confirmed: {by: Ilona Minta, on: 2026-11-21, how: visited}\n',
    )
    assert "Bring two photos." in html(load(folder), "card_renewal")


def test_age_hides_nothing(tmp_path: Path):
    folder = copy_to(tmp_path)
    for path in ("facts.yml", "lines/okit.yml", "places/card_office.yml"):
        text = (folder / path).read_text().replace("review_after: 2027-05-22", "review_after: 2020-01-01")
        (folder / path).write_text(text)
    aged = load(folder)
    assert html(aged, "card_renewal") == html(load(FOLDER), "card_renewal")
    assert "06 80 20 55 20" in html(aged, "emergency_immediate_danger")


def test_a_critical_line_is_shown_whatever_stands_against_it(small: Content):
    assert small.lines["okit"].hold
    assert small.lines["okit"].confirmed is None
    text = html(small, "emergency_immediate_danger")
    assert "Violence at home, free, day and night: 06 80 20 55 20 (+36 80 205 520)" in text


def test_opening_hours_say_whether_it_is_open_now(small: Content):
    assert "(open now, until 16:00)" in html(small, "card_renewal", now=MONDAY_MORNING)


def test_sources_carry_their_oldest_date_and_only_those_of_what_is_shown(small: Content):
    answer = small.answer("card_renewal", "en", now=SUNDAY_NIGHT)
    assert answer
    assert [(note.name, note.url, note.as_of) for note in answer.sources] == [
        ("Charity of the River", "https://river.example/help", "2024"),
        ("Office of Papers", "https://papers.example/", "2026"),
    ]


def test_sources_of_a_translation_are_those_of_the_english_text(small: Content):
    english, arabic = (small.answer("card_renewal", locale, now=SUNDAY_NIGHT) for locale in ("en", "ar"))
    assert english
    assert arabic
    assert [note.name for note in arabic.sources] == [note.name for note in english.sources]


def test_a_review_is_told_and_a_draft_is_none(small: Content):
    english, arabic = (small.answer("card_renewal", locale, now=SUNDAY_NIGHT) for locale in ("en", "ar"))
    assert english
    assert arabic
    assert english.reviewed_on == date(2026, 11, 2)
    assert arabic.reviewed_on is None


def test_what_a_locale_does_not_have_is_shown_in_english(small: Content):
    answer = small.answer("card_renewal", "vi", now=SUNDAY_NIGHT)
    assert answer
    assert (answer.locale, answer.shown_locale, answer.title) == ("vi", "en", "Renew your card")


def test_a_topic_without_any_text_has_no_answer(small: Content):
    assert small.answer("helper_misconduct", "en", now=SUNDAY_NIGHT) is None
    assert small.answer("card_renewal", "en", form="now", now=SUNDAY_NIGHT) is None


def test_the_short_form_is_its_own_text(small: Content):
    answer = small.answer("emergency_immediate_danger", "uk", form="now", now=SUNDAY_NIGHT)
    assert answer
    assert (answer.shown_locale, answer.html) == ("uk", "Телефонуйте зараз: 112")


def test_places_that_can_be_put_on_a_map_come_along(small: Content):
    answer = small.answer("card_renewal", "en", now=SUNDAY_NIGHT)
    assert answer
    assert [(place.id, place.lat, place.lon) for place in answer.places] == [("card_office", 47.48, 19.05)]
    assert answer.places[0].named("uk") == "Бюро карток"
    assert answer.places[0].named("vi") == "Card office"


NOON = 43_200
FIRST_DAY = 1_795_132_800.0  # 2026-11-20 01:00 in Budapest


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (FIRST_DAY - 2 * 3600, False),
        (FIRST_DAY, True),
        (FIRST_DAY + 2 * 86_400 + NOON, True),
        (FIRST_DAY + 3 * 86_400 - 3600, False),
    ],
)
def test_a_notice_stands_above_from_its_first_day_to_its_last(small: Content, now: float, shown: bool):
    answer = small.answer("card_renewal", "uk", now=now)
    assert answer
    assert answer.notices == (("У бюро цього тижня <b>немає води</b>.",) if shown else ())


def test_a_notice_stands_only_above_its_topics_and_falls_back_to_english(small: Content):
    elsewhere, arabic = (small.answer(topic, "ar", now=SUNDAY_NIGHT) for topic in ("avrr_info", "card_renewal"))
    assert elsewhere
    assert arabic
    assert elsewhere.notices == ()
    remark = small.text("notice.only_english", "ar")
    assert arabic.notices == (f"{remark}\nThe office has <b>no water</b> this week.",)


def test_a_notice_for_everybody_stands_above_every_answer(tmp_path: Path):
    folder = copy_to(tmp_path)
    for locale in ("en", "uk"):
        edit(folder, f"notices/water/{locale}.md", "[card_renewal]", "[all]")
    answer = load(folder).answer("avrr_info", "en", now=SUNDAY_NIGHT)
    assert answer
    assert len(answer.notices) == 1


def test_titles_are_neutral_for_sensitive_topics(small: Content):
    assert small.title("emergency_immediate_danger", "en") == "Urgent or private help"
    assert "Небезпека" not in small.title("emergency_immediate_danger", "uk")


def test_titles_fall_back_to_english_and_then_to_the_group(small: Content, tmp_path: Path):
    assert small.title("avrr_info", "uk") == "Going home"
    folder = copy_to(tmp_path)
    (folder / "answers/en/home_again/avrr_info.md").unlink()
    assert load(folder).title("avrr_info", "uk") == "Додому"


def test_the_version_changes_with_any_byte_and_with_nothing_else(small: Content, tmp_path: Path):
    folder = copy_to(tmp_path)
    assert load(folder).version == small.version
    edit(folder, "urgent/en.txt", "help me", "help me ")
    assert load(folder).version != small.version


def test_topics_know_whether_they_are_critical(small: Content):
    assert {topic.id for topic in small.topics.values() if topic.critical} == {
        "emergency_immediate_danger",
        "helper_misconduct",
    }
    assert small.topics["helper_misconduct"].page == "focal"
