"""python-telegram-bot's HTTP over aiohttp: its default client scans its pool in quadratic time under bursts.

The Bot API has the token in every address, and proxies like to quote addresses. So no error of aiohttp leaves this
module, not even as a cause, and no answer that is not the Bot API's own is quoted.
"""

import json
from typing import Any, Final

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from road.errors import FileUnavailable
from road.file import FileState

_ILL: Final = json.dumps({"ok": False, "description": "The server's answer was not JSON"}).encode()
_CONNECT_S: Final = 5.0
_POOL_S: Final = 5.0
_WRITE_S: Final = 10.0
_UPLOAD_S: Final = 60.0
_DOWNLOAD: Final = aiohttp.ClientTimeout(total=60.0, sock_connect=_CONNECT_S, sock_read=15.0)
_PART_BYTES: Final = 65_536


class AiohttpRequest(BaseRequest):
    """A pool of connections to the Bot API.

    Args:
        read_timeout_s: How long to wait for an answer when the call does not say. Long by default: after a time-out
            nobody knows whether the message arrived, and sending it again may show it twice.
        connections: Size of the pool.
    """

    def __init__(self, *, read_timeout_s: float = 30.0, connections: int = 100) -> None:
        self._read_timeout_s = read_timeout_s
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer when the call does not say."""
        return self._read_timeout_s

    async def initialize(self) -> None:
        """Opens the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60.0)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        """Closes the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  (the library's signature)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of one call.

        Raises:
            TimedOut, NetworkError: No answer came.
            BadRequest: The call can't be written.
        """
        if self._session is None:
            raise NetworkError("The connection pool is closed")
        uploads = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read_s=_given(read_timeout, self._read_timeout_s),
            write_s=_given(write_timeout, _UPLOAD_S if uploads else _WRITE_S),
            connect_s=_given(connect_timeout, _CONNECT_S),
            pool_s=_given(pool_timeout, _POOL_S),
        )
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as response:
                return response.status, _quotable(response.status, await response.read())
        except TimeoutError:
            raise TimedOut from None
        except UnicodeError:
            raise BadRequest("A field can't be encoded as UTF-8") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"HTTP failed: {type(error).__name__}") from None

    async def download(self, url: str, *, most_bytes: int) -> bytes:
        """A file's content, read no further than it may be long, whatever was said of its size.

        Raises:
            FileUnavailable: It is longer, or is not to be had.
        """
        if self._session is None:
            raise FileUnavailable(FileState.FAILED)
        try:
            async with self._session.get(url, timeout=_DOWNLOAD) as response:
                if response.status != 200:
                    raise FileUnavailable(FileState.GONE if response.status == 404 else FileState.FAILED)
                return await _at_most(most_bytes, response.content)
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise FileUnavailable(FileState.FAILED) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library's, without writing what could not be read to the log."""
        answer = _json(payload)
        if answer is None:
            raise TelegramError("The server's answer was not JSON")
        return answer


async def _at_most(most_bytes: int, content: aiohttp.StreamReader) -> bytes:
    whole = bytearray()
    async for part in content.iter_chunked(_PART_BYTES):
        whole += part
        if len(whole) > most_bytes:
            raise FileUnavailable(FileState.TOO_LARGE)
    return bytes(whole)


def _given(value: Any, default_s: float) -> float | None:
    return default_s if value is BaseRequest.DEFAULT_NONE else value


def _timeout(
    *, read_s: float | None, write_s: float | None, connect_s: float | None, pool_s: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp knows no time-out for writing: the total bounds it."""
    waits = (pool_s, connect_s, write_s, read_s)
    return aiohttp.ClientTimeout(
        total=_sum(waits),
        connect=_sum((pool_s, connect_s)),
        sock_connect=connect_s,
        sock_read=read_s,
    )


def _sum(waits: tuple[float | None, ...]) -> float | None:
    return None if None in waits else sum(wait for wait in waits if wait is not None)


def _body(data: RequestData | None) -> aiohttp.FormData | None:
    if data is None:
        return None
    form = aiohttp.FormData(default_to_multipart=data.contains_files)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


def _quotable(status: int, body: bytes) -> bytes:
    """The body, unless it is an error page that somebody on the way wrote."""
    return body if status < 300 or _json(body) is not None else _ILL


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
