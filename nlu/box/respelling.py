"""Messages typed on another keyboard, brought back into the letters of their language."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.box.importer import LOCALE, LOCALE_SCORES, as_written
from nlu.box.known_words import KEPT, LOCALES, Counts, KnownWords
from nlu.box.learned import Learned
from nlu.box.letters import in_own_letters
from nlu.box.part import LearningPart

LIKELY = 0.5
"""Lowest score of a language at which a text is respelled."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Respeller(LearningPart):
    """Replaces the text when the locale scores, which come before, say that it should."""

    def learn(self, questions: list[Message]) -> Learned:
        """The words of the languages in which people leave out accents or letters."""
        texts: dict[str, list[str]] = {locale: [] for locale in LOCALES}
        for question in as_written(questions):
            locale = question.get("metadata")[LOCALE]
            if locale in texts:
                texts[locale].append(in_own_letters(question.get(TEXT), locale))
        known = {locale: Counts.of(those, locale).kept() for locale, those in texts.items()}
        return {f"{locale}.{name}": value for locale, kept in known.items() for name, value in kept.items()}

    def use(self, learned: Learned) -> None:
        """Makes the words."""
        self._known = {
            locale: KnownWords(locale, Counts.restored({name: learned[f"{locale}.{name}"] for name in KEPT}))
            for locale in LOCALES
        }

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Copies of the questions: languages are learned from these as they stand."""
        respelled = TrainingData()
        copies = [Message(dict(question.data)) for question in training_data.training_examples]
        respelled.training_examples = self.process(copies)
        return respelled

    def read(self, message: Message) -> None:
        """Leaves most messages as they are."""
        locale, score = next(iter((message.get(LOCALE_SCORES) or {}).items()), ("", 0.0))
        if score < LIKELY:
            return
        text = in_own_letters(message.get(TEXT), locale)
        message.set(TEXT, self._known[locale].spelled(text) if locale in self._known else text)
