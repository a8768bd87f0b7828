"""Training questions that editors add: checked, written, named."""

import subprocess
from pathlib import Path

import pytest

from content.content import Content
from content.question_file import questions_in
from content.teaching import FEWEST, LONGEST, TrainingFolder, teachable
from tests.app.unit.stage import NIGHT

ENGLISH = """version: "3.1"
nlu:
# questions of daily life
- intent: pets
  examples: |
    - can my dog come
    - Where is a vet?
- intent: sim_and_internet
  examples: |
    - which sim
"""
UKRAINIAN = 'version: "3.1"\nnlu:\n- intent: pets\n  examples: |\n    - де ветеринар\n'
EVALUATION = 'kind\ttopic\ttext\ntopic\tpets\tmay a "parrot" fly along\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for locale, text in (("en", ENGLISH), ("uk", UKRAINIAN)):
        (tmp_path / "nlu" / "data" / locale).mkdir(parents=True)
        (tmp_path / "nlu" / "data" / locale / "daily_life.yml").write_text(text, encoding="utf-8")
    (tmp_path / "nlu" / "evaluation").mkdir()
    (tmp_path / "nlu" / "evaluation" / "en.tsv").write_text(EVALUATION, encoding="utf-8")
    return tmp_path / "nlu" / "data"


@pytest.fixture
def training(folder: Path, tmp_path: Path) -> TrainingFolder:
    return TrainingFolder(folder, tmp_path / "data")


def test_questions_become_the_last_of_their_topic_and_nothing_else_changes(
    training: TrainingFolder, folder: Path, content: Content
) -> None:
    training.add(["a cat", "two cats: how"], content.topics["pets"], "en", by="Ilona", now=NIGHT)
    path = folder / "en" / "daily_life.yml"
    assert path.read_text() == ENGLISH.replace("vet?\n", "vet?\n    - a cat\n    - two cats: how\n")
    assert [(each.by, each.text, each.at) for each in training.taught()] == [
        ("Ilona", "two cats: how", "2026-11-22T01:13:20+00:00"),
        ("Ilona", "a cat", "2026-11-22T01:13:20+00:00"),
    ]


def test_a_topic_without_questions_in_a_language_gets_its_own(
    training: TrainingFolder, folder: Path, content: Content
) -> None:
    training.add(["кіт"], content.topics["pets"], "hu", by="Ilona", now=NIGHT)
    assert questions_in(folder / "hu" / "daily_life.yml") == [("pets", "кіт")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("can my cat come", None),
        ("¿?", "empty"),
        ("cat " * LONGEST, "too_long"),
        ("my husband hits me and my cat", "urgent"),
        ("CAN my Dóg come?", "known"),
        ("де  Ветеринар", "known"),
        ("may a parrot fly along!", "evaluation"),
        ("мій кіт", "letters"),
        ("قطتي", "letters"),
    ],
)
def test_what_training_would_refuse_is_said_before(
    training: TrainingFolder, content: Content, text: str, problem: str | None
) -> None:
    assert training.problems(["my parrot", text], "en", content) == ({1: problem} if problem else {})


def test_letters_of_the_language_and_latin_ones_may_stand_in_it(training: TrainingFolder, content: Content) -> None:
    assert training.problems(["мій кіт", "mij kit", "112"], "uk", content) == {}


def test_a_question_twice_in_one_form_is_said(training: TrainingFolder, content: Content) -> None:
    assert training.problems(["my parrot", "my cat", "My parrot?"], "en", content) == {2: "twice"}


def test_where_there_are_no_training_questions_it_says_so(tmp_path: Path, training: TrainingFolder) -> None:
    assert training.is_there
    assert not TrainingFolder(tmp_path / "nothing", tmp_path).is_there


def test_in_a_checkout_each_addition_is_a_commit_in_the_editors_name(
    training: TrainingFolder, folder: Path, content: Content
) -> None:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout

    git("init", "--quiet")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--allow-empty", "-m", "first")
    training.add(["a cat"], content.topics["pets"], "en", by="Ilona Kiss", now=NIGHT)
    assert git("log", "-1", "--format=%an|%s").strip() == "Ilona Kiss|content: Training questions of pets (en)"
    assert git("show", "--stat", "--format=").split()[0] == "en/daily_life.yml"


def test_critical_topics_and_conversation_are_not_taught_here(content: Content) -> None:
    topics = teachable(content)
    assert len(topics) > 60
    assert not any(topic.critical or topic.sensitive or topic.group == "conversation" for topic in topics)


def test_the_products_own_topics_have_many_more_questions_than_a_new_one_begins_with() -> None:
    whole = questions_in(Path(__file__).parents[3] / "nlu" / "data" / "en" / "daily_life.yml")
    topics = {topic for topic, _ in whole}
    assert len(topics) > 3
    assert all(sum(each == topic for each, _ in whole) > FEWEST for topic in topics)
