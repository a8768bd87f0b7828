"""Section 14 of the facts, on real answers that somebody spoils: short ones, a lawyer first, return never offered."""

import shutil
from pathlib import Path

import pytest

from content.content import Content
from tests.app.fixtures.folder import edit, faults
from tests.app.unit.conftest import CONTENT

SUICIDE = "answers/en/safety/suicide_self_harm.now.md"
SHELTER = "answers/en/accommodation/homeless_tonight.now.md"
ABROAD = "answers/en/return/hungarian_victim_abroad.now.md"
DANGER = "answers/en/safety/emergency_immediate_danger.now.md"
ILL = "answers/en/safety/medical_emergency.now.md"
MISSING = "answers/en/safety/missing_person_or_child.now.md"
ASYLUM = "answers/en/asylum/asylum_how_to_apply.md"
DETENTION = "answers/en/asylum/detention_expulsion.md"
RETURN = "answers/en/return/avrr_info.md"
OKIT, EMERGENCY = "{{ line.okit.number }}", "{{ line.emergency_112.number }}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "uk", "hu", "ru")))


def body(folder: Path, path: str, text: str) -> None:
    """Gives a file another text below its fields."""
    front = (folder / path).read_text().split("---\n")[1]
    (folder / path).write_text(f"---\n{front}---\n{text}\n")


def told(folder: Path, path: str) -> list[str]:
    return [fault.removeprefix(f"{path}:").split(": ", 1)[1] for fault in faults(folder) if fault.startswith(path)]


def test_short_answers_hold_the_numbers_and_one_sentence(folder: Path):
    assert faults(folder) == []
    lines = "\n\n".join(f"Call: {{{{ line.{line}.number }}}}" for line in ("okit", "nane", "lesz_116123"))
    body(folder, DANGER, f"Call: {EMERGENCY}\n\n{lines}\n\nSay first where you are.")
    body(folder, ILL, f"Call: {EMERGENCY}\n\nSay first where you are.\n\nThen wait for the ambulance.")
    body(folder, MISSING, f"Police: {EMERGENCY}\n\n{'Say who is missing and when. ' * 9}")
    assert "4 numbers; a .now.md has at most 3" in told(folder, DANGER)
    assert "a second sentence without a number; a .now.md has one, the rest stands in the .md" in told(folder, ILL)
    assert "55 words; a .now.md has at most 55" not in told(folder, MISSING)
    body(folder, MISSING, f"Police: {EMERGENCY}\n\n{'Say who is missing and when. ' * 10}")
    assert "61 words; a .now.md has at most 55" in told(folder, MISSING)


def test_short_answers_begin_with_a_number_except_where_another_order_is_safer(folder: Path):
    body(folder, DANGER, f"Say first where you are.\n\nCall: {EMERGENCY}")
    body(folder, SUICIDE, f"Call: {EMERGENCY}\n\nThank you for telling us.")
    body(folder, SHELTER, f"Write to us where you are.\n\nVery cold, ill or in danger: {EMERGENCY}")
    body(folder, ABROAD, f"Danger now: {EMERGENCY}\n\nViolence: {OKIT}\n\nWrite to us where you are.")
    assert told(folder, DANGER) == ["a .now.md begins with the number of a critical line"]
    assert told(folder, SUICIDE) == ["suicide_self_harm begins with a sentence to the person, then come the numbers"]
    assert "homeless_tonight begins with the number for a bed tonight" in told(folder, SHELTER)
    assert told(folder, ABROAD) == [
        "line okit can be called in Hungary only, and this topic is about people abroad",
    ]


def test_a_lawyer_comes_first_where_the_catalogue_says_so(folder: Path):
    edit(folder, ASYLUM, "{{ fact.url_helsinki }}", "at an office.")
    edit(folder, DETENTION, "First a lawyer, today.", "Call your embassy today.")
    missing = "legal_first: the first block, or the one after it, sends to a free lawyer"
    assert any(fault.startswith(missing) for fault in told(folder, ASYLUM))
    assert "legal_first: speaks of an embassy before it sends to a lawyer" in told(folder, DETENTION)


def test_a_lawyer_whose_address_may_not_be_shown_is_none(folder: Path):
    text = (folder / "facts.yml").read_text()
    start = text.index("\nurl_helsinki:")
    held = text[start:].replace("  hold:", '  hold: "C"', 1)
    (folder / "facts.yml").write_text(text[:start] + held)
    assert any(fault.startswith("legal_first: the first block") for fault in told(folder, ASYLUM))


def test_return_is_never_offered_in_the_text_of_an_answer_about_safety_asylum_or_detention(folder: Path):
    more = "\n\nVoluntary return: {{ fact.url_volret }} or [here](https://www.volret.hu/en).\n"
    for path in (ASYLUM, DANGER, RETURN):
        (folder / path).write_text((folder / path).read_text() + more)
    for found in ("Voluntary return", "fact.url_volret", "https://www.volret.hu/en"):
        problem = f"{found}: voluntary return is never offered in safety, asylum or detention"
        assert problem in told(folder, ASYLUM)
        assert problem in told(folder, DANGER)
        assert problem not in told(folder, RETURN)


def test_the_topics_that_the_facts_name_send_to_a_lawyer_first(content: Content):
    first = {topic.id for topic in content.topics.values() if topic.legal_first}
    assert first >= {"asylum_how_to_apply", "detention_expulsion", "pushback_border_refusal", "avrr_info"}
    assert first >= {"expired_or_no_documents", "non_ukrainian_from_ukraine", "avrr_how_to_apply"}
