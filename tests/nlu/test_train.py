"""Training: refused with file and line, reused when nothing changed."""

import json
import shutil
import tarfile
from pathlib import Path

import pytest
import yaml
from box import run
from tiny import write_project, write_questions

from nlu.box.question import BadQuestionsError, read_questions

TOPICS = ["greet", "pets"]


def faults(folder: Path) -> list[str]:
    with pytest.raises(BadQuestionsError) as caught:
        read_questions(folder, TOPICS)
    return [str(fault.path.relative_to(folder)) + f":{fault.line}" for fault in caught.value.faults]


def test_questions_know_their_locale_topic_and_line(tmp_path: Path) -> None:
    write_questions(tmp_path / "en" / "small.yml", {"greet": ["hello", "/hi"], "pets": ["my dog"]})

    questions = read_questions(tmp_path, TOPICS)

    assert [(q.text, q.topic, q.locale, q.line) for q in questions] == [
        ("hello", "greet", "en", 5),
        ("hi", "greet", "en", 6),
        ("my dog", "pets", "en", 10),
    ]


def test_an_unknown_topic_is_refused(tmp_path: Path) -> None:
    write_questions(tmp_path / "en" / "small.yml", {"greet": ["hello"], "pizza": ["one please"]})

    assert faults(tmp_path) == ["en/small.yml:7"]


def test_a_question_under_two_topics_is_refused_whatever_its_case_and_language(tmp_path: Path) -> None:
    write_questions(tmp_path / "en" / "a.yml", {"greet": ["Hello"]})
    write_questions(tmp_path / "hu" / "b.yml", {"pets": ["kutya", "hello"]})

    assert faults(tmp_path) == ["hu/b.yml:6"]


def test_a_question_twice_in_one_locale_is_refused(tmp_path: Path) -> None:
    write_questions(tmp_path / "en" / "a.yml", {"greet": ["Hello"]})
    write_questions(tmp_path / "en" / "b.yml", {"greet": ["hi", "hello"]})
    write_questions(tmp_path / "hu" / "c.yml", {"greet": ["hello"]})

    assert faults(tmp_path) == ["en/b.yml:6"]


def test_a_question_in_a_script_of_other_languages_is_refused(tmp_path: Path) -> None:
    write_questions(tmp_path / "en" / "a.yml", {"greet": ["hello", "привіт"]})

    assert faults(tmp_path) == ["en/a.yml:6"]


def test_the_wish_for_another_language_may_be_written_in_it(tmp_path: Path) -> None:
    write_questions(tmp_path / "en" / "a.yml", {"change_language": ["по-українськи можна?"]})

    assert len(read_questions(tmp_path, ["change_language"])) == 1


@pytest.mark.parametrize("examples", ["", " |\n    ", " |\n    - \n    -"])
def test_an_empty_topic_is_refused(tmp_path: Path, examples: str) -> None:
    path = tmp_path / "en" / "small.yml"
    path.parent.mkdir()
    path.write_text(f"nlu:\n- intent: greet\n  examples:{examples}\n")

    assert faults(tmp_path) == ["en/small.yml:2"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nlu:\n- intent: greet\n  examples: |\n    - hi\n  bad\n", 6),
        ("nlu:\n\t- intent", 2),
        ("", 1),
        ("just text", 1),
        ("nlu:\n- intent: greet\n", 2),
        ("nlu:\n- intent: greet\n  examples: [hi]\n", 3),
        ("nlu: {intent: greet}\n", 1),
    ],
)
def test_what_is_not_rasa_yaml_is_refused(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "en" / "small.yml"
    path.parent.mkdir()
    path.write_text(text)

    assert faults(tmp_path) == [f"en/small.yml:{line}"]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hu" / "small.yml"
    path.parent.mkdir()
    path.write_bytes("nlu:\n- intent: greet\n  examples: |\n    - helló\n".encode("iso8859-2"))

    assert faults(tmp_path) == ["hu/small.yml:0"]


def test_an_unknown_locale_is_refused(tmp_path: Path) -> None:
    write_questions(tmp_path / "xx" / "small.yml", {"greet": ["hello"]})

    assert faults(tmp_path) == ["xx:0"]


def test_no_questions_at_all_are_refused(tmp_path: Path) -> None:
    assert faults(tmp_path) == [".:0"]


def test_all_faults_are_told_at_once_by_the_command(tmp_path: Path) -> None:
    config = write_project(tmp_path)
    write_questions(tmp_path / "nlu" / "data" / "en" / "more.yml", {"pizza": ["one please"], "pets": ["HELLO"]})

    finished = run("nlu.train", "--out", str(tmp_path / "models"), "--config", str(config))

    assert finished.returncode == 1
    assert "en/more.yml:3: unknown topic 'pizza'" in finished.stderr
    assert "en/more.yml:9: also under 'greet' at en/all.yml" in finished.stderr
    assert not list(tmp_path.glob("models/*.tar.gz"))


def test_an_unchanged_model_is_reused_and_a_changed_question_is_not(project: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(project, tmp_path / "copy", ignore=shutil.ignore_patterns("served"))
    arguments = ["nlu.train", "--out", str(copy / "models"), "--config", str(copy / "config.yml")]

    again = run(*arguments)
    write_questions(copy / "nlu" / "data" / "en" / "more.yml", {"pets": ["where do i buy a cage for a parrot"]})
    changed = run(*arguments)

    assert again.stdout.startswith("train: nothing changed")
    assert changed.returncode == 0, changed.stderr
    assert "read 1 of 1 new questions" in changed.stdout
    models = {finished.stdout.split()[-1] for finished in (again, changed)}
    assert models == {str(path) for path in copy.glob("models/*.tar.gz")}


def test_words_alone_make_a_model_too(tmp_path: Path) -> None:
    config = write_project(tmp_path, without="SentenceEmbedding")

    finished = run("nlu.train", "--out", str(tmp_path / "models"), "--config", str(config))

    assert finished.returncode == 0, finished.stderr
    assert not (tmp_path / "models" / "vectors.sqlite").exists()
    assert "SentenceEmbedding" not in yaml.safe_load(config.read_text()).__repr__()


def test_questions_are_learned_in_the_letters_and_consonants_in_which_messages_are_read(tmp_path: Path) -> None:
    config = write_project(tmp_path, without="SentenceEmbedding")
    pets = {"ar": ["عندي كلب صغير", "3andi kalb sghir"], "sr": ["где је мој пас", "gde je moj pas"]}
    for locale, texts in pets.items():
        write_questions(tmp_path / "nlu" / "data" / locale / "all.yml", {"pets": texts})

    finished = run("nlu.train", "--out", str(tmp_path / "models"), "--config", str(config))

    assert finished.returncode == 0, finished.stderr
    words = learned(Path(finished.stdout.split()[-1]), "WordsAndCharacters")
    assert {"gde", "moj"} <= set(words["word"]), "both scripts of Serbian are one"
    assert "klb" in words["consonant"], "both scripts of Arabic have these"
    assert learned(Path(finished.stdout.split()[-1]), "LocaleScorer")["locales"] == ["ar", "en", "hu", "sr", "uk"]


def learned(model: Path, component: str) -> dict[str, list[str]]:
    with tarfile.open(model) as archive:
        (name,) = (name for name in archive.getnames() if component in name and name.endswith("rest.json"))
        file = archive.extractfile(name)
        assert file
        found: dict[str, list[str]] = json.load(file)
        return found
