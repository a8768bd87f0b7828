"""The thirteen locales of the hotline (BCP 47) and what scripts they are written in."""

from typing import Final

LOCALES: Final = ("uk", "hu", "en", "ru", "sq", "ar", "fr", "fa", "sr", "es", "vi", "ur", "mn")
SOURCE_LOCALE: Final = "en"
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "ur"})

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
    if not tag:
        return None
    language = tag.replace("_", "-").split("-")[0].lower()
    language = {"sh": "sr", "bs": "sr", "hr": "sr", "prs": "fa", "aln": "sq"}.get(language, language)
    return language if language in LOCALES else None
