"""Whether a training question is plainly in another script or language than its folder says.

A question in the wrong folder teaches the locale model that, say, Russian is Hungarian. What people do write is right:
Ukrainian and Russian mixed or in Latin letters, Hungarian without accents, words of a third language in between. So a
question is refused only when script, letters and detector leave no doubt.
"""

from typing import Final

from nlu.box.detector import KNOWN, detected
from nlu.box.scripts import LANGUAGES_OF_SCRIPT, letters_for, script_of

ENOUGH_WORDS: Final = 6
CLEARLY: Final = 0.4
"""Lead of the detector's best language over the folder's, in Latin letters.

Source: at six words the lead was below 0.3 in each of 3,500 Hungarian and English questions of ours, and below 0.4 in
each of 4,900 texts of MASSIVE and Tatoeba in hu, en, sq, fr, es and vi, with and without accents; English under `hu`
has it in 86 of 100 questions, Hungarian under `en` in 97.
"""

ENOUGH_LETTERS: Final = 2
"""Letters that only the other language has, in a script that several share (Cyrillic, Arabic).

Source: at two letters, none of the folder's own and the detector's word, no mixed Ukrainian-Russian question of ours
is refused; pure Ukrainian under `ru` is in 84 of 100, Russian under `uk` in 33.
"""


def problem_of(text: str, locale: str) -> str | None:
    """What is wrong with a question's script or language, or None.

    Args:
        locale: One of the hotline's.
    """
    script = script_of(text)
    own = [script for script, languages in LANGUAGES_OF_SCRIPT.items() if locale in languages]
    allowed = [*own, "LATIN"]
    if script not in (None, *allowed):
        return f"written in {script} letters; allowed for {locale!r}: {', '.join(allowed)}"
    if script == "LATIN" and own:
        return None
    language = _language_of_letters(text, locale) if own else _language_of_words(text, locale)
    return f"reads as {language!r}; allowed here: {locale!r}, misspelt or mixed too" if language else None


def _language_of_letters(text: str, locale: str) -> str | None:
    language = _other_language(text, locale)
    return language if language and letters_for(text).get(language, 0) >= ENOUGH_LETTERS else None


def _language_of_words(text: str, locale: str) -> str | None:
    language, scores = _other_language(text, locale), detected(text)
    return language if language and scores[language] - scores.get(locale, 0.0) >= CLEARLY else None


def _other_language(text: str, locale: str) -> str | None:
    if locale not in KNOWN or locale in letters_for(text) or len(text.split()) < ENOUGH_WORDS:
        return None
    scores = detected(text)
    best = max(scores, key=lambda code: scores[code], default=locale)
    return best if best != locale else None
