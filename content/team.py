"""Teams and targets: `teams.yml`, in which staff writes when it reads, for whom, and what it promises itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import yaml
from opening_hours import validate

from content.proof import Sheet, allowed, nearest
from content.record import compose, entries, items_of, line_of, mark_fields, read
from road.case import Priority
from road.team import Closure, ExtraDay, Target, Team

FILE: Final = "teams.yml"

_ID = re.compile(r"[a-z0-9_]+")
_TIMES = re.compile(r"\d{2}:\d{2}-\d{2}:\d{2}(,\s?\d{2}:\d{2}-\d{2}:\d{2})*")
_BY_THE_SUN = re.compile(r"sunrise|sunset|dawn|dusk")

Problem = tuple[str, str]
"""A field, and what is wrong in it."""


class Served(NamedTuple):
    """Whom a team may serve: the locales and the groups of topics that there are."""

    locales: tuple[str, ...]
    groups: tuple[str, ...]


def read_teams(text: str, sheet: Sheet, served: Served) -> tuple[Mapping[str, Team], Mapping[Priority, Target]]:
    """Teams by id, and a target for every priority; faults are marked.

    A faulty team is left out, and what the file does not say, as in a snapshot from before it, is not promised.
    """
    parts = {name: (key, value) for name, key, value in entries(compose(text, sheet), sheet)}
    for name in parts.keys() - {"teams", "targets"}:
        sheet.mark(line_of(parts[name][0]), f"{name}: unknown field; {allowed(('teams', 'targets'))}")
    for name in {"teams", "targets"} - parts.keys() if parts else ():
        sheet.mark(0, f"{name}: missing")
    teams = _teams(parts["teams"][1], sheet, served) if "teams" in parts else {}
    targets = _targets(parts["targets"][1], sheet.about("targets")) if "targets" in parts else {}
    return teams, {priority: targets.get(priority, Target()) for priority in Priority}


def _teams(node: yaml.Node, sheet: Sheet, served: Served) -> Mapping[str, Team]:
    if not isinstance(node, yaml.SequenceNode):
        sheet.mark(line_of(node), "teams: must be a list of teams")
        return {}
    teams: dict[str, Team] = {}
    for item in node.value:
        team = read(item, Team, sheet)
        if team and team.id in teams:
            sheet.mark(line_of(item), f"teams: {team.id} stands here a second time")
        elif team and _is_sound(team, item, sheet, served):
            teams[team.id] = team
    return teams


def _is_sound(team: Team, node: yaml.Node, sheet: Sheet, served: Served) -> bool:
    """Whether a team's values can be; faults are marked at their lines."""
    found = [
        (node, team.id, list(_problems(team, served))),
        *_in_list(node, team, "closures", map(_closure_problems, team.closures)),
        *_in_list(node, team, "extra", map(_extra_problems, team.extra)),
    ]
    for place, subject, problems in found:
        mark_fields(place, problems, sheet.about(subject))
    return not any(problems for _, _, problems in found)


def _in_list(
    node: yaml.Node, team: Team, field: str, found: Iterable[Iterator[Problem]]
) -> Iterator[tuple[yaml.Node, str, list[Problem]]]:
    """The items of one of a team's lists, each with its name and what is wrong in it."""
    for item, problems in zip(items_of(node, field), found, strict=True):
        yield item, f"{team.id}: {field}", list(problems)


def _problems(team: Team, served: Served) -> Iterator[Problem]:
    if not _ID.fullmatch(team.id):
        yield "id", f"{team.id!r} is not a name of small letters, digits and _"
    if not team.name:
        yield "name", "missing; colleagues read it"
    if team.hours and (problem := _hours_problem(team.hours)):
        yield "hours", problem
    for field, named, known in (("locales", team.locales, served.locales), ("groups", team.groups, served.groups)):
        for name in named:
            if name not in known:
                yield field, f"unknown {field[:-1]} {name}{nearest(name, known)}; {allowed(known)}, or none for all"


def _hours_problem(hours: str) -> str | None:
    if not validate(hours):
        example = "Mo-Fr 09:00-12:00,13:00-17:00; PH off"
        return f"{hours!r} is not in OpenStreetMap's opening_hours syntax, such as {example}; empty: not known"
    return f"{hours!r} follows the sun, which nobody can plan by; give times" if _BY_THE_SUN.search(hours) else None


def _closure_problems(closure: Closure) -> Iterator[Problem]:
    if closure.until < closure.start:
        yield "until", f"{closure.until} is before {closure.start}; it is the last day that is closed"


def _extra_problems(day: ExtraDay) -> Iterator[Problem]:
    if not (_TIMES.fullmatch(day.hours) and validate(day.hours)):
        yield "hours", f"{day.hours!r} is not times such as 09:00-13:00 or 09:00-12:00,13:00-17:00"


def _targets(node: yaml.Node, sheet: Sheet) -> Mapping[Priority, Target]:
    found: dict[Priority, Target] = {}
    priorities = [priority.value for priority in Priority]
    named = {name: (key, value) for name, key, value in entries(node, sheet)}
    for name, (key, value) in named.items():
        if name not in priorities:
            sheet.mark(line_of(key), f"unknown priority {name}{nearest(name, priorities)}; {allowed(priorities)}")
        elif target := read(value, Target, sheet.about(name)):
            found[Priority(name)] = target
            mark_fields(value, _target_problems(target), sheet.about(name))
    for name in [name for name in priorities if name not in named]:
        sheet.mark(line_of(node), f"{name}: missing; every priority has targets, empty where nothing is promised")
    return found


def _target_problems(target: Target) -> Iterator[Problem]:
    first, whole = target.first_response_minutes, target.resolution_minutes
    minutes = {"first_response_minutes": first, "resolution_minutes": whole}
    yield from (
        (name, f"{value} is not 1 or more") for name, value in minutes.items() if value is not None and value < 1
    )
    if first is not None and whole is not None and whole < first:
        yield "resolution_minutes", f"{whole} is less than first_response_minutes, {first}"
