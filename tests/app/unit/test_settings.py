"""Settings: what is read, what stops the start, and that docs know all of them."""

from dataclasses import fields
from pathlib import Path

import pytest

from road.errors import SettingsError
from road.settings import Settings, load

DOCS = Path(__file__).parents[3] / "docs" / "settings.md"


def test_nothing_set_serves_this_machine_alone() -> None:
    settings = load({"PATH": "/bin"})
    assert settings == Settings()
    assert settings.host == "127.0.0.1"


def test_every_setting_is_read_from_its_own_variable() -> None:
    settings = load({"HOTLINE_PORT": "9000", "HOTLINE_STAFF_CHATS_NOW": "5,-100200", "HOTLINE_SEND_RATE": "12.5"})
    assert (settings.port, settings.staff_chats_now, settings.send_rate) == (9000, (5, -100200), 12.5)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HOTLINE_PROT", "1"),
        ("HOTLINE_PORT", "eighty"),
        ("HOTLINE_PORT", "70000"),
        ("HOTLINE_RETENTION_DAYS", "0"),
        ("HOTLINE_AUDIT_DAYS", "0"),
        ("HOTLINE_SECOND_FACTOR_ROLES", "king"),
        ("HOTLINE_SEND_RATE", "nan"),
        ("HOTLINE_TELEGRAM_TOKEN", "not-a-token"),
        ("HOTLINE_WEBHOOK_SECRET", "two words"),
        ("HOTLINE_PUBLIC_URL", "example.org"),
        ("HOTLINE_REDIS_URL", "http://127.0.0.1"),
        ("HOTLINE_LOG_LEVEL", "loud"),
        ("HOTLINE_STAFF_CHATS_DUTY", "someone"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        load({variable: value})


def test_roles_that_must_have_a_second_factor_are_named_with_commas() -> None:
    settings = load({"HOTLINE_SECOND_FACTOR_ROLES": "supervisor, focal", "HOTLINE_AUDIT_DAYS": "30"})
    assert (settings.second_factor_roles, settings.audit_days) == (("supervisor", "focal"), 30)


def test_a_public_address_needs_a_secret() -> None:
    token = "123456:" + "a" * 35
    with pytest.raises(SettingsError, match="HOTLINE_WEBHOOK_SECRET"):
        load({"HOTLINE_TELEGRAM_TOKEN": token, "HOTLINE_PUBLIC_URL": "https://hotline.example"})


def test_secrets_show_neither_in_repr_nor_in_errors() -> None:
    secret = "123456:" + "s" * 35
    settings = load({"HOTLINE_TELEGRAM_TOKEN": secret, "HOTLINE_MASTER_KEY": "topsecret", "HOTLINE_RASA_TOKEN": "hush"})
    assert not any(word in repr(settings) for word in ("sss", "topsecret", "hush"))
    with pytest.raises(SettingsError) as caught:
        load({"HOTLINE_TELEGRAM_TOKEN": "sss-broken"})
    assert "sss-broken" not in str(caught.value)


def test_docs_name_every_setting() -> None:
    names = [f"HOTLINE_{f.name.upper()}" for f in fields(Settings)]
    assert len(names) > 10
    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in names if f"`{name}`" not in text] == []
