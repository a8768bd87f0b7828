"""What others have written is served as they published it: the hashes written down are those of the files."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parents[3] / "web" / "static" / "vendor"
ROW = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)


def written_down() -> dict[str, str]:
    return dict(ROW.findall((VENDOR / "README.md").read_text()))


def test_every_file_has_the_hash_that_is_written_down() -> None:
    files = {path.name: path.read_bytes() for path in VENDOR.iterdir() if path.name != "README.md"}
    assert len(files) > 1
    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} == written_down()


def test_the_pages_name_a_version_that_is_there() -> None:
    named = set()
    templates = VENDOR.parents[1] / "templates"
    for path in (*VENDOR.parent.glob("*.js"), templates / "statistics.html", templates / "editors" / "answer.html"):
        named |= set(re.findall(r"vendor/([\w.-]+\.(?:js|css))", path.read_text()))
    assert len(named) == 3
    assert named <= set(written_down())
