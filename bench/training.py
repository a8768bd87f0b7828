"""(d) How long our training takes: from nothing, and after one question was added."""

import shutil
import tempfile
from pathlib import Path

from bench.figures import Lesson, Training
from bench.lesson import learn
from bench.question import training
from bench.trial import Say
from hotline.training import ROOT, box_python

ADDED = "    - bench: a question that nobody has asked before\n"


async def measure(say: Say) -> Training:
    """Trains a copy of the questions twice."""
    with tempfile.TemporaryDirectory(prefix="bench-training-") as name:
        project = Path(name)
        _copy(project)
        say("from nothing")
        count = len(training(project / "nlu" / "data"))
        empty = await _train(project)
        _edit(project)
        say("after one edit")
        return Training(questions=count, empty=empty, edited=await _train(project))


def _copy(project: Path) -> None:
    for name in ("data", "languages"):
        shutil.copytree(ROOT / "nlu" / name, project / "nlu" / name)
    for name in ("config.yml", "content/topics.yml"):
        (project / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, project / name)


def _edit(project: Path) -> None:
    """Adds a question to the last topic of one file."""
    edited = min((project / "nlu" / "data" / "en").glob("*.yml"))
    with edited.open("a", encoding="utf-8") as file:
        file.write(ADDED)


async def _train(project: Path) -> Lesson:
    command = [box_python(), "-m", "nlu.train", "--config", str(project / "config.yml"), "--out", str(project / "out")]
    return await learn(command, log=project / "train.log")
