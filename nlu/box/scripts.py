"""What the letters alone say about a language."""

import unicodedata
from collections import Counter

LANGUAGES_OF_SCRIPT: dict[str, frozenset[str]] = {
    script: frozenset(codes.split())
    for script, codes in {
        "CYRILLIC": "uk ru mn sr be bg mk kk ky tg",
        "ARABIC": "ar fa ur ps ku",
        "GEORGIAN": "ka",
        "ARMENIAN": "hy",
        "HEBREW": "he",
        "GREEK": "el",
        "DEVANAGARI": "hi ne mr",
        "BENGALI": "bn",
        "THAI": "th",
        "HANGUL": "ko",
        "CJK": "zh ja",
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
    "ar": "ةىيكأإؤ",
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


def script_of(text: str) -> str | None:
    """The script of most letters ("LATIN", "CYRILLIC", ...); None when there are no letters."""
    counts = Counter(_script(letter) for letter in text if letter.isalpha())
    return counts.most_common(1)[0][0] if counts else None


def letters_for(text: str) -> dict[str, int]:
    """How many telling letters of each language a text has."""
    counts = Counter(text.casefold())
    found = {language: sum(counts[letter] for letter in letters) for language, letters in LETTERS_OF.items()}
    return {language: count for language, count in found.items() if count}


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]
