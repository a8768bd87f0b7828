"""Work in a process of its own."""

import operator
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from box import ROOT, environment

from nlu.box.aside import aside

ASKING = """
import os, sys, time
from nlu.box.aside import aside

def work(path):
    open(path, "w").write(str(os.getpid()))
    time.sleep(1)
    return "done"

if __name__ == "__main__":
    aside(work, sys.argv[1])
"""


def test_another_process_works_it_out() -> None:
    assert aside(os.getpid) != os.getpid()
    assert aside(operator.add, ["ї"] * 100_000, ["x"]) == ["ї"] * 100_000 + ["x"]


def test_work_that_fails_is_no_result(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="truediv ended in its process without a result"):
        aside(operator.truediv, 1, 0)

    assert "ZeroDivisionError" in capfd.readouterr().err


def test_it_ends_when_who_asked_is_killed(tmp_path: Path) -> None:
    script, told = tmp_path / "script.py", tmp_path / "told"
    script.write_text(ASKING)
    asking = subprocess.Popen([sys.executable, str(script), str(told)], cwd=ROOT, env=environment(PYTHONPATH=str(ROOT)))
    worker = _told(told)

    asking.send_signal(signal.SIGKILL)
    asking.wait(5)

    assert _ends(worker, within=20)


def _told(path: Path) -> int:
    for _ in range(200):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.1)
    raise AssertionError("the other process has not begun")


def _ends(process: int, *, within: float) -> bool:
    for _ in range(int(within * 10)):
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False
