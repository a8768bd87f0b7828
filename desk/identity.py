"""Who may learn who is behind a case, and with what reason."""

from typing import Final

from road.account import Account, Right
from road.case import Case, CaseState

REASON_CHARACTERS: Final = (10, 300)
"""Shortest and longest reason: a shorter one says nothing that a supervisor could judge."""


def may_reveal(account: Account, case: Case) -> bool:
    """Supervisors, focal points for what they may read, and whoever holds a case in danger."""
    holds = case.state is CaseState.ACTIVE and case.operator == account.name
    return account.sees(case.visibility) and (account.may(Right.REVEAL) or (holds and case.critical))


def is_reason(text: str) -> bool:
    """Whether a reason is long enough to be one, and short enough to be read."""
    shortest, longest = REASON_CHARACTERS
    return shortest <= len(text) <= longest
