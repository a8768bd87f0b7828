"""Language: whether a text is written in the script and the language of its folder.

Names in Latin letters stand in every script, and sentences to read aloud in «…» in any language.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from babel.core import get_global
from gcld3 import NNetLanguageIdentifier  # type: ignore[import-untyped]

from content.markdown import Block
from content.problem import Problem

SURE_AT: Final = 0.9
"""Probability from which the detector is believed. It knew all 1,326 real answers, at 0.99 or more."""

FEWEST_LETTERS: Final = 40
"""Below it nothing can be said; the shortest real answer has 60."""

_MOST_BYTES: Final = 8_000
_REMEMBERED: Final = 4096  # texts of two states of the folder: most of one are those of the other

_LETTERS: Final = {
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f",
    "Arab": "\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Armn": "\u0530-\u058f",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Ethi": "\u1200-\u139f",
    "Grek": "\u0370-\u03ff",
    "Hebr": "\u0590-\u05ff",
}
"""Letters of the scripts that languages of migrants in Hungary are written in, as ranges; others go unchecked."""

_CLD3: Final = """
af am ar bg bn bs ca ceb co cs cy da de el en eo es et eu fa fi fil fr fy ga gd gl gu ha haw hi hmn hr ht hu hy id ig is
it iw ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my ne nl no ny pa pl ps pt ro ru sd si sk sl sm
sn so sq sr st su sv sw ta te tg th tr uk ur uz vi xh yi yo zh zu
"""
_DETECTED: Final = frozenset(_CLD3.split())
"""Languages that the detector tells apart (its readme); a text in another one goes unchecked."""

_ALOUD = re.compile("«[^»]*»")
_OF_ANY = re.compile(r"[^\W\d_]")


def problems_in(blocks: Sequence[Block], locale: str) -> Iterator[tuple[int, str]]:
    """Line of the text and what is not of its locale."""
    texts = [(block.line, _ALOUD.sub(" ", block.words)) for block in blocks]
    script = script_of(locale)
    if script in _LETTERS:
        yield from ((line, problem) for line, text in texts if (problem := _stranger(text, script, locale)))
    whole = " ".join(text for _, text in texts)
    if problem := problem_with(whole, locale):
        yield texts[0][0], problem


@lru_cache(maxsize=_REMEMBERED)
def problem_with(text: str, locale: str) -> str | None:
    """Why a whole text is not in the language of its locale, or None."""
    script = script_of(locale)
    own = _own(script).findall(text) if script in _LETTERS else [text]
    if sum(map(len, own)) * 2 < len(_OF_ANY.findall(text)):
        return Problem("script", f"most letters are not of the script of {locale}", locale=locale)
    words = " ".join(own)
    if locale not in _DETECTED or len(words) < FEWEST_LETTERS:
        return None
    found = _detector().FindLanguage(words)
    if found.language == locale or found.probability < SURE_AT:
        return None
    sentence = f"reads as {found.language!r}, not as {locale!r}; it is in the wrong folder or was not translated"
    return Problem("language", sentence, found=found.language, locale=locale)


@cache
def script_of(locale: str) -> str:
    """The script a language is mostly written in, by CLDR and ISO 15924: Cyrl; "" when CLDR does not know it."""
    likely: str = get_global("likely_subtags").get(locale, "")
    return next((part for part in likely.split("_") if len(part) == 4), "")


@cache
def _own(script: str) -> re.Pattern[str]:
    """Words in a script."""
    return re.compile(f"[{_LETTERS[script]}\u0300-\u036f\u064b-\u0655\u200c\u200d'’ʼ-]+")


@cache
def _strange(script: str) -> re.Pattern[str]:
    """A letter of another script, or one in Latin letters within a Cyrillic word."""
    own, latin = _LETTERS[script], _LETTERS["Latn"]
    mixed = rf"(?<=[{own}])[{latin}]|(?<=[{latin}])[{own}]|" if script == "Cyrl" else ""
    return re.compile(rf"{mixed}(?![{own}{latin}])[^\W\d_]")


def _stranger(text: str, script: str, locale: str) -> str | None:
    found = _strange(script).search(text)
    if found is None:
        return None
    word = next(word[0] for word in re.finditer(r"\w+", text) if word.start() <= found.start() < word.end())
    return Problem("letters", f"{word!r} has letters that are not of the script of {locale}", word=word)


@cache
def _detector() -> NNetLanguageIdentifier:
    return NNetLanguageIdentifier(0, _MOST_BYTES)
