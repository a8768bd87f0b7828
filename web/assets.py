"""Scripts, style and icon under names that change with their content, so that a browser asks for each of them once.

A file is served by its plain name too, always asked for anew.
"""

import base64
import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import msgspec
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

MEDIA_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER: Final = "public, max-age=31536000, immutable"
ASKED_ANEW: Final = "no-cache"
HASH_CHARACTERS: Final = 12

_IMPORT = re.compile(r'(?:from|import) "\./([\w./-]+\.js)"')


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is served.

    Attributes:
        name: With the fingerprint of its content.
        gzipped: Smaller, for browsers that take it.
    """

    name: str
    media_type: str
    content: bytes
    gzipped: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """Every file of `web/static` by its plain name, what others have written by `vendor/` and its name."""
    static = files("web").joinpath("static")
    sources = _served(static, "") | _served(static.joinpath("vendor"), "vendor/")
    made: dict[str, Asset] = {}
    for name in sources:
        _make(name, sources, made)
    return made


CARRIED: Final = ("ground.css", "chat.css")
"""Style that pages carry in themselves, so that whoever comes for the first time need not wait for a second answer."""


def carried(name: str) -> Markup:
    """A style element for a page; the policy allows no other (`style_hashes`)."""
    return Markup("<style>{}</style>").format(Markup(_style(name)))


def style_hashes() -> str:
    """What the content security policy says of `CARRIED`: hashes of each, between its tags."""
    hashes = (hashlib.sha256(_style(name).encode()).digest() for name in CARRIED)
    return " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in hashes)


def address_of(name: str) -> str:
    """Where pages find a file of `web/static`."""
    return f"/static/{assets()[name].name}"


async def serve(request: Request) -> Response:
    """A file by either of its names."""
    asked = request.path_params["name"]
    asset = assets().get(asked) or _by_full_name().get(asked)
    if asset is None:
        raise HTTPException(404)
    headers = {"Cache-Control": FOREVER if asked == asset.name else ASKED_ANEW, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.gzipped, media_type=asset.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.content, media_type=asset.media_type, headers=headers)


ROUTES: Final = [Route("/static/{name:path}", serve)]


@cache
def _style(name: str) -> str:
    """Without comments and the space between rules."""
    return re.sub(r"/\*.*?\*/|(?<=[{};,])\s+", "", assets()[name].content.decode(), flags=re.DOTALL).strip()


@cache
def _by_full_name() -> Mapping[str, Asset]:
    return {asset.name: asset for asset in assets().values()}


def _served(folder: Traversable, prefix: str) -> dict[str, bytes]:
    return {prefix + each.name: each.read_bytes() for each in folder.iterdir() if Path(each.name).suffix in MEDIA_TYPES}


def _make(name: str, sources: Mapping[str, bytes], made: dict[str, Asset]) -> Asset:
    """An asset, after those that it imports: their full names are part of its content."""
    if name in made:
        return made[name]
    text = sources[name].decode()
    for imported in _imports(text):
        text = text.replace(f'"./{imported}"', f'"./{_make(imported, sources, made).name}"')
    content = text.encode()
    stem, dot, ending = name.rpartition(".")
    fingerprint = hashlib.sha256(content).hexdigest()[:HASH_CHARACTERS]
    made[name] = Asset(
        name=f"{stem}.{fingerprint}{dot}{ending}",
        media_type=MEDIA_TYPES[f"{dot}{ending}"],
        content=content,
        gzipped=gzip.compress(content, mtime=0),
    )
    return made[name]


def _imports(text: str) -> Iterable[str]:
    return sorted(set(_IMPORT.findall(text)))
