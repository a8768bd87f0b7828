"""When staff is expected to read, from the duty hours that staff has set."""

from datetime import datetime

from opening_hours import OpeningHours, validate

from road.clock import BUDAPEST
from road.errors import SettingsError


def duty_hours(written: str) -> OpeningHours | None:
    """Duty hours in OpenStreetMap syntax, Hungarian public holidays known; None for an empty setting.

    Raises:
        SettingsError: The text is not in that syntax.
    """
    if not written:
        return None
    if not validate(written):
        raise SettingsError("HOTLINE_DUTY_HOURS", "must be OpenStreetMap opening hours, e.g. Mo-Fr 09:00-17:00; PH off")
    return OpeningHours(written, timezone=BUDAPEST, country="HU")


def next_duty(hours: OpeningHours | None, now: float) -> float | None:
    """When staff next begins to read, seconds since the epoch; None when unknown or now."""
    if hours is None:
        return None
    moment = datetime.fromtimestamp(now, BUDAPEST)
    if hours.is_open(moment):
        return None
    change = hours.next_change(moment)
    return change.timestamp() if change else None
