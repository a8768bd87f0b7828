"""The commands as people and checks call them, with the real model: ask, understand, check, coverage, run."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HOTLINE = Path(sys.executable).with_name("hotline")
READY_S = 120.0


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """A data folder with the trained model; short, because a unix socket lies in it."""
    models = sorted((ROOT / "var" / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    assert models, "no model in var/models: run `make train` first"
    folder = Path(tempfile.mkdtemp(prefix="hotline"))
    (folder / "models").mkdir()
    shutil.copy(models[-1], folder / "models")
    yield folder
    shutil.rmtree(folder)


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}
    return {**kept, "HOTLINE_DATA_DIR": str(data_dir), **more}


def hotline(data_dir: Path, *arguments: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(HOTLINE), *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(data_dir, **more),
        timeout=READY_S,
        check=False,
    )


def test_messages_in_four_locales_are_understood_in_order(data_dir: Path) -> None:
    messages = [
        ("як подати на тимчасовий захист", "uk", "tp_how_to_apply", "answer"),
        ("чоловік мене б'є, що робити", "uk", "domestic_violence_help", "urgent"),
        ("embert szeretnék, nem robotot", "hu", "talk_to_human_operator", "person"),
        ("where can i learn hungarian for free", "en", "hungarian_course", "answer"),
        ("какая погода завтра на марсе", "ru", "out_of_scope", "chat"),
    ]
    lines = "".join(json.dumps({"text": text, "telegram_locale": locale}) + "\n" for text, locale, *_ in messages)
    done = hotline(data_dir, "understand", "--jsonl", given=lines)
    assert done.returncode == 0, done.stderr
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["locale"], r["topic"], r["decision"]) for r in reports] == [(m[1], m[2], m[3]) for m in messages]
    assert [r["urgent"] for r in reports] == [m[3] == "urgent" for m in messages]


@pytest.mark.parametrize("locale", [(), ("--locale", "uk")], ids=["found", "chosen"])
def test_ask_prints_what_telegram_would_get(data_dir: Path, locale: tuple[str, ...]) -> None:
    done = hotline(data_dir, "ask", *locale, "--json", "де подати на тимчасовий захист")
    assert done.returncode == 0, done.stderr
    (message,) = json.loads(done.stdout)
    assert set(message) == {"text", "parse_mode", "buttons"}
    assert message["parse_mode"] == "HTML"
    assert "тимчасовий захист" in message["text"]
    assert all("callback_data" in button or "url" in button for row in message["buttons"] for button in row)


def test_coverage_has_the_promised_shape(data_dir: Path) -> None:
    found = json.loads(hotline(data_dir, "content", "coverage", "--json").stdout)
    assert (set(found), len(found["locales"])) == ({"topics", "locales"}, 13)
    assert found["topics"] >= 88, "editors add topics"
    assert set(found["locales"]["uk"]) == {"answers", "drafts", "reviewed", "stale"}
    assert all(found["locales"][locale]["answers"] >= 44 for locale in ("uk", "hu", "en", "ru"))


def test_an_editors_mistake_is_one_line_with_file_and_line(data_dir: Path, tmp_path: Path) -> None:
    broken = tmp_path / "content"
    shutil.copytree(ROOT / "content", broken, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    answer = broken / "answers" / "en" / "daily_life" / "pets.md"
    answer.write_text(answer.read_text(encoding="utf-8") + "\nSince {{ fact.no_such_fact }}\n", encoding="utf-8")
    done = hotline(data_dir, "content", "check", HOTLINE_CONTENT_DIR=str(broken))
    faults = done.stdout.splitlines()
    assert done.returncode == 1
    assert any(re.match(r"answers/en/daily_life/pets\.md:\d+: .*no_such_fact", fault) for fault in faults), faults
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "given", "named"),
    [
        (("ready",), {"HOTLINE_PORT": "http"}, "HOTLINE_PORT"),
        (("ready",), {"HOTLINE_PROT": "80"}, "HOTLINE_PROT"),
        (("ask", "--locale", "xx", "hello"), {}, "xx"),
        (("account", "login-link", "anna"), {}, "store"),
    ],
)
def test_a_users_mistake_ends_with_one_line(
    data_dir: Path, arguments: tuple[str, ...], given: dict[str, str], named: str
) -> None:
    done = hotline(data_dir, *arguments, **given)
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_run_serves_prints_its_links_and_ends_cleanly(data_dir: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [str(HOTLINE), "run"],
        cwd=ROOT,
        env=environment(data_dir, HOTLINE_PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        text = printed_until(running, "logs in once")
        editors, chat, console = re.findall(r"http://\S+", text)
        assert "/console/enter?key=" in console
        assert "/console/enter?key=" in editors != console
        assert "ready after" in text
        for address in (editors, chat, console):
            with urllib.request.urlopen(address, timeout=10) as page:
                assert page.status == 200
        running.send_signal(signal.SIGINT)
        assert running.wait(40) == 0
    with socket.socket() as caller:
        assert caller.connect_ex(("127.0.0.1", port)) != 0
    assert not (data_dir / "valkey" / "valkey.sock").exists() or not listens(data_dir / "valkey" / "valkey.sock")


def printed_until(running: "subprocess.Popen[str]", mark: str) -> str:
    text, deadline = "", time.monotonic() + READY_S
    assert running.stdout
    for line in running.stdout:
        text += line
        if mark in line:
            return text
        assert time.monotonic() < deadline, text
    raise AssertionError(f"it ended early: {text}")


def listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        return caller.connect_ex(str(path)) == 0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
