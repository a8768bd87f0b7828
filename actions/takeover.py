"""The operators' deeds: each is a decision about one case, written by the store like any other outcome."""

import html

from msgspec.structs import replace

from actions.script import written
from content.content import Content
from content.markup import clean
from desk import transitions
from road.account import Account, OnDuty
from road.case import Author, Case, Ending, Entry
from road.errors import NotAllowed
from road.outcome import Outcome
from road.reply import Lane, Say
from road.session import Remembered, Session

MESSAGE_CHARACTERS = 8000
"""Longest message an operator may send: two of Telegram's."""


def claim(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Takes the case and tells the person so: only now is it true that a colleague reads."""
    mine = transitions.claimed(_seen_by(case, by), at=now, by=by.name)
    told = _told(remembered, mine, content, "operator.joined", now)
    return replace(told, capacity=None if case.critical else by.capacity)


def answer(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, text: str) -> Outcome:
    """Sends the person a message, as the operator wrote it."""
    said = _checked(text)
    answered = transitions.answered(_seen_by(case, by), at=now, by=by.name)
    session = _session(remembered)
    reply = Say(html=html.escape(clean(said), quote=False), lane=Lane.OPERATOR, locale=session.locale)
    entry = Entry(at=now, author=Author.OPERATOR, text=said, kind="reply", visibility=case.visibility, by=by.name)
    return Outcome(session=session, replies=(reply,), cases=(answered,), entries=(entry,))


def note(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, text: str) -> Outcome:
    """Leaves a note for colleagues; the person never sees it."""
    said = _checked(text)
    noted = transitions.noted(_seen_by(case, by), at=now, by=by.name)
    entry = Entry(at=now, author=Author.OPERATOR, text=said, kind="note", visibility=case.visibility, by=by.name)
    return Outcome(session=_session(remembered), cases=(noted,), entries=(entry,))


def release(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Gives the case back to its old place; the person reads that they still stand in the queue."""
    free = transitions.released(_seen_by(case, by), at=now, by=by.name)
    return _told(remembered, free, content, "operator.released", now)


def take_back(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Takes the case out of a colleague's hands, back to its old place: a supervisor's deed."""
    if not by.supervises:
        raise NotAllowed("only a supervisor takes a case back", "supervisor_only")
    free = transitions.taken_back(_seen_by(case, by), at=now, by=by.name)
    return _told(remembered, free, content, "operator.released", now)


def reassign(
    remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, to: OnDuty, note: str
) -> Outcome:
    """Hands the case to a colleague on duty, with a note for them; the person hears nothing of it."""
    if not to.account.sees(case.visibility):
        raise NotAllowed("the colleague may not see this case", "not_visible")
    if not (case.operator == by.name or by.supervises):
        raise NotAllowed("the case is in somebody else's hands", "not_yours")
    handed = transitions.reassigned(_seen_by(case, by), at=now, by=by.name, to=to.account.name)
    return Outcome(
        session=_session(remembered),
        cases=(handed,),
        entries=_notes(note, handed, by, now),
        capacity=to.account.capacity,
    )


def mark(
    remembered: Remembered,
    case: Case,
    by: Account,
    content: Content,
    now: float,
    *,
    minor: bool | None = None,
    safe_word: str | None = None,
) -> Outcome:
    """Keeps what was learned about the person: that they are a minor or not, the word agreed with them."""
    marked = transitions.marked(_seen_by(case, by), at=now, by=by.name, minor=minor, safe_word=safe_word)
    return Outcome(session=_session(remembered), cases=(marked,))


def send_topic(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, topic: str) -> Outcome:
    """Sends a topic's answer in the person's language."""
    session = _session(remembered)
    answer = content.answer(topic, session.locale, now=now) if topic in content.topics else None
    if answer is None:
        raise NotAllowed(f"topic {topic!r} has no answer", "no_answer")
    answered = transitions.answered(_seen_by(case, by), at=now, by=by.name)
    told = f"{content.text('answer.title', session.locale, title=answer.title)}\n\n{answer.html}"
    reply = Say(html=written(told, session), lane=Lane.OPERATOR, locale=session.locale)
    entry = Entry(
        at=now,
        author=Author.OPERATOR,
        text=answer.plain,
        kind="reply",
        visibility=case.visibility,
        by=by.name,
        topic=topic,
    )
    return Outcome(session=session, replies=(reply,), cases=(answered,), entries=(entry,))


def seen(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Acknowledges an alarm."""
    return Outcome(session=_session(remembered), cases=(transitions.seen(_seen_by(case, by), at=now, by=by.name),))


def close(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, ending: Ending) -> Outcome:
    """Ends the case; from now on the bot answers again."""
    closed = transitions.closed(_seen_by(case, by), at=now, by=by.name, ending=ending)
    session = replace(_session(remembered), alarmed=())
    return replace(_told(remembered, closed, content, "operator.closed", now), session=session)


def _told(remembered: Remembered, case: Case, content: Content, key: str, now: float) -> Outcome:
    session = _session(remembered)
    entry = Entry(
        at=now,
        author=Author.BOT,
        text=content.plain(key, session.locale),
        kind="reply",
        visibility=case.visibility,
    )
    told = written(content.text(key, session.locale), session)
    reply = Say(html=told, lane=Lane.OPERATOR, locale=session.locale)
    return Outcome(session=session, replies=(reply,), cases=(case,), entries=(entry,))


def _notes(text: str, case: Case, by: Account, now: float) -> tuple[Entry, ...]:
    if not text.strip():
        return ()
    said = _checked(text)
    return (Entry(at=now, author=Author.OPERATOR, text=said, kind="note", visibility=case.visibility, by=by.name),)


def _session(remembered: Remembered) -> Session:
    if remembered.session is None:
        raise NotAllowed("the person has erased everything")
    return remembered.session


def _seen_by(case: Case, by: Account) -> Case:
    if not by.sees(case.visibility):
        raise NotAllowed(f"case {case.id} is not visible to this account")
    return case


def _checked(text: str) -> str:
    said = text.strip()
    if not said or len(said) > MESSAGE_CHARACTERS:
        raise NotAllowed(f"a message has 1 to {MESSAGE_CHARACTERS} characters")
    return said
