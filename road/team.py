"""Teams: who reads when and for whom, and how soon a person is promised to be heard."""

from datetime import date

import msgspec


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What staff promises itself for a priority; None promises nothing.

    Attributes:
        first_response_minutes: Until a colleague's first words to the person.
        resolution_minutes: Until the case is closed.
    """

    first_response_minutes: int | None = None
    resolution_minutes: int | None = None


class Closure(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from"}):
    """Days on which no shift begins.

    Attributes:
        start: First day, in Budapest.
        until: Last day.
        reason: For colleagues, never shown to people.
    """

    start: date
    until: date
    reason: str = ""


class ExtraDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day with hours of its own in place of the usual ones, whatever holiday or closure it falls on.

    Attributes:
        hours: Times alone, such as 09:00-13:00; one that ends before it begins ends on the next day.
        reason: For colleagues, never shown to people.
    """

    date: date
    hours: str
    reason: str = ""


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """People who read at the same hours and for the same persons.

    Attributes:
        hours: Usual hours in OpenStreetMap's opening_hours syntax; "" when nobody has said.
        locales: Those it reads; none means all.
        groups: Groups of topics that it knows; none means all.
        focal: It is the focal points' team, who alone see reports about helpers.
    """

    id: str
    name: str
    hours: str = ""
    closures: tuple[Closure, ...] = ()
    extra: tuple[ExtraDay, ...] = ()
    locales: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    focal: bool = False

    def serves(self, locale: str, group: str) -> bool:
        """Whether it reads cases in this locale about this group of topics ("": not known, so for all-round teams)."""
        return locale in (self.locales or (locale,)) and group in (self.groups or (group,))
