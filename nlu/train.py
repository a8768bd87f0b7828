"""Trains the model when something changed: python -m nlu.train --out DIR."""

import argparse
import gc
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from nlu.quiet import quiet_environment

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Prints the model's path last; 1 when the questions were refused, with one line for each fault."""
    options = _options().parse_args(arguments)
    out, config = Path(options.out).resolve(), Path(options.config).resolve()
    model = out / f"{fingerprint(config)}.tar.gz"
    if model.exists():
        os.utime(model)
        print(f"train: nothing changed\n{model}", flush=True)
        return 0
    return _train(model, config)


def fingerprint(config: Path) -> str:
    """Of everything that decides what a model becomes: questions, catalogue, configuration, code and versions."""
    digest = hashlib.sha256()
    for folder, path in _ingredients(config.parent, config):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _ingredients(project: Path, config: Path) -> Iterator[tuple[Path, Path]]:
    box = Path(__file__).resolve().parent
    questions = sorted(
        path for path in [*project.glob("nlu/data/*/*"), *project.glob("nlu/languages/*")] if path.is_file()
    )
    yield from ((project, path) for path in [config, project / "content" / "topics.yml", *questions])
    code = sorted(
        [box / "message.py", box / "requirements.lock", *box.glob("adapter.npz"), *(box / "box").glob("*.py")]
    )
    yield from ((box, path) for path in code)


def _train(model: Path, config: Path) -> int:
    started = time.monotonic()
    quiet_environment()
    gc.disable()  # it would look through all questions again and again, and find nothing to free: a tenth of the time
    print("train: starting Rasa", flush=True)
    from nlu.box.encoder import NoEncoderError
    from nlu.box.question import BadQuestionsError
    from nlu.box.training import train

    try:
        train(config, model)
    except (BadQuestionsError, NoEncoderError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    print(f"train: done in {time.monotonic() - started:.0f} s\n{model}", flush=True)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu.train", description=__doc__)
    parser.add_argument("--out", required=True, help="folder for models and the cache of sentence vectors")
    parser.add_argument("--config", default=str(ROOT / "config.yml"), help="Rasa's configuration")
    return parser


if __name__ == "__main__":
    sys.exit(main())
