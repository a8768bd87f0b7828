"""One training through Rasa, with lines that say how far it is."""

import contextlib
import io
import logging
import sys
import warnings
from pathlib import Path

from rasa.model_training import train_nlu

from nlu.box import embedding, locale_scores
from nlu.box.journal import keep_journal


def train(config: Path, model: Path) -> None:
    """Writes the model; the folder also keeps the cache of sentence vectors.

    Raises:
        BadQuestionsError: The questions are refused.
    """
    keep_journal("warning")
    _show_progress()
    warnings.simplefilter("ignore")
    embedding.Cache.path = model.parent / "vectors.sqlite"
    locale_scores.Sentences.folder = config.parent / "nlu" / "languages"
    with contextlib.redirect_stdout(io.StringIO()):  # Rasa's own "saved at"
        train_nlu(str(config), "questions", str(model.parent), fixed_model_name=model.name)


def _show_progress() -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("train: %(message)s"))
    log = logging.getLogger("nlu.train")
    log.handlers, log.propagate = [handler], False
    log.setLevel("INFO")
