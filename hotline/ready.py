"""What must be filled before the public is served."""

from content.content import Content
from content.warnings import unconfirmed_critical_lines
from road.settings import Settings


def open_items(settings: Settings, content: Content) -> list[str]:
    """One sentence for each thing that is missing; empty when the hotline may be opened."""
    return [*_settings_items(settings), *_content_items(content)]


def _settings_items(settings: Settings) -> list[str]:
    missing = {
        "HOTLINE_STAFF_CHATS_NOW": (settings.staff_chats_now, "nobody is called for a person in danger"),
        "HOTLINE_STAFF_CHATS_DUTY": (settings.staff_chats_duty, "nobody is called for a person without a bed tonight"),
        "HOTLINE_STAFF_CHATS_FOCAL": (settings.staff_chats_focal, "nobody is called when a helper is reported"),
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
