"""In which languages a message may be written."""

import logging
import random
from collections.abc import Iterator
from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.box.importer import LOCALE, LOCALE_SCORES
from nlu.box.locale_model import LocaleModel
from nlu.box.part import Learned, LearningPart, rounded
from nlu.box.variants import cropped, in_latin_letters, without_accents

CROPS = 3
"""How often a spelling of a question is cut short. Shortest messages are the hardest, and who knows them knows the
longer ones, so nothing is learned whole. Source: docs/decisions/0009 and 0012.
"""

log = logging.getLogger("nlu.train")


class Sentences:
    """Where everyday sentences stand, one file a locale and one sentence a line; nowhere unless `nlu.train` says so."""

    folder: Path | None = None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LocaleScorer(LearningPart):
    """Sets `locale_scores`: probabilities by language code, those of the hotline and others."""

    def learn(self, questions: list[Message]) -> Learned:
        """A `LocaleModel` on questions and sentences, and on what becomes of them on other keyboards and in a hurry."""
        log.info("learning languages")
        chance = random.Random(0)
        known = [(question.get(TEXT), question.get("metadata")[LOCALE]) for question in questions]
        texts = [*known, *_sentences()]
        pairs = dict.fromkeys(pair for text, locale in texts for pair in _variants(text, locale, chance))
        return LocaleModel.learned_from([text for text, _ in pairs], [locale for _, locale in pairs]).kept()

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


def _variants(text: str, locale: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    for spelling in dict.fromkeys((text, without_accents(text), in_latin_letters(text, locale, chance))):
        for _ in range(CROPS):
            yield cropped(spelling, chance), locale
