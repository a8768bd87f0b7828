"""`hotline content publish`, `back`, `versions`, `diff`: who may change what people read, and what they see of it."""

import asyncio
import subprocess
import time
from pathlib import Path
from threading import Thread

import pytest
from rich.console import Console
from typer.testing import CliRunner

from content import journal, snapshot
from content.change import critical_changes
from content.history import Published, Signature
from content.live import LiveContent
from hotline import publishing_commands, running
from hotline.content_commands import content_app
from road.settings import Settings
from tests.app.fixtures.folder import SUNDAY_NIGHT, copy_to, edit, load

CARD = "answers/en/papers/card_renewal.md"
NOW = "answers/uk/safety/emergency_immediate_danger.now.md"
TOKEN = "123456:" + "a" * 35


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("HOTLINE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LOGNAME", "ilona")
    return copy_to(tmp_path)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


def run(*arguments: str, ends: int = 0) -> str:
    result = CliRunner().invoke(content_app, arguments)
    assert result.exit_code == ends, result.output
    return result.output if ends else result.stdout


def published(*arguments: str) -> str:
    return run("publish", *arguments).split()[-1]


def newest(data_dir: Path) -> Published:
    return snapshot.versions(data_dir)[0]


def test_publishing_and_going_back_stand_in_the_history(folder: Path, data_dir: Path):
    first = published()
    edit(folder, CARD, "title: Renew your card", "title: A card anew")
    second = published("--by", "Ilona Minta", "--why", "clearer words")
    listed = run("versions").splitlines()
    assert f"{second}  published by Ilona Minta; for: clearer words  (current)" in listed[0]
    assert f"{first}  published by ilona" in listed[1]
    assert run("back", "--by", "Ilona Minta").split()[-1] == first == snapshot.current(data_dir)
    assert newest(data_dir).deed == "went back"


def test_a_faulty_folder_is_not_published_and_no_traceback_shows(folder: Path, data_dir: Path):
    edit(folder, "facts.yml", "value: 22800", "value: much")
    assert "facts.yml:13" in run("publish", ends=1)
    assert "no earlier snapshot" in run("back", ends=1)
    assert snapshot.current(data_dir) is None


CRITICAL = [
    ("lines/okit.yml", "free", "national", "lines/okit.yml (cost)"),
    ("lines/okit.yml", "critical: true", "critical: false", "lines/okit.yml (critical)"),
    (NOW, "зараз", "негайно", "answer emergency_immediate_danger (uk)"),
    ("lines/okit.yml", "free", "national", "answer emergency_immediate_danger (en)"),
    ("topics.yml", "urgency: critical\n    page: now", "urgency: high", "topics.yml (emergency_immediate_danger is"),
]


@pytest.mark.parametrize(("path", "old", "new", "told"), CRITICAL)
def test_emergency_content_changes_with_a_second_person_only(
    path: str, old: str, new: str, told: str, folder: Path, data_dir: Path
):
    live = load(folder)
    edit(folder, path, old, new)
    draft = snapshot.read(folder)[0]
    assert [one for one in critical_changes(live, draft, SUNDAY_NIGHT) if one.startswith(told)]
    assert not critical_changes(live, live, SUNDAY_NIGHT)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CARD, "Bring two photos.", "Bring both photos."),
        ("lines/okit.yml", "review_after: 2027-05-22", "review_after: 2027-06-22"),
        ("lines/volret_line.yml", "Mo", "Tu"),
    ],
)
def test_what_is_no_emergency_or_changes_nothing_that_is_read_needs_no_second_person(
    path: str, old: str, new: str, folder: Path
):
    live = load(folder)
    edit(folder, path, old, new)
    assert critical_changes(live, load(folder), SUNDAY_NIGHT) == []


def test_an_answer_in_a_language_that_the_draft_adds_is_a_change(folder: Path):
    live = load(folder)
    (folder / "answers/ka/safety").mkdir(parents=True)
    (folder / "answers/ka/safety/emergency_immediate_danger.now.md").write_text((folder / NOW).read_text())
    with (folder / "languages.yml").open("a") as languages:
        languages.write("ka: ქართული\n")
    draft = snapshot.read(folder)[0]
    assert critical_changes(live, draft, SUNDAY_NIGHT) == ["answer emergency_immediate_danger (ka)"]


def test_one_person_alone_is_refused_and_told_what_to_type(folder: Path, data_dir: Path):
    first = published()
    edit(folder, NOW, "зараз", "негайно")
    told = run("publish", "--by", "Ilona Minta", ends=1)
    assert "answer emergency_immediate_danger (uk)" in told
    assert "hotline content publish --by 'Ilona Minta' --second 'THEIR NAME'" in told
    assert "hotline content publish --by 'Ilona Minta' --emergency 'WHY'" in told
    assert snapshot.current(data_dir) == first
    assert len(snapshot.versions(data_dir)) == 1


@pytest.mark.parametrize(
    "names", [("--second", "Béla"), ("--by", "Béla", "--second", " béla "), ("--by", "Béla", "--second", " ")]
)
def test_one_name_twice_is_one_person(names: tuple[str, ...], folder: Path, data_dir: Path):
    first = published()
    edit(folder, NOW, "зараз", "негайно")
    run("publish", *names, ends=1)
    assert snapshot.current(data_dir) == first


def test_two_people_publish_emergency_content_and_both_are_remembered(folder: Path, data_dir: Path):
    published()
    edit(folder, NOW, "зараз", "негайно")
    second = published("--by", "Ilona", "--second", "Béla")
    entry = newest(data_dir)
    assert (entry.version, entry.by, entry.second) == (second, "Ilona", "Béla")
    assert entry.critical == ("answer emergency_immediate_danger (uk)",)


def test_going_back_over_emergency_content_needs_a_second_person_too(folder: Path, data_dir: Path):
    first = published()
    edit(folder, NOW, "зараз", "негайно")
    second = published("--by", "Ilona", "--second", "Béla")
    assert f"hotline content back {first} --by Ilona --second" in run("back", first, "--by", "Ilona", ends=1)
    assert snapshot.current(data_dir) == second
    run("back", "--by", "Ilona", "--emergency", "the new number rings nowhere")
    assert snapshot.current(data_dir) == first


def test_what_cannot_wait_is_published_by_one_and_logged(folder: Path, data_dir: Path):
    published()
    edit(folder, NOW, "зараз", "негайно")
    published("--by", "Ilona", "--emergency", "the line is down")
    assert "EMERGENCY, alone: the line is down; changed: answer emergency_immediate_danger (uk)" in run("versions")


def test_a_save_of_developers_is_published_and_logged_as_saved(folder: Path, data_dir: Path):
    published()
    edit(folder, NOW, "зараз", "негайно")
    snapshot.publish(folder, data_dir)
    assert newest(data_dir).deed == "saved"
    assert newest(data_dir).critical


class Supervisor(subprocess.Popen):  # type: ignore[type-arg]
    """Ends after having been asked a few times."""

    def __init__(self) -> None:
        self._left = 3

    def __del__(self) -> None:
        """No process was started."""

    def poll(self) -> int | None:
        self._left -= 1
        return None if self._left else 0


@pytest.mark.parametrize(
    ("settings", "follows"),
    [({}, True), ({"telegram_token": TOKEN}, False), ({"public_url": "https://hotline.example"}, False)],
)
async def test_saves_are_published_only_while_nobody_else_reads(
    settings: dict[str, str], follows: bool, folder: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
):
    followed = []

    async def autopublish(folder: Path, *_: object, **__: object) -> None:
        followed.append(folder)

    monkeypatch.setattr(running, "autopublish", autopublish)
    monkeypatch.setattr(running, "POLL_S", 0.001)
    await running._stay(Settings(content_dir=folder, data_dir=data_dir, **settings), Supervisor(), Console())
    assert followed == [folder] * follows


def entry(version: str) -> Published:
    return Published(at="2026-11-22T02:00:00+00:00", version=version, by="Ілона")


def test_a_history_torn_by_a_power_cut_loses_its_last_line_only(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    log = tmp_path / "history.jsonl"
    journal.append(log, entry("one"))
    journal.append(log, entry("two"))
    log.write_bytes(log.read_bytes()[:-20])
    journal.append(log, entry("three"))
    assert [one.version for one in journal.read(log, Published)] == ["three", "one"]
    assert f"{log}:2: not a line of this journal" in caplog.text


def test_a_signature_of_one_person_does_not_suffice():
    assert not Signature(by="Ilona").suffices
    assert Signature(by="Ilona", second="Béla").suffices


async def test_what_is_published_is_said_within_two_seconds_and_no_message_fails_meanwhile(
    folder: Path, data_dir: Path
):
    snapshot.publish(folder, data_dir)
    live = LiveContent(data_dir)
    edit(folder, CARD, "title: Renew your card", "title: A card anew")
    publishing = Thread(target=snapshot.publish, args=(folder, data_dir))
    publishing.start()
    published_at, said = 0.0, 0
    while (answer := live.now().answer("card_renewal", "uk", now=SUNDAY_NIGHT)) and answer.title != "A card anew":
        said += 1
        await asyncio.sleep(0.001)
        if not publishing.is_alive():
            published_at = published_at or time.monotonic()
            assert time.monotonic() - published_at < 30
    assert answer
    assert said > 10


@pytest.fixture
def evaluation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(publishing_commands, "EVALUATION", tmp_path / "evaluation")
    questions = [
        "kind\ttopic\ttext",
        "topic\tcard_renewal\thow do i renew my card",
        "topic\tcard_renewal\tcard expired",
        "topic\temergency_immediate_danger\tplease help me now",
        "out_of_scope\tcard_renewal\tcredit card",
    ]
    for locale in ("en", "uk"):
        path = tmp_path / "evaluation" / f"{locale}.tsv"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(questions))
    return path.parent


def test_the_diff_counts_questions_and_shows_both_answers(folder: Path, evaluation: Path):
    published()
    edit(folder, CARD, "Bring two photos.", "Bring three photos.")
    edit(
        folder,
        "facts.yml",
        'hold: "C"\n  confirmed:\n',
        "hold:\n  confirmed: {by: Ilona, on: 2026-11-21, how: called}\n",
    )
    edit(folder, "answers/ar/papers/card_renewal.md", "تجديد البطاقة", "بطاقة جديدة")
    shown = run("diff")
    assert "4 of 6 evaluation questions would get another answer" in shown
    assert "card_renewal, en" in shown
    assert "card_renewal, uk" in shown
    assert "Bring three photos." in shown
    assert "emergency_immediate_danger" not in shown
    assert "changed, and asked by no evaluation question: card_renewal (hu)" in shown


def test_the_diff_of_an_unchanged_folder_is_empty(folder: Path, evaluation: Path):
    published()
    assert run("diff").strip() == "0 of 6 evaluation questions would get another answer"


def test_the_diff_of_a_short_text_shows_it_side_by_side(folder: Path, evaluation: Path):
    published()
    edit(folder, NOW, "Телефонуйте зараз", "Дзвоніть негайно")
    shown = run("diff")
    assert "1 of 6 evaluation questions" in shown
    row = next(line for line in shown.splitlines() if "Телефонуйте зараз" in line)
    assert "Дзвоніть негайно" in row
