"""Every picture of the documentation is taken from the real console, and shown."""

import re
from pathlib import Path

from scripts.pictures import FOLDER, SCENES

DOCS = Path(__file__).parents[3] / "docs"


def test_every_scene_has_its_picture_and_every_picture_its_scene() -> None:
    assert SCENES
    assert {path.stem for path in FOLDER.glob("*.png")} == {scene.name for scene in SCENES}


def test_every_picture_is_small_and_shown_on_a_page() -> None:
    shown = {name for page in DOCS.glob("*.md") for name in re.findall(r"\(pictures/([\w-]+)\.png\)", page.read_text())}
    assert shown == {scene.name for scene in SCENES}
    assert max(path.stat().st_size for path in FOLDER.glob("*.png")) < 100_000
