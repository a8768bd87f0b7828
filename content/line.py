"""Telephone lines."""

from collections.abc import Collection, Container, Iterator
from typing import Literal

from content import hours, phone
from content.naming import country_problems, language_problems, name_problems, named
from content.proof import Sheet
from content.record import compose, mark_fields, read
from content.sourced import Sourced, provenance_problems, without


class Line(Sourced, frozen=True, kw_only=True):
    """A file of `lines/`.

    Attributes:
        number: E.164 or short; "" when it is not known.
        printed: The number as it is printed in Hungary, where that is another grouping than the usual one.
        hours: OpenStreetMap opening hours; "" when they are not known.
        callable_from: Country codes, or `any`.
        critical: Always shown.
    """

    id: str
    name: dict[str, str]
    number: str = ""
    printed: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    cost: Literal["", "free", "national"] = ""
    callable_from: tuple[str, ...] = ()
    critical: bool = False

    @property
    def shown(self) -> bool:
        """Whether blocks that use it are shown; a critical line is never hidden, by age or by missing confirmation."""
        return self.critical or self.trusted

    def named(self, locale: str) -> str:
        """Its name in a locale, or in English."""
        return named(self.name, locale)


def read_line(text: str, sheet: Sheet, sources: Container[str], locales: Collection[str]) -> Line | None:
    """The line in a file; faults are marked."""
    node = compose(text, sheet)
    line = read(node, Line, sheet, id=sheet.path.stem)
    if line is None:
        return None
    problems = [*provenance_problems(line, sources), *_problems(line, locales)]
    mark_fields(node, problems, sheet)
    return without(line, problems, ("number", "printed", "hours"))


def _problems(line: Line, locales: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from name_problems(line.name, locales)
    yield from language_problems(line.languages)
    yield from country_problems(line.callable_from)
    staff_knows_it = line.confirmed is not None and phone.is_short(line.number)
    if line.number and not staff_knows_it and (problem := phone.problem_of(line.number, line.callable_from)):
        yield "number", f"{line.number!r}: {problem}"
    elif line.printed and (problem := phone.printed_problem(line.number, line.printed)):
        yield "printed", problem
    if not line.number and (line.critical or line.trusted):
        yield "number", "missing; only a line on hold may be without one"
    if line.hours and (problem := hours.problem_of(line.hours)):
        yield "hours", problem
