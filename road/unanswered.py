"""A question that got no good answer, kept so that editors may mend that (docs/store.md)."""

from datetime import date

import msgspec


class Unanswered(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asked in vain.

    Attributes:
        text: Without personal data; "" where an answer was there and not helpful.
        locale: In which it was asked, or in which the answer was given.
        topic: The likeliest topic, or that of the answer; "" where none was likely.
        day: In Budapest.
    """

    text: str
    locale: str
    topic: str
    day: date
