"""Places: InfoPoints, centres, offices, embassies."""

from collections.abc import Collection, Container, Iterator
from typing import Literal

from content import hours, phone
from content.naming import language_problems, name_problems, named
from content.proof import Sheet
from content.record import compose, mark_fields, read
from content.sourced import Sourced, provenance_problems, without


class Place(Sourced, frozen=True, kw_only=True):
    """A file of `places/`.

    Attributes:
        address: As it is written in its country.
        lat: Degrees north, or None where no source places it.
        lon: Degrees east, or None.
        opening_hours: OpenStreetMap syntax; "" when they are not known.
        phone: E.164 or short, or "".
    """

    id: str
    name: dict[str, str]
    kind: Literal["infopoint", "centre", "office", "helppoint", "embassy", "reception"]
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    opening_hours: str = ""
    services: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    phone: str = ""

    @property
    def shown(self) -> bool:
        """Whether blocks that use it are shown."""
        return self.trusted

    @property
    def on_map(self) -> bool:
        """Whether a pin can be sent."""
        return self.lat is not None and self.lon is not None

    def named(self, locale: str) -> str:
        """Its name in a locale, or in English."""
        return named(self.name, locale)


def read_place(text: str, sheet: Sheet, sources: Container[str], locales: Collection[str]) -> Place | None:
    """The place in a file; faults are marked."""
    node = compose(text, sheet)
    place = read(node, Place, sheet, id=sheet.path.stem)
    if place is None:
        return None
    problems = [*provenance_problems(place, sources), *_problems(place, locales)]
    mark_fields(node, problems, sheet)
    return without(place, problems, ("opening_hours", "phone"))


def _problems(place: Place, locales: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from name_problems(place.name, locales)
    yield from language_problems(place.languages)
    if (place.lat is None) != (place.lon is None):
        yield "lat", "lat and lon stand together or not at all"
    elif place.on_map and not (abs(place.lat or 0) <= 90 and abs(place.lon or 0) <= 180):
        yield "lat", f"{place.lat}, {place.lon} is no place on earth"
    if place.opening_hours and (problem := hours.problem_of(place.opening_hours)):
        yield "opening_hours", problem
    if place.phone and (problem := phone.problem_of(place.phone)):
        yield "phone", f"{place.phone!r}: {problem}"
