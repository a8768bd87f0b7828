"""The order in which cases are served."""

from typing import Final

from road.case import Case

ORDINARY_BAND: Final = 4_000_000_000_000_000
"""Added to the rank of cases that are not critical: microseconds until about the year 2096, so that every critical case
comes first and ranks stay whole numbers that a double holds exactly (below 2**53)."""

RAISED_CREDIT_S: Final = 1800.0
"""A raised case is served as if it had come so much earlier; fixed, so that an exact place can be said (DESIGN)."""


def rank_of(case: Case) -> int:
    """Place in a queue: the critical band first, then by time less the credit, in microseconds; lower is earlier."""
    queued_us = round((case.queued_at or case.opened_at) * 1_000_000)
    if case.critical:
        return queued_us
    return ORDINARY_BAND + queued_us - (round(RAISED_CREDIT_S * 1_000_000) if case.raised else 0)
