"""Teaches the sentence encoder our topics: python -m nlu.adapt, or `make adapt`. Takes half an hour on two cores.

It goes on from what was learned before (nlu/adapter.npz), or begins anew. Worth it after many questions were written;
the new adapter is committed when the scorecard says so.
"""

import argparse
import logging
import os
import sys
from pathlib import Path

from nlu.box.adapter import FILE, Adapter

EPOCHS = 2
"""Source: docs/decisions/0008."""

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """1 when the questions were refused, with one line for each fault."""
    options = _options().parse_args(arguments)
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="1")
    logging.basicConfig(format="adapt: %(message)s", stream=sys.stdout, level="WARNING")
    logging.getLogger("nlu.adapt").setLevel("INFO")
    from nlu.adaptation.teaching import Lesson, teach
    from nlu.adaptation.transformer import AdaptableEncoder
    from nlu.box.encoder import SentenceEncoder
    from nlu.box.importer import QuestionImporter
    from nlu.box.packed_model import PackedModel
    from nlu.box.question import BadQuestionsError

    try:
        questions = QuestionImporter(config_file=options.config).questions()
    except BadQuestionsError as error:
        print(error, file=sys.stderr)
        return 1
    encoder = AdaptableEncoder(PackedModel.read(), start=None if options.anew else Adapter.read())
    teach(encoder, Lesson(questions, epochs=options.epochs), SentenceEncoder())
    encoder.adapter().write(Path(options.out))
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu.adapt", description=__doc__)
    parser.add_argument("--config", default=str(ROOT / "config.yml"), help="Rasa's configuration")
    parser.add_argument("--out", default=str(FILE), help="the adapter to write")
    parser.add_argument("--anew", action="store_true", help="forget what was learned before (wants 4 epochs)")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="how often each question is seen")
    return parser


if __name__ == "__main__":
    sys.exit(main())
