"""Writes the stock assistant: Rasa's default pipeline and one rule for each topic, from the hotline's own questions.

The pipeline is what `rasa init` suggests (Rasa 3.6, docs, "Tuning your NLU model", suggested configuration), with fewer
epochs of DIET. Of the policies only RulePolicy is left, as there are no stories; that makes it faster, not slower.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from bench.question import Question

EPOCHS = 3
DEFAULT_EPOCHS = 100

CONFIG = """\
recipe: default.v1
assistant_id: stock
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {epochs}
    constrain_similarities: true
  - name: EntitySynonymMapper
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies:
  - name: RulePolicy
"""

ENDPOINTS = """\
action_endpoint:
  url: http://127.0.0.1:{actions_port}/webhook
tracker_store:
  type: redis
  url: 127.0.0.1
  port: {redis_port}
"""

ACTIONS = '''\
"""Answers as the hotline does: a text that belongs to the topic."""

from rasa_sdk import Action


class Answer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        topic = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(text=f"Answer to {topic}. " + "What to do and where to go. " * 20)
        return []
'''

FALLBACK = "nlu_fallback"


def write(folder: Path, questions: Iterable[Question], *, actions_port: int, redis_port: int) -> None:
    """A folder in which `rasa train`, `rasa run` and `rasa run actions` work."""
    topics = _by_topic(questions)
    files = {
        "config.yml": CONFIG.format(epochs=EPOCHS),
        "endpoints.yml": ENDPOINTS.format(actions_port=actions_port, redis_port=redis_port),
        "credentials.yml": "rest:\n",
        "actions.py": ACTIONS,
        "domain.yml": _domain(topics),
        "data/nlu.yml": _nlu(topics),
        "data/rules.yml": _rules([*topics, FALLBACK]),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _by_topic(questions: Iterable[Question]) -> dict[str, list[str]]:
    topics: dict[str, list[str]] = {}
    for question in questions:
        topics.setdefault(question.topic, []).append(question.text)
    return topics


def _domain(topics: Iterable[str]) -> str:
    return _yaml({"intents": list(topics), "actions": ["action_answer"]})


def _nlu(topics: dict[str, list[str]]) -> str:
    return _yaml({"nlu": [{"intent": topic, "examples": _lines(texts)} for topic, texts in topics.items()]})


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def _rules(topics: Iterable[str]) -> str:
    rules = [{"rule": f"answer {topic}", "steps": [{"intent": topic}, {"action": "action_answer"}]} for topic in topics]
    return _yaml({"rules": rules})


def _yaml(value: dict[str, Any]) -> str:
    """In blocks: Rasa finds out what a file is for by its lines."""
    return yaml.safe_dump({"version": "3.1", **value}, allow_unicode=True)
