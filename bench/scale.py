"""What processes cost: memory, and processor time for each message, which says more than clocks on a busy machine."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.figures import Flow, Process
from bench.program import BenchFailed
from bench.trial import WARM_UP

MB: Final = 1024 * 1024
TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")


class Scale:
    """Processes with their children, from before the first message to after the last. Linux only."""

    def __init__(self, pids: Mapping[str, int]) -> None:
        self._pids = pids
        self._before_s = {name: _cpu_s(pid) for name, pid in pids.items()}

    def weigh(self, flows: Sequence[Flow]) -> list[Process]:
        """Each process after these flows.

        Raises:
            BenchFailed: One of them has ended.
        """
        messages = WARM_UP + sum(flow.sent for flow in flows)
        try:
            return [self._process(name, pid, messages) for name, pid in self._pids.items()]
        except OSError as error:
            raise BenchFailed(f"a process that was measured is gone: {error}") from error

    def memory_mb(self, name: str) -> float:
        """What a process with its children holds now, resident."""
        return sum(_sizes(member)["Rss"] for member in _family(self._pids[name])) / MB

    def _process(self, name: str, pid: int, messages: int) -> Process:
        sizes = [_sizes(member) for member in _family(pid)]
        return Process(
            name=name,
            rss_mb=sum(size["Rss"] for size in sizes) / MB,
            pss_mb=sum(size["Pss"] for size in sizes) / MB,
            cpu_ms=(_cpu_s(pid) - self._before_s[name]) * 1000 / messages,
        )


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _sizes(pid: int) -> dict[str, int]:
    """In bytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {line.partition(":")[0]: int(line.split()[1]) * 1024 for line in lines}


def _cpu_s(pid: int) -> float:
    """Of the process and its children, in user and system mode. Source: proc(5), fields 14 and 15 of stat."""
    fields = [Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split() for member in _family(pid)]
    return sum(int(stat[11]) + int(stat[12]) for stat in fields) / TICKS_PER_S
