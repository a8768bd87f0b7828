"""Staff accounts and their roles."""

from enum import StrEnum

import msgspec

from road.case import Visibility


class Role(StrEnum):
    """What an account may do; `Account.sees` says what it may read."""

    OPERATOR = "operator"
    FOCAL = "focal"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff.

    Attributes:
        name: Login name, shown to colleagues, never to the person.
        password_hash: argon2id.
        locale: Language of their console: en, hu or uk.
    """

    name: str
    role: Role
    password_hash: str
    locale: str = "en"

    def sees(self, visibility: Visibility) -> bool:
        """Whether cases and entries of this visibility may reach this account by any page, query or stream."""
        if self.role is Role.EDITOR:
            return False
        return visibility is Visibility.ALL or self.role is Role.FOCAL
