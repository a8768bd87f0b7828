"""Long messages in parts: Telegram takes 4096 UTF-16 code units a message, counted without the tags."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Final, NamedTuple

from telegram.constants import MessageLimit

LIMIT: Final = int(MessageLimit.MAX_TEXT_LENGTH)
_BREAKS: Final = ("\n\n", "\n", " ")


class Run(NamedTuple):
    """Text under the same tags; `tags` are the opening tags as they were written, outermost first."""

    text: str
    tags: tuple[str, ...]


def parts(html: str, limit: int = LIMIT) -> tuple[str, ...]:
    """The message in as few parts as fit, cut at paragraphs if that goes, each with its tags closed.

    A message that fits stays as it is; one without visible text has no parts.
    """
    runs = tuple(_runs(html))
    text = "".join(run.text for run in runs)
    if not text.strip():
        return ()
    if units(text) <= limit:
        return (html,)
    return tuple(_render(_slice(runs, start, end)) for start, end in _spans(text, limit))


def plain(html: str) -> str:
    """The visible text alone."""
    return "".join(run.text for run in _runs(html))


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _spans(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends, white space between them left out."""
    start = _skip_space(text, 0)
    while start < len(text):
        end = start + _fitting(text[start : start + limit + 1], limit)
        if end < len(text):
            end = _cut_at(text, start, end)
        yield start, end
        start = _skip_space(text, end)


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _fitting(text: str, limit: int) -> int:
    """How many characters of the text fit."""
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return len(encoded.decode("utf-16-le", "ignore"))


def _cut_at(text: str, start: int, end: int) -> int:
    """The best place to cut: the last paragraph, line or word that does not leave a stump of a part."""
    for mark in _BREAKS:
        at = text.rfind(mark, start + (end - start) // 3, end + 1)
        if at > start:
            return at
    return end


def _slice(runs: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    position = 0
    for text, tags in runs:
        piece = text[max(0, start - position) : max(0, end - position)]
        position += len(text)
        if piece:
            yield Run(piece, tags)


def _render(runs: Iterator[Run]) -> str:
    open_tags: tuple[str, ...] = ()
    html: list[str] = []
    for text, tags in runs:
        html += [*_steps(open_tags, tags), escape(text, quote=False)]
        open_tags = tags
    return "".join([*html, *_steps(open_tags, ())])


def _steps(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    """The tags between two runs: the inner ones closed, the new ones opened."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    for tag in reversed(before[same:]):
        yield f"</{_name(tag)}>"
    yield from after[same:]


def _name(opening_tag: str) -> str:
    return opening_tag.strip("<>/").split()[0].lower()


def _runs(html: str) -> Iterator[Run]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return iter(reader.runs)


class _Reader(HTMLParser):
    """Reads HTML into runs; what is not closed is closed at the end, what was not opened is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._open.append(self.get_starttag_text() or f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if _name(self._open[at]) == tag:
                del self._open[at:]
                return

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>` and the like hold no text."""

    def handle_data(self, data: str) -> None:
        self.runs.append(Run(data, tuple(self._open)))
