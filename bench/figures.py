"""What is measured: values that are kept from run to run, so that one part can be measured again alone."""

from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

import msgspec

from hotline.training import ROOT

FILE = ROOT / "var" / "bench" / "figures.json"


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """What became of messages sent at one rate.

    Attributes:
        asked_per_s: Messages a second that were sent; 0 for as many as were taken.
        answered_per_s: From the first message in to the last answer out.
        lost: Messages without an answer within the time allowed.
    """

    asked_per_s: float
    answered_per_s: float
    p50_ms: float
    p95_ms: float
    sent: int
    lost: int


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """What a process with its children cost.

    Attributes:
        rss_mb: Resident.
        pss_mb: The same with shared pages divided among those who share them.
        cpu_ms: Processor time for each message.
    """

    name: str
    rss_mb: float
    pss_mb: float
    cpu_ms: float


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A bot or an assistant under load.

    Attributes:
        flows: Slow rates first, flat out last.
        ready_s: From the start command to the first healthy answer.
        degraded: Messages that were answered without being understood, as the box was too slow.
    """

    flows: list[Flow]
    processes: list[Process]
    ready_s: float
    degraded: int = 0

    @property
    def flat_out(self) -> Flow:
        """What it does when it is sent as much as it takes."""
        return self.flows[-1]

    def at(self, per_s: float) -> Flow:
        """The flow that was sent at this rate."""
        return next(flow for flow in self.flows if flow.asked_per_s == per_s)


class Lesson(msgspec.Struct, frozen=True):
    """One training, by the clock and in processor time."""

    wall_s: float
    cpu_s: float


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """What training costs.

    Attributes:
        questions: How many the first training had.
        empty: From nothing.
        edited: After one question was added; None where that is the same.
        epochs: Of DIET, where it is used.
    """

    questions: int
    empty: Lesson
    edited: Lesson | None = None
    epochs: int = 0


class Understanding(msgspec.Struct, frozen=True, kw_only=True):
    """The box alone, one request at a time, and `hotline understand --jsonl`."""

    p50_ms: float
    p95_ms: float
    lines: int
    lines_per_s: float


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """A desk with many cases and operators. Times in ms are 95th percentiles.

    Attributes:
        filled_s: Until all cases were in the store.
        quiet_page_ms, quiet_claim_ms: With no console open and no messages.
        quiet_now_ms, busy_now_ms: A supervisor's page of this moment, likewise; None in figures older than it.
        busy_page_ms, busy_claim_ms: With `consoles` open and messages at the busy rate; so the figures below.
        seen_p95_ms: From a new case to the slowest console that shows it.
        unseen: How often a console did not show a new case.
        crowd_s: Until all operators, claiming one case at once, had their answers; the slowest round.
        crowd_winners: How many got the case, round by round.
        crowd_turned_away: How many were answered that the store does not answer, in all rounds.
        called_s: From a message about danger to the first call to staff; the slowest.
        web_mb: Memory of the web process, resident.
    """

    cases: int
    operators: int
    consoles: int
    filled_s: float
    quiet_page_ms: float
    busy_page_ms: float
    quiet_claim_ms: float
    busy_claim_ms: float
    seen_p95_ms: float
    unseen: int
    crowd_s: float
    crowd_winners: list[int]
    crowd_turned_away: int
    called_s: float
    web_mb: float
    quiet_now_ms: float | None = None
    busy_now_ms: float | None = None


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when it was measured; a load above nothing means that others worked there too."""

    cores: int
    processor: str
    python: str
    day: str
    load_before: float


class Figures(msgspec.Struct, kw_only=True):
    """A whole run; parts that were not measured yet are None."""

    machine: Machine | None = None
    road: Service | None = None
    echo: Service | None = None
    stock: Service | None = None
    stock_training: Training | None = None
    training: Training | None = None
    understanding: Understanding | None = None
    desk: Desk | None = None


def kept(file: Path = FILE) -> Figures:
    """The figures of earlier runs; none when there were none or they have another form."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Figures)
    except (FileNotFoundError, msgspec.DecodeError):
        return Figures()


def keep(figures: Figures, file: Path = FILE) -> None:
    """Keeps them for later runs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(figures)))


def percentiles_ms(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds; zeros for nothing."""
    if len(seconds) < 2:
        return (seconds[0] * 1000, seconds[0] * 1000) if seconds else (0.0, 0.0)
    cuts = quantiles(seconds, n=20, method="inclusive")
    return cuts[9] * 1000, cuts[18] * 1000
