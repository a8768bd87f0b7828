"""Rows of the queue: each is rendered once for all who see it, until it changes or its age in minutes does."""

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

    def claimable(self, case: Case, content: Content, now: float, locale: str) -> Markup:
        """A row with a button to take the case over."""
        return self._row(case, content, now, locale, button="claim")

    def mine(self, case: Case, content: Content, now: float, locale: str) -> Markup:
        """A row that leads on with the conversation."""
        return self._row(case, content, now, locale, button="continue")

    def plain(self, case: Case, content: Content, now: float, locale: str) -> Markup:
        """A row to be looked at."""
        return self._row(case, content, now, locale, button="")

    def _row(self, case: Case, content: Content, now: float, locale: str, *, button: str) -> Markup:
        minutes = (minutes_since(since(case), now), minutes_since(_unanswered(case, now), now))
        shown = (case, minutes, is_overdue(case, now), is_due(case, now), content.version, locale, button)
        if shown not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            view = case_view(case, content, now, locale)
            self._kept[shown] = Markup(self._template.render(case=view, button=button, t=translator(content, locale)))
        return self._kept[shown]


def _unanswered(case: Case, now: float) -> float:
    return case.unanswered_since or now if case.state is CaseState.ACTIVE else now
