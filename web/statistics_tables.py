"""The tables of the statistics page, in the reader's words.

Numbers by subject and language come from two grids in which small numbers are hidden (`desk.suppression`); every table
that tells of subjects or languages is a part of those grids, so that none gives away what another hides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from babel.dates import get_day_names

from content.content import Content
from content.wording import cldr, language
from desk.statistics import Days, answered_share, by_hour, by_weekday, by_word, cells, summed, took, topics, total
from desk.suppression import GRAND, TOTAL, Grid, suppressed
from desk.tally import OTHER, REOPENED, SENSITIVE, WALL, WORKING, Measure
from desk.transitions import OUTCOMES
from road.case import Priority
from road.outcome import VOTES
from web.flow import topic_title
from web.table import Cell, Cells, Table, named
from web.texts import translator

Named = Mapping[str, str]
"""Words of ours and what they are called."""

WHY = ("asked", "urgent", "unsure", "no_answer", "unreadable", "failed", "complaint")
"""Why cases are opened, as `Case.opened_why` has it."""


class Tables:
    """Makes them for a period."""

    def __init__(self, days: Days, asked: Sequence[date], content: Content, locale: str) -> None:
        """`asked` are the days of the period, counted on or not."""
        self._days, self._asked, self._counts = days, asked, summed(days.values())
        self._t = translator(content, locale)
        self._cells = Cells(locale, self._t("console.statistics.hidden"))
        self._weekdays = get_day_names(width="wide", context="stand-alone", locale=cldr(locale))
        self._groups = {
            **{group: content.group_title(group, locale) for group in groups(content)},
            SENSITIVE: self._t("console.statistics.sensitive"),
            OTHER: self._t("console.statistics.other_subject"),
        }
        self._title = partial(topic_title, content=content, locale=locale)
        self._topics = open_topics(content)
        self._languages = {
            **{each: language(each, locale) for each in content.languages},
            OTHER: self._t("console.statistics.other_language"),
        }

    def all(self) -> Sequence[Table]:
        """In the order of the page."""
        answers, handed = self._grid(Measure.ANSWERS), self._grid(Measure.HANDED)
        return (
            self._overview(),
            self._daily(),
            self._margins("languages", self._languages, answers, handed, lambda name: (TOTAL, name)),
            self._margins("subjects", self._groups, answers, handed, lambda name: (name, TOTAL)),
            self._single(answers, handed),
            self._crossed("answers", answers),
            self._crossed("handed", handed),
            self._of_both("weekdays", [named(self._weekdays[day].capitalize()) for day in range(7)], self._weekly),
            self._of_both("hours", [named(f"{hour}:00") for hour in range(24)], self._hourly),
            self._times(),
            self._words("why", Measure.WHY, self._reasons()),
            self._words("endings", Measure.ENDING, self._called("console.outcome.", (*OUTCOMES, "left_queue"))),
            self._words("feedback", Measure.VOTE, self._called("console.statistics.vote.", VOTES)),
        )

    def _table(
        self, name: str, columns: Iterable[str], rows: Iterable[Sequence[Cell]], *, chart: str = "", long: bool = False
    ) -> Table:
        first = self._t(f"console.statistics.row.{name}")
        heading = self._t(f"console.statistics.table.{name}")
        lines = tuple(tuple(row) for row in rows)
        return Table(name=name, heading=heading, columns=(first, *columns), rows=lines, chart=chart, long=long)

    def _overview(self) -> Table:
        counts, number = self._counts, self._cells.number
        reopened = counts[f"{Measure.WHY}:{REOPENED}"]
        lines = {
            "messages": number(counts[Measure.MESSAGES]),
            "answers": number(total(counts, Measure.ANSWERS)),
            "handed": number(total(counts, Measure.HANDED)),
            "share": self._cells.share(answered_share(counts)),
            "reopened": number(reopened),
            "crisis": number(counts[Measure.CRISIS]),
        }
        rows = [(named(self._t(f"console.statistics.{name}")), cell) for name, cell in lines.items()]
        return self._table("overview", [self._t("console.statistics.number")], rows)

    def _daily(self) -> Table:
        measures = (Measure.MESSAGES, Measure.ANSWERS, Measure.HANDED)
        rows = [
            (self._cells.day(day), *self._cells.numbers(total(self._days.get(day, {}), each) for each in measures))
            for day in self._asked
        ]
        return self._table("daily", self._columns(*measures), rows, chart="line", long=True)

    def _grid(self, measure: Measure) -> Grid:
        found = cells(self._counts, measure, self._groups, self._languages)
        return suppressed(found, list(self._groups), list(self._languages), topics(self._counts, measure, self._topics))

    def _margins(
        self, name: str, names: Named, answers: Grid, handed: Grid, place: Callable[[str], tuple[str, str]]
    ) -> Table:
        rows = [
            (named(title), *self._cells.numbers(grid.shown[place(each)] for grid in (answers, handed)))
            for each, title in names.items()
        ]
        return self._table(name, self._columns(Measure.ANSWERS, Measure.HANDED), rows, chart="stacked")

    def _single(self, answers: Grid, handed: Grid) -> Table:
        """Single topics of which something may be shown, most asked first."""
        places = [(group, TOTAL, topic) for group, names in self._topics.items() for topic in names]
        numbers = {place: (answers.shown.get(place), handed.shown.get(place)) for place in places}
        told = sorted(
            (place for place in places if numbers[place] != (None, None)),
            key=lambda place: -sum(number or 0 for number in numbers[place]),
        )
        rows = [(named(self._title(place[-1])), *self._cells.numbers(numbers[place])) for place in told]
        return self._table("topics", self._columns(Measure.ANSWERS, Measure.HANDED), rows, long=True)

    def _crossed(self, name: str, grid: Grid) -> Table:
        whole = self._t("console.statistics.total")
        columns = {**self._languages, TOTAL: whole}
        rows = [
            (named(title), *self._cells.numbers(grid.shown[each, column] for column in columns))
            for each, title in {**self._groups, TOTAL: whole}.items()
        ]
        return self._table(name, columns.values(), rows if grid.shown[GRAND] is not None else (), long=True)

    def _of_both(self, name: str, names: Sequence[Cell], counted: Callable[[Measure], Sequence[int]]) -> Table:
        measures = (Measure.MESSAGES, Measure.HANDED)
        columns = [self._cells.numbers(counted(measure)) for measure in measures]
        return self._table(
            name, self._columns(*measures), zip(names, *columns, strict=True), chart="bar", long=len(names) > 7
        )

    def _weekly(self, measure: Measure) -> Sequence[int]:
        return by_weekday(self._days, measure)

    def _hourly(self, measure: Measure) -> Sequence[int]:
        return by_hour(self._counts, measure)

    def _times(self) -> Table:
        every = {
            self._t("console.statistics.every_priority"): tuple(Priority),
            **{self._t(f"console.statistics.priority.{each}"): (each,) for each in Priority},
        }
        rows = [
            (named(f"{self._t(f'console.statistics.{measure}')}: {name}"), *self._timed(measure, priorities))
            for measure in (Measure.FIRST, Measure.RESOLUTION)
            for name, priorities in every.items()
        ]
        columns = ("cases", "wall_median", "wall_p95", "working_median", "working_p95")
        return self._table("times", [self._t(f"console.statistics.{each}") for each in columns], rows)

    def _timed(self, measure: Measure, priorities: Sequence[Priority]) -> Sequence[Cell]:
        wall, working = (took(self._counts, measure, clock, priorities) for clock in (WALL, WORKING))
        seconds = (wall.median_s, wall.p95_s, working.median_s, working.p95_s)
        return (self._cells.number(wall.cases), *map(self._cells.seconds, seconds))

    def _words(self, name: str, measure: Measure, names: Named) -> Table:
        counts = by_word(self._counts, measure)
        rows = [(named(title), self._cells.number(counts.get(each, 0))) for each, title in names.items()]
        return self._table(name, [self._t("console.statistics.number")], rows, chart="bar")

    def _reasons(self) -> Named:
        return {**self._called("console.why.", WHY), REOPENED: self._t("console.statistics.reopened")}

    def _called(self, beginning: str, words: Iterable[str]) -> Named:
        """What each of these words is called: by the texts with this beginning."""
        return {word: self._t(f"{beginning}{word}") for word in words}

    def _columns(self, *measures: Measure) -> Sequence[str]:
        return [self._t(f"console.statistics.{measure}") for measure in measures]


def groups(content: Content) -> Sequence[str]:
    """Groups of topics that are somebody's subject, in the catalogue's order."""
    found = dict.fromkeys(topic.group for topic in content.topics.values())
    return [group for group in found if f"group.{group}" in content.interface]


def open_topics(content: Content) -> Mapping[str, Sequence[str]]:
    """Topics that are counted one by one, by their group: those that are not sensitive."""
    named = [topic for topic in content.topics.values() if not topic.sensitive]
    return {group: [topic.id for topic in named if topic.group == group] for group in groups(content)}
