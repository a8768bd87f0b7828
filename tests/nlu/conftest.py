"""One tiny model, trained and served once, in processes of their own as in use."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from box import Server, box_command, environment, free_port, run, wait_for
from tiny import write_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    write_project(folder, extra_component="treacherous.Treacherous")
    finished = run("nlu.train", "--out", str(folder / "models"), "--config", str(folder / "config.yml"))
    assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture(scope="session")
def server(project: Path) -> Iterator[Server]:
    """Runs at debug level, in a folder of its own, so that everything it writes can be searched."""
    token, port = secrets.token_urlsafe(8), free_port()
    served = Server(f"http://127.0.0.1:{port}", token, project / "served")
    served.folder.mkdir()
    command = box_command("nlu.serve", "--model", str(project / "models"), "--port", str(port), "--log-level", "debug")
    with served.log.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=served.folder,
            env=environment(HOTLINE_RASA_TOKEN=token, TMPDIR=str(served.folder)),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    wait_for(served, process)
    yield served
    process.terminate()
    assert process.wait(20) in (0, -15)


assert sys.version_info[:2] == (3, 10), "the box is Python 3.10"
