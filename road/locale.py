"""The thirteen locales of the hotline (BCP 47), and the languages beyond them in which it has a card and no more."""

from typing import Final

LOCALES: Final = ("uk", "hu", "en", "ru", "sq", "ar", "fr", "fa", "sr", "es", "vi", "ur", "mn")
SOURCE_LOCALE: Final = "en"
OUTSIDE: Final = ("ps", "de", "tr", "ro", "pl", "zh", "ka", "hy", "bn", "ne", "tl", "sk", "it", "hi", "am", "so")
"""Languages that the hotline cannot answer in yet; each has `content/outside/<code>.yml` and urgent phrases."""

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "ur", "ps"})

# Each language's name in itself, for buttons that must be found by people who read nothing else.
OWN_NAMES: Final = {
    "uk": "Українська",
    "hu": "Magyar",
    "en": "English",
    "ru": "Русский",
    "sq": "Shqip",
    "ar": "العربية",
    "fr": "Français",
    "fa": "فارسی",
    "sr": "Srpski / Српски",
    "es": "Español",
    "vi": "Tiếng Việt",
    "ur": "اردو",
    "mn": "Монгол",
}


def supported(tag: str | None) -> str | None:
    """The hotline's locale for a language tag such as `uk-UA` or `sr_Latn`, or None when it has none."""
    language = _language(tag)
    language = {"sh": "sr", "bs": "sr", "hr": "sr", "prs": "fa", "aln": "sq"}.get(language, language)
    return language if language in LOCALES else None


def outside(tag: str | None) -> str | None:
    """The language of a tag such as `de-AT` if it is one with a card and no more, or None."""
    language = _language(tag)
    language = {"fil": "tl", "pus": "ps", "mo": "ro", "cmn": "zh", "yue": "zh"}.get(language, language)
    return language if language in OUTSIDE else None


def _language(tag: str | None) -> str:
    return (tag or "").replace("_", "-").split("-")[0].lower()
