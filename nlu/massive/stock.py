"""Stock Rasa pipelines, trained and asked through Rasa itself."""

import asyncio
import contextlib
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY

from nlu.massive.utterance import Utterance

EPOCHS = 6
DEFAULT_EPOCHS = 100

_LETTERS = {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
_FEATURES: list[dict[str, Any]] = [{"name": "WhitespaceTokenizer"}, {"name": "CountVectorsFeaturizer"}, _LETTERS]

LOGISTIC = {"name": "LogisticRegressionClassifier"}
DIET = {"name": "DIETClassifier", "epochs": EPOCHS, "entity_recognition": False, "constrain_similarities": True}


class Stock:
    """Rasa's tokenizer and featurizers with one of its classifiers, all languages in one model."""

    def __init__(self, classifier: dict[str, Any]) -> None:
        epochs = f", {classifier['epochs']} epochs" if "epochs" in classifier else ""
        self.name = f"stock Rasa, {classifier['name']}{epochs}"
        self._config = {"recipe": "default.v1", "assistant_id": "stock", "language": "en"}
        self._pipeline = [*_FEATURES, classifier]

    def train(self, utterances: Sequence[Utterance]) -> None:
        """One training of Rasa, with loading what it made."""
        with TemporaryDirectory(prefix="massive-") as name:
            folder = Path(name)
            _write(folder / "config.yml", {**self._config, "pipeline": self._pipeline})
            _write(folder / "nlu.yml", {"version": "3.1", "nlu": _blocks(utterances)})
            with contextlib.redirect_stdout(io.StringIO()):  # Rasa's own "saved at"
                model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
                self._agent = Agent.load(model)

    def intents(self, utterances: Sequence[Utterance]) -> list[str]:
        """The intent of each, one by one as a server would."""
        return asyncio.run(self._parsed([utterance.text for utterance in utterances]))

    async def _parsed(self, texts: Sequence[str]) -> list[str]:
        return [str((await self._agent.parse_message(text))[INTENT][INTENT_NAME_KEY]) for text in texts]


def _blocks(utterances: Sequence[Utterance]) -> list[dict[str, str]]:
    intents: dict[str, list[str]] = {}
    for utterance in utterances:
        intents.setdefault(utterance.intent, []).append(f"- {utterance.text}\n")
    return [{"intent": intent, "examples": "".join(lines)} for intent, lines in intents.items()]


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
