"""One training by Rasa's graph, with lines that say how far it is.

Rasa's own `train_nlu` would read the questions twice and print all that any component finds in them, for a cache that
we don't use: a fifth of the time (docs/decisions/0012).
"""

import logging
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dask.threaded
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext, GraphModelConfiguration
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.validation import validate
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType
from rasa.shared.importers.importer import TrainingDataImporter

from nlu.box import embedding, locale_scores
from nlu.box.importer import QuestionImporter
from nlu.box.journal import keep_journal
from nlu.box.storage import QuickStorage


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
    importer = QuestionImporter.named_in(config)
    importer.get_nlu_data()  # what is wrong is said here: out of the graph it would come without its lines
    _run(_graph(importer), importer, model)


def _graph(importer: TrainingDataImporter) -> GraphModelConfiguration:
    """The pipeline of `config.yml` as Rasa runs it, for training and for use."""
    graph = DefaultV1Recipe().graph_config_for_recipe(importer.get_config(), {}, training_type=TrainingType.NLU)
    validate(graph)
    return graph


def _run(graph: GraphModelConfiguration, importer: TrainingDataImporter, model: Path) -> None:
    with TemporaryDirectory() as folder:
        storage = QuickStorage.create(Path(folder))
        runner = _Runner.create(graph.train_schema, storage, ExecutionContext(graph.train_schema))
        runner.run({PLACEHOLDER_IMPORTER: importer})
        packed = model.with_suffix(".part")
        storage.create_model_package(packed, graph, Domain.empty())
        packed.rename(model)  # whole or not at all: what lies here by its name is not trained again


class _Runner(DaskGraphRunner):
    """Rasa's, but two components learn at a time when neither waits for the other: languages beside all else."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What the components at the graph's ends give."""
        graph = self._build_dask_graph(self._graph_schema)
        self._add_inputs_to_graph(inputs, graph)
        return dict(dask.threaded.get(graph, targets or self._graph_schema.target_names, num_workers=2))


def _show_progress() -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("train: %(message)s"))
    log = logging.getLogger("nlu.train")
    log.handlers, log.propagate = [handler], False
    log.setLevel("INFO")
