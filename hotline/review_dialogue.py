"""`hotline questions review`: shows the messages one by one and asks what becomes of each."""

from pathlib import Path
from typing import Final

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from content.folder import load
from hotline.evaluation_set import all_questions
from hotline.review import Candidate, Review, Shown, edited, learned_texts, read_tagged
from hotline.training import ROOT
from road.settings import Settings

DATA: Final = ROOT / "nlu" / "data"
CHOICES: Final = {"a": "accept", "e": "edit", "t": "change topic", "s": "skip", "q": "quit"}


def review_file(file: Path, settings: Settings, console: Console) -> None:
    """Goes through the messages of a file until its end, or until somebody quits.

    Raises:
        SetupError: The file, a training file or an evaluation file is wrong.
    """
    content = load(settings.content_dir)
    messages = read_tagged(file, list(content.topics))
    known = [*learned_texts(DATA), *(question.text for question in all_questions(content))]
    review = Review(content, DATA, known, Shown(file))
    accepted = 0
    for candidate in review.candidates(messages):
        choice = _decide(candidate, review, console)
        accepted += choice == "a"
        if choice == "q":
            break
    console.print(f"{accepted} accepted")
    for reason, count in review.left_out.most_common():
        console.print(f"{count} not shown: {reason}", highlight=False)


def _decide(candidate: Candidate, review: Review, console: Console) -> str:
    """What was chosen in the end: accept, skip or quit."""
    while True:
        _show(candidate, console)
        choice = _asked(", ".join(f"{letter}: {what}" for letter, what in CHOICES.items()))
        if choice == "e":
            candidate = edited(candidate, _asked("text", candidate.text))
        elif choice == "t":
            candidate = _retagged(candidate, review, console)
        elif choice == "s":
            review.skip(candidate)
            return choice
        elif choice == "q":
            return choice
        elif choice == "a" and not _refused(candidate, review, console):
            console.print(f"written: {review.accept(candidate)}", style="green", highlight=False, soft_wrap=True)
            return choice


def _show(candidate: Candidate, console: Console) -> None:
    removed = f"taken out: {', '.join(candidate.removed)}; " if candidate.removed else ""
    title, below = f"{candidate.locale}  {candidate.topic}", f"{removed}take out names of people by hand"
    console.print(Panel(escape(candidate.text), title=title, subtitle=below))


def _retagged(candidate: Candidate, review: Review, console: Console) -> Candidate:
    other = msgspec.structs.replace(candidate, topic=_asked("topic", candidate.topic))
    return candidate if _refused(other, review, console) else other


def _refused(candidate: Candidate, review: Review, console: Console) -> bool:
    problem = review.problem_of(candidate)
    if problem:
        console.print(f"not possible: {problem}", style="red", markup=False, highlight=False)
    return problem is not None


def _asked(question: str, default: str | None = None) -> str:
    answer: str = typer.prompt(question, default=default)
    return answer.strip()
