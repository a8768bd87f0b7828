"""The matrix of all content is there at once: `pytest -s` prints how soon."""

import time
from pathlib import Path

from content import snapshot
from content.folder import load
from road.account import Role
from road.settings import Settings
from tests.app.unit.conftest import CONTENT
from tests.app.unit.web_stage import Stage

WITHIN_S = 0.3
"""An overview that is opened many times a day; in processor time, so that a busy machine does not matter."""

VISITS = 5


async def test_the_matrix_of_all_content_takes_less_than_a_third_of_a_second(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    snapshot.copy(CONTENT, folder)
    stage = Stage(load(folder), settings=Settings(undo_s=0, content_dir=folder, data_dir=tmp_path / "data"))
    editor = await stage.at_console("edit", Role.EDITOR)
    page = await editor.sees("/console/content")  # reads the draft
    took = []
    for _ in range(VISITS):
        began, worked = time.perf_counter(), time.process_time()
        page = await editor.sees("/console/content")
        took.append((time.process_time() - worked, time.perf_counter() - began))
    assert page.text.count('class="cell ') > 1000
    busy_s, whole_s = map(min, zip(*took, strict=True))
    print(f"\nmatrix: {busy_s * 1000:.0f} ms of processor time, {whole_s * 1000:.0f} ms in all, {len(page.text)} bytes")
    assert busy_s < WITHIN_S
