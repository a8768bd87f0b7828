"""How good each text is, and what editors do first."""

from datetime import date
from pathlib import Path

import pytest

from content.folder import drafted
from content.stamp import stamp
from content.state import State, Text, texts
from content.tasks import Task, Work, tasks
from tests.app.fixtures.folder import copy_to, edit, load

TODAY = date(2026, 11, 22)
CARD, DANGER = "papers/card_renewal.md", "safety/emergency_immediate_danger"
CONFIRMED = "confirmed: {by: Ilona Minta, on: 2026-11-20, how: called}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With stamped translations, and lines that somebody has confirmed."""
    copied = copy_to(tmp_path)
    stamp(copied, load(copied))
    for line in ("emergency_112", "okit"):
        edit(copied, f"lines/{line}.yml", "confirmed:", CONFIRMED)
    return copied


def state(folder: Path, topic: str, locale: str, form: str = "full", today: date = TODAY) -> Text:
    found = {(text.topic, text.locale, text.form): text for text in texts(drafted(folder).content, today)}
    return found[topic, locale, form]  # type: ignore[index]


def works(folder: Path, today: date = TODAY, **more: object) -> list[tuple[Work, str]]:
    return [(task.work, task.about) for task in tasks(drafted(folder), today, **more)]  # type: ignore[arg-type]


def of(folder: Path, work: Work, today: date = TODAY) -> list[Task]:
    return [task for task in tasks(drafted(folder), today) if task.work is work]


def test_every_topic_has_a_text_in_every_locale_a_critical_one_two_and_conversation_none(folder: Path) -> None:
    content = load(folder)
    found = texts(content, TODAY)
    assert len(found) == len(content.languages) * (2 + 2 + 1 + 1)
    assert {text.topic for text in found if text.form == "now"} == {"emergency_immediate_danger", "helper_misconduct"}
    assert "greet" not in {text.topic for text in found}


def test_a_text_is_reviewed_a_draft_stale_or_missing(folder: Path) -> None:
    assert state(folder, "card_renewal", "en").state is State.REVIEWED
    assert state(folder, "card_renewal", "ar").state is State.DRAFT
    assert state(folder, "card_renewal", "uk").state is State.MISSING
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring both photos.")
    assert state(folder, "card_renewal", "ar").state is State.STALE
    assert state(folder, "card_renewal", "en").state is State.REVIEWED


def test_a_reviewed_translation_is_stale_all_the_same_when_the_english_text_has_changed(folder: Path) -> None:
    edit(folder, f"answers/ar/{CARD}", 'reviewed: {by: "", on: }', "reviewed: {by: Ilona, on: 2026-11-03}")
    assert state(folder, "card_renewal", "ar").state is State.REVIEWED
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring both photos.")
    assert state(folder, "card_renewal", "ar").state is State.STALE


def test_a_text_names_the_values_that_somebody_should_look_at(folder: Path) -> None:
    assert state(folder, "card_renewal", "ar").due == ()
    edit(folder, "facts.yml", "review_after: 2027-05-22", "review_after: 2026-11-21")
    assert state(folder, "card_renewal", "ar").due == ("fact.card_valid_until",)
    assert state(folder, "card_renewal", "uk").due == ()
    edit(folder, "lines/okit.yml", CONFIRMED, "confirmed:")
    assert state(folder, "emergency_immediate_danger", "en").due == ("line.okit",)
    edit(folder, "lines/emergency_112.yml", "review_after: 2027-05-22", "review_after: 2026-11-22")
    assert state(folder, "emergency_immediate_danger", "uk", "now").due == ()
    assert state(folder, "emergency_immediate_danger", "uk", "now", date(2026, 11, 23)).due == ("line.emergency_112",)


def test_a_line_that_is_not_critical_need_not_be_confirmed(folder: Path) -> None:
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Call: {{ line.volret_line.number }}")
    assert state(folder, "card_renewal", "en").due == ()


def test_what_is_dangerous_comes_before_what_is_unfinished(folder: Path) -> None:
    edit(folder, "lines/okit.yml", CONFIRMED, "confirmed:")
    edit(folder, "lines/emergency_112.yml", "review_after: 2027-05-22", "review_after: 2026-11-21")
    edit(folder, "facts.yml", "review_after: 2027-05-22", "review_after: 2026-11-21")
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring both photos.")
    edit(folder, f"answers/en/{DANGER}.now.md", "Call now", "Call at once")
    edit(folder, "lines/river_line.yml", "languages: []", "languages: [xx]")
    found = [work for work, _ in works(folder)]
    assert found == sorted(found, key=list(Work).index)
    assert set(found) == set(Work)
    assert works(folder)[0] == (Work.FAULT, "lines/river_line.yml")


def test_a_text_that_is_stale_in_several_locales_is_one_task_that_names_them(folder: Path) -> None:
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring both photos.")
    assert of(folder, Work.STALE) == [
        Task(work=Work.STALE, about="card_renewal", locales=("ar",), texts=1),
    ]
    missing = {task.about: task.locales for task in of(folder, Work.MISSING)}
    languages = tuple(load(folder).languages)
    assert missing["card_renewal"] == tuple(each for each in languages if each not in ("en", "ar"))


def test_overdue_values_that_most_texts_give_come_first(folder: Path) -> None:
    facts = (folder / "facts.yml").read_text()
    (folder / "facts.yml").write_text(facts.replace("2027-05-22", "2026-11-01"))
    found = of(folder, Work.VALUE)
    assert [task.texts for task in found] == sorted((task.texts for task in found), reverse=True)
    fee = next(task for task in found if task.about == "fact.card_fee")
    assert (fee.locales, fee.texts) == (("en", "ar"), 2)


def test_a_file_with_faults_is_one_task_that_says_how_many_and_the_first(folder: Path) -> None:
    edit(folder, "lines/okit.yml", "languages: [hu]", "languages: [xx]")
    edit(folder, "lines/okit.yml", "callable_from: [HU]", "callable_from: [YY]")
    assert [(task.about, task.texts) for task in of(folder, Work.FAULT)] == [("lines/okit.yml", 2)]
    assert "'xx' is not a language code" in of(folder, Work.FAULT)[0].why


def test_who_asks_for_some_locales_reads_of_those_alone_and_of_every_fault(folder: Path) -> None:
    (folder / "answers/en/home_again/avrr_info.md").write_text("nothing")
    found = tasks(drafted(folder), TODAY, ["uk"])
    assert {locale for task in found for locale in task.locales} == {"uk"}
    assert found[0].work is Work.FAULT
    assert "card_renewal" in {task.about for task in found}


def test_where_everything_is_reviewed_and_confirmed_nothing_is_to_be_done(folder: Path) -> None:
    (folder / "languages.yml").write_text("en: English\n")
    for path in ("answers/uk", "answers/ar", "locale/uk", "locale/ar", "urgent/uk.txt", "notices/water/uk.md"):
        (folder / path).rename(folder.parent / path.replace("/", "_"))
    topics = (folder / "topics.yml").read_text()
    start, end = topics.index("  - id: helper_misconduct"), topics.index("  - id: card_renewal")
    (folder / "topics.yml").write_text(topics[:start] + topics[end:])
    for path in (f"{DANGER}.md", f"{DANGER}.now.md", "home_again/avrr_info.md"):
        edit(folder, f"answers/en/{path}", 'reviewed: {by: "", on: }', "reviewed: {by: Ilona, on: 2026-11-03}")
    names = [(work, about) for work, about in works(folder) if work is not Work.FAULT]
    assert names == []
