"""One training through Rasa, with lines that say how far it is."""

import warnings
from pathlib import Path

from rasa.model_training import train_nlu

from nlu.box import embedding
from nlu.box.journal import keep_journal


def train(config: Path, model: Path) -> None:
    """Writes the model; the folder also keeps the cache of sentence vectors.

    Raises:
        BadQuestionsError: The questions are refused.
    """
    keep_journal("info")
    warnings.simplefilter("ignore")
    embedding.Cache.path = model.parent / "vectors.sqlite"
    train_nlu(str(config), "questions", str(model.parent), fixed_model_name=model.name)
