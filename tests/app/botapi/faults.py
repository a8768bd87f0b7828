"""What goes wrong on demand."""

import asyncio
from dataclasses import dataclass

from tests.app.botapi.refusal import Refusal


@dataclass
class Fault:
    """Befalls the next `times` calls of a method ("*": any), in one chat or in all.

    Attributes:
        refusal: The answer instead of the real one; nothing is done.
        delay_s: Added to the answer.
        is_lost: The call is done and the connection cut before the answer.
    """

    method: str = "*"
    chat: int = 0
    times: int = 1
    refusal: Refusal | None = None
    delay_s: float = 0.0
    is_lost: bool = False

    def befalls(self, method: str, fields: dict) -> bool:
        return (
            self.times > 0
            and self.method in ("*", method)
            and (not self.chat or str(self.chat) == str(fields.get("chat_id")))
        )


class Faults:
    """Those still to come."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    async def strike(self, method: str, fields: dict) -> Fault | None:
        """The fault that befalls this call, after its delay; raises its refusal."""
        fault = next((fault for fault in self._faults if fault.befalls(method, fields)), None)
        if fault is None:
            return None
        fault.times -= 1
        await asyncio.sleep(fault.delay_s)
        if fault.refusal:
            raise fault.refusal
        return fault
