"""Trains our pipeline and others on MASSIVE and writes docs/massive.md: python -m nlu.massive --benchmarks FOLDER."""

import argparse
import sys
from pathlib import Path

from nlu.massive.utterance import NoBenchmarkError, read_utterances
from nlu.quiet import quiet_environment

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """1 when the data is not there."""
    options = _options().parse_args(arguments)
    folder = Path(options.benchmarks)
    try:
        lessons = read_utterances(folder / "massive_train20.tsv")
        questions = read_utterances(folder / "massive_dev.tsv")
    except NoBenchmarkError as error:
        print(f"massive: {error}", file=sys.stderr)
        return 1
    quiet_environment()
    from nlu.massive.comparison import compare

    page = compare(lessons, questions, with_diet=not options.without_diet)
    Path(options.out).write_text(page, encoding="utf-8")
    print(f"massive: written: {options.out}", flush=True)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu.massive", description=__doc__)
    parser.add_argument("--benchmarks", required=True, help="folder with massive_train20.tsv and massive_dev.tsv")
    parser.add_argument("--out", default=str(ROOT / "docs" / "massive.md"), help="the page that is written")
    parser.add_argument("--without-diet", action="store_true", help="leave out what takes longest")
    return parser


if __name__ == "__main__":
    sys.exit(main())
