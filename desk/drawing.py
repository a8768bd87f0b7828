"""The machine of cases as a drawing: Mermaid's stateDiagram-v2, made from the table. docs/desk.md shows it."""

from collections.abc import Iterator

from desk.transitions import MACHINE, Step
from road.case import CaseState


def drawing() -> str:
    """Arrows for the deeds that move a case, notes for those that leave it in its state."""
    return "\n".join(["stateDiagram-v2", *_arrows(), *(line for state in CaseState for line in _note(state))])


def _arrows() -> Iterator[str]:
    for deed, step in MACHINE.items():
        if step.leads_to is not None:
            for state in step.needs or ("[*]",):
                yield f"    {state} --> {step.leads_to}: {deed} ({step.by})"


def _note(state: CaseState) -> Iterator[str]:
    staying = {deed: step for deed, step in MACHINE.items() if step.leads_to is None and state in step.needs}
    yield f"    note right of {state}"
    yield from (f"        {by}: {deeds}" for by, deeds in _by_whom(staying).items())
    yield "    end note"


def _by_whom(steps: dict[str, Step]) -> dict[str, str]:
    return {by: ", ".join(deed for deed, step in steps.items() if step.by == by) for by in _each_once(steps)}


def _each_once(steps: dict[str, Step]) -> list[str]:
    return list(dict.fromkeys(step.by for step in steps.values()))
