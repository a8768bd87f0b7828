"""What somebody who waits is told unasked: another place, another wait, or that nobody reads any more."""

from actions.scene import Scene
from actions.standing import Standing, update
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
    ahead = scene.remembered.ahead.get(case.id, {})
    wait = wait_of(case, ahead, scene.roster)
    if not matters(case, wait):
        return None
    now = Standing(case=case, ahead=ahead, roster=scene.roster, now=scene.now)
    return told(case, wait, scene.now), update(content, session, now)


def _may_hear(case: Case) -> bool:
    """Whether updates are for this person at all: none in danger, none on a phone that may be watched."""
    return case.state is CaseState.WAITING and not (case.critical or case.sensitive or case.undelivered)
