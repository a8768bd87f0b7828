"""Processes that the bench starts, waits for and ends."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import aiohttp

from hotline.training import ROOT

STOP_S = 40.0
POLL_S = 0.1


class BenchFailed(Exception):
    """Something that is measured did not start or did not work; the text says what."""


@contextmanager
def program(
    command: Sequence[str], *, log: Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process in a group of its own; the group is ended with the block."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Asks the process to end; what is left of its group afterwards is killed."""
    process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_S)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


async def until(
    ready: Callable[[], Awaitable[bool]], process: "subprocess.Popen[bytes]", *, within_s: float, log: Path
) -> float:
    """Waits until a process is ready; gives the seconds it took.

    Raises:
        BenchFailed: It ended, or was not ready in time.
    """
    began = time.perf_counter()
    while not await ready():
        took_s = time.perf_counter() - began
        if process.poll() is not None or took_s > within_s:
            raise BenchFailed(f"not ready after {took_s:.0f} s; its last lines:\n{tail(log)}")
        await asyncio.sleep(POLL_S)
    return time.perf_counter() - began


async def answers(url: str) -> bool:
    """Whether a server answers there with 200."""
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def tail(log: Path) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
