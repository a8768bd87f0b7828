"""The content folder as a git checkout: each save is a commit in the editor's name."""

import logging
import os
import shutil
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from road.errors import SetupError

TIMEOUT_S: Final = 30.0
NO_MAIL: Final = "editors.invalid"
"""Editors' addresses are not asked for; a reserved name (RFC 2606) says that there is none."""

_IDENTITY: Final = (
    "user.name=Hotline",
    f"user.email=hotline@{NO_MAIL}",
    "commit.gpgsign=false",
    "core.quotePath=false",
)
_PASSED_ON: Final = ("PATH", "HOME", "LANG", "SYSTEMROOT")

_log = logging.getLogger(__name__)


def is_checkout(folder: Path) -> bool:
    """Whether git keeps this folder's files."""
    try:
        return _git(folder, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except SetupError:
        return False


def commit(folder: Path, paths: Collection[str], *, by: str, what: str) -> None:
    """Commits these files alone, whatever else lies about; nothing where they are as the last commit has them.

    Without git, or where it refuses, the files stay saved, and the log says so.
    """
    if not is_checkout(folder):
        return
    try:
        _git(folder, "add", "--all", "--", *paths)
        if _git(folder, "status", "--porcelain", "--", *paths):
            author = f"{by.translate({ord(c): None for c in '<>'})} <{NO_MAIL.partition('.')[0]}@{NO_MAIL}>"
            message = f"content: {what}"
            _git(
                folder,
                "commit",
                "--quiet",
                "--no-verify",
                f"--author={author}",
                f"--message={message}",
                "--only",
                "--",
                *paths,
            )
    except SetupError as error:
        _log.error("saved, and not committed: %s", error)


def _git(folder: Path, *arguments: str) -> str:
    """What git prints.

    Raises:
        SetupError: There is no git, or it refuses.
    """
    if not shutil.which("git"):
        raise SetupError("git is not installed")
    settings = [part for setting in _IDENTITY for part in ("-c", setting)]
    try:
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=folder,
            env=_environment(os.environ),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise SetupError(f"git {arguments[0]}: {error.stderr.strip() or error.returncode}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SetupError(f"git {arguments[0]}: {type(error).__name__}") from error
    return done.stdout


def _environment(whole: Mapping[str, str]) -> Mapping[str, str]:
    """Without what may point git at another repository, and without our secrets."""
    return {name: whole[name] for name in _PASSED_ON if name in whole} | {"GIT_TERMINAL_PROMPT": "0"}
