"""In which languages a message may be written."""

import logging
from collections.abc import Iterator
from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.box.aside import aside
from nlu.box.importer import LOCALE, LOCALE_SCORES, as_written
from nlu.box.learned import Learned
from nlu.box.locale_lesson import locale_lesson
from nlu.box.locale_model import LocaleModel
from nlu.box.part import LearningPart, rounded

log = logging.getLogger("nlu.train")


class Sentences:
    """Where everyday sentences stand, one file a locale and one sentence a line; nowhere unless `nlu.train` says so."""

    folder: Path | None = None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LocaleScorer(LearningPart):
    """Sets `locale_scores`: probabilities by language code, those of the hotline and others."""

    def learn(self, questions: list[Message]) -> Learned:
        """A `LocaleModel`, in a process of its own: topics are learned meanwhile.

        Polite copies teach nothing: people greet in their host's language too, and these few words would return often.
        """
        log.info("learning languages")
        known = [(question.get(TEXT), question.get("metadata")[LOCALE]) for question in as_written(questions)]
        return aside(locale_lesson, [*known, *_sentences()]).kept()

    def use(self, learned: Learned) -> None:
        """Makes the model."""
        self._model = LocaleModel.restored(learned)

    def read(self, message: Message) -> None:
        """Sets the scores."""
        scores = self._model.scores(message.get(TEXT))
        message.set(LOCALE_SCORES, {code: rounded(score) for code, score in scores.items()}, add_to_output=True)


def _sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(Sentences.folder.glob("*.txt")) if Sentences.folder else []:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield line.strip(), path.stem
