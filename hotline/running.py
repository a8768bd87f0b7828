"""`hotline run`: everything on embedded parts, healthy, with links for a visitor and for staff at the end."""

import asyncio
import secrets
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

import aiohttp
from rich.console import Console

from content.door import is_used
from content.live import LiveContent, autopublish
from content.snapshot import current, publish
from hotline import supervision
from hotline.box import Box, answers, remember
from hotline.ready import open_items
from hotline.staff import FIRST_ACCOUNTS, first_login_link
from hotline.storing import store_at_once
from hotline.training import models_folder, train
from nlu.live import follow_questions, live_model
from road.account import Account, Role
from road.errors import ContentError, SetupError, StoreError
from road.settings import Settings
from store.embedded import url_of

POLL_S: Final = 0.2


def run(settings: Settings, console: Console) -> None:
    """Starts everything, prints the links, and stays until it is told to end."""
    began = time.monotonic()
    data_dir = settings.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    supervision.refuse_taken_port(settings.host, settings.port)
    _publish_content(settings, data_dir, console)
    model = "" if settings.rasa_url else str(_served_models(data_dir, console))
    complete = _complete(settings, data_dir)
    supervisor = supervision.start(supervision.programs(settings, supervision.environment(complete), model), data_dir)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    try:
        asyncio.run(_until_healthy(complete, supervisor))
        asyncio.run(_print_links(complete, console, time.monotonic() - began))
        asyncio.run(_stay(settings, supervisor, console))
    except KeyboardInterrupt:
        console.print("\nending …")
    finally:
        supervision.stop(supervisor)


def _served_models(data_dir: Path, console: Console) -> Path:
    """The folder of models: the present questions' one is live, unless another was chosen since they changed.

    Where training refuses the questions, which editors write too, the model that is live goes on being served.

    Raises:
        SetupError: Training refused, and there is no model yet.
    """
    try:
        models = train(data_dir)
    except SetupError as error:
        if live_model(models_folder(data_dir)) is None:
            raise
        console.print(f"[red]{error}[/red]; the former model is served meanwhile", highlight=False)
        return models_folder(data_dir)
    follow_questions(models)
    return models


def _publish_content(settings: Settings, data_dir: Path, console: Console) -> None:
    """Publishes what stands in the folder; a broken one keeps what is served.

    For the public, and where editors have saved at their desk, only people publish.

    Raises:
        ContentError: The folder is broken and nothing was ever published.
    """
    served = current(data_dir)
    if served and (_is_public(settings) or is_used(data_dir)):
        return
    try:
        publish(settings.content_dir, data_dir)
    except ContentError as error:
        if not served:
            raise
        console.print(f"content is not published, the last good version stays: {error}", markup=False, style="yellow")


async def _stay(settings: Settings, supervisor: "subprocess.Popen[bytes]", console: Console) -> None:
    """Until the supervisor ends; saved content is published meanwhile, unless the public is served."""
    stop = asyncio.Event()
    tell = partial(console.print, markup=False)
    folder, data_dir = settings.content_dir, settings.data_dir.resolve()
    saving = [] if _is_public(settings) else [asyncio.create_task(autopublish(folder, data_dir, stop, tell=tell))]
    while supervisor.poll() is None:  # noqa: ASYNC110 - a process can only be asked
        await asyncio.sleep(POLL_S)
    stop.set()
    await asyncio.gather(*saving)


def _is_public(settings: Settings) -> bool:
    return bool(settings.telegram_token or settings.public_url)


def _complete(settings: Settings, data_dir: Path) -> Settings:
    """The settings with what the embedded parts bring."""
    return replace(
        settings,
        data_dir=data_dir,
        content_dir=settings.content_dir.resolve(),
        redis_url=settings.redis_url or url_of(data_dir),
        rasa_url=settings.rasa_url or f"http://127.0.0.1:{supervision.free_port()}",
        rasa_token=settings.rasa_token or secrets.token_urlsafe(24),
    )


async def _until_healthy(settings: Settings, supervisor: "subprocess.Popen[bytes]") -> None:
    box = Box(settings.rasa_url, settings.rasa_token)
    remember(box, settings.data_dir)
    deadline = time.monotonic() + supervision.START_TIMEOUT_S
    while missing := await _missing(settings, box):
        if supervisor.poll() is not None or time.monotonic() > deadline:
            raise SetupError(f"{missing} does not come up; see {settings.data_dir / 'log' / missing}.log")
        await asyncio.sleep(POLL_S)


async def _missing(settings: Settings, box: Box) -> str:
    """The first process that is not healthy yet, or ""."""
    try:
        async with store_at_once(settings) as store:
            alive = {name.partition(":")[0] for name in await store.alive()}
    except StoreError:
        return "store"
    absent = [name for name in supervision.rooms(settings) if name != "web" and name not in alive]
    if absent:
        return absent[0]
    if not await _web_answers(settings):
        return "web"
    return "" if await answers(box) else "box"


async def _web_answers(settings: Settings) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session,
            session.get(f"http://{_reachable(settings)}/healthz") as response,
        ):
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


async def _print_links(settings: Settings, console: Console, seconds: float) -> None:
    here = f"http://{_reachable(settings)}"
    async with store_at_once(settings) as store:
        logins = {role: await first_login_link(store, role, f"{here}/console") for role in FIRST_ACCOUNTS}
        accounts = await store.accounts()
    console.print(f"\n[green]ready[/green] after {seconds:.0f} s. Ctrl-C ends it.\n")
    chat = {} if settings.public_url else {"chat page": f"{here}/"}
    pages = {"editors' desk": logins[Role.EDITOR], **chat, "operator console": logins[Role.OPERATOR]}
    for name, address in pages.items():
        console.print(f"  {name:<18}{address}", highlight=False, soft_wrap=True)
    console.print("                    (desk and console: each link logs in once)\n", style="dim")
    _warn_of_open_items(settings, accounts, console)


def _warn_of_open_items(settings: Settings, accounts: Sequence[Account], console: Console) -> None:
    items = open_items(settings, LiveContent(settings.data_dir).now(), accounts)
    if settings.telegram_token and items:
        console.print(f"[bold red]NOT READY FOR THE PUBLIC: {len(items)} items are open.[/bold red]")
        for item in items:
            console.print(f"  [red]open[/red]  {item}", highlight=False, soft_wrap=True)
        console.print("`hotline ready` lists them again.\n")


def _reachable(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - read, not bound
    return f"{host}:{settings.port}"


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
