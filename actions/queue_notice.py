"""What somebody who waits is told unasked: another place, another wait, or that nobody reads any more."""

from actions import promises
from actions.scene import Scene
from actions.script import written
from content import hours
from content.content import Content
from desk.agenda import tell_from
from desk.waiting import matters, told, wait_of
from road.case import Case, CaseState
from road.reply import Say


def due(case: Case, scene: Scene, content: Content) -> tuple[Case, Say] | None:
    """The case and what its person is told now; None when there is nothing worth a message."""
    session = scene.remembered.session
    if session is None or session.outside or not _may_hear(case) or tell_from(case) > scene.now:
        return None
    wait = wait_of(case, scene.remembered.ahead.get(case.id, {}), scene.roster)
    if not matters(case, wait):
        return None
    html = _place(wait.place, session.locale, content) if wait.place else _nobody(case, scene, content, session.locale)
    return told(case, wait, scene.now), Say(html=written(html, session), locale=session.locale)


def _may_hear(case: Case) -> bool:
    """Whether updates are for this person at all: none in danger, none on a phone that may be watched."""
    return case.state is CaseState.WAITING and not (case.critical or case.sensitive or case.undelivered)


def _place(place: int, locale: str, content: Content) -> str:
    return content.text("handover.place", locale, n=place)


def _nobody(case: Case, scene: Scene, content: Content, locale: str) -> str:
    opens = promises.next_reading(content, case, scene.now)
    nobody = content.text("handover.nobody", locale)
    if opens is not None:
        when = hours.from_when(opens, scene.now, locale, lambda key, /, **values: content.plain(key, locale, **values))
        nobody = content.text("handover.nobody_until", locale, when=when)
    return f"{nobody}\n\n{content.text('handover.call_112', locale)}"
