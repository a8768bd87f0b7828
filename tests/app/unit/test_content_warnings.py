"""What editors should look at in texts, and what they accept."""

from datetime import date
from pathlib import Path

import pytest

from content.folder import read
from content.warnings import Reminder, warnings
from tests.app.fixtures.folder import edit, faults

CARD = "answers/en/papers/card_renewal.md"
DANGER = "answers/en/safety/emergency_immediate_danger.md"
HOME = "answers/en/home_again/avrr_info.md"
TODAY = date(2026, 11, 22)
PLAIN = "You can ask us. We will help you soon. "
HARD = "Administrative authorities continuously evaluate documentation requirements. "


def add(folder: Path, path: str, text: str) -> None:
    with (folder / path).open("a") as file:
        file.write(f"\n{text.strip()}\n")


def reminders(folder: Path, path: str) -> list[Reminder]:
    return [one for one in warnings(read(folder)[0], TODAY) if one.where == path]


def test_an_answer_of_few_or_many_words_is_named(folder: Path):
    assert list(map(str, reminders(folder, HOME))) == [f"{HOME}: 4 words; an answer has 40 to 120 [length]"]
    add(folder, HOME, PLAIN * 4)
    assert reminders(folder, HOME) == []
    add(folder, HOME, PLAIN * 10)
    assert list(map(str, reminders(folder, HOME))) == [f"{HOME}: 130 words; an answer has 40 to 120 [length]"]


def test_a_short_answer_of_a_critical_topic_is_not_too_short(folder: Path):
    assert reminders(folder, DANGER.replace(".md", ".now.md")) == []


def test_words_are_counted_as_english_would_need_them(folder: Path):
    (folder / "answers/vi/home_again").mkdir(parents=True)
    path = "answers/vi/home_again/avrr_info.md"
    english = (folder / HOME).read_text().replace("sources: [charity]\n", "")
    (folder / path).write_text(english)
    add(folder, path, "Nếu bạn cần giúp thì hỏi chúng tôi nhé. " * 20)
    assert "length" not in [one.name for one in reminders(folder, path)]
    add(folder, path, "Nếu bạn cần giúp thì hỏi chúng tôi nhé. " * 4)
    assert [one.problem for one in reminders(folder, path) if one.name == "length"] == [
        "164 words; an answer has 40 to 120"
    ]


def test_long_words_and_long_sentences_are_hard_to_read(folder: Path):
    add(folder, HOME, HARD * 10)
    assert [one.problem for one in reminders(folder, HOME)] == [
        "LIX 99, hard from 36; take shorter words and sentences"
    ]
    add(folder, CARD, "and " * 31)
    assert "a sentence of 31 words, 'and and and and' …; make two of it" in [
        one.problem for one in reminders(folder, CARD)
    ]


def test_an_editor_accepts_a_warning_with_a_reason(folder: Path):
    edit(folder, HOME, "sources:", "accepted: {length: says only whom to call}\nsources:")
    assert faults(folder) == []
    assert [one.accepted for one in reminders(folder, HOME)] == ["says only whom to call"]
    add(folder, HOME, PLAIN * 4)
    assert list(map(str, reminders(folder, HOME))) == [
        f"{HOME}: accepts 'length', of which nothing is found any more; take it out [accepted]"
    ]


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("{lenght: why}", "accepted: unknown warning lenght; did you mean length?; allowed: length, reading"),
        ('{length: ""}', "accepted: length: say why"),
        ("{stale: why}", "accepted: unknown warning stale"),
    ],
)
def test_nothing_is_accepted_without_a_reason_or_by_another_name(accepted: str, told: str, folder: Path):
    edit(folder, HOME, "sources:", f"accepted: {accepted}\nsources:")
    assert any(fault.startswith(f"{HOME}:4: {told}") for fault in faults(folder)), faults(folder)


def test_an_answer_that_does_not_fit_into_one_message_is_a_fault(folder: Path):
    add(folder, HOME, "Ask us. " * 400)
    assert faults(folder) == []
    add(folder, HOME, "Ask us. " * 30)
    assert [fault for fault in faults(folder) if "too long for one Telegram message" in fault] == [
        f"{HOME}:6: 201 characters too long for one Telegram message; people would get it in parts"
    ]
