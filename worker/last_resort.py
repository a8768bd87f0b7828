"""When even the apology fails: a person finds the message in the queue. Rests on neither content nor meaning."""

from actions.scene import Scene
from content.content import Content
from road.case import Author, Case, CaseEvent, CaseState, Entry, Visibility
from road.outcome import Outcome
from road.session import Session
from road.turn import Turn


def last_resort(turn: Turn, scene: Scene, content: Content) -> Outcome:  # noqa: ARG001 - decides like the others
    """No reply, since none could be made; a case with what was written, for everybody or for whom it was so far."""
    session = scene.remembered.session or Session(address=turn.address, at=scene.now)
    known = [case for case in scene.remembered.cases if case.state is not CaseState.CLOSED]
    cases = () if known else (_case(scene, session),)
    visibility = Visibility.FOCAL if any(case.visibility is Visibility.FOCAL for case in known) else Visibility.ALL
    said = Entry(at=scene.now, author=Author.PERSON, text=turn.text, kind=str(turn.kind), visibility=visibility)
    return Outcome(session=session, cases=cases, entries=(said,))


def _case(scene: Scene, session: Session) -> Case:
    return Case(
        id=scene.fresh_id,
        person=scene.remembered.person,
        state=CaseState.WAITING,
        opened_at=scene.now,
        locale=session.locale or "en",
        opened_why="failed",
        events=(CaseEvent(at=scene.now, kind="opened", why="failed"),),
    )
