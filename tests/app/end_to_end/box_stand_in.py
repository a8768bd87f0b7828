"""A stand-in for the Rasa box: it speaks the box's HTTP, and understands exactly what a dialogue tells it to."""

import asyncio

from aiohttp import web

TOKEN = "box-token-of-the-tests"
UNSURE = {"topic": "out_of_scope", "confidence": 0.05, "locale": "und"}


class BoxStandIn:
    """A server on 127.0.0.1, for `async with`.

    Attributes:
        asked: Texts that were sent to it.
        is_down: It answers every question with 503.
        delay_s: It takes so long for every answer.
    """

    def __init__(self) -> None:
        self._meanings: dict[str, dict] = {}
        self.asked: list[str] = []
        self.is_down = False
        self.delay_s = 0.0

    async def __aenter__(self) -> "BoxStandIn":
        app = web.Application()
        app.router.add_post("/model/parse", self._parse)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._runner.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """The settings that lead to it."""
        url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return {"HOTLINE_RASA_URL": url, "HOTLINE_RASA_TOKEN": TOKEN}

    def teach(self, text: str, means: dict) -> None:
        """What a text will mean: topic, confidence, locale, urgent (a critical topic)."""
        self._meanings[text] = {**UNSURE, "confidence": 0.95, **means}

    async def _parse(self, request: web.Request) -> web.Response:
        text = (await request.json())["text"]
        self.asked.append(text)
        await asyncio.sleep(self.delay_s)
        if self.is_down or request.query.get("token") != TOKEN:
            return web.Response(status=503 if self.is_down else 401)
        return web.json_response(_answer(self._meanings.get(text, UNSURE)))


def _answer(means: dict) -> dict:
    urgent = means.get("urgent", "")
    return {
        "intent_ranking": [{"name": means["topic"], "confidence": means["confidence"]}],
        "locale_scores": {means["locale"]: 0.95},
        "urgency": {
            "confidence": 0.95 if urgent else 0.01,
            "topics": [{"name": urgent, "confidence": 0.95}] if urgent else [],
        },
    }
