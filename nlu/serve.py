"""Runs Rasa's server for this machine only: python -m nlu.serve --model DIR_OR_FILE --port PORT.

The token comes from HOTLINE_RASA_TOKEN, never from the command line, where others would see it.
"""

import argparse
import os
import sys
from pathlib import Path

from nlu.live import live_model
from nlu.quiet import quiet_environment

TOKEN = "HOTLINE_RASA_TOKEN"  # noqa: S105
LEVELS = ("debug", "info", "warning", "error")


def main(arguments: list[str] | None = None) -> int:
    """Serves until it is told to stop; 2 when something is missing for that."""
    options = _options().parse_args(arguments)
    model, token = _served(Path(options.model)), os.environ.pop(TOKEN, "")
    if model is None:
        return _missing(f"no model at {options.model}; make one with: python -m nlu.train --out {options.model}")
    if not token:
        return _missing(f"{TOKEN} is not set")
    quiet_environment()
    from nlu.box.conversion import FOLDER
    from nlu.box.server import serve

    if not FOLDER.exists():
        return _missing(f"no sentence encoder in {FOLDER}; make it with: make setup")
    serve(model, token=token, host=options.host, port=options.port, level=options.log_level)
    return 0


def _served(path: Path) -> Path | None:
    """The model itself, or the live one of a folder."""
    return path.resolve() if path.is_file() else live_model(path.resolve())


def _missing(what: str) -> int:
    print(f"serve: {what}", file=sys.stderr)
    return 2


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu.serve", description=__doc__)
    parser.add_argument("--model", required=True, help="a model, or a folder of models: the live one is taken")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 unless the box has a network of its own")
    parser.add_argument("--log-level", choices=LEVELS, default="info")
    return parser


if __name__ == "__main__":
    sys.exit(main())
