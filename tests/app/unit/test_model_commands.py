"""`hotline model …`: a worse model is refused, another one is put in, the one before comes back."""

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.decision import Decision, Kind
from hotline import model_commands
from hotline.models import Figures, figures, losses, read_figures, write_figures
from hotline.scorecard import Question, Result
from nlu.live import choose, live_model
from road.errors import SetupError
from tests.app.unit.stage import CONTENT, understood

QUESTIONS = [Question(locale="uk", kind="topic", topic="pets", text=f"question {n}") for n in range(40)]
CALM = [Question(locale="uk", kind="not_urgent", topic="pets", text=f"calm {n}") for n in range(20)]


def scored(right: int, alarms: int = 0) -> Figures:
    """Figures of a model that gets so many questions right, and raises so many false alarms."""
    answers = [_result(question, right=number < right) for number, question in enumerate(QUESTIONS)]
    calm = [_result(question, right=True, urgent=number < alarms) for number, question in enumerate(CALM)]
    return figures([*answers, *calm], 1_795_310_000.0)


def _result(question: Question, *, right: bool, urgent: bool = False) -> Result:
    topic = question.topic if right else "legal_aid"
    return Result(
        question=question,
        understanding=understood((topic, 0.9), ("asylum", 0.05), ("tp_eligibility", 0.03), ("legal_aid", 0.02)),
        decision=Decision(kind=Kind.URGENT if urgent else Kind.ANSWER, topic=topic),
        critical=False,
    )


class FakeBox(ThreadingHTTPServer):
    """Serves a model by name, as Rasa says it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.model = "old.tar.gz"
        self.refuses = False


class _Handler(BaseHTTPRequestHandler):
    server: FakeBox

    def do_GET(self) -> None:
        self._say(200, json.dumps({"model_file": self.server.model}).encode())

    def do_PUT(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.refuses or "token=secret" not in self.path:
            return self._say(403)
        self.server.model = asked["model_file"]
        return self._say(204)

    def _say(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeBox]:
    server = FakeBox()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("HOTLINE_RASA_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("HOTLINE_RASA_TOKEN", "secret")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two models; the old one is live, and both have figures."""
    monkeypatch.setenv("HOTLINE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HOTLINE_CONTENT_DIR", str(CONTENT))
    monkeypatch.setattr(model_commands, "all_questions", lambda _: [*QUESTIONS, *CALM])
    folder = tmp_path / "models"
    folder.mkdir()
    for age, name in enumerate(("old", "new"), start=1):
        model = folder / f"{name}.tar.gz"
        model.touch()
        os.utime(model, (age, age))
        write_figures(model, scored(30))
    choose(folder / "old.tar.gz")
    return folder


def run(*arguments: str, ends: int = 0) -> str:
    result = CliRunner().invoke(model_commands.model_app, arguments)
    assert result.exit_code == ends, result.output
    return " ".join(result.output.split())


def scores(monkeypatch: pytest.MonkeyPatch, found: Figures) -> list[str]:
    """Lets every model score so; gives the names of those that were scored."""
    asked: list[str] = []

    async def score(_: object, model: Path) -> Figures:
        asked.append(model.name)
        return found

    monkeypatch.setattr(model_commands, "_scored", score)
    return asked


def test_the_list_names_the_live_model_and_the_figures(models: Path) -> None:
    rows = CliRunner().invoke(model_commands.model_app, ["list"]).output.splitlines()
    new, old = (next(row for row in rows if name in row) for name in ("new", "old"))
    assert rows.index(new) < rows.index(old)
    assert "live" in old
    assert "live" not in new
    assert "75.0%" in new


def test_a_model_that_is_no_worse_is_put_in_and_stays_after_a_restart(models: Path, box: FakeBox) -> None:
    assert "model new is live now" in run("use", "new")
    assert box.model == "new.tar.gz"
    assert live_model(models) == models / "new.tar.gz"


def test_the_one_before_comes_back_with_one_command(models: Path, box: FakeBox) -> None:
    run("use", "new")
    assert "model old is live now" in run("back")
    assert (box.model, live_model(models)) == ("old.tar.gz", models / "old.tar.gz")


def test_without_one_before_nothing_changes(models: Path, box: FakeBox) -> None:
    assert "no earlier model" in run("back", ends=1)
    assert box.model == "old.tar.gz"


@pytest.mark.parametrize(
    ("worse", "measure", "shares"),
    [(scored(20), "top-1, uk", "75.0% 50.0%"), (scored(30, alarms=8), "no false alarm, uk", "100.0% 86.7%")],
)
def test_a_worse_model_is_refused_with_both_figures(
    models: Path, box: FakeBox, worse: Figures, measure: str, shares: str
) -> None:
    write_figures(models / "new.tar.gz", worse)
    told = run("use", "new", ends=1).replace("│ ", "")
    assert measure in told
    assert shares in told
    assert "not put in" in told
    assert (box.model, live_model(models)) == ("old.tar.gz", models / "old.tar.gz")


def test_a_loss_that_may_be_chance_is_none() -> None:
    assert losses(scored(30), scored(28)) == []
    assert losses(scored(20), scored(30)) == []


def test_a_model_without_figures_is_scored_first(models: Path, box: FakeBox, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = scores(monkeypatch, scored(10))
    (models / "new.json").unlink()
    assert "not put in" in run("use", "new", ends=1)
    assert asked == ["new.tar.gz"]
    assert read_figures(models / "new.tar.gz") == scored(10)


def test_figures_of_other_questions_are_made_anew(models: Path, box: FakeBox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_commands, "all_questions", lambda _: QUESTIONS)
    asked = scores(monkeypatch, scored(30))
    run("use", "new")
    assert asked == ["old.tar.gz", "new.tar.gz"]


def test_given_figures_are_kept_beside_the_model(models: Path, tmp_path: Path) -> None:
    write_figures(tmp_path / "elsewhere.tar.gz", scored(40))
    assert "top-1 100.0%" in run("try", "new", "--figures", str(tmp_path / "elsewhere.json"))
    assert read_figures(models / "new.tar.gz") == scored(40)


def test_spoilt_figures_are_named(models: Path, tmp_path: Path) -> None:
    (models / "old.json").write_text("{}")
    with pytest.raises(SetupError, match=r"old\.json: not figures"):
        read_figures(models / "old.tar.gz")
    assert "no.json: not figures" in run("try", "new", "--figures", str(tmp_path / "no.json"), ends=1)


def test_what_the_box_refuses_is_not_recorded(models: Path, box: FakeBox) -> None:
    box.refuses = True
    assert "refused new.tar.gz with 403" in run("use", "new", ends=1)
    assert live_model(models) == models / "old.tar.gz"


def test_without_a_box_the_choice_is_kept_for_the_next_start(models: Path) -> None:
    assert "model new is what the next start serves" in run("use", "new")
    assert live_model(models) == models / "new.tar.gz"


def test_an_unknown_model_is_named(models: Path) -> None:
    assert "no model begins with 'x': new, old" in run("use", "x", ends=1)
