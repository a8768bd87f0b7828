"""The box's commands and its server, as tests use them."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def box_command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}:{HERE}", **more}


def run(module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = box_command(module, *arguments)
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class Server:
    url: str
    token: str
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/status", params={"token": self.token}, timeout=2).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def parse(self, text: str) -> dict[str, Any]:
        answer = self.post(json={"text": text})
        answer.raise_for_status()
        return dict(answer.json())

    def post(self, path: str = "/model/parse", **request: Any) -> requests.Response:
        return requests.post(f"{self.url}{path}", params={"token": self.token}, timeout=30, **request)

    def written(self) -> bytes:
        """Everything the server has written anywhere it can write."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert self.log in files
        return b"\n".join(path.read_bytes() for path in files)


def wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.answers():
            return
        assert process.poll() is None, server.log.read_text()
        time.sleep(0.2)
    pytest.fail("the box did not come up")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
