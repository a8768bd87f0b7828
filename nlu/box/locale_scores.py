"""In which languages a message may be written."""

import logging
import random
from collections.abc import Iterator

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.box.importer import LOCALE
from nlu.box.locale_model import LocaleModel
from nlu.box.part import Learned, LearningPart
from nlu.box.topics import rounded
from nlu.box.variants import cropped, in_latin_letters, without_accents

LOCALE_SCORES = "locale_scores"

log = logging.getLogger("nlu.train")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LocaleScorer(LearningPart):
    """Sets `locale_scores`: probabilities by language code, those of the hotline and others."""

    def learn(self, questions: list[Message]) -> Learned:
        """A `LocaleModel` on the questions and on what becomes of them on other keyboards and in a hurry."""
        log.info("learning languages")
        chance = random.Random(0)
        pairs = [pair for question in questions for pair in _variants(question, chance)]
        return LocaleModel.learned_from([text for text, _ in pairs], [locale for _, locale in pairs]).kept()

    def use(self, learned: Learned) -> None:
        """Makes the model."""
        self._model = LocaleModel.restored(learned)

    def read(self, message: Message) -> None:
        """Sets the scores."""
        scores = self._model.scores(message.get(TEXT))
        message.set(LOCALE_SCORES, {code: rounded(score) for code, score in scores.items()}, add_to_output=True)


def _variants(question: Message, chance: random.Random) -> Iterator[tuple[str, str]]:
    text, locale = question.get(TEXT), question.get("metadata")[LOCALE]
    spelled = (
        text,
        without_accents(text),
        in_latin_letters(text, locale, chance),
        in_latin_letters(text, locale, chance),
    )
    for spelling in dict.fromkeys(spelled):
        yield spelling, locale
        yield cropped(spelling, chance), locale
