"""Work in a process of its own, so that Python works on two things at once."""

from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[..., T], *given: object) -> T:
    """What `work` makes of what is given; other threads of this process go on meanwhile.

    One process for one piece of work: a pool's would wait for more for ever if this process were killed.

    Raises:
        RuntimeError: The other process ended without a result; it has said why.
    """
    fresh = get_context("spawn")
    here, there = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_send, args=(there, work, *given), daemon=True)
    process.start()
    there.close()
    try:
        result: T = here.recv()
    except EOFError:
        raise RuntimeError(f"{work.__qualname__} ended in its process without a result") from None
    finally:
        process.join()
    return result


def _send(there: Connection, work: Callable[..., object], *given: object) -> None:
    result = work(*given)
    with suppress(BrokenPipeError):  # nobody waits any more
        there.send(result)
