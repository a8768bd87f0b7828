"""The application's way to the Rasa box: text goes in, an `Understanding` comes out, or `UnderstandingFailed`."""

import asyncio
import logging
import time
from collections.abc import Callable, Container, Sequence
from typing import Final, Self

import aiohttp
import msgspec

from nlu.breaker import Breaker
from nlu.hints import likeliest_locale
from nlu.message import prepare
from road.errors import UnderstandingFailed, UnknownIntent
from road.understanding import Candidate, Hints, Understanding

ATTEMPTS_S: Final = (1.0, 0.5)
"""Seconds for the first attempt and for the one retry: a person who waits longer gets the menu (issue A)."""

AT_ONCE: Final = 4
"""Requests on their way to the box. It reads one message after another: more would only use up each other's time."""

_log = logging.getLogger(__name__)


class _Named(msgspec.Struct):
    name: str
    confidence: float


class _Urgency(msgspec.Struct):
    confidence: float
    topics: list[_Named]


class _Parsed(msgspec.Struct):
    intent_ranking: list[_Named]
    locale_scores: dict[str, float]
    urgency: _Urgency


class UnderstandingClient:
    """Asks one box; an asynchronous context manager.

    Args:
        url: The box's address, without a path.
        token: What it was started with.
        topics: Gives the catalogue as it is now. A topic outside it is one that the model has learnt and that is not
            published yet, or no more: it is left out, and logged once.
        clock: Seconds, for the breaker.
        attempts_s: Seconds for each attempt.
    """

    def __init__(
        self,
        url: str,
        token: str,
        topics: Callable[[], Container[str]],
        *,
        clock: Callable[[], float] = time.monotonic,
        attempts_s: tuple[float, ...] = ATTEMPTS_S,
    ) -> None:
        self._url = f"{url.rstrip('/')}/model/parse"
        self._parameters = {"token": token}
        self._topics = topics
        self._left_out: set[str] = set()
        self._breaker = Breaker(clock)
        self._attempts_s = attempts_s
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def understand(self, text: str, hints: Hints) -> Understanding:
        """What a text may mean; a text with nothing readable in it is not sent and means nothing.

        Raises:
            UnderstandingFailed: The box is down, slow or answers nonsense; it is not asked again for a while.
            UnknownIntent: It names none but topics that the catalogue does not have.
        """
        prepared = prepare(text)
        if not prepared:
            locale, confidence = likeliest_locale({}, hints)
            return Understanding(locale=locale, locale_confidence=confidence)
        return self._understanding(await self._parsed(prepared), hints)

    async def _parsed(self, text: str) -> _Parsed:
        if not self._breaker.admits():
            raise UnderstandingFailed("the Rasa box failed several times in a row and is left alone for a while")
        failure: Exception | None = None
        for seconds in self._attempts_s:
            try:
                parsed = await self._ask(text, seconds)
            except (aiohttp.ClientError, TimeoutError, OSError, msgspec.MsgspecError, UnderstandingFailed) as error:
                failure = error
            else:
                self._breaker.succeeded()
                return parsed
        self._breaker.failed()
        raise UnderstandingFailed(f"the Rasa box did not answer usefully: {type(failure).__name__}") from failure

    async def _ask(self, text: str, seconds: float) -> _Parsed:
        if self._session is None:
            raise UnderstandingFailed("the client is not open")
        async with (
            self._gate,
            asyncio.timeout(seconds),
            self._session.post(self._url, params=self._parameters, json={"text": text}) as response,
        ):
            if response.status != 200:
                raise UnderstandingFailed(f"the Rasa box answered {response.status}")
            return msgspec.json.decode(await response.read(), type=_Parsed)

    def _understanding(self, parsed: _Parsed, hints: Hints) -> Understanding:
        locale, confidence = likeliest_locale(parsed.locale_scores, hints)
        danger = self._candidates(parsed.urgency.topics)
        return Understanding(
            ranking=self._candidates(parsed.intent_ranking),
            locale=locale,
            locale_confidence=confidence,
            locale_scores=tuple(parsed.locale_scores.items()),
            urgent_topic=danger[0].topic if danger else "",
            urgent_confidence=parsed.urgency.confidence,
        )

    def _candidates(self, named: Sequence[_Named]) -> tuple[Candidate, ...]:
        """Those of the catalogue, in their order."""
        topics = self._topics()
        unknown = [each.name for each in named if each.name not in topics]
        self._note(unknown)
        if unknown and len(unknown) == len(named):
            raise UnknownIntent(unknown[0])
        return tuple(Candidate(each.name, each.confidence) for each in named if each.name in topics)

    def _note(self, unknown: Sequence[str]) -> None:
        for topic in dict.fromkeys(unknown):
            if topic not in self._left_out:
                self._left_out.add(topic)
                _log.warning("the model knows the topic %r, the published content does not: it is left out", topic)
