"""`hotline content …` as content staff types it."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from content import messages
from content.content import Content
from hotline import content_commands
from hotline.phrases import Trial, asked_questions, placed_phrases
from tests.app.fixtures.folder import copy_to, edit, load
from tests.app.unit.conftest import CONTENT

CARD = "answers/en/papers/card_renewal.md"
HOME = "answers/en/home_again/avrr_info.md"
DANGER = "emergency_immediate_danger"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("HOTLINE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(content_commands, "_asked", messages.Asked)  # the rooms ask for the real texts
    return copy_to(tmp_path)


def run(*arguments: str, ends: int = 0) -> str:
    result = CliRunner().invoke(content_commands.content_app, arguments)
    assert result.exit_code == ends, result.output
    return result.stdout


def test_a_sound_folder_passes_the_check(folder: Path):
    assert f"content {load(folder).version}: no faults" in run("check")


def test_a_faulty_folder_fails_the_check_with_one_line_a_fault(folder: Path):
    edit(folder, "facts.yml", "value: 22800", "value: [red]much[/red]")
    edit(folder, CARD, "Bring two photos.", "Bring 2 photos.")
    lines = run("check", ends=1).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{CARD}:10: the number 2 stands in the text")
    assert lines[1].startswith("facts.yml:13: ")


def test_the_check_tells_what_to_look_at_and_what_somebody_has_accepted(folder: Path):
    edit(folder, HOME, "sources:", "accepted: {length: says only whom to call}\nsources:")
    told = CliRunner().invoke(content_commands.content_app, ["check"]).stderr
    assert f"look at answers/en/safety/{DANGER}.md: 5 words; an answer has 40 to 120 [length]" in told
    assert f"accepted {HOME}: 4 words; an answer has 40 to 120 [length]: says only whom to call" in told


def test_a_text_that_the_code_asks_for_and_nobody_wrote_fails_the_check(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(content_commands, "_asked", lambda: messages.Asked(keys={"not.written": False}))
    assert "not.written: missing; the code asks for it" in run("check", ends=1)


def test_coverage_is_json_in_the_agreed_form(folder: Path):
    counted = json.loads(run("coverage", "--json"))
    assert set(counted) == {"topics", "locales"}
    assert len(counted["locales"]) == 13
    assert counted["locales"]["en"] == {"answers": 3, "drafts": 2, "reviewed": 1, "stale": 0}


def test_coverage_is_a_table_for_people(folder: Path):
    assert "4 topics" in run("coverage")


def test_stamping_all_and_by_name(folder: Path):
    assert run("stamp").count("stamped ") == 2
    edit(folder, CARD, "Bring two photos.", "Bring three photos.")
    assert run("stamp", str(folder / "answers/ar/papers/card_renewal.md")).strip() == (
        "stamped answers/ar/papers/card_renewal.md"
    )
    run("stamp", "/etc/hostname", ends=1)


def test_completing_catalogues_names_what_nothing_asks_for(folder: Path):
    assert "nothing asks for only.english" in run("messages")


@pytest.fixture
def evaluation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(content_commands, "EVALUATION", tmp_path / "evaluation")
    lines = [
        "kind\ttopic\ttext",
        f"topic\t{DANGER}\tplease help me now",
        f"topic\t{DANGER}\tfire in the house",
        "topic\tcard_renewal\thelp me with my card",
        "not_urgent\tcard_renewal\tnobody wants to kill me, just the card",
    ]
    path = tmp_path / "evaluation" / "en.tsv"
    path.parent.mkdir()
    path.write_text("\n".join(lines))
    return path


def test_trying_a_text_names_its_phrases_the_one_that_decides_first(folder: Path):
    assert run("phrases", "--try", "HEEELP me he touches me").splitlines() == [
        "urgent/en.txt:5: 'he touches me' = helper_misconduct",
        f"urgent/en.txt:2: 'help me' = {DANGER}",
    ]
    assert run("phrases", "--try", "hello").strip() == "no urgent phrase"


def test_phrases_are_tried_on_the_evaluation_questions(folder: Path, evaluation: Path):
    found = run("phrases")
    assert "urgent/en.txt:4: 'want* to kill me' fires on en.tsv:5, not_urgent: nobody wants" in found
    assert "adds nothing" not in found
    assert re.search(r"en\W+4\W+1 of 2 \(50%\)\W+1\b", found)


def test_a_phrase_that_adds_nothing_is_named_with_the_one_that_suffices(folder: Path, evaluation: Path):
    with (folder / "urgent/en.txt").open("a") as file:
        file.write("please help me\nwanted to kill me\nHELP ME!\nhelp me he hits = helper_misconduct\n")
    assert [line for line in run("phrases").splitlines() if "adds nothing" in line] == [
        "urgent/en.txt:6: 'please help me' adds nothing to urgent/en.txt:2: 'help me'",
        "urgent/en.txt:7: 'wanted to kill me' adds nothing to urgent/en.txt:4: 'want* to kill me'",
        "urgent/en.txt:8: 'HELP ME!' adds nothing to urgent/en.txt:2: 'help me'",
    ]


def test_faults_of_phrases_fail_the_trial_with_file_and_line(folder: Path, evaluation: Path):
    edit(folder, "facts.yml", "value: 22800", "value: much")
    edit(folder, "urgent/en.txt", "want* to", "wa*nt to")
    assert [line for line in run("phrases", ends=1).splitlines() if line.startswith(("urgent", "facts"))] == [
        "urgent/en.txt:4: `*` stands only at the end of a word"
    ]


def test_the_real_phrases_find_some_danger_in_the_languages_whose_phrases_were_gathered(content: Content):
    caught = Trial(placed_phrases(CONTENT, content)).caught(asked_questions(content))
    assert {"uk", "hu", "en", "ru"} <= set(caught)
    assert all(caught[locale][0] >= caught[locale][1] / 10 for locale in ("uk", "hu", "en", "ru"))
