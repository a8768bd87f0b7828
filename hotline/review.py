"""From messages that operators tagged to training questions: which may be shown, and what becomes of them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from actions.personal_data import without_personal_data
from content.content import Content
from content.proof import nearest
from content.question_file import add_question, questions_in
from content.urgent import fold
from road.errors import SetupError
from road.locale import LOCALES


class Tagged(msgspec.Struct, frozen=True):
    """A line of the file: a message, and the topic that an operator gave it."""

    text: str
    topic: str
    locale: str


class Candidate(msgspec.Struct, frozen=True):
    """A message as it is shown and could be learned.

    Attributes:
        removed: Kinds of personal data that were taken out.
        id: Of the line it came from.
    """

    text: str
    topic: str
    locale: str
    removed: tuple[str, ...]
    id: str


class Shown:
    """Which messages were decided on, kept as hashes beside the file, so that a review can go on later."""

    def __init__(self, file: Path) -> None:
        self._path = file.with_name(f"{file.name}.reviewed")
        self._ids = set(self._path.read_text(encoding="ascii").split()) if self._path.exists() else set()

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._ids

    def add(self, message_id: str) -> None:
        """Holds from now on."""
        self._ids.add(message_id)
        with self._path.open("a", encoding="ascii") as file:
            file.write(f"{message_id}\n")


class Review:
    """One sitting over one file.

    Attributes:
        left_out: How many messages are not shown, by reason.
    """

    def __init__(self, content: Content, data: Path, known: Iterable[str], shown: Shown) -> None:
        self._content = content
        self._data = data
        self._known = {_same(text) for text in known}
        self._shown = shown
        self.left_out: Counter[str] = Counter()

    def candidates(self, messages: Iterable[Tagged]) -> Iterator[Candidate]:
        """The messages to be shown, without personal data; the others are counted."""
        for message in messages:
            candidate = _candidate(message)
            reason = self._reason(message, candidate)
            if reason:
                self.left_out[reason] += 1
            else:
                yield candidate

    def problem_of(self, candidate: Candidate) -> str | None:
        """Why this cannot be learned, or None."""
        topic = self._content.topics.get(candidate.topic)
        if topic is None:
            return f"unknown topic {candidate.topic!r}{nearest(candidate.topic, self._content.topics)}"
        if topic.guarded:
            return "sensitive topic"
        if self._content.urgent_phrase(candidate.text):
            return "urgent phrase"
        if not fold(candidate.text):
            return "nothing left to read"
        return "stands in training or evaluation" if _same(candidate.text) in self._known else None

    def accept(self, candidate: Candidate) -> Path:
        """Writes it into the training questions; the file it stands in now.

        Raises:
            SetupError: It cannot be learned, or the file cannot take it.
        """
        if problem := self.problem_of(candidate):
            raise SetupError(problem)
        path = self._data / candidate.locale / f"{self._content.topics[candidate.topic].group}.yml"
        add_question(path, candidate.topic, candidate.text)
        self._known.add(_same(candidate.text))
        self._shown.add(candidate.id)
        return path

    def skip(self, candidate: Candidate) -> None:
        """Never shows it again."""
        self._shown.add(candidate.id)

    def _reason(self, message: Tagged, candidate: Candidate) -> str | None:
        if candidate.id in self._shown:
            return "shown before"
        return self.problem_of(msgspec.structs.replace(candidate, text=message.text)) or self.problem_of(candidate)


def read_tagged(path: Path, topics: Sequence[str]) -> list[Tagged]:
    """The messages of a file of JSON lines.

    Raises:
        SetupError: It cannot be read, or a line is wrong; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{path}: {error}") from error
    return [_tagged(line, f"{path}:{number}", topics) for number, line in enumerate(lines, start=1) if line.strip()]


def edited(candidate: Candidate, text: str) -> Candidate:
    """With another text, from which personal data is taken out too."""
    cleaned = without_personal_data(text)
    return msgspec.structs.replace(candidate, text=cleaned.text, removed=cleaned.removed)


def learned_texts(data: Path) -> list[str]:
    """Every training question.

    Raises:
        SetupError: A file is not one of training questions.
    """
    return [text for path in sorted(data.glob("*/*.yml")) for _, text in questions_in(path)]


def _tagged(line: str, where: str, topics: Sequence[str]) -> Tagged:
    try:
        message = msgspec.json.decode(line, type=Tagged)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise SetupError(f"{where}: {error}") from error
    if message.topic not in topics:
        raise SetupError(f"{where}: unknown topic {message.topic!r}{nearest(message.topic, topics)}")
    if message.locale not in LOCALES:
        raise SetupError(f"{where}: unknown locale {message.locale!r}; allowed: {', '.join(LOCALES)}")
    return message


def _candidate(message: Tagged) -> Candidate:
    cleaned = without_personal_data(message.text)
    digest = hashlib.sha256(msgspec.json.encode(message)).hexdigest()
    return Candidate(cleaned.text, message.topic, message.locale, cleaned.removed, digest)


def _same(text: str) -> str:
    return " ".join(fold(text))
