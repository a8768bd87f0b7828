"""The settings, and the one place that reads the environment.

Every setting is a variable `HOTLINE_*`; unknown, missing or malformed ones stop the start and are named. The list with
meanings stands in docs/settings.md; a test fails for one that is missing there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from road.account import Role
from road.errors import SettingsError

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram allows


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings, checked. Field `x_y` is read from `HOTLINE_X_Y`; secrets do not show in `repr`.

    Attributes:
        telegram_token: The bot's token; empty serves the chat page only.
        telegram_api_url: The Bot API server.
        public_url: Where Telegram reaches the webhook; empty means long polling. Set, the chat page is off.
        webhook_secret: Sent by Telegram with every update.
        webhook_port: Port of the webhook's own listener.
        redis_url: A Valkey or Redis of yours; empty starts the embedded one.
        rasa_url: A running Rasa box; empty starts one.
        rasa_token: Its token; made at the start when empty.
        data_dir: Model, store, keys.
        content_dir: The content files.
        questions_dir: The training questions, a folder for each locale.
        host: Address of the chat page and the console.
        port: Port of the chat page and the console.
        master_key: 32 bytes in base64 that wrap each person's key; empty reads or makes `data_dir/master.key`.
        console_url: Where staff opens the console; stands in calls to staff.
        staff_chats_now: Telegram chats called for topics of page "now".
        staff_chats_duty: The same for "duty".
        staff_chats_focal: The same for "focal".
        safeguarding_contact: Who answers for children and people at risk; shown in `hotline ready` only.
        privacy_contact: Where a person asks what is kept about them; part of the privacy note.
        retention_days: Days after which sessions, transcripts and closed cases are gone.
        audit_days: Days after which the record of what staff did is gone.
        second_factor_roles: Roles that reach nothing but their own account before they have a second factor.
        undo_s: Seconds in which an operator may undo a message; 0 sends at once.
        send_rate: Messages a second over all chats (Telegram: about 30).
        log_level: debug, info, warning or error.
    """

    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    public_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    webhook_port: int = 8443
    redis_url: str = field(default="", repr=False)
    rasa_url: str = ""
    rasa_token: str = field(default="", repr=False)
    data_dir: Path = Path("var")
    content_dir: Path = Path("content")
    questions_dir: Path = Path("nlu/data")
    host: str = "127.0.0.1"
    port: int = 8080
    master_key: str = field(default="", repr=False)
    console_url: str = ""
    staff_chats_now: tuple[int, ...] = field(default=(), repr=False)
    staff_chats_duty: tuple[int, ...] = field(default=(), repr=False)
    staff_chats_focal: tuple[int, ...] = field(default=(), repr=False)
    safeguarding_contact: str = field(default="", repr=False)
    privacy_contact: str = ""
    retention_days: int = 30
    audit_days: int = 365
    second_factor_roles: tuple[str, ...] = ()
    undo_s: int = 5
    send_rate: float = 25.0
    log_level: str = "info"

    def staff_chats(self, group: str) -> tuple[int, ...]:
        """Chats to call for a group of pages; supervisors have none of their own, whoever is called first hears it."""
        return {
            "now": self.staff_chats_now,
            "duty": self.staff_chats_duty,
            "focal": self.staff_chats_focal,
            "supervisor": self.staff_chats_now,
        }[group]


def load(environment: Mapping[str, str]) -> Settings:
    """Settings from an environment.

    Raises:
        SettingsError: A `HOTLINE_` variable is unknown or malformed, or one that another needs is missing.
    """
    known = {_variable(f.name): f for f in fields(Settings)}
    given = {name: value.strip() for name, value in environment.items() if name.startswith("HOTLINE_")}
    for name in given:
        if name not in known:
            raise SettingsError(name, "unknown setting; docs/settings.md lists them all")
    values = {known[name].name: _parse(name, known[name].name, value) for name, value in given.items() if value}
    settings = Settings(**values)  # type: ignore[arg-type]
    _check_together(settings)
    return settings


def _variable(name: str) -> str:
    return f"HOTLINE_{name.upper()}"


def _parse(variable: str, name: str, value: str) -> object:
    match name:
        case "port" | "webhook_port":
            return _integer(variable, value, low=1, high=65535)
        case "retention_days" | "audit_days":
            return _integer(variable, value, low=1, high=3650)
        case "second_factor_roles":
            return tuple(_one_of(variable, part.strip(), tuple(Role)) for part in value.split(","))
        case "undo_s":
            return _integer(variable, value, low=0, high=60)
        case "send_rate":
            return _rate(variable, value)
        case "data_dir" | "content_dir" | "questions_dir":
            return Path(value)
        case "staff_chats_now" | "staff_chats_duty" | "staff_chats_focal":
            return tuple(_integer(variable, part, low=-(2**52), high=2**52) for part in value.split(","))
        case "telegram_token":
            return _matching(variable, value, _TOKEN, "a bot token as BotFather gives it (digits, colon, letters)")
        case "webhook_secret":
            return _matching(variable, value, _WEBHOOK_SECRET, "1 to 256 letters, digits, '-' or '_'")
        case "telegram_api_url" | "public_url" | "console_url" | "rasa_url" | "redis_url":
            return _url(variable, value)
        case "log_level":
            return _one_of(variable, value, ("debug", "info", "warning", "error"))
    return value


def _integer(variable: str, value: str, *, low: int, high: int) -> int:
    try:
        number = int(value)
    except ValueError:
        raise SettingsError(variable, f"must be a whole number, is {value!r}") from None
    if not low <= number <= high:
        raise SettingsError(variable, f"must be from {low} to {high}, is {number}")
    return number


def _rate(variable: str, value: str) -> float:
    try:
        rate = float(value)
    except ValueError:
        raise SettingsError(variable, f"must be a number, is {value!r}") from None
    if not 0 < rate <= 10_000:
        raise SettingsError(variable, f"must be above 0 and at most 10000, is {value}")
    return rate


def _matching(variable: str, value: str, pattern: re.Pattern[str], allowed: str) -> str:
    if not pattern.fullmatch(value):
        raise SettingsError(variable, f"must be {allowed}")
    return value


def _one_of(variable: str, value: str, allowed: tuple[str, ...]) -> str:
    if value.lower() not in allowed:
        raise SettingsError(variable, f"must be one of {', '.join(allowed)}")
    return value.lower()


def _url(variable: str, value: str) -> str:
    parts = urlsplit(value)
    allowed = {"HOTLINE_REDIS_URL": ("redis", "rediss", "unix")}.get(variable, ("http", "https"))
    if parts.scheme not in allowed or not (parts.netloc or parts.scheme == "unix"):
        raise SettingsError(variable, f"must be an address that begins with {' or '.join(f'{a}://' for a in allowed)}")
    return value.rstrip("/")


def _check_together(settings: Settings) -> None:
    if settings.public_url and settings.telegram_token and not settings.webhook_secret:
        raise SettingsError("HOTLINE_WEBHOOK_SECRET", "is needed with HOTLINE_PUBLIC_URL: without it anybody may post")
