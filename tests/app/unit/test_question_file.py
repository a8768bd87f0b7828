"""One question more in a training file: at the end of its topic, and nothing else changed."""

from pathlib import Path

import pytest

from content import question_file
from content.question_file import add_question, questions_in
from road.errors import SetupError

DATA = Path(__file__).parents[3] / "nlu" / "data"
SOUND = """version: "3.1"
nlu:
# of the day
- intent: pets
  examples: |
    - can i bring my dog
    -   vaccine: for "my" cat # no comment

- intent: thanks
  examples: |
      - thank you
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "small.yml"
    path.write_text(SOUND)
    return path


def test_a_question_becomes_the_last_one_of_its_topic(path: Path):
    add_question(path, "pets", "- [a](b): 'parrot' # & co")
    add_question(path, "thanks", "дякую")

    first, second = "    - - [a](b): 'parrot' # & co\n", "      - дякую\n"
    assert path.read_text() == SOUND.replace("\n\n- intent", f"\n{first}\n- intent") + second


def test_a_new_topic_and_a_new_file_begin_at_the_end(path: Path, tmp_path: Path):
    add_question(path, "greet", "hi")
    add_question(tmp_path / "new" / "file.yml", "greet", "hi")

    assert path.read_text() == SOUND + "- intent: greet\n  examples: |\n    - hi\n"
    assert questions_in(tmp_path / "new" / "file.yml") == [("greet", "hi")]
    assert [entry.name for entry in (tmp_path / "new").iterdir()] == ["file.yml"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nlu:\n- intent: pets\n  examples: [hi]\n", r"small.yml:2: expected"),
        ("nlu:\n\t- intent", r"small.yml:2: not YAML"),
    ],
)
def test_a_file_that_cannot_take_one_stays_as_it_is(path: Path, text: str, told: str):
    path.write_text(text)
    with pytest.raises(SetupError, match=told):
        add_question(path, "pets", "hi")
    assert path.read_text() == text


def test_what_would_be_two_questions_is_none(path: Path):
    with pytest.raises(SetupError, match="without changing others"):
        add_question(path, "pets", "one\n    - two")
    assert path.read_text() == SOUND


def test_a_crash_leaves_the_file_and_no_rest(path: Path, monkeypatch: pytest.MonkeyPatch):
    def crash(_descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(question_file.whole_file.os, "fsync", crash)
    with pytest.raises(OSError, match="disk full"):
        add_question(path, "pets", "hi")
    assert path.read_text() == SOUND
    assert list(path.parent.iterdir()) == [path]


def test_every_training_file_takes_a_question_for_each_topic(tmp_path: Path):
    files = sorted(DATA.glob("*/*.yml"))
    assert len(files) > 40
    for file in files[::6]:
        copy = tmp_path / file.name
        copy.write_bytes(file.read_bytes())
        topics = dict.fromkeys(topic for topic, _ in questions_in(file))
        topic = list(topics)[len(topics) // 2]
        add_question(copy, topic, "quite another question")
        before, after = file.read_text().splitlines(), copy.read_text().splitlines()
        assert len(after) == len(before) + 1
        after.remove("    - quite another question")
        assert after == before
