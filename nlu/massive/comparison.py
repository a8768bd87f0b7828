"""All pipelines in turn, the quickest first, with lines that say how far it is."""

import warnings
from collections.abc import Sequence

from nlu.box.journal import keep_journal
from nlu.massive.linear import Ours, Svm, SvmEach
from nlu.massive.page import text
from nlu.massive.stock import DIET, LOGISTIC, Stock
from nlu.massive.trial import Pipeline, Score, score
from nlu.massive.utterance import Utterance


def compare(lessons: Sequence[Utterance], questions: Sequence[Utterance], *, with_diet: bool) -> str:
    """The page."""
    keep_journal("error")
    warnings.simplefilter("ignore")
    pipelines: list[Pipeline] = [Ours(), SvmEach(), Svm(), Stock(LOGISTIC)]
    if with_diet:
        pipelines.append(Stock(DIET))
    return text([_told(pipeline, lessons, questions) for pipeline in pipelines], lessons, questions)


def _told(pipeline: Pipeline, lessons: Sequence[Utterance], questions: Sequence[Utterance]) -> Score:
    print(f"massive: {pipeline.name}", flush=True)
    found = score(pipeline, lessons, questions)
    print(f"massive: {found.mean:.1%} right, trained in {found.training_s:.0f} CPU s", flush=True)
    return found
