"""What questions and everyday sentences teach about languages."""

import random
from collections.abc import Iterable, Iterator

from nlu.box.locale_model import LocaleModel
from nlu.box.variants import cropped, in_latin_letters, without_accents

CROPS = 6
"""How often a spelling of a text is cut short. Shortest messages are the hardest, and who knows them knows the
longer ones, so nothing is learned whole. Source: docs/decisions/0009, 0012 and 0015.
"""


def locale_lesson(texts: Iterable[tuple[str, str]]) -> LocaleModel:
    """A model on texts whose locales are known, and on what becomes of them on other keyboards and in a hurry."""
    chance = random.Random(0)
    pairs = dict.fromkeys(pair for text, locale in texts for pair in _variants(text, locale, chance))
    return LocaleModel.learned_from([text for text, _ in pairs], [locale for _, locale in pairs])


def _variants(text: str, locale: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    for spelling in dict.fromkeys((text, without_accents(text), in_latin_letters(text, locale, chance))):
        for _ in range(CROPS):
            yield cropped(spelling, chance), locale
