"""The commit hook: a commit of content with a fault is refused, and the editor is told where."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.fixtures.folder import edit

ROOT = Path(__file__).parents[3]
PETS = "answers/en/daily_life/pets.md"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the hook as `make hooks` installs it, and the content staged."""
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "uk", "hu", "ru"))
    shutil.copy(ROOT / ".pre-commit-config.yaml", tmp_path)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / ".gitignore").write_text(".venv\n.hooks\n")
    run(tmp_path, "git", "init", "--quiet")
    run(tmp_path, sys.executable, "-m", "pre_commit", "install")
    run(tmp_path, "git", "add", ".")
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    own = {"PYTHONPATH": str(ROOT), "PRE_COMMIT_HOME": str(folder / ".hooks"), "HOME": str(folder)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "HOTLINE_"))}
    return subprocess.run(command, cwd=folder, env=environment | own, capture_output=True, text=True, check=False)


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=Ilona Minta", "-c", "user.email=ilona@example.org")
    return run(folder, "git", *identity, "commit", "--all", "--quiet", "--message", "content: Change a text.")


def test_a_commit_with_a_fault_is_refused_and_one_without_goes_through(repository: Path):
    edit(repository / "content", PETS, "Go to a vet", "Go to 2 vets")
    refused = commit(repository)
    assert refused.returncode
    assert f"{PETS}:" in refused.stdout + refused.stderr
    assert "the number 2 stands in the text" in refused.stdout + refused.stderr
    edit(repository / "content", PETS, "Go to 2 vets", "Go to two vets")
    accepted = commit(repository)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_a_commit_of_something_else_is_not_checked(repository: Path):
    run(repository, "git", "reset", "--quiet")
    (repository / "note.txt").write_text("no content\n")
    edit(repository / "content", PETS, "Go to a vet", "Go to 2 vets")
    run(repository, "git", "add", "note.txt", ".pre-commit-config.yaml")
    identity = ("-c", "user.name=Ilona Minta", "-c", "user.email=ilona@example.org")
    made = run(repository, "git", *identity, "commit", "--quiet", "--message", "Note something.")
    assert made.returncode == 0, made.stdout + made.stderr
