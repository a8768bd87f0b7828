"""The language of a message: what its letters say, and what is known about the person, weighed together."""

from collections.abc import Mapping

from road.locale import LOCALES, SURE_AT, outside, supported
from road.understanding import Hints

CHOSEN, EARLIER, CLIENT = 0.8, 0.5, 0.4
"""Shares of belief given to each hint, of what the stronger ones left. The app's language at 0.3 to 0.5 was measured
better than trusting or ignoring it (issue B); docs/decisions/0003.
"""

FLOOR = 0.002
"""Score of a language that the box did not name among the likeliest."""

NEARLY = 0.5
"""A language that is a guess and none of the hotline's gives way to one of the hotline's that is so much as likely: its
people could not be answered in their own anyway. Source: docs/decisions/0015.
"""

NO_LETTERS = "und"


def likeliest_locale(scores: Mapping[str, float], hints: Hints) -> tuple[str, float]:
    """The locale and how sure that is, 0.0 to 1.0; ("und", 0.0) when nothing is known.

    Args:
        scores: By language code; `und` alone for a text without letters, which leaves the hints.
        hints: Whatever is known about the person.
    """
    beliefs = _beliefs(hints)
    if not scores or NO_LETTERS in scores:
        return max(beliefs.items(), key=lambda item: item[1], default=(NO_LETTERS, 0.0))
    rest = (1.0 - sum(beliefs.values())) / len(LOCALES)
    weighed = {
        language: max(scores.get(language, 0.0), FLOOR) * (beliefs.get(language, 0.0) + rest)
        for language in {*scores, *beliefs}
    }
    total = sum(weighed.values())
    best = max(weighed, key=lambda language: weighed[language])
    ours = max(filter(supported, weighed), key=lambda language: weighed[language], default=best)
    if weighed[best] < SURE_AT * total and weighed[ours] >= NEARLY * weighed[best]:
        best = ours
    return best, weighed[best] / total


def _beliefs(hints: Hints) -> dict[str, float]:
    beliefs: dict[str, float] = {}
    left = 1.0
    for tag, share in ((hints.chosen_locale, CHOSEN), (hints.earlier_locale, EARLIER), (hints.client_locale, CLIENT)):
        locale = supported(tag) or outside(tag)
        if locale:
            beliefs[locale] = beliefs.get(locale, 0.0) + share * left
            left *= 1.0 - share
    return beliefs
