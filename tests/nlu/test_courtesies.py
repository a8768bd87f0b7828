"""Polite copies of questions."""

from pathlib import Path

import yaml
from tiny import write_questions

from nlu.box.courtesies import Courtesies
from nlu.box.held_out import is_held_out
from nlu.box.importer import HELD_OUT, QuestionImporter, as_written

LETTERS = "abcdefghijklmno"

SAID = [
    ("greet", "hello"),
    ("greet", "hello I have been here since the spring"),
    ("thanks", "thank you!"),
    ("pets", "dog"),
]


def test_only_short_courtesies_stand_beside_questions() -> None:
    assert Courtesies.among(SAID) == (["hello"], ["thank you"])


def test_a_question_keeps_its_copy_and_a_courtesy_has_none() -> None:
    courtesies = Courtesies.among(SAID)
    once = {text: list(courtesies.around("pets", text, one_in=3)) for text in map(str, range(300))}

    assert once == {text: list(courtesies.around("pets", text, one_in=3)) for text in reversed(once)}
    assert 60 < sum(map(len, once.values())) < 140
    assert not any(list(courtesies.around("thanks", text, one_in=1)) for text in once)
    assert not list(Courtesies([], ["thanks"]).around("pets", "a dog", one_in=1))


def test_copies_are_learned_of_questions_that_are_not_held_out(tmp_path: Path) -> None:
    asked = [f"where is vet {one}{other} of the town" for one in LETTERS for other in LETTERS]
    write_questions(tmp_path / "nlu" / "data" / "en" / "all.yml", {"pets": asked, "greet": ["hi"], "thanks": ["thx"]})
    topics = [{"id": topic, "urgency": "low"} for topic in ("pets", "greet", "thanks")]
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "topics.yml").write_text(yaml.safe_dump({"topics": topics}), encoding="utf-8")

    learned = QuestionImporter(str(tmp_path / "config.yml")).get_nlu_data().training_examples

    copies = [question for question in learned if question.get("text") not in [*asked, "hi", "thx"]]
    copied = [text for text in asked if any(text in question.get("text") for question in copies)]
    assert len(learned) == 227 + len(copies)
    assert 15 < len(copies) == len(copied) < 60
    assert {question.get("intent") for question in copies} == {"pets"}
    assert any(map(is_held_out, asked))
    assert not any(map(is_held_out, copied))
    assert not any(question.get("metadata")[HELD_OUT] for question in copies)
    assert [question.get("text") for question in as_written(learned)] == [*asked, "hi", "thx"]
