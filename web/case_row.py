"""Rows of the queue: each is rendered once for all who see it, until it changes or its age in minutes does."""

from collections.abc import Iterable
from typing import Final

from jinja2 import Environment
from markupsafe import Markup

from content.content import Content
from desk.call_back import is_due
from road.case import Case, CaseState
from web.case_view import case_view, is_overdue, since
from web.texts import translator
from web.times import minutes_since

KEPT: Final = 20_000
"""Rows kept; then all are let go. Some 1.5 kB each: 30 MB."""


class CaseRows:
    """Renders and keeps rows. They carry no form's token: their buttons belong to a form of the page."""

    def __init__(self, templates: Environment) -> None:
        self._template = templates.get_template("case_row.html")
        self._kept: dict[object, Markup] = {}

    def claimable(self, cases: Iterable[Case], content: Content, now: float, locale: str) -> Markup:
        """Rows with a button to take the case over."""
        return self._rows(cases, content, now, locale, look="claim")

    def mine(self, cases: Iterable[Case], content: Content, now: float, locale: str) -> Markup:
        """Rows that lead on with the conversation."""
        return self._rows(cases, content, now, locale, look="continue")

    def plain(self, cases: Iterable[Case], content: Content, now: float, locale: str) -> Markup:
        """Rows to be looked at."""
        return self._rows(cases, content, now, locale, look="")

    def alarms(self, cases: Iterable[Case], content: Content, now: float, locale: str) -> Markup:
        """Links above every page."""
        return self._rows(cases, content, now, locale, look="alarm")

    def _rows(self, cases: Iterable[Case], content: Content, now: float, locale: str, *, look: str) -> Markup:
        return Markup("".join([self._row(case, content, now, locale, look=look) for case in cases]))

    def _row(self, case: Case, content: Content, now: float, locale: str, *, look: str) -> Markup:
        minutes = (minutes_since(since(case), now), minutes_since(_unanswered(case, now), now))
        shown = (case, minutes, is_overdue(case, now), is_due(case, now), content.version, locale, look)
        if shown not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            view = case_view(case, content, now, locale)
            self._kept[shown] = Markup(self._template.render(case=view, look=look, t=translator(content, locale)))
        return self._kept[shown]


def _unanswered(case: Case, now: float) -> float:
    return case.unanswered_since or now if case.state is CaseState.ACTIVE else now
