"""What the letters alone say about a language."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

LANGUAGES_OF_SCRIPT: dict[str, frozenset[str]] = {
    script: frozenset(codes.split())
    for script, codes in {
        "CYRILLIC": "uk ru mn sr be bg mk kk ky tg",
        "ARABIC": "ar fa ur ps ku",
        "GEORGIAN": "ka",
        "ARMENIAN": "hy",
        "HEBREW": "he",
        "GREEK": "el",
        "DEVANAGARI": "hi",  # Marathi cannot be told from it in a few words; who writes it reads Hindi too
        "NEPALI": "ne",
        "PASHTO": "ps",
        "BENGALI": "bn",
        "THAI": "th",
        "HANGUL": "ko",
        "CJK": "zh",
        "HIRAGANA": "ja",
        "KATAKANA": "ja",
        "ETHIOPIC": "am ti",
        "TAMIL": "ta",
        "TELUGU": "te",
        "GUJARATI": "gu",
        "GURMUKHI": "pa",
        "KANNADA": "kn",
        "MALAYALAM": "ml",
        "LAO": "lo",
        "ORIYA": "or",
    }.items()
}
"""Any language may stand in Latin letters, so Latin is not here."""

NOT_LATIN = frozenset({"uk", "ru", "mn", "ar", "fa", "ur"})
"""Languages of the hotline that stand in Latin letters only where people have no others at hand; Serbian has both."""

LETTERS_OF: dict[str, str] = {
    "uk": "їєґі",
    "ru": "ыэъё",
    "be": "ў",
    "mn": "өү",
    "kk": "әғқңұһ",
    "sr": "ђћјљњџ",
    "mk": "ѓќѕ",
    "ur": "ٹڈڑںےہھ",
    "ps": "ټډړښځڅۍېڼ",
    "ku": "ێۆڵڕ",
    "ar": "ةىأإؤ",
    "vi": "ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ",
    "hu": "őű",
    "sq": "ë",
    "es": "ñ¿¡",
    "tr": "ğış",
    "pl": "łąęśżź",
    "ro": "ățș",
    "cs": "řůě",
    "de": "ß",
}
"""Letters that speak for a language, and hardly occur in the others of its script."""

_ARABIC_IN_LATIN = re.compile(r"(?<=[a-z])[235679](?=[a-z])|\b[37](?=[a-z]{2})")
"""Digits that stand for Arabic letters when Arabic is typed in Latin ones."""

_LANGUAGES_OF = {
    letter: [language for language, letters in LETTERS_OF.items() if letter in letters]
    for letter in "".join(LETTERS_OF.values())
}

_NEPALI_WORDS = "छ|छु|छन्|छैन|छौं|छौँ|छिन्|हुन्छ|हुनुहुन्छ|भयो|भएको|गर्न|गर्छ|गर्छु|गर्नु|मलाई|हामी|हामीलाई|तपाईं|तपाईंको|मेरो|हाम्रो|उसले|कहाँ"
_NEPALI_ENDINGS = "(?:हरू|सँग|्छ|्छन्|्छु|ेको|एको|्यो)"
_ONLY: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("ARABIC", "PASHTO", re.compile("[ټډړښځڅۍېڼ]")),
    ("DEVANAGARI", "NEPALI", re.compile(rf"(?:(?<!\S)(?:{_NEPALI_WORDS})|{_NEPALI_ENDINGS})(?![^\s।,.!?])")),
    ("CJK", "HIRAGANA", re.compile("[\u3040-\u30ff]")),
)
"""Scripts in which one language betrays itself by a letter or a word that no other one there has."""


def script_of(text: str) -> str | None:
    """The script of most letters ("LATIN", "CYRILLIC", ...); None when there are no letters.

    Pashto, Nepali and Japanese count as scripts of their own.
    """
    counts: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            counts[_script(letter)] += count
    script = counts.most_common(1)[0][0] if counts else None
    return next((own for wider, own, mark in _ONLY if wider == script and mark.search(text)), script)


def letters_for(text: str) -> dict[str, int]:
    """How many telling letters of each language a text has."""
    folded = text.casefold()
    found = Counter({"ar": len(_ARABIC_IN_LATIN.findall(folded))})
    for letter, count in Counter(folded).items():
        for language in _LANGUAGES_OF.get(letter, ()):
            found[language] += count
    return dict(found)


@lru_cache(maxsize=2**14)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]
