from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from road.errors import SettingsError
from road.settings import Settings
from store.master_key import master_key

KEY = bytes(range(32))


def test_the_setting_is_the_key(tmp_path: Path) -> None:
    assert master_key(Settings(data_dir=tmp_path, master_key=b64encode(KEY).decode())) == KEY
    assert list(tmp_path.iterdir()) == []


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "var")
    key = master_key(settings)
    assert len(key) == 32
    assert master_key(settings) == key
    assert (tmp_path / "var" / "master.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["master.key"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: master_key(settings), range(16)))
    assert len(keys) == 1


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_can_read_stops_the_start_and_says_what_to_do(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(b64encode(KEY))
    path.chmod(mode)
    with pytest.raises(SettingsError, match="chmod 600"):
        master_key(Settings(data_dir=tmp_path))


@pytest.mark.parametrize("text", ["", "not base64!", b64encode(KEY[:-1]).decode(), "ключ"])
def test_a_malformed_key_stops_the_start_without_being_shown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "master.key"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    with pytest.raises(SettingsError) as stopped:
        master_key(Settings(data_dir=tmp_path))
    assert stopped.value.setting == "HOTLINE_MASTER_KEY"
    assert not text or text not in str(stopped.value)
    if text:
        with pytest.raises(SettingsError, match="base64"):
            master_key(Settings(data_dir=tmp_path, master_key=text))
