"""A Bot API server that does as little as possible, so that what is measured is the bot. It keeps nothing."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

TOKEN = "7000000002:bench-token-of-nobody-0123456789"
ME = {"id": 7000000002, "is_bot": True, "first_name": "Bench", "username": "bench_hotline_bot"}
BATCH = 100


class Stub:
    """A server on 127.0.0.1, for `async with`.

    Attributes:
        on_sent: Called with the chat of each message that a bot sends.
    """

    def __init__(self) -> None:
        self.on_sent: Callable[[int], None] = lambda _chat: None
        self._ids = itertools.count(1)
        self._called: set[str] = set()
        self._updates: list[dict[str, Any]] = []
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Where a bot finds it."""
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def was_called(self, method: str) -> bool:
        """Whether a bot has called this method yet."""
        return method.lower() in self._called

    def push(self, update: dict[str, Any]) -> None:
        """Queues an update for a bot that polls."""
        self._updates.append(update)
        self._changed.set()

    async def _call(self, request: web.Request) -> web.Response:
        fields = await _fields(request)
        method = request.match_info["method"].lower()
        self._called.add(method)
        match method:
            case "getupdates":
                result: Any = await self._poll(int(fields.get("offset", 0)), float(fields.get("timeout", 0)))
            case "getme":
                result = ME
            case "sendmessage" | "sendvenue" | "sendlocation":
                result = self._sent(int(fields["chat_id"]), str(fields.get("text", "")))
            case _:
                result = True
        return web.json_response({"ok": True, "result": result})

    def _sent(self, chat: int, text: str) -> dict[str, Any]:
        self.on_sent(chat)
        return message(next(self._ids), chat, text, author=ME)

    async def _poll(self, offset: int, timeout_s: float) -> list[dict[str, Any]]:
        """Updates from `offset` on, as soon as there are any."""
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._updates and timeout_s:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), timeout_s)
            except TimeoutError:
                return []
        return self._updates[:BATCH]


def update(number: int, text: str, locale: str) -> dict[str, Any]:
    """What Telegram sends when somebody writes; each number is a person of their own."""
    person = {"id": number, "is_bot": False, "first_name": "Someone", "language_code": locale}
    return {"update_id": number, "message": message(number, number, text, author=person)}


def message(number: int, chat: int, text: str, *, author: dict[str, Any]) -> dict[str, Any]:
    """A message in a private chat."""
    place = {"id": chat, "type": "private", "first_name": "Someone"}
    return {"message_id": number, "from": author, "chat": place, "date": int(time.time()), "text": text}


async def _fields(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(json.loads(await request.read()))
    return {**request.query, **await request.post()}
