"""Sources: where what the hotline says can be read."""

from collections.abc import Iterator, Mapping

import msgspec

from content.proof import Sheet
from content.record import compose, entries, mark_fields, read


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `sources.yml`.

    Attributes:
        url: Where to read it; "" for the advice of our own staff, which is named only where nothing else is.
    """

    id: str
    name: str
    url: str = ""


def read_sources(text: str, sheet: Sheet) -> Mapping[str, Source]:
    """All sources by id; faults are marked."""
    sources: dict[str, Source] = {}
    for name, _, value in entries(compose(text, sheet), sheet):
        below = sheet.about(name)
        source = read(value, Source, below, id=name)
        if source is not None:
            sources[name] = source
            mark_fields(value, _problems(source), below)
    return sources


def _problems(source: Source) -> Iterator[tuple[str, str]]:
    if not source.name:
        yield "name", "missing"
    if source.url and not source.url.startswith(("https://", "http://")):
        yield "url", f"{source.url!r} is not a web address (https://…)"
