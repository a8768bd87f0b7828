"""(e) The box alone, one request at a time over HTTP, and `hotline understand --jsonl` as outsiders call it."""

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from bench.figures import Understanding, percentiles_ms
from bench.program import BenchFailed
from bench.question import Message, Supply
from bench.trial import Say
from hotline.box import Box, borrowed_box
from hotline.training import ROOT
from road.settings import Settings

WARM_UP = 20
REQUESTS = 300
LINES = 2000


async def measure(supply: Supply, say: Say) -> Understanding:
    """Starts a box, unless one runs on the data folder, and asks it."""
    say("starting")
    async with borrowed_box(Settings(data_dir=ROOT / "var")) as box:
        say(f"{REQUESTS} requests, one after the other")
        p50_ms, p95_ms = percentiles_ms(await _seconds(box, supply))
        say(f"{LINES} lines through hotline understand --jsonl")
        lines_per_s = await _lines_per_s(box, supply.take(LINES))
    return Understanding(p50_ms=p50_ms, p95_ms=p95_ms, lines=LINES, lines_per_s=lines_per_s)


async def _seconds(box: Box, supply: Supply) -> list[float]:
    async with aiohttp.ClientSession() as session:
        for message in supply.take(WARM_UP):
            await _ask(session, box, message)
        return [await _ask(session, box, message) for message in supply.take(REQUESTS)]


async def _ask(session: aiohttp.ClientSession, box: Box, message: Message) -> float:
    began = time.perf_counter()
    asked = {"text": message.question.text}
    async with session.post(f"{box.url}/model/parse", params={"token": box.token}, json=asked) as response:
        if response.status != 200:
            raise BenchFailed(f"the box answered {response.status}")
        await response.read()
    return time.perf_counter() - began


async def _lines_per_s(box: Box, messages: list[Message]) -> float:
    """From the first line out to the last: the start does not count."""
    with tempfile.TemporaryFile() as lines:
        lines.write(b"".join(_line(message) for message in messages))
        lines.seek(0)
        process = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).with_name("hotline")),
            "understand",
            "--jsonl",
            stdin=lines,
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "HOTLINE_RASA_URL": box.url, "HOTLINE_RASA_TOKEN": box.token},
        )
        try:
            moments = await _moments(process)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
    if len(moments) != len(messages):
        raise BenchFailed(f"{len(messages)} lines went in, {len(moments)} came out")
    return (len(moments) - 1) / (moments[-1] - moments[0])


async def _moments(process: asyncio.subprocess.Process) -> list[float]:
    """When each line came out."""
    moments: list[float] = []
    while process.stdout and (line := await process.stdout.readline()):
        if "decision" not in json.loads(line):
            raise BenchFailed("hotline understand reports no decision")
        moments.append(time.perf_counter())
    return moments


def _line(message: Message) -> bytes:
    asked = {"text": message.question.text, "telegram_locale": message.question.locale}
    return json.dumps(asked).encode() + b"\n"
