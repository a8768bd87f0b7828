"""Training questions that editors add: what stands against one, and adding it in the editor's name.

<data_dir>/content/taught.jsonl     a line for each question that was added (Taught)
<data_dir>/content/taught.lock      held meanwhile, whichever process does it
"""

import csv
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from content import checkout, journal
from content.content import Content
from content.lock import locked
from content.question_file import add_question
from content.snapshot import root
from content.topic import CONVERSATION, Topic
from content.urgent import fold

LONGEST: Final = 200
"""Characters of a training question; people's own rarely have half of it."""

FEWEST: Final = 8
"""Questions that a new topic begins with, so that the model has ways of asking to go by; it would take one."""

PROBLEMS: Final = ("empty", "too_long", "urgent", "known", "evaluation", "letters", "twice")
"""What may stand against a question (`console.content.teach.problem.<problem>`)."""


class Taught(msgspec.Struct, frozen=True, kw_only=True):
    """A question that was added; `at`: ISO time, UTC."""

    at: str
    by: str
    topic: str
    locale: str
    text: str


class TrainingFolder:
    """The training questions of an installation.

    Args:
        folder: A folder for each locale, as `nlu/data`.
        data_dir: Where the record of what was added lies.
    """

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self._folder = folder
        self._record = root(data_dir) / "taught.jsonl"

    @property
    def is_there(self) -> bool:
        """Whether there are training questions here at all; the image of the application has none."""
        return any(self._folder.glob("*/*.yml"))

    def taught(self) -> Sequence[Taught]:
        """What editors have added, newest first."""
        return journal.read(self._record, Taught)

    def problems(self, texts: Sequence[str], locale: str, content: Content) -> Mapping[int, str]:
        """What stands against each of these, by its place: one of `PROBLEMS`."""
        same = [_same(text) for text in texts]
        taught, asked, scripts = self._learned(), self._evaluation(), self._scripts(locale)
        found = {}
        for place, text in enumerate(texts):
            checks = {
                "empty": not same[place],
                "too_long": len(text) > LONGEST,
                "urgent": content.urgent_phrase(text) is not None,
                "known": same[place] in taught,
                "evaluation": same[place] in asked,
                "letters": _script_of(text) not in {*scripts, "LATIN", ""},
                "twice": same[place] in same[:place],
            }
            found[place] = next((problem for problem, stands in checks.items() if stands), "")
        return {place: problem for place, problem in found.items() if problem}

    def add(self, texts: Sequence[str], topic: Topic, locale: str, *, by: str, now: float) -> None:
        """Writes questions as the last ones of their topic, and commits them where the folder is a checkout.

        Raises:
            SetupError: The file cannot take one; those before it are written.
        """
        path = self._folder / locale / f"{topic.group}.yml"
        at = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
        with locked(self._record.with_suffix(".lock")):
            for text in texts:
                add_question(path, topic.id, text)
                journal.append(self._record, Taught(at=at, by=by, topic=topic.id, locale=locale, text=text))
            what = f"Training questions of {topic.id} ({locale})"
            checkout.commit(self._folder, [path.relative_to(self._folder).as_posix()], by=by, what=what)

    def _learned(self) -> Collection[str]:
        return {_same(text) for path in self._folder.glob("*/*.yml") for text in _texts(path)}

    def _evaluation(self) -> Collection[str]:
        """Questions that the model is tried with, beside the folder: learned, they would prove nothing."""
        return {_same(row["text"]) for path in self._folder.parent.glob("evaluation/*.tsv") for row in _rows(path)}

    def _scripts(self, locale: str) -> Collection[str]:
        """Those that the locale's questions are mostly written in; training refuses a question in another."""
        texts = (text for path in (self._folder / locale).glob("*.yml") for text in _texts(path))
        counted = Counter(script for text in texts if (script := _script_of(text)))
        return [script for script, count in counted.items() if count >= counted.total() / 20]


def teachable(content: Content) -> Sequence[Topic]:
    """Topics that editors may write questions for: those that call people are the developers' to tune."""
    return [topic for topic in content.topics.values() if not topic.guarded and topic.group != CONVERSATION]


def _same(text: str) -> str:
    return " ".join(fold(text))


def _texts(path: Path) -> Iterator[str]:
    """Read by lines: fifty thousand questions in a tenth of a second, where YAML takes many."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return (line.removeprefix("- ") for line in lines if line.startswith("- ") and not line.startswith("- intent:"))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _script_of(text: str) -> str:
    """The script of most of a text's letters, as Unicode names it; "" for none."""
    counted = Counter(_script(letter) for letter in text if letter.isalpha())
    return max(counted, key=lambda script: counted[script], default="")


@lru_cache(maxsize=2**14)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
