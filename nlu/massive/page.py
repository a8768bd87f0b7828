"""docs/massive.md: one table, and how it came about."""

from collections.abc import Sequence
from importlib.metadata import version

from nlu.massive.stock import DEFAULT_EPOCHS, EPOCHS
from nlu.massive.trial import Score
from nlu.massive.utterance import Utterance

PAGE = """\
# On MASSIVE

How our way to understand fares beside others on public data: {intents} intents of a voice assistant in {languages}
languages, {lessons:,} utterances to learn from and {questions:,} to be asked ([MASSIVE](https://github.com/alexa/massive)
1.x, train and dev, CC BY 4.0, by Amazon.com; our selection of it is not part of this project). Right intents in per
cent. Written by `make massive`; do not edit.

{table}

- *Ours* are the components that `config.yml` names for topics (`nlu/box/words.py`, `encoder.py`, `topic_model.py`),
  as they are: nothing is tuned to this data. *Training* is processor time on all cores; ours includes the vectors of
  all utterances, made anew.
- *tf-idf* has words 1-2 and letters 1-4, scikit-learn {sklearn}'s `LinearSVC` as it comes. One for each language is
  told which language is asked in; all others are not.
- *Stock Rasa* {rasa} is trained and asked through Rasa: whitespace tokenizer, counts of words and of letters 1-4. DIET
  has {epochs} epochs, not its {default} by default, which would take hours.
"""


def text(scores: Sequence[Score], lessons: Sequence[Utterance], questions: Sequence[Utterance]) -> str:
    """The page."""
    return PAGE.format(
        intents=len({utterance.intent for utterance in lessons}),
        languages=len({utterance.language for utterance in questions}),
        lessons=len(lessons),
        questions=len(questions),
        table=table(scores),
        sklearn=version("scikit-learn"),
        rasa=version("rasa"),
        epochs=EPOCHS,
        default=DEFAULT_EPOCHS,
    )


def table(scores: Sequence[Score]) -> str:
    """Pipelines down, languages across."""
    languages = list(scores[0].right)
    head = ["pipeline", "mean", *languages, "training, CPU s"]
    rows = [[one.name, *_cells([one.mean, *one.right.values()]), f"{one.training_s:.0f}"] for one in scores]
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def _cells(shares: Sequence[float]) -> list[str]:
    return [f"{100 * share:.1f}" for share in shares]
