"""A Rasa box for one command: the one that runs already, or one started for the command and ended after it."""

import asyncio
import os
import secrets
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec

from content.content import Content
from hotline.supervision import free_port
from hotline.training import ROOT, box_environment, box_python, trained_model
from nlu.client import UnderstandingClient
from road.errors import SetupError
from road.settings import Settings

START_TIMEOUT_S = 120.0
PATIENCE_S = (30.0, 30.0)


class Box(msgspec.Struct, frozen=True):
    """Where a box listens, and the token it asks for."""

    url: str
    token: str


def remember(box: Box, data_dir: Path) -> None:
    """Leaves word of a running box for later commands; readable by this user alone."""
    path = _word(data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(box))


@asynccontextmanager
async def patient_client(settings: Settings, content: Content) -> AsyncIterator[UnderstandingClient]:
    """A client that is in no hurry: a command may wait where a person may not."""
    async with borrowed_box(settings) as box, patient(box, content) as client:
        yield client


@asynccontextmanager
async def trained_client(settings: Settings, content: Content) -> AsyncIterator[UnderstandingClient]:
    """A patient client of a box of its own, with the model for the present questions, whatever else is served."""
    model = await asyncio.to_thread(trained_model, settings.data_dir)
    async with own_box(model) as box, patient(box, content) as client:
        yield client


@asynccontextmanager
async def borrowed_box(settings: Settings) -> AsyncIterator[Box]:
    """A box that answers: the configured one, the one `make run` started, or a new one."""
    running = await running_box(settings)
    if running is not None:
        yield running
        return
    model = await asyncio.to_thread(trained_model, settings.data_dir, show_progress=False)
    async with own_box(model) as box:
        yield box


@asynccontextmanager
async def own_box(model: Path) -> AsyncIterator[Box]:
    """A new box with this model; ended after use."""
    box = Box(f"http://127.0.0.1:{free_port()}", secrets.token_urlsafe(24))
    process = _started(box, model)
    try:
        await _wait_for(box, process)
        yield box
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def answers(box: Box) -> bool:
    """Whether a model is loaded there."""
    return bool(await served_model(box))


async def served_model(box: Box) -> str:
    """File name of the model that the box serves; "" when it does not answer."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session,
            session.get(f"{box.url}/status", params={"token": box.token}) as response,
        ):
            return str((await response.json())["model_file"]) if response.status == 200 else ""
    except (aiohttp.ClientError, TimeoutError):
        return ""


async def put_in(box: Box, model: Path) -> None:
    """Has a running box serve a model of its folder; it answers with the former one until the new one is loaded.

    Raises:
        SetupError: The box does not have the file, or cannot use it; the former model stays.
    """
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=START_TIMEOUT_S)) as session,
            session.put(f"{box.url}/model", params={"token": box.token}, json={"model_file": model.name}) as response,
        ):
            status = response.status
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SetupError(f"the Rasa box did not take {model.name}: {type(error).__name__}") from error
    if status != 204 or await served_model(box) != model.name:
        raise SetupError(f"the Rasa box refused {model.name} with {status}; the former model stays")


def patient(box: Box, content: Content) -> UnderstandingClient:
    """A client that waits as long as it takes."""
    return UnderstandingClient(box.url, box.token, lambda: content.topics, attempts_s=PATIENCE_S)


async def running_box(settings: Settings) -> Box | None:
    """The configured box, or the one that `make run` started, if it runs.

    Raises:
        SetupError: One is configured and does not answer.
    """
    if settings.rasa_url:
        box = Box(settings.rasa_url, settings.rasa_token)
        if not await answers(box):
            raise SetupError("no Rasa box answers at HOTLINE_RASA_URL with HOTLINE_RASA_TOKEN")
        return box
    word = _word(settings.data_dir)
    if not word.exists():
        return None
    box = msgspec.json.decode(word.read_bytes(), type=Box)
    return box if await answers(box) else None


def _started(box: Box, model: Path) -> "subprocess.Popen[bytes]":
    port = box.url.rpartition(":")[2]
    return subprocess.Popen(
        [box_python(), "-m", "nlu.serve", "--model", str(model), "--port", port],
        cwd=ROOT,
        env={**box_environment(), "HOTLINE_RASA_TOKEN": box.token},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


async def _wait_for(box: Box, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(int(START_TIMEOUT_S / 0.2)):
        if await answers(box):
            return
        if process.poll() is not None:
            break
        await asyncio.sleep(0.2)
    raise SetupError("the Rasa box did not come up")


def _word(data_dir: Path) -> Path:
    return data_dir / "run" / "box.json"
