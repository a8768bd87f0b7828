"""Edits of answer files: other words, a review, a stamp; and not one character else changed."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import yaml

from content.fingerprint import fingerprint
from content.frontmatter import FIRST_LINE, front_of, part, value_of, with_field
from content.proof import Proof, Sheet
from content.record import compose
from content.yaml_edit import flow, flow_pairs, scalar

EMPTY: Final = '---\ntitle:\nreviewed: {by: "", on: }\n---\n'
"""A file in which nothing is said yet."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer says, and what it may say.

    Attributes:
        body: Markdown; line ends and empty lines at its edges do not count.
        sources, literals, accepted: As in `content.frontmatter.Front`.
    """

    title: str = ""
    body: str = ""
    sources: Sequence[str] = ()
    literals: Mapping[str, str] = {}
    accepted: Mapping[str, str] = {}

    @property
    def fingerprint(self) -> str:
        """Of its title and body."""
        return fingerprint(self.title, self.body)


def words_of(text: str | None) -> Words:
    """What a file says; of one without a readable head, the text alone."""
    if text is None:
        return Words()
    if not is_readable(text):
        parted = part(text, _nowhere())
        return Words(body=tidy(parted.body if parted else text))
    parted = part(text, _nowhere())
    return Words(
        title=_scalar(value_of(text, "title")),
        body=tidy(parted.body if parted else ""),
        sources=_listed(value_of(text, "sources")),
        literals=_paired(value_of(text, "literals")),
        accepted=_paired(value_of(text, "accepted")),
    )


def with_words(text: str | None, words: Words) -> str:
    """A file with other words; a new one where there is none, or none with a readable head."""
    file = text if text is not None and is_readable(text) else EMPTY
    before, front = words_of(file), front_of(file)
    if words.title != before.title:
        front = with_field(front, "title", scalar(words.title, like=value_of(front, "title")))
    for name in ("literals", "accepted"):
        if (wanted := getattr(words, name)) != getattr(before, name):
            front = with_field(front, name, flow_pairs(wanted) if wanted else "")
    if tuple(words.sources) != tuple(before.sources):
        front = with_field(front, "sources", flow(words.sources) if words.sources else "")
    return front + (file[len(front_of(file)) :] if words.body == before.body else _written(words.body, file))


def with_review(text: str, *, by: str, on: str) -> str:
    """A file that somebody has checked on a day; "" for both: nobody."""
    before = value_of(text, "reviewed")
    now = {"by": by, "on": on}
    if isinstance(before, yaml.MappingNode) and _paired(before) == now:
        return text
    return with_field(text, "reviewed", flow_pairs(now) if by else '{by: "", on: }')


def with_same_meaning(text: str, earlier: Sequence[str]) -> str:
    """An English file whose translations still hold where they were made from one of these texts."""
    if tuple(earlier) == _listed(value_of(text, "same_meaning_as")):
        return text
    return with_field(text, "same_meaning_as", flow(earlier) if earlier else "")


def same_meaning_in(text: str) -> tuple[str, ...]:
    """Fingerprints of the earlier texts whose translations still hold."""
    return _listed(value_of(text, "same_meaning_as"))


def tidy(body: str) -> str:
    """A body without what its edges and line ends hold by chance."""
    return body.replace("\r\n", "\n").strip("\n").rstrip()


def is_readable(text: str) -> bool:
    """Whether a file has a head whose fields can be edited."""
    parted = part(text, _nowhere())
    node = compose(parted.front, Proof().sheet("", first_line=FIRST_LINE)) if parted else None
    return isinstance(node, yaml.MappingNode) and node.start_mark is not None


def _written(body: str, file: str) -> str:
    return f"{body}\n".replace("\n", "\r\n" if "\r\n" in file else "\n")


def _scalar(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _listed(node: yaml.Node | None) -> tuple[str, ...]:
    return tuple(map(_scalar, node.value)) if isinstance(node, yaml.SequenceNode) else ()


def _paired(node: yaml.Node | None) -> dict[str, str]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {_scalar(key): _scalar(value) for key, value in pairs}


def _nowhere() -> Sheet:
    return Proof().sheet("")
