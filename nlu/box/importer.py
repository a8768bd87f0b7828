"""Rasa's way to the training questions: it knows their locales, and refuses what is wrong."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_config_file

from nlu.box.courtesies import Courtesies
from nlu.box.held_out import is_held_out
from nlu.box.question import Question, read_questions

LOCALE = "locale"
CRITICAL = "critical"
HELD_OUT = "held_out"
COPIED = "copied"
COUNTS = "counts"

OUT_OF_SCOPE, CALM, COUNTS_AS = "out_of_scope", "calm", 2
"""What is none of our business counts as often as this in training, and so does what sounds like danger and is none
(`calm.yml`, `latin_calm.yml`); what is both, twice as often again. Source: docs/decisions/0020.
"""

POLITE_ONE_IN = 6
"""How many questions are learned politely too. Source: docs/decisions/0022."""

LOCALE_SCORES = "locale_scores"
"""Property of a message: how likely each language is, by code. Of a question it is known; Rasa lets no classifier, as
`LocaleScorer` is, read the questions for the components after it.
"""


class QuestionImporter(TrainingDataImporter):
    """Named in `config.yml`; its paths are relative to that file.

    Each message's metadata says its `locale`, whether its topic is `critical`, whether it is `held_out`, whether it is
    `copied` from another one, with a greeting or thanks, and how much it `counts`.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        questions: str = "nlu/data",
        topics: str = "content/topics.yml",
    ) -> None:
        self._config_file = str(config_file)
        self._questions = Path(self._config_file).parent / questions
        self._topics = Path(self._config_file).parent / topics

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All questions of all locales; the same object each time, as Rasa asks four times a training."""
        return self._data

    @cached_property
    def _data(self) -> TrainingData:
        critical, questions = _critical(self._topics), self.questions()
        written = [_message(question, critical[question.topic]) for question in questions]
        polite = [_message(copy, critical[copy.topic], copied=True) for copy in _polite_copies(questions)]
        data = TrainingData()
        data.training_examples = written + polite
        return data  # as a parameter Rasa would look for doubles, which are refused already

    @classmethod
    def named_in(cls, config: Path) -> "QuestionImporter":
        """The one of a `config.yml`, without the three that Rasa wraps it in: each looks for doubles, 4 s a reading."""
        (given,) = read_config_file(config)["importers"]
        return cls(str(config), questions=given["questions"], topics=given["topics"])

    def questions(self) -> list[Question]:
        """The same as they stand in their files.

        Raises:
            BadQuestionsError: They are refused.
        """
        return read_questions(self._questions, list(_critical(self._topics)))

    def get_config(self) -> dict[str, Any]:
        """The contents of `config.yml`."""
        config: dict[str, Any] = read_config_file(self._config_file)
        return config

    def get_config_file_for_auto_config(self) -> str | None:
        """None: nothing is written back into `config.yml`."""
        return None

    def get_domain(self) -> Domain:
        """None: the conversation is not Rasa's."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """None, as there is no domain."""
        return StoryGraph([])


def as_written(questions: Iterable[Message]) -> list[Message]:
    """The questions without their copies."""
    return [question for question in questions if not question.get("metadata").get(COPIED)]


def _polite_copies(questions: Sequence[Question]) -> Iterator[Question]:
    """Of some that are not held out."""
    spoken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for question in questions:
        spoken[question.locale].append((question.topic, question.text))
    said = {locale: Courtesies.among(those) for locale, those in spoken.items()}
    for question in questions:
        if not is_held_out(question.text):
            for text in said[question.locale].around(question.topic, question.text, one_in=POLITE_ONE_IN):
                yield replace(question, text=text)


def _critical(path: Path) -> dict[str, bool]:
    catalogue = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {topic["id"]: topic["urgency"] == "critical" for topic in catalogue["topics"]}


def _message(question: Question, critical: bool, *, copied: bool = False) -> Message:
    held_out = not copied and is_held_out(question.text)
    metadata = {LOCALE: question.locale, CRITICAL: critical, HELD_OUT: held_out, COPIED: copied}
    metadata[COUNTS] = _counts(question)
    scores = {question.locale: 1.0}
    return Message({TEXT: question.text, INTENT: question.topic, LOCALE_SCORES: scores, "metadata": metadata})


def _counts(question: Question) -> int:
    reasons = (question.topic == OUT_OF_SCOPE, CALM in question.path.stem)
    return math.prod(COUNTS_AS for reason in reasons if reason)
