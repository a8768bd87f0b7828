"""`hotline questions …`: the training questions."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hotline.plainly import plainly
from hotline.review_dialogue import review_file
from road.settings import load as load_settings

questions_app = typer.Typer(help="Training questions: learn from real messages.", no_args_is_help=True)


@questions_app.callback()
def _group() -> None:
    """Keeps `review` a command of its own while it is the only one."""


@questions_app.command()
@plainly
def review(
    file: Annotated[Path, typer.Argument(help='JSON lines: {"text": "…", "topic": "…", "locale": "…"}')],
) -> None:
    """Shows messages that operators tagged, one by one, and adds the accepted ones to the training questions."""
    review_file(file, load_settings(os.environ), Console())
