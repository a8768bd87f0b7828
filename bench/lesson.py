"""One training as a process of its own, timed with its start: interpreter, Rasa, reading the questions."""

import asyncio
import resource
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Lesson
from bench.program import BenchFailed, program, tail
from hotline.training import ROOT, box_environment

TIMEOUT_S = 2700.0
"""Stock Rasa took more than 900 s for 68,000 questions; ours take a third of that from nothing."""


async def learn(command: Sequence[str], *, log: Path, folder: Path = ROOT) -> Lesson:
    """Runs a training to its end.

    Raises:
        BenchFailed: It did not succeed, or not in time.
    """
    began_s, spent_s = time.perf_counter(), _children_s()
    with program(command, log=log, folder=folder, environment=box_environment()) as process:
        try:
            failed = await asyncio.to_thread(process.wait, TIMEOUT_S)
        except subprocess.TimeoutExpired:
            raise BenchFailed(f"a training took more than {TIMEOUT_S:.0f} s; its last lines:\n{tail(log)}") from None
        if failed:
            raise BenchFailed(f"a training failed; its last lines:\n{tail(log)}")
    return Lesson(wall_s=time.perf_counter() - began_s, cpu_s=_children_s() - spent_s)


def _children_s() -> float:
    """Processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
