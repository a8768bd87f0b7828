"""Commands that end with one line where the user made a mistake."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer
from rich.console import Console

from road.errors import HotlineError

P = ParamSpec("P")
err = Console(stderr=True)


def plainly(command: Callable[P, None]) -> Callable[P, None]:
    """A user's mistake ends a command with one line, not with a traceback."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except HotlineError as error:
            err.print(f"[red]hotline:[/red] {error}", highlight=False, soft_wrap=True)
            raise typer.Exit(1) from error

    return guarded
