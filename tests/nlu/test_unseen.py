"""Evaluation questions stay unseen: none of them, nor a near-duplicate of one, stands in training."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import CountVectorizer

from nlu.box.folding import fold
from nlu.box.question import read_questions

ROOT = Path(__file__).parents[2]

TOO_ALIKE = 0.7
"""Finds 91 % of questions of 4 to 8 words with one typo, all with a word dropped or in another order, 72 % with a word
changed, and all of these from 9 words on. Of two writers' questions on the same topics 1 in 100 are as alike by chance.
"""

SHORT_WORDS = 3
"""So short messages of two writers meet by themselves ("operator", "operator pls"): only the same words count."""


@dataclass(frozen=True)
class Line:
    locale: str
    text: str
    where: str


def training() -> list[Line]:
    catalogue = yaml.safe_load((ROOT / "content" / "topics.yml").read_text(encoding="utf-8"))
    questions = read_questions(ROOT / "nlu" / "data", [topic["id"] for topic in catalogue["topics"]])
    return [Line(q.locale, q.text, f"{q.path.relative_to(ROOT)}:{q.line}") for q in questions]


def evaluation() -> Iterator[Line]:
    for path in sorted((ROOT / "nlu" / "evaluation").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for number, row in enumerate(rows, start=2):
                yield Line(path.stem, row["text"], f"{path.relative_to(ROOT)}:{number}")


def near_duplicates(asked: Sequence[Line], taught: Sequence[Line]) -> list[str]:
    """Both lines of each pair that is too alike, by the trigrams of letters or by the words that they share."""
    alike = np.maximum(_shared(asked, taught, "char_wb", 3), _shared(asked, taught, "word", 1))
    bound = np.asarray([1.0 if len(line.text.split()) <= SHORT_WORDS else TOO_ALIKE for line in asked])
    return [
        f"{asked[a].where} and {taught[t].where}, {alike[a, t]:.0%} alike: {asked[a].text!r}, {taught[t].text!r}"
        for a, t in np.argwhere(alike >= bound[:, None])
    ]


def _shared(asked: Sequence[Line], taught: Sequence[Line], analyzer: str, size: int) -> "np.ndarray":
    """Jaccard indices of shape (asked, taught): what two texts share of all that either has."""
    counter = CountVectorizer(
        analyzer=analyzer,
        ngram_range=(size, size),
        binary=True,
        preprocessor=fold,
        token_pattern=r"(?u)\w+",
        dtype=np.float32,
    )
    rows = counter.fit_transform([line.text for line in [*asked, *taught]])
    ours, theirs = rows[: len(asked)], rows[len(asked) :]
    shared = (ours @ theirs.T).toarray()
    either = ours.sum(axis=1).A + theirs.sum(axis=1).A.T - shared
    return shared / np.maximum(either, 1)


def test_near_duplicates_are_found_and_both_lines_named() -> None:
    asked = [
        Line("en", "can my dog travel with me to Hungary by train", "en.tsv:2"),
        Line("en", "who pays for the school bus of my son", "en.tsv:3"),
        Line("en", "Operator!", "en.tsv:4"),
        Line("en", "operator pls", "en.tsv:5"),
        Line("en", "???", "en.tsv:6"),
    ]
    taught = [
        Line("en", "can my dog travel to hungary by train", "pets.yml:7"),
        Line("en", "school bus", "school.yml:8"),
        Line("en", "operator", "talk.yml:9"),
    ]

    found = [pair.partition(",")[0] for pair in near_duplicates(asked, taught)]

    assert found == ["en.tsv:2 and pets.yml:7", "en.tsv:4 and talk.yml:9"]


def test_no_evaluation_question_stands_in_training() -> None:
    asked, taught = list(evaluation()), training()
    locales = sorted({line.locale for line in asked})
    assert locales, "no evaluation questions were found"
    found = []
    for locale in locales:
        own = [line for line in taught if line.locale == locale]
        assert own, f"no training questions in {locale}"
        found += near_duplicates([line for line in asked if line.locale == locale], own)
    assert not found, "\n".join(["one of each pair must go or say it otherwise:", *found])
