"""The server: HTTP in front of `methods`, and the handles by which tests move it.

As a process: `python -m tests.app.botapi.server --port 8081 [--open]`; `--open` lets a bot write to any chat. It is
moved by HTTP then: `POST /__fixture/updates` with `{"token", "update"}`, `GET /__fixture/sent?after=N&wait_s=S` for the
calls that showed something, with the time of each (`time.time`).
"""

import argparse
import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.app.botapi import methods
from tests.app.botapi.faults import Fault, Faults
from tests.app.botapi.methods import Bot
from tests.app.botapi.people import Person
from tests.app.botapi.refusal import Refusal

TOKEN = "7000000001:test-token-of-nobody-0123456789"
MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class Call:
    """A call that a bot made."""

    number: int
    method: str
    fields: dict
    status: int
    at: float


class BotApi:
    """A Bot API server on 127.0.0.1, for `async with`.

    Attributes:
        calls: What bots called and was answered, oldest first; polls are left out.
        begun: Fields of each call as it came in, answered or not yet.
        faults: What goes wrong next.
        unknown_tokens: Tokens that are answered with 401.
        served_bytes: Of files, so far.
    """

    def __init__(self, *, port: int = 0, is_open: bool = False) -> None:
        self._port, self._is_open = port, is_open
        self._bots: dict[str, Bot] = {}
        self._changed = asyncio.Condition()
        self.calls: list[Call] = []
        self.begun: list[dict] = []
        self.faults = Faults()
        self.unknown_tokens: set[str] = set()
        self.served_bytes = 0

    async def __aenter__(self) -> "BotApi":
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        for bot in self._bots.values():
            await bot.updates.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def bot(self) -> Bot:
        """The bot of `TOKEN`."""
        return self.bot_of(TOKEN)

    def bot_of(self, token: str) -> Bot:
        if token not in self._bots:
            self._bots[token] = Bot(int(token.partition(":")[0]), is_open=self._is_open)
        return self._bots[token]

    def person(self, number: int, *, locale: str | None = None) -> Person:
        """Somebody who has opened the chat with the bot of `TOKEN`."""
        return Person(self, number, locale=locale)

    def called(self, method: str) -> list[Call]:
        """Calls of one method that succeeded."""
        return [call for call in self.calls if call.method == method and call.status == 200]

    def fail(self, method: str, refusal: Refusal | None = None, **how: object) -> Fault:
        """Lets the next call of a method fail, be slow or lose its answer (see `Fault`)."""
        return self.faults.add(Fault(method, refusal=refusal, **how))

    async def until(self, holds: Callable[[], object], *, within_s: float = 60.0) -> object:
        """Waits until something holds, looking whenever a bot has called; gives what it gave.

        Raises:
            AssertionError: It did not come true in time.
        """
        try:
            async with asyncio.timeout(within_s), self._changed:
                await self._changed.wait_for(holds)
                return holds()
        except TimeoutError:
            summary = [(call.method, call.status) for call in self.calls[-20:]]
            raise AssertionError(f"did not come true in {within_s} s; last calls: {summary}") from None

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BYTES)
        app.router.add_route("*", "/bot{token:[0-9]+:[A-Za-z0-9_-]+}/{method}", self._call)
        app.router.add_get("/file/bot{token:[0-9]+:[A-Za-z0-9_-]+}/files/{file}", self._file)
        app.router.add_post("/__fixture/updates", self._fixture_update)
        app.router.add_get("/__fixture/sent", self._fixture_sent)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        name, token = request.match_info["method"], request.match_info["token"]
        fields = await _fields(request)
        await self._tell(self.begun, fields)
        fault, status, body = None, 200, {}
        try:
            if token in self.unknown_tokens:
                raise Refusal(401, "Unauthorized")
            fault = await self.faults.strike(name, fields)
            body = {"ok": True, "result": await self._result(self.bot_of(token), name, fields)}
        except Refusal as refusal:
            status, body = refusal.status, refusal.answer()
        await self._note(name, fields, status)
        if fault and fault.is_lost:
            request.transport.abort()
        return web.json_response(body, status=status)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Sent in parts and without its length, as a server may that lies about sizes."""
        file = self.bot_of(request.match_info["token"]).files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404)
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            for at in range(0, len(file.content), 65_536):
                await response.write(file.content[at : at + 65_536])
                self.served_bytes += len(file.content[at : at + 65_536])
            await response.write_eof()
        return response

    async def _result(self, bot: Bot, name: str, fields: dict) -> object:
        match name.lower():
            case "getupdates":
                _allow(bot, fields)
                return await bot.updates.poll(
                    offset=int(fields.get("offset", 0)),
                    limit=int(fields.get("limit", 100)),
                    timeout_s=float(fields.get("timeout", 0)),
                )
            case "setwebhook" | "deletewebhook":
                _allow(bot, fields)
                url = fields.get("url", "") if name.lower() == "setwebhook" else ""
                drop = str(fields.get("drop_pending_updates", "")).lower() == "true"
                await bot.updates.set_webhook(url, fields.get("secret_token", ""), drop=drop)
                return True
        return methods.call(bot, name, fields)

    async def _note(self, name: str, fields: dict, status: int) -> None:
        if name.lower() != "getupdates":
            await self._tell(self.calls, Call(len(self.calls) + 1, name, fields, status, time.time()))

    async def _tell(self, record: list, entry: object) -> None:
        async with self._changed:
            record.append(entry)
            self._changed.notify_all()

    async def _fixture_update(self, request: web.Request) -> web.Response:
        asked = await request.json()
        bot = self.bot_of(asked.get("token", TOKEN))
        return web.json_response({"ok": True, "result": {"update_id": await bot.updates.push(asked["update"])}})

    async def _fixture_sent(self, request: web.Request) -> web.Response:
        after, wait_s = int(request.query.get("after", 0)), float(request.query.get("wait_s", 0))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s), self._changed:
                await self._changed.wait_for(lambda: len(self.calls) > after)
        shown = [call for call in self.calls[after:] if call.method.startswith("send") and call.status == 200]
        sent = [
            {"chat_id": int(call.fields["chat_id"]), "text": call.fields.get("text"), "at": call.at} for call in shown
        ]
        return web.json_response({"ok": True, "result": {"after": len(self.calls), "sent": sent}})


def _allow(bot: Bot, fields: dict) -> None:
    """Notes which kinds of updates the bot wants."""
    if fields.get("allowed_updates"):
        allowed = fields["allowed_updates"]
        bot.updates.allowed = set(json.loads(allowed) if isinstance(allowed, str) else allowed)


async def _fields(request: web.Request) -> dict:
    if request.content_type == "application/json":
        return await request.json()
    form = dict(request.query) | dict(await request.post())
    uploads = {name: _upload(value) for name, value in form.items() if isinstance(value, web.FileField)}
    return {name: _attached(value, uploads) for name, value in (form | uploads).items()}


def _upload(file: web.FileField) -> dict:
    return {"name": file.filename, "content": file.file.read(), "media_type": file.content_type}


def _attached(value: object, uploads: dict) -> object:
    """A field that says `attach://name` means the part of that name."""
    return uploads.get(value[9:], value) if isinstance(value, str) and value.startswith("attach://") else value


async def _serve(port: int, *, is_open: bool) -> None:
    async with BotApi(port=port, is_open=is_open) as api:
        print(api.url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A Bot API server for tests")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--open", action="store_true", help="a bot may write to any chat")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.port, is_open=arguments.open))


if __name__ == "__main__":
    main()
