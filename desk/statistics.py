"""What the counts of a period say (`desk.tally`): sums, shares, tables and how long things took. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from desk.durations import percentile_s
from desk.suppression import Place
from desk.tally import OTHER, Measure, name_of
from road.case import Priority

Counts = Mapping[str, int]
Days = Mapping[date, Counts]


class Took(NamedTuple):
    """How long something took, in seconds; None where it never happened."""

    cases: int
    median_s: float | None
    p95_s: float | None


def summed(days: Iterable[Counts]) -> Counter[str]:
    """What was counted on all of them."""
    total: Counter[str] = Counter()
    for counts in days:
        total.update(counts)
    return total


def by_word(counts: Counts, measure: Measure) -> dict[str, int]:
    """Counts of a measure by what follows it in the names."""
    beginning = f"{measure}:"
    return {name.removeprefix(beginning): count for name, count in counts.items() if name.startswith(beginning)}


def cells(counts: Counts, measure: Measure, rows: Collection[str], columns: Collection[str]) -> dict[Place, int]:
    """Counts of a measure by group and locale; what is in no row or column counts as another."""
    found: Counter[Place] = Counter()
    for words, count in by_word(counts, measure).items():
        group, locale = words.split(":")
        found[group if group in rows else OTHER, locale if locale in columns else OTHER] += count
    return dict(found)


def topics(counts: Counts, measure: Measure, known: Mapping[str, Collection[str]]) -> dict[str, dict[str, int]]:
    """Counts of a measure by group and topic, of the topics that are known, by their group."""
    found = {group: dict.fromkeys(names, 0) for group, names in known.items()}
    for words, count in by_word(counts, Measure.TOPIC).items():
        of, group, topic = words.split(":")
        if of == measure and topic in found.get(group, ()):
            found[group][topic] += count
    return found


def total(counts: Counts, measure: Measure) -> int:
    """How often a measure was counted, whatever follows it."""
    return counts.get(str(measure), 0) + sum(by_word(counts, measure).values())


def answered_share(counts: Counts) -> float | None:
    """Of what the bot answered or handed to people, the part that it answered; None when there was neither."""
    answered, handed = total(counts, Measure.ANSWERS), total(counts, Measure.HANDED)
    return answered / (answered + handed) if answered + handed else None


def by_hour(counts: Counts, measure: Measure) -> list[int]:
    """Counts of a measure by the hour of the day."""
    return [counts.get(name_of(Measure.HOUR, hour, measure), 0) for hour in range(24)]


def by_weekday(days: Days, measure: Measure) -> list[int]:
    """Counts of a measure by the day of the week, Monday first."""
    counts = [0] * 7
    for day, counted in days.items():
        counts[day.weekday()] += total(counted, measure)
    return counts


def took(counts: Counts, measure: Measure, clock: str, priorities: Collection[Priority] = tuple(Priority)) -> Took:
    """How long a measure took by a clock, for cases of these priorities."""
    steps: Counter[int] = Counter()
    for words, count in by_word(counts, measure).items():
        by, priority, step = words.split(":")
        if by == clock and priority in priorities:
            steps[int(step)] += count
    return Took(steps.total(), percentile_s(steps, 50), percentile_s(steps, 95))
