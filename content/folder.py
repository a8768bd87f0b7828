"""The content folder: which files it holds, and all of them read into one `Content`."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from content import characters, fingerprint, guards
from content.article import Article, Form, read_article
from content.bridge import Bridge
from content.bridge_file import read_bridge, read_questions
from content.card import Card, read_card
from content.catalogue_file import read_catalogue
from content.content import ArticleKey, Content
from content.draft import Draft
from content.fact import read_facts
from content.filling import Known
from content.interface import Catalogue, Interface
from content.languages import FILE as LANGUAGES
from content.languages import read_languages
from content.line import Line, read_line
from content.notice import Notice, read_notice
from content.place import Place, read_place
from content.prepared import read_prepared
from content.proof import Proof, Sheet, allowed, nearest
from content.record import names_in
from content.source import read_sources
from content.team import FILE as TEAMS
from content.team import Served, read_teams
from content.topic import Topic, groups_in, ids_in, read_topics
from content.urgent import Phrases, read_phrases
from road.errors import ContentError
from road.locale import OUTSIDE, SOURCE_LOCALE

_SHAPES = {
    "languages": re.compile(r"languages\.yml"),
    "topics": re.compile(r"topics\.yml"),
    "facts": re.compile(r"facts\.yml"),
    "sources": re.compile(r"sources\.yml"),
    "teams": re.compile(r"teams\.yml"),
    "line": re.compile(r"lines/(?P<id>[a-z0-9_]+)\.yml"),
    "place": re.compile(r"places/(?P<id>[a-z0-9_]+)\.yml"),
    "answer": re.compile(r"answers/(?P<locale>[^/]+)/(?P<group>[^/]+)/(?P<topic>[^/.]+)(?P<now>\.now)?\.md"),
    "notice": re.compile(r"notices/(?P<id>[^/]+)/(?P<locale>[^/.]+)\.md"),
    "urgent": re.compile(r"urgent/(?P<locale>[^/.]+)\.txt"),
    "card": re.compile(r"outside/(?P<locale>[^/.]+)\.yml"),
    "questions": re.compile(r"bridge/questions\.yml"),
    "bridge": re.compile(r"bridge/(?P<locale>(?!questions\.)[^/.]+)\.yml"),
    "prepared": re.compile(r"prepared/(?P<locale>[^/.]+)\.yml"),
    "interface": re.compile(r"locale/(?P<locale>[^/]+)/LC_MESSAGES/hotline\.po"),
}
_SINGLE = (LANGUAGES, "topics.yml", "facts.yml", "sources.yml", TEAMS)
_FOLDERS = ("lines", "places", "answers", "notices", "urgent", "outside", "bridge", "prepared", "locale")
QUESTIONS = "bridge/questions.yml"
Texts = Mapping[str, str | None]
"""Whole files by path below the folder; None stands for one that is taken away."""

SIZE_LIMIT_BYTES = 1_000_000
"""Of one file; the largest, facts.yml, has a twentieth of it. Larger ones are not even read."""

_IGNORED = re.compile(r"(^|/)(\.|__pycache__)|~$|\.mo$|\.orig$")


def load(folder: Path) -> Content:
    """The content of a folder.

    Raises:
        ContentError: Something in it is wrong; the first fault, and how many there are.
    """
    content, faults = proofread(folder)
    if faults:
        first = faults[0]
        more = f" (and {len(faults) - 1} more; `hotline content check` names them)" if len(faults) > 1 else ""
        raise ContentError(first.path, first.line, first.problem + more)
    return content


def check(folder: Path) -> list[ContentError]:
    """Every fault in a folder, by file and line."""
    return proofread(folder)[1]


def paths(folder: Path) -> Iterator[str]:
    """Every file of a folder that is content or should not be there, relative and in order."""
    yield from (name for name in _SINGLE if _is_file(folder / name))
    for part in _FOLDERS:
        found = [part] if _is_file(folder / part) else _below(folder, part)
        yield from (path for path in found if not _IGNORED.search(path))


def _below(folder: Path, part: str) -> Iterator[str]:
    """Every file and link of a folder's part and of the folders in it. `Path.rglob` takes four times as long."""
    if not (folder / part).is_dir():
        return
    with os.scandir(folder / part) as scanned:
        entries = sorted(scanned, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{part}/{entry.name}"
        yield from [path] if _is_file(entry) else _below(folder, path)


def _is_file(path: Path | os.DirEntry[str]) -> bool:
    """Whether it is a file or a link, wherever that leads."""
    return path.is_file() or path.is_symlink()


def read(folder: Path) -> tuple[Content, list[ContentError]]:
    """The content of a folder as far as it can be read, and the faults of each file by itself.

    It is what a process does that serves a snapshot; before that one was published it was proofread.
    """
    reading = _Reading(folder)
    return reading.content(), reading.faults()


def proofread(folder: Path) -> tuple[Content, list[ContentError]]:
    """The content of a folder as far as it can be read, and all its faults."""
    draft = drafted(folder)
    return draft.content, list(draft.faults)


def drafted(folder: Path, changed: Texts = MappingProxyType({})) -> Draft:
    """A folder proofread, with the texts of its files.

    Args:
        changed: Files that are read as if they held these texts, by path; None takes a file away.
    """
    reading = _Reading(folder, changed)
    content = reading.content()
    reading.compare(content)
    return Draft(content=content, texts=reading.texts, faults=reading.faults())


def _locale_in(path: str) -> str:
    """The locale that a path names, or "" for a file of all locales."""
    matches = (shape.fullmatch(path) for shape in _SHAPES.values())
    return next((match.groupdict().get("locale", "") for match in matches if match), "")


class _Reading:
    """One pass over a folder.

    Attributes:
        texts: Its files by path.
    """

    def __init__(self, folder: Path, changed: Texts = MappingProxyType({})) -> None:
        self._proof = Proof()
        new = (
            (path, text.encode()) for path, text in changed.items() if text is not None and not _IGNORED.search(path)
        )
        kept = ((path, self._read(path, folder / path)) for path in paths(folder) if path not in changed)
        self._data: dict[str, bytes | None] = dict((*kept, *new))
        self.texts = {path: self._decoded(path, data) for path, data in self._data.items() if data is not None}
        self._languages = read_languages(self._single(LANGUAGES), self._sheet(LANGUAGES))
        self._topic_ids = ids_in(self.texts.get("topics.yml", ""))
        for path in self.texts:
            if not any(shape.fullmatch(path) for shape in _SHAPES.values()):
                self._sheet(path).mark(0, "is not a file of the content folder; docs/content.md says what goes where")

    def content(self) -> Content:
        topics = read_topics(self._single("topics.yml"), self._sheet("topics.yml"))
        source_ids = names_in(self._single("sources.yml"))
        known = Known(
            facts=read_facts(self._single("facts.yml"), self._sheet("facts.yml"), source_ids),
            lines=self._lines(source_ids),
            places=self._places(source_ids),
            sources=read_sources(self._single("sources.yml"), self._sheet("sources.yml")),
        )
        served = Served(tuple(self._languages), groups_in(self.texts.get("topics.yml", "")))
        teams, targets = read_teams(self._single(TEAMS), self._sheet(TEAMS), served)
        return Content(
            languages=self._languages,
            topics=topics,
            known=known,
            articles=self._articles(topics),
            notices=self._notices(),
            phrases=self._phrases(topics),
            interface=self._interface(),
            cards=self._cards(),
            bridge=self._bridge(topics),
            prepared=read_prepared(self._by_locale("prepared")),
            teams=teams,
            targets=targets,
            version=fingerprint.of_files((path, data or b"") for path, data in self._data.items()),
        )

    def compare(self, content: Content) -> None:
        """Marks what is wrong between files, and texts in the wrong language."""
        guards.mark(content, self._proof, self._ids(names_in(self._single("sources.yml"))), self.texts)
        guards.mark_language(content, self._proof)

    def faults(self) -> list[ContentError]:
        return self._proof.faults()

    def _sheet(self, path: str) -> Sheet:
        return self._proof.sheet(path)

    def _read(self, path: str, file: Path) -> bytes | None:
        """Its bytes; None, and marked, for what is not to be opened."""
        if file.is_symlink():
            self._sheet(path).mark(0, "is a link to another file; put the file itself here")
        elif (size := file.stat().st_size) > SIZE_LIMIT_BYTES:
            self._sheet(path).mark(0, f"has {size:,} bytes; at most {SIZE_LIMIT_BYTES:,}")
        else:
            return file.read_bytes()
        return None

    def _decoded(self, path: str, data: bytes) -> str:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._sheet(path).mark(line, "is not UTF-8 text; save the file as UTF-8")
            return data.decode(errors="replace")
        for line, problem in characters.problems_in(text, _locale_in(path)):
            self._sheet(path).mark(line, problem)
        return text

    def _single(self, name: str) -> str:
        if name not in self._data:
            self._sheet(name).mark(0, "is missing")
        return self.texts.get(name, "{}")

    def _of(self, kind: str) -> Iterator[tuple[re.Match[str], str, Sheet]]:
        for path, text in self.texts.items():
            if match := _SHAPES[kind].fullmatch(path):
                yield match, text, self._sheet(path)

    def _of_locales(self, kind: str, among: Sequence[str] = ()) -> Iterator[tuple[re.Match[str], str, Sheet]]:
        known = among or tuple(self._languages)
        for match, text, sheet in self._of(kind):
            if match["locale"] in known:
                yield match, text, sheet
            else:
                sheet.mark(0, f"unknown locale {match['locale']}; {allowed(known)}")

    def _lines(self, sources: frozenset[str]) -> Mapping[str, Line]:
        found = (read_line(text, sheet, sources, self._languages) for _, text, sheet in self._of("line"))
        return {line.id: line for line in found if line}

    def _places(self, sources: frozenset[str]) -> Mapping[str, Place]:
        found = (read_place(text, sheet, sources, self._languages) for _, text, sheet in self._of("place"))
        return {place.id: place for place in found if place}

    def _articles(self, topics: Mapping[str, Topic]) -> Mapping[ArticleKey, Article]:
        found = (self._article(match, text, sheet, topics) for match, text, sheet in self._of_locales("answer"))
        return {(article.topic, article.locale, article.form): article for article in found if article}

    def _article(self, match: re.Match[str], text: str, sheet: Sheet, topics: Mapping[str, Topic]) -> Article | None:
        topic = topics.get(match["topic"])
        form: Form = "now" if match["now"] else "full"
        if topic is None:
            if match["topic"] not in self._topic_ids:
                sheet.mark(0, f"unknown topic {match['topic']}{nearest(match['topic'], topics)}")
            return None
        if match["group"] != topic.group:
            sheet.mark(0, f"is in the folder {match['group']}, but the group of {topic.id} is {topic.group}")
        if form == "now" and not topic.critical:
            sheet.mark(0, f"only critical topics have a .now.md; {topic.id} is {topic.urgency}")
        return read_article(text, sheet, topic=topic.id, locale=match["locale"], form=form)

    def _notices(self) -> list[Notice]:
        texts: dict[str, dict[str, str]] = {}
        sheets: dict[str, dict[str, Sheet]] = {}
        for match, text, sheet in self._of_locales("notice"):
            texts.setdefault(match["id"], {})[match["locale"]] = text
            sheets.setdefault(match["id"], {})[match["locale"]] = sheet
        for name in [name for name in texts if SOURCE_LOCALE not in texts[name]]:
            self._sheet(f"notices/{name}/{SOURCE_LOCALE}.md").mark(0, "is missing; English is the source")
            del texts[name]
        found = (read_notice(texts[name], sheets[name], self._topic_ids) for name in sorted(texts))
        return [notice for notice in found if notice]

    def _phrases(self, topics: Mapping[str, Topic]) -> Phrases:
        phrases: dict[tuple[str, ...], str] = {}
        critical = {topic.id for topic in topics.values() if topic.critical} | (self._topic_ids - topics.keys())
        for _, text, sheet in self._of_locales("urgent", (*self._languages, *OUTSIDE)):
            for line, words, topic in read_phrases(text, sheet, critical):
                if phrases.setdefault(words, topic) != topic:
                    sheet.mark(line, f"the same words mean {phrases[words]} elsewhere; one topic only")
        return Phrases(phrases)

    def _cards(self) -> Mapping[str, Card]:
        found = (read_card(text, sheet, match["locale"]) for match, text, sheet in self._of_locales("card", OUTSIDE))
        return {card.language: card for card in found if card}

    def _bridge(self, topics: Mapping[str, Topic]) -> Bridge:
        text = self.texts.get(QUESTIONS, "")
        critical = {topic.id for topic in topics.values() if topic.critical} | (self._topic_ids - topics.keys())
        questions = read_questions(text, self._sheet(QUESTIONS), critical)
        return read_bridge(questions, names_in(text), self._by_locale("bridge"))

    def _by_locale(self, kind: str) -> Mapping[str, tuple[str, Sheet]]:
        return {match["locale"]: (text, sheet) for match, text, sheet in self._of_locales(kind)}

    def _interface(self) -> Interface:
        found: dict[str, Catalogue] = {}
        for match, text, sheet in self._of_locales("interface"):
            if catalogue := read_catalogue(text, sheet, match["locale"]):
                found[match["locale"]] = catalogue
        return Interface(found)

    def _ids(self, sources: frozenset[str]) -> Mapping[str, frozenset[str]]:
        return {
            "fact": names_in(self.texts.get("facts.yml", "")),
            "line": self._named("line"),
            "place": self._named("place"),
            "source": sources,
        }

    def _named(self, kind: str) -> frozenset[str]:
        """Ids of all files of a kind, unread ones too."""
        return frozenset(match["id"] for path in self._data if (match := _SHAPES[kind].fullmatch(path)))
