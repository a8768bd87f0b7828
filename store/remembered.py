"""Reading what is kept of a person: one script, so that session, cases and places belong together."""

from collections.abc import Sequence
from typing import Any

from road.case import Case
from road.session import Remembered, Session
from store.crypto import PersonKey
from store.keys import REOPEN_S
from store.server import Plan, Server, readable


async def load_person(server: Server, person: str) -> Remembered:
    """What is kept of a person; version 0 when that is nothing."""
    answer = await server.run("load", {**_plan(server), "person": person})
    return _remembered(server, answer)


async def load_case(server: Server, case_id: str) -> tuple[Case, Remembered] | None:
    """A case, however long closed, with what is kept of its person; None when there is no such case."""
    answer = await server.run("load", {**_plan(server), "case": server.keys.case(case_id)})
    if answer[0] == b"none":
        return None
    case = readable_case(server, server.key_of(answer[0].decode(), answer[3]), case_id, answer[7])
    return (case, _remembered(server, answer)) if case else None


async def load_cases(server: Server, person: str) -> Sequence[Case]:
    """All cases of a person that are kept, however long closed, oldest first."""
    answer = await server.run("load", {**_plan(server), "person": person, "since": "-inf"})
    return sorted(_remembered(server, answer).cases, key=lambda case: case.opened_at)


def readable_case(server: Server, key: PersonKey | None, case_id: str, sealed: bytes) -> Case | None:
    """A stored case; None for a damaged one."""
    return readable(key, sealed, server.keys.case(case_id), Case)


def _plan(server: Server) -> Plan:
    keys = server.keys
    return {
        "person_prefix": keys.person(""),
        "key_prefix": keys.key(""),
        "case_prefix": keys.case(""),
        "cases_prefix": keys.cases(""),
        "lines": keys.lines,
        "line_prefix": keys.line(""),
        "since": str(server.clock() - REOPEN_S),
    }


def _remembered(server: Server, answer: list[Any]) -> Remembered:
    person, version, sealed, wrapped, cases, ahead, waiting, _ = answer
    name = person.decode()
    key = server.key_of(name, wrapped)
    found = [readable_case(server, key, case.decode(), text) for case, text in _pairs(cases)]
    return Remembered(
        person=name,
        version=version,
        session=readable(key, sealed, server.keys.person(name), Session) if sealed else None,
        cases=tuple(case for case in found if case),
        ahead={case.decode(): _counts(lines) for case, lines in _pairs(ahead)},
        waiting=_counts(waiting),
    )


def _counts(flat: list[Any]) -> dict[str, int]:
    return {line.decode(): count for line, count in _pairs(flat)}


def _pairs(flat: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(flat[::2], flat[1::2], strict=True))
