"""The processes of `make run`."""

import socket
from configparser import RawConfigParser
from dataclasses import replace
from pathlib import Path

import pytest

from hotline import supervision
from road.errors import SetupError
from road.settings import Settings

GIVEN = {"HOTLINE_RASA_URL": "http://127.0.0.1:5005", "HOTLINE_RASA_TOKEN": "t%ken"}
TOKEN = "123456:" + "a" * 35


def names(settings: Settings) -> list[str]:
    return [program.name for program in supervision.programs(settings, GIVEN, "model.tar.gz")]


@pytest.fixture(autouse=True)
def a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "box_python", lambda: "python3.10")


def test_with_nothing_configured_everything_is_embedded_and_starts_store_first() -> None:
    assert names(Settings()) == ["store", "box", "worker", "courier", "web"]


def test_a_token_adds_polling_and_a_public_address_the_webhook() -> None:
    assert names(Settings(telegram_token=TOKEN))[-1] == "polling"
    assert names(Settings(telegram_token=TOKEN, public_url="https://h.example"))[-1] == "webhook"


def test_servers_of_ones_own_are_not_started() -> None:
    assert names(Settings(redis_url="redis://db", rasa_url="http://box")) == ["worker", "courier", "web"]


def test_the_configuration_can_be_read_and_expands_nothing() -> None:
    text = supervision.configuration(
        supervision.programs(Settings(), GIVEN, "m.tar.gz"), Path("/srv/run"), Path("/srv/log")
    )
    parser = RawConfigParser()
    parser.read_string(text)
    assert parser["program:worker"]["autorestart"] == "true"
    assert 'HOTLINE_RASA_TOKEN="t%%ken"' in parser["program:worker"]["environment"]


def test_only_the_box_is_told_the_boxs_secrets() -> None:
    box = next(
        p for p in supervision.programs(Settings(), {**GIVEN, "HOTLINE_MASTER_KEY": "k"}, "m") if p.name == "box"
    )
    assert set(box.environment) == {"HOTLINE_RASA_TOKEN", "RASA_TELEMETRY_ENABLED"}


def test_a_setting_that_would_break_the_configuration_is_refused() -> None:
    with pytest.raises(SetupError, match="quote"):
        supervision.configuration(
            supervision.programs(Settings(), {**GIVEN, "HOTLINE_PRIVACY_CONTACT": 'a"b'}, "m"), Path("r"), Path("l")
        )


def test_a_taken_port_is_named_before_anything_starts() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(SetupError, match=f"{port}.*HOTLINE_PORT"):
            supervision.refuse_taken_port("127.0.0.1", port)


def test_a_second_hotline_on_the_same_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with socket.socket(socket.AF_UNIX) as first:
        first.bind(str(tmp_path / "run" / supervision.SOCKET))
        first.listen()
        with pytest.raises(SetupError, match="already runs"):
            supervision.start([], tmp_path)


def test_rooms_follow_the_settings() -> None:
    assert supervision.rooms(replace(Settings(), telegram_token=TOKEN)) == ("worker", "courier", "web", "polling")
