"""What training is told of each question beside its text."""

from pathlib import Path

import yaml
from tiny import write_questions

from nlu.box.importer import COUNTS, QuestionImporter


def test_calm_questions_and_those_out_of_scope_count_twice_and_both_together_four_times(tmp_path: Path) -> None:
    folder = tmp_path / "nlu" / "data" / "en"
    write_questions(folder / "all.yml", {"pets": ["where is the vet"], "out_of_scope": ["tell me a story"]})
    write_questions(folder / "calm.yml", {"pets": ["my dog kills slippers"], "out_of_scope": ["my phone died"]})
    topics = [{"id": topic, "urgency": "low"} for topic in ("pets", "out_of_scope")]
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "topics.yml").write_text(yaml.safe_dump({"topics": topics}), encoding="utf-8")

    learned = QuestionImporter(str(tmp_path / "config.yml")).get_nlu_data().training_examples

    assert {question.get("text"): question.get("metadata")[COUNTS] for question in learned} == {
        "where is the vet": 1,
        "tell me a story": 2,
        "my dog kills slippers": 2,
        "my phone died": 4,
    }
