"""Fetches what people have sent, when staff wants to look at it: sized, sniffed, and sealed before anybody sees it."""

import asyncio
import logging
from typing import Final, cast

from telegram.error import BadRequest, TelegramError

from bot.client import Client, open_client
from bot.marks import PAUSE_S
from bot.request import AiohttpRequest
from bot.tenure import Tenure, while_held
from road.errors import Conflict, FileUnavailable, StoreError
from road.file import FileState, Wish
from road.media import FETCH_BYTES, media_type_of
from road.settings import Settings
from road.turn import Attachment
from road.waiting import happens, unless
from store.interface import Store

_log = logging.getLogger(__name__)

LEASE: Final = "fetcher"
AT_ONCE: Final = 3
"""Files fetched at the same time: each may take 20 MB of memory for a minute."""

WAIT_S: Final = 1.0
_TOO_LARGE: Final = "too big"


async def run_fetcher(settings: Settings, store: Store, stop: asyncio.Event) -> None:
    """Fetches whenever no other process does, until `stop` is set; without Telegram there is nothing to fetch."""
    if not settings.telegram_token:
        return
    async with open_client(settings) as client:
        await while_held(store, LEASE, Fetcher(store, client).serve, stop)


class Fetcher:
    """Fulfils wishes, tenure after tenure."""

    def __init__(self, store: Store, client: Client) -> None:
        self._store, self._client = store, client

    async def serve(self, tenure: Tenure) -> None:
        """Fetches until the tenure has ended."""
        await asyncio.gather(*(self._work(tenure) for _ in range(AT_ONCE)))

    async def _work(self, tenure: Tenure) -> None:
        while tenure.holds():
            if wish := await self._next(tenure):
                await self._fulfil(wish)

    async def _next(self, tenure: Tenure) -> Wish | None:
        try:
            return await unless(tenure.ended, self._store.next_wish(tenure.lease, wait_s=WAIT_S))
        except Conflict:
            tenure.ended.set()
        except StoreError as error:
            _log.warning("the store gives no wishes: %s", type(error).__name__)
            await happens(tenure.ended, within_s=PAUSE_S)
        return None

    async def _fulfil(self, wish: Wish) -> None:
        """Keeps a copy, or says why there is none; who waits for one that the store did not take asks again."""
        try:
            content = await self._looked_at(wish.file)
            await self._store.keep_copy(wish, media_type_of(content), content)
        except FileUnavailable as refusal:
            await self._refuse(wish, refusal.why)
        except StoreError as error:
            _log.warning("a file was not kept: %s", type(error).__name__)
        except Exception as error:  # the edge: one bad file must not end the process that delivers
            _log.error("a file could not be fetched: %s", type(error).__name__)
            await self._refuse(wish, FileState.FAILED)

    async def _refuse(self, wish: Wish, why: FileState) -> None:
        _log.info("a file is not shown: %s", why)
        try:
            await self._store.refuse_copy(wish, why)
        except StoreError as error:
            _log.warning("the store does not take refusals: %s", type(error).__name__)

    async def _looked_at(self, file: Attachment) -> bytes:
        content = await fetched(self._client, file)
        if not media_type_of(content):
            raise FileUnavailable(FileState.WRONG_TYPE)
        return content


async def fetched(client: Client, file: Attachment) -> bytes:
    """A file's content.

    Raises:
        FileUnavailable: It is too large, or not to be had.
    """
    if file.size_bytes > FETCH_BYTES:
        raise FileUnavailable(FileState.TOO_LARGE)
    try:
        remote = await client.get_file(file.file_id)
    except BadRequest as error:
        raise FileUnavailable(FileState.TOO_LARGE if _TOO_LARGE in str(error) else FileState.GONE) from None
    except TelegramError:
        raise FileUnavailable(FileState.FAILED) from None
    if not remote.file_path:
        raise FileUnavailable(FileState.GONE)
    return await cast(AiohttpRequest, client.request).download(remote.file_path, most_bytes=FETCH_BYTES)
