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


def test_questions_are_copied_politely_in_the_words_of_others(tmp_path: Path) -> None:
    asked = [f"topic\tpets\tquestion {number}" for number in range(40)]
    said = [
        "topic\tgreet\thello there",
        "topic\tthanks\tmany thanks.",
        "topic\tthanks\tthanks for all that you did today",
    ]
    (tmp_path / "en.tsv").write_text("\n".join(["kind\ttopic\ttext", *asked, *said, ""]), encoding="utf-8")

    made = [copy[3] for copy in copies(tmp_path)]

    assert 3 < len(made) < 20
    assert all("question" in text and ("hello there" in text or "many thanks" in text) for text in made)
    assert {text.startswith("hello there") for text in made} == {True, False}
    assert {text.endswith("many thanks") for text in made} == {True, False}
