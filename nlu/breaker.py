"""A circuit breaker: a box that fails again and again is left alone for a while, so that nobody waits for it."""

from collections.abc import Callable


class Breaker:
    """Counts failures in a row; after too many it is open, and lets one attempt through in each pause."""

    def __init__(self, clock: Callable[[], float], *, failures: int = 5, pause_s: float = 5.0) -> None:
        self._clock = clock
        self._allowed = failures
        self._pause_s = pause_s
        self._failed = 0
        self._open_until = 0.0

    def admits(self) -> bool:
        """Whether to try now; an open breaker admits one attempt when its pause is over."""
        if self._failed < self._allowed:
            return True
        if self._clock() < self._open_until:
            return False
        self._open_until = self._clock() + self._pause_s
        return True

    def succeeded(self) -> None:
        """Closes the breaker."""
        self._failed = 0

    def failed(self) -> None:
        """Opens the breaker once there were too many in a row."""
        self._failed += 1
        self._open_until = self._clock() + self._pause_s
