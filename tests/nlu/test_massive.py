"""The comparison on public data, with a few of our own questions in its place."""

from pathlib import Path

import pytest
from box import run
from tiny import QUESTIONS

LESSONS, DEV = "massive_train20.tsv", "massive_dev.tsv"


def write(folder: Path) -> None:
    rows = [
        (language, topic, text)
        for language, topics in QUESTIONS.items()
        for topic, texts in topics.items()
        for text in texts
    ]
    for name in (LESSONS, DEV):
        lines = ["\t".join(row) for row in [("lang", "intent", "text"), *rows]]
        (folder / name).write_text("\n".join([*lines, ""]), encoding="utf-8")


def test_every_pipeline_gets_a_row_with_all_languages(tmp_path: Path) -> None:
    """But DIET, which takes a minute even for these few: Rasa trains and asks it as it does the other stock one."""
    write(tmp_path)
    page = tmp_path / "massive.md"

    finished = run("nlu.massive", "--benchmarks", str(tmp_path), "--out", str(page), "--without-diet")

    assert finished.returncode == 0, finished.stderr
    head, _, *rows = [line.split(" | ") for line in page.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    assert head[:5] == ["| pipeline", "mean", "en", "hu", "uk"]
    assert len(rows) == 4
    assert {len(row) for row in rows} == {len(head)}
    ours = next(row for row in rows if "ours" in row[0])
    assert float(ours[1]) > 90.0, "questions that were learned are known"
    assert "4 intents" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (LESSONS, None, "massive_train20.tsv is missing; say where it is: make massive BENCHMARKS=FOLDER"),
        (DEV, None, "massive_dev.tsv is missing"),
        (DEV, "lang\tintent\ttext\nen\tgreet\n", "massive_dev.tsv:2: wanted are the columns lang, intent, text"),
        (DEV, "lang\tintent\ttext\n", "massive_dev.tsv:1: no utterances"),
    ],
)
def test_data_that_is_not_there_is_named(tmp_path: Path, name: str, text: str | None, problem: str) -> None:
    write(tmp_path)
    (tmp_path / name).unlink()
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")

    finished = run("nlu.massive", "--benchmarks", str(tmp_path), "--out", str(tmp_path / "massive.md"))

    assert finished.returncode == 1
    assert problem in finished.stderr
    assert not (tmp_path / "massive.md").exists()
