"""`hotline content publish`, `back`, `versions`, `diff`: from draft to what people read."""

import os
import shlex
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from content import snapshot
from content.change import Change, changes
from content.folder import load
from content.history import Deed, Published, Signature
from hotline.evaluation_set import FOLDER as EVALUATION
from hotline.login_name import login_name
from hotline.phrases import asked_questions
from hotline.plainly import plainly
from road.errors import HotlineError, SecondPersonMissing
from road.settings import Settings
from road.settings import load as load_settings

publishing_app = typer.Typer()
out = Console(highlight=False, soft_wrap=True)
page = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)

By = Annotated[str, typer.Option(help="Who publishes; without it, the name that this machine knows you by.")]
Second = Annotated[str, typer.Option(help="Who else looked at the emergency content.")]
Why = Annotated[str, typer.Option(help="What for, for the history.")]
Emergency = Annotated[str, typer.Option(help="Why a second person cannot be waited for; stands in the history.")]


@publishing_app.command()
@plainly
def publish(*, by: By = "", second: Second = "", why: Why = "", emergency: Emergency = "") -> None:
    """Checks the files and makes them what every process says."""
    here = _settings()
    try:
        signature = _signature("published", by, second=second, why=why, emergency=emergency)
        out.print(f"published {snapshot.publish(here.content_dir, here.data_dir, signature=signature).version}")
    except SecondPersonMissing as error:
        _ask_for_second(error, ["publish"], by)


@publishing_app.command()
@plainly
def back(
    version: Annotated[str | None, typer.Argument()] = None,
    *,
    by: By = "",
    second: Second = "",
    why: Why = "",
    emergency: Emergency = "",
) -> None:
    """Goes back to an earlier snapshot: the one before, or the one named."""
    try:
        signature = _signature("went back", by, second=second, why=why, emergency=emergency)
        out.print(f"published {snapshot.go_back(_settings().data_dir, version, signature=signature)}")
    except SecondPersonMissing as error:
        _ask_for_second(error, ["back", *([version] if version else [])], by)


@publishing_app.command()
def versions() -> None:
    """Lists what was published when, by whom and why, newest first."""
    current = snapshot.current(_settings().data_dir)
    for entry in snapshot.versions(_settings().data_dir):
        out.print(
            f"{entry.at}  {entry.version}  {_told(entry)}{'  (current)' if entry.version == current else ''}",
            markup=False,
        )


@publishing_app.command()
@plainly
def diff() -> None:
    """Shows which evaluation questions would get another answer from the files than people get now."""
    here = _settings()
    draft = load(here.content_dir)
    changed = changes(snapshot.load_current(here.data_dir), draft, time.time())
    asked = Counter(
        (one.question.topic, one.question.locale)
        for one in asked_questions(draft, EVALUATION)
        if one.question.kind == "topic"
    )
    _show(changed, asked)


def _show(changed: Sequence[Change], asked: Counter[tuple[str, str]]) -> None:
    where = dict.fromkeys((change.topic, change.locale) for change in changed)
    questions = {key: asked[key] for key in where if asked[key]}
    out.print(f"{sum(questions.values())} of {asked.total()} evaluation questions would get another answer")
    table = Table("topic", "locale", "questions")
    for (topic, locale), count in questions.items():
        table.add_row(topic, locale, str(count))
    if questions:
        page.print(table)
    for change in changed:
        if (change.topic, change.locale) in questions:
            page.print(_side_by_side(change))
    if others := [f"{topic} ({locale})" for topic, locale in where if not asked[topic, locale]]:
        out.print(f"changed, and asked by no evaluation question: {', '.join(others)}")


def _side_by_side(change: Change) -> Table:
    """Both texts, paragraph by paragraph; what differs is coloured."""
    form = " (short text)" if change.form == "now" else ""
    table = Table("live", "draft", title=f"{change.topic}, {change.locale}{form}", expand=True)
    for left, right, same in _aligned(change.before.splitlines(), change.after.splitlines()):
        styles = ("dim", "dim") if same else ("red", "green")
        table.add_row(Text(left, styles[0]), Text(right, styles[1]))
    return table


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        left, right = before[start:end], after[new_start:new_end]
        for row in range(max(len(left), len(right))):
            yield "".join(left[row : row + 1]), "".join(right[row : row + 1]), tag == "equal"


def _told(entry: Published) -> str:
    parts = [f"{entry.deed} by {entry.by}" if entry.by else entry.deed]
    parts += [f"with {entry.second}"] * bool(entry.second)
    parts += [f"for: {entry.why}"] * bool(entry.why)
    parts += [f"EMERGENCY, alone: {entry.emergency}"] * bool(entry.emergency)
    parts += [f"changed: {', '.join(entry.critical)}"] * bool(entry.critical)
    return "; ".join(parts)


def _ask_for_second(error: SecondPersonMissing, command: Sequence[str], by: str) -> None:
    """What changes, and what to type."""
    typed = shlex.join(["hotline", "content", *command, "--by", by or "YOUR NAME"])
    err.print(f"hotline: nothing is published: {error}", markup=False)
    for changed in error.changed:
        err.print(f"  {changed}", markup=False)
    err.print(f"when somebody else has looked at it: {typed} --second 'THEIR NAME'", markup=False)
    err.print(f"when it cannot wait for somebody: {typed} --emergency 'WHY'", markup=False)
    raise typer.Exit(1) from error


def _signature(deed: Deed, by: str, *, second: str, why: str, emergency: str) -> Signature:
    if second and not by:
        raise HotlineError("--second stands beside --by: two people are named")
    return Signature(deed=deed, by=by or login_name(), second=second, why=why, emergency=emergency)


def _settings() -> Settings:
    return load_settings(os.environ)
