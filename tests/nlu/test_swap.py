"""A model put in while people are asking: they are answered all the time."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from box import Server, box_command, environment, free_port, wait_for

from nlu.live import choose

TEXT = "can i bring my dog"
PATIENCE_S = 30
"""Only a box that hangs is a failure: how long an answer takes depends on what else the machine does."""


@pytest.fixture(scope="module")
def models(project: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two models: the tiny one, and a copy of it under another name that is newer."""
    folder = tmp_path_factory.mktemp("swap") / "models"
    folder.mkdir()
    (trained,) = (project / "models").glob("*.tar.gz")
    both = [Path(shutil.copy(trained, folder / f"{name}.tar.gz")) for name in ("one", "two")]
    for age, model in enumerate(both):
        os.utime(model, (age, age))
    return both


@pytest.fixture(scope="module")
def box(models: list[Path]) -> Iterator[Server]:
    """A box on the folder, in which the older model was chosen."""
    choose(models[0])
    server = Server(f"http://127.0.0.1:{free_port()}", "a-token", models[0].parents[1])
    command = box_command("nlu.serve", "--model", str(models[0].parent), "--port", server.url.rpartition(":")[2])
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            command, env=environment(HOTLINE_RASA_TOKEN=server.token), stdout=log, stderr=subprocess.STDOUT
        )
    wait_for(server, process)
    yield server
    process.terminate()
    process.wait(20)


def served(box: Server) -> str:
    status = requests.get(f"{box.url}/status", params={"token": box.token}, timeout=5).json()
    return str(status["model_file"])


def put(box: Server, body: Any, token: str = "") -> int:
    parameters = {"token": token or box.token}
    return requests.put(f"{box.url}/model", params=parameters, json=body, timeout=30).status_code


class Asker(threading.Thread):
    """Asks without a pause until it is told to stop."""

    def __init__(self, box: Server) -> None:
        super().__init__()
        self.enough = threading.Event()
        self.answered = 0
        self.failures: list[str] = []
        self._box = box

    def run(self) -> None:
        with requests.Session() as session:
            while not self.enough.is_set():
                self._ask(session)

    def _ask(self, session: requests.Session) -> None:
        try:
            answer = session.post(
                f"{self._box.url}/model/parse",
                params={"token": self._box.token},
                json={"text": TEXT},
                timeout=PATIENCE_S,
            )
            answer.raise_for_status()
            self.answered += answer.json()["intent"]["name"] == "pets"
        except requests.RequestException as error:
            self.failures.append(type(error).__name__)


def test_a_box_serves_what_was_chosen_and_not_the_newest(box: Server) -> None:
    assert served(box) == "one.tar.gz"


def test_whoever_asks_meanwhile_is_answered_while_the_model_is_loaded(box: Server, models: list[Path]) -> None:
    askers = [Asker(box) for _ in range(2)]
    for asker in askers:
        asker.start()
    for model in (models[1].name, str(models[0]), models[1].name, models[0].name):
        before = [asker.answered for asker in askers]
        assert put(box, {"model_file": model}) == 204
        assert all(asker.answered > count + 1 for asker, count in zip(askers, before, strict=True))
        assert served(box) == Path(model).name
    for asker in askers:
        asker.enough.set()
        asker.join()

    assert [asker.failures for asker in askers] == [[], []]


def test_a_wrong_token_puts_nothing_in(box: Server, models: list[Path]) -> None:
    assert put(box, {"model_file": models[1].name}, token="wrong") == 401
    assert served(box) == "one.tar.gz"


@pytest.mark.parametrize("name", ["/etc/passwd", "../models.tar.gz", "three.tar.gz", "", ".", "live", "\0", "x" * 5000])
def test_a_file_outside_the_folder_is_refused(box: Server, name: str) -> None:
    outside = box.folder / "models.tar.gz"
    outside.touch()

    assert put(box, {"model_file": name}) == 403
    assert put(box, {"model_file": str(outside)}) == 403
    assert served(box) == "one.tar.gz"


@pytest.mark.parametrize(
    "body", [{}, [], "two.tar.gz", {"model_file": 7}, {"model_server": {"url": "http://h.example"}}]
)
def test_anything_but_a_file_is_refused(box: Server, body: Any) -> None:
    assert put(box, body) == 400
    assert served(box) == "one.tar.gz"


def test_another_source_beside_the_file_is_not_passed_on(box: Server, models: list[Path]) -> None:
    beside = {"model_server": {"url": "http://127.0.0.1:1/model"}, "remote_storage": "aws"}

    assert put(box, {"model_file": models[1].name, **beside}) == 204
    assert served(box) == "two.tar.gz"


def test_a_broken_model_leaves_the_one_that_is_served(box: Server, models: list[Path]) -> None:
    before = served(box)
    broken = models[0].parent / "broken.tar.gz"
    broken.write_bytes(b"no model")

    assert put(box, {"model_file": broken.name}) == 422
    assert served(box) == before
    assert box.parse(TEXT)["intent"]["name"] == "pets"
