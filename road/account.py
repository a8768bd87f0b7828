"""Staff accounts, what their roles may do, and who of them is at work."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from road.case import Visibility

CAPACITY: Final = 5
"""Chats that one operator holds at a time unless an administrator says otherwise: chat desks plan with three to six."""


class Role(StrEnum):
    """What somebody is at the hotline; `RIGHTS` says what that lets them do."""

    OPERATOR = "operator"
    FOCAL = "focal"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a role may do beside looking after its own account, which everybody does."""

    CASES = "cases"  # read cases and work on them
    REPORTS = "reports"  # read cases and entries about staff and helpers
    OVERSIGHT = "oversight"  # see how the desk does, take cases back, end a colleague's duty
    REVEAL = "reveal"  # see who is behind a case that they may read, with a reason
    AUDIT = "audit"  # read who looked at what
    CONTENT = "content"  # change what the hotline says, and publish it
    ACCOUNTS = "accounts"  # make and change accounts, end their sessions


RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.OPERATOR: frozenset({Right.CASES}),
    Role.FOCAL: frozenset({Right.CASES, Right.REPORTS, Right.REVEAL, Right.AUDIT}),
    Role.SUPERVISOR: frozenset({Right.CASES, Right.OVERSIGHT, Right.REVEAL, Right.AUDIT}),
    Role.EDITOR: frozenset({Right.CONTENT}),
    Role.ADMINISTRATOR: frozenset({Right.CASES, Right.OVERSIGHT, Right.AUDIT, Right.CONTENT, Right.ACCOUNTS}),
}
"""The whole of who may do what (docs/decisions/0014). Every page asks it, by `web.session.staff_only`."""


def holders(right: Right) -> frozenset[Role]:
    """The roles that have a right."""
    return frozenset(role for role, rights in RIGHTS.items() if right in rights)


class SecondFactor(msgspec.Struct, frozen=True, kw_only=True):
    """What a telephone shows codes from, once a first code has proved that it does.

    Attributes:
        secret: base32, as RFC 6238 wants it.
        recovery: Hashes of the codes that work once each, when the telephone is lost.
    """

    secret: str
    recovery: tuple[str, ...] = ()


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff.

    Attributes:
        name: Login name, shown to colleagues, never to the person.
        password_hash: argon2id.
        locale: Language of their console: en, hu or uk.
        locales: Languages of people that they can help in; none named: all.
        groups: Groups of topics that they know; none named: all.
        capacity: Cases that they may hold at a time.
        chat: Their Telegram chat, where they are called; "" for none.
        on_call: Called when nobody on duty takes a critical case.
        factor: Asked for after the password; None while there is none.
    """

    name: str
    role: Role
    password_hash: str
    locale: str = "en"
    locales: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    capacity: int = CAPACITY
    chat: str = ""
    on_call: bool = False
    factor: SecondFactor | None = None

    def sees(self, visibility: Visibility) -> bool:
        """Whether cases and entries of this visibility may reach this account by any page, query or stream."""
        return self.may(Right.CASES if visibility is Visibility.ALL else Right.REPORTS)

    def may(self, right: Right) -> bool:
        """Whether its role has a right."""
        return right in RIGHTS[self.role]

    @property
    def supervises(self) -> bool:
        """Whether it hears when operators do not come."""
        return self.may(Right.OVERSIGHT)


class OnDuty(msgspec.Struct, frozen=True, kw_only=True):
    """An account at work now.

    Attributes:
        holds: Cases in its hands.
    """

    account: Account
    holds: int = 0

    @property
    def free(self) -> int:
        """Cases that it may still take."""
        return max(0, self.account.capacity - self.holds)


class Roster(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """Who is at work, and how long cases took lately.

    Attributes:
        on_duty: Accounts on duty whose console is open; by name.
        others: Accounts that are not.
        service_s: Seconds from claim to close of the last cases, newest first.
    """

    on_duty: tuple[OnDuty, ...] = ()
    others: tuple[Account, ...] = ()
    service_s: tuple[float, ...] = ()

    @property
    def names(self) -> list[str]:
        """Names of those on duty."""
        return [each.account.name for each in self.on_duty]

    def seeing(self, visibility: Visibility) -> tuple[OnDuty, ...]:
        """Those on duty who may take a case of this visibility."""
        return tuple(each for each in self.on_duty if each.account.sees(visibility))

    def find(self, name: str) -> OnDuty | None:
        """The account, if it is on duty."""
        return next((each for each in self.on_duty if each.account.name == name), None)

    @property
    def accounts(self) -> Iterable[Account]:
        """All of them."""
        return (*(each.account for each in self.on_duty), *self.others)
