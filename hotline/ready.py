"""What must be filled before the public is served."""

from collections.abc import Iterator, Sequence

from content.content import Content
from content.warnings import unconfirmed_critical_lines
from road.account import Account, Right
from road.case import Visibility
from road.settings import Settings


def open_items(settings: Settings, content: Content, accounts: Sequence[Account] = ()) -> list[str]:
    """One sentence for each thing that is missing; empty when the hotline may be opened.

    Args:
        accounts: Staff, as far as the store could be asked: who has a Telegram chat can be called there.
    """
    people = [*_uncallable(settings, accounts), *_without_second_factor(accounts)]
    return [*people, *_settings_items(settings), *_content_items(content)]


def _uncallable(settings: Settings, accounts: Sequence[Account]) -> Iterator[str]:
    """Calls that would reach no telephone: such a case alarms in the console alone."""
    reachable = [account for account in accounts if account.chat and account.sees(Visibility.ALL)]
    focal = [account for account in reachable if account.sees(Visibility.FOCAL)]
    for group, staff, whom in (
        ("now", reachable, "a person in danger"),
        ("duty", reachable, "a person without a bed tonight"),
        ("focal", focal, "a reported helper"),
    ):
        if not staff and not settings.staff_chats(group):
            name = f"HOTLINE_STAFF_CHATS_{group.upper()}"
            yield f"{name} is not set, and no account has a Telegram chat: nobody can be called about {whom}"


def _without_second_factor(accounts: Sequence[Account]) -> Iterator[str]:
    """Accounts that see more than an operator's, and that a stolen password would open."""
    for account in accounts:
        if account.factor is None and (account.may(Right.OVERSIGHT) or account.may(Right.REPORTS)):
            yield f"account {account.name} ({account.role}) has no second factor: it is set up under My account"


def _settings_items(settings: Settings) -> list[str]:
    missing = {
        "HOTLINE_SAFEGUARDING_CONTACT": (settings.safeguarding_contact, "who answers for children is not named"),
        "HOTLINE_PRIVACY_CONTACT": (settings.privacy_contact, "the privacy note names nobody to ask"),
    }
    return [f"{name} is not set: {why}" for name, (value, why) in missing.items() if not value]


def _content_items(content: Content) -> list[str]:
    lines = [f"critical line {line} is not confirmed by staff" for line in unconfirmed_critical_lines(content)]
    unknown = [f"line {line.id} has no number yet" for line in content.lines.values() if not line.number]
    silent = [team.id for team in content.teams.values() if not team.hours]
    hours = [f"team {team} has no hours yet: nobody waiting is told when it reads" for team in silent]
    return [*lines, *unknown, *hours]
