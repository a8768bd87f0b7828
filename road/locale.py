"""The locales of the hotline (BCP 47), and the languages beyond them in which it has a card and no more."""

from collections.abc import Container
from typing import Final

LOCALES: Final = ("uk", "hu", "en", "ru", "sq", "ar", "fr", "fa", "sr", "es", "vi", "ur", "mn")
"""Those it began with, which the Rasa box and the evaluation know; what it answers in is `Content.languages`."""

SOURCE_LOCALE: Final = "en"
OUTSIDE: Final = ("ps", "de", "tr", "ro", "pl", "zh", "ka", "hy", "bn", "ne", "tl", "sk", "it", "hi", "am", "so")
"""Languages that the hotline cannot answer in yet; each has `content/outside/<code>.yml` and urgent phrases."""

SURE_AT: Final = 0.7
"""A language less sure than this is a guess: the person is asked which they write, and answered in the likeliest
meanwhile (issue B).
"""


def supported(tag: str | None, locales: Container[str] = LOCALES) -> str | None:
    """The hotline's locale for a language tag such as `uk-UA` or `sr_Latn`, or None when it has none."""
    language = _language(tag)
    language = {"sh": "sr", "bs": "sr", "hr": "sr", "prs": "fa", "aln": "sq"}.get(language, language)
    return language if language in locales else None


def outside(tag: str | None) -> str | None:
    """The language of a tag such as `de-AT` if it is one with a card and no more, or None."""
    language = _language(tag)
    language = {"fil": "tl", "pus": "ps", "mo": "ro", "cmn": "zh", "yue": "zh"}.get(language, language)
    return language if language in OUTSIDE else None


def _language(tag: str | None) -> str:
    return (tag or "").replace("_", "-").split("-")[0].lower()
