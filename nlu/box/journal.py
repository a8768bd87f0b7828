"""The box's log: where and when something happened, and never a word that a person wrote.

Rasa logs texts at debug level and in warnings, and its exceptions carry them. So of foreign records only the place is
kept, and of exceptions their types and the lines of code they passed; only loggers under `nlu` may say a sentence.
"""

import logging
import sys
import threading
import traceback
import warnings
from types import TracebackType
from typing import Any, NoReturn, cast

import structlog

OURS = "nlu"


class Journal(logging.Handler):
    """Writes records to standard error, without foreign sentences."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line, and the way of an exception if there was one."""
        sys.stderr.write(self.format(record) + "\n")
        sys.stderr.flush()

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, place; the sentence if it is ours."""
        when = self.formatter.formatTime(record) if self.formatter else ""
        lines = [f"{when} {record.levelname.lower()} {record.name}:{record.lineno}{_sentence(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines.append(way_of(record.exc_info[1]))
        return "\n".join(lines)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nothing: the standard one prints the record."""


def keep_journal(level: str) -> None:
    """Makes the journal the only place where anything is logged, and closes every other way out."""
    journal = Journal()
    journal.setFormatter(logging.Formatter())
    logging.raiseExceptions = False
    logging.lastResort = journal
    logging.captureWarnings(False)
    warnings.showwarning = cast(Any, _show_warning)
    sys.excepthook = _report
    sys.unraisablehook = _report_unraisable
    threading.excepthook = _report_thread
    structlog.configure(processors=[_drop], cache_logger_on_first_use=False)
    _only(journal, level.upper())


def way_of(error: BaseException | None) -> str:
    """Types and lines of code of an exception and of what caused it."""
    steps = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-8:])
        steps.append(f"  {type(error).__name__} at {places}")
        error = error.__cause__ or error.__context__
    return "\n".join(steps)


def _only(journal: Journal, level: str) -> None:
    root = logging.getLogger()
    for logger in [root, *(logging.getLogger(name) for name in list(root.manager.loggerDict))]:
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        logger.propagate = True
    root.addHandler(journal)
    root.setLevel(level)


def _sentence(record: logging.LogRecord) -> str:
    if record.name != OURS and not record.name.startswith(f"{OURS}."):
        return ""
    return f" {record.getMessage()}"


def _drop(*_: Any) -> NoReturn:
    raise structlog.DropEvent


def _show_warning(_: Warning | str, category: type[Warning], filename: str, lineno: int, *__: Any) -> None:
    logging.getLogger(OURS).warning("%s at %s:%d", category.__name__, filename, lineno)


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(OURS).critical("stopped", exc_info=(kind, error, trace))


def _report_unraisable(args: "sys.UnraisableHookArgs") -> None:
    logging.getLogger(OURS).error("ignored exception", exc_info=args.exc_value)


def _report_thread(args: "threading.ExceptHookArgs") -> None:
    logging.getLogger(OURS).error("thread stopped", exc_info=args.exc_value)
