"""The store that the settings name."""

from desk.calls import LADDERS
from road.settings import Settings
from road.turn import Address, Channel
from store.crypto import Keyring
from store.embedded import url_of
from store.master_key import master_key
from store.valkey import ValkeyStore


def connect(settings: Settings) -> ValkeyStore:
    """The configured server, or the embedded one; connected at first use.

    Raises:
        SettingsError: The master key or the data folder's path is wrong.
    """
    return ValkeyStore(
        settings.redis_url or url_of(settings.data_dir),
        keyring=Keyring(master_key(settings)),
        staff={group: _chats(settings, group) for group in LADDERS},
        retention_days=settings.retention_days,
        audit_days=settings.audit_days,
    )


def _chats(settings: Settings, group: str) -> tuple[Address, ...]:
    return tuple(Address(Channel.TELEGRAM, str(chat)) for chat in settings.staff_chats(group))
