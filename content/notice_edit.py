"""Notices as editors type them: the files of what a form holds, a form of files, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import msgspec
import yaml

from content import characters, language, placeholder
from content.draft import Draft, ids_of
from content.folder import Texts
from content.frontmatter import part, value_of, with_field
from content.notice import Notice, read_notice
from content.proof import Proof
from content.yaml_edit import tree
from road.locale import SOURCE_LOCALE

LONGEST_ID: Final = 40


class NoticeEdit(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as it is typed.

    Attributes:
        start: First day, `2026-12-20`; "" for none yet.
        until: Last day.
        topics: Topics it stands above, or `all`.
        texts: Markdown by locale.
    """

    id: str = ""
    start: str = ""
    until: str = ""
    topics: tuple[str, ...] = ()
    texts: Mapping[str, str] = {}

    def files(self, before: Mapping[str, str]) -> Texts:
        """Its files by path; None for a language that it no longer has. What stays the same keeps its writing.

        Args:
            before: All files of the draft.
        """
        return {
            path_of(self.id, locale): self._file(text, before.get(path_of(self.id, locale)))
            for locale, text in self.texts.items()
            if text.strip() or path_of(self.id, locale) in before
        }

    def _file(self, text: str, before: str | None) -> str | None:
        if not text.strip():
            return None
        head = f"---\nfrom: {self.start}\nuntil: {self.until}\ntopics: [{', '.join(self.topics)}]\n---\n"
        same = before is not None and _fields(before) == (self.start, self.until, self.topics, text.strip())
        return before if same else f"{head}{text.strip()}\n"


def path_of(name: str, locale: str) -> str:
    """A notice's file."""
    return f"notices/{name}/{locale}.md"


def names(draft: Draft) -> list[str]:
    """Ids of all notices, those with faults too."""
    return sorted({path.split("/")[1] for path in draft.texts if path.startswith("notices/")})


def id_from(short_name: str) -> str:
    """An id from a few words: Latin letters, digits, low lines; "" where nothing of them can be kept."""
    letters = unicodedata.normalize("NFKD", short_name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:LONGEST_ID].strip("_")


def written(draft: Draft, name: str) -> NoticeEdit:
    """A notice as its files have it; fields that cannot be read are empty."""
    texts = {locale: text for locale in draft.content.languages if (text := draft.texts.get(path_of(name, locale)))}
    fields = {locale: _fields(text) for locale, text in texts.items()}
    start, until, topics, _ = fields.get(SOURCE_LOCALE) or next(iter(fields.values()), ("", "", (), ""))
    return NoticeEdit(
        id=name, start=start, until=until, topics=topics, texts={locale: each[3] for locale, each in fields.items()}
    )


def with_notice(draft: Draft, edit: NoticeEdit) -> tuple[Notice | None, Draft]:
    """The notice as people would read it, and the draft with it; its faults are those of this notice alone.

    One that cannot be read, or has no English text, is None and left out.
    """
    proof = Proof()
    files = {locale: text for locale, text in _texts(edit) if text}
    sheets = {locale: proof.sheet(path_of(edit.id, locale)) for locale in files}
    for locale, text in files.items():
        for line, problem in characters.problems_in(text, locale):
            sheets[locale].mark(line, problem)
    notice = read_notice(files, sheets, draft.content.topics) if SOURCE_LOCALE in files else None
    for locale, blocks in notice.texts.items() if notice else ():
        slots = (slot for block in blocks for slot in block.slots)
        problems = (placeholder.problem_of(slot, ids_of(draft.content)) for slot in slots)
        for problem in (*filter(None, problems), *(found for _, found in language.problems_in(blocks, locale))):
            sheets[locale].mark(0, problem)
    others = [each for each in draft.content.notices if each.id != edit.id]
    content = replace(draft.content, notices=[*others, *filter(None, [notice])])
    return notice, Draft(content=content, texts=draft.texts, faults=proof.faults())


def ended(draft: Draft, name: str, today: date) -> Texts:
    """A notice's files with its last day yesterday; today, where it began today, since it must not end before.

    A file whose fields cannot be read stays as it is.
    """
    return {
        path: with_field(text, "until", str(_last_day(text, today)))
        for path, text in _own(draft, name)
        if _fields(text)[0]
    }


def deleted(draft: Draft, name: str) -> Texts:
    """A notice's files, taken away."""
    return {path: None for path, _ in _own(draft, name)}


def _texts(edit: NoticeEdit) -> Iterator[tuple[str, str | None]]:
    named = edit.files({})
    for locale in edit.texts:
        yield locale, named.get(path_of(edit.id, locale))


def _own(draft: Draft, name: str) -> Iterator[tuple[str, str]]:
    for path, text in draft.texts.items():
        if path.startswith(f"notices/{name}/"):
            yield path, text


def _last_day(text: str, today: date) -> date:
    start, *_ = _fields(text)
    try:
        return max(date.fromisoformat(start), today - timedelta(days=1))
    except ValueError:
        return today - timedelta(days=1)


def _fields(text: str) -> tuple[str, str, tuple[str, ...], str]:
    """First day, last day, topics and text of a file."""
    parted = part(text, Proof().sheet(""))
    if parted is None or not isinstance(tree(parted.front), yaml.MappingNode):
        return "", "", (), parted.body.strip() if parted else text.strip()
    topics = value_of(text, "topics")
    named = tuple(each.value for each in topics.value) if isinstance(topics, yaml.SequenceNode) else ()
    return _day(text, "from"), _day(text, "until"), named, parted.body.strip()


def _day(text: str, name: str) -> str:
    node = value_of(text, name)
    return node.value if isinstance(node, yaml.ScalarNode) else ""
