"""`hotline content …` as content staff types it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from content import messages, snapshot
from hotline import content_commands
from tests.app.fixtures.folder import copy_to, edit, load

CARD = "answers/en/papers/card_renewal.md"


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


def test_publishing_history_and_going_back(folder: Path, tmp_path: Path):
    first = run("publish").split()[-1]
    edit(folder, CARD, "title: Renew your card", "title: A card anew")
    second = run("publish").split()[-1]
    assert f"{second}  (current)" in run("history")
    assert run("back").split()[-1] == first
    assert snapshot.current(tmp_path / "var") == first


def test_a_faulty_folder_is_not_published_and_no_traceback_shows(folder: Path):
    edit(folder, "facts.yml", "value: 22800", "value: much")
    assert run("publish", ends=1) == ""
    assert run("back", ends=1) == ""


def test_stamping_all_and_by_name(folder: Path):
    assert run("stamp").count("stamped ") == 2
    edit(folder, CARD, "Bring two photos.", "Bring three photos.")
    assert run("stamp", str(folder / "answers/ar/papers/card_renewal.md")).strip() == (
        "stamped answers/ar/papers/card_renewal.md"
    )
    run("stamp", "/etc/hostname", ends=1)


def test_completing_catalogues_names_what_nothing_asks_for(folder: Path):
    assert "nothing asks for only.english" in run("messages")


def test_trying_an_urgent_text(folder: Path):
    assert run("try-urgent", "HEEELP me").strip() == "emergency_immediate_danger"
    assert run("try-urgent", "hello").strip() == "no urgent phrase"
