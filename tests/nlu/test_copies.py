"""Copies of evaluation questions in other spellings."""

from pathlib import Path

from box import run

QUESTIONS = """\
kind\ttopic\ttext
topic\tpets\tДе щеплення для кота?
topic\tpets\tde ye veterynar
topic\tgreet\tПривіт
out_of_scope\tout_of_scope\tЯка погода
"""

HUNGARIAN = """\
kind\ttopic\ttext
topic\tpets\tHol van állatorvos
topic\tpets\tkutya oltasa
"""


def copies(folder: Path) -> list[list[str]]:
    finished = run("nlu.copies", str(folder))
    assert finished.returncode == 0, finished.stderr
    return [line.split("\t") for line in finished.stdout.splitlines()]


def test_questions_are_copied_where_another_spelling_differs(tmp_path: Path) -> None:
    (tmp_path / "uk.tsv").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "hu.tsv").write_text(HUNGARIAN, encoding="utf-8")

    made = copies(tmp_path)

    assert made[0] == ["accentless", "hu", "pets", "hol van allatorvos"]
    assert [copy[:3] for copy in made[1:]] == [["latin", "uk", "pets"], ["latin", "uk", "greet"]]
    assert all(copy[3].isascii() and copy[3].strip() for copy in made)


def test_an_edit_of_one_question_leaves_the_copies_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "uk.tsv"
    path.write_text(QUESTIONS, encoding="utf-8")
    before = copies(tmp_path)
    path.write_text(QUESTIONS.replace("Де щеплення для кота?", "Щеплення"), encoding="utf-8")

    assert copies(tmp_path)[1:] == before[1:]
