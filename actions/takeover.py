"""The operators' deeds: each is a decision about one case, written by the store like any other outcome.

Each refuses with `NotAllowed`, whose `why` is a word that the console has a text for.
"""

import html
from typing import Any, Final

from msgspec.structs import replace

from actions import feedback
from actions.answer import answer_html, place_rows
from actions.discreet import discreetly, may_be_watched, without_questions
from actions.saying import say
from actions.transcript import plain_text
from content.content import Content
from content.markup import clean
from desk import transitions
from road.account import Account, OnDuty, Roster
from road.case import Author, Case, CaseState, Consent, Ending, Entry
from road.errors import NotAllowed
from road.outcome import Outcome
from road.reply import AskFor, Lane, Say, SendFile
from road.session import Remembered, Session
from road.turn import Attachment, Channel

MESSAGE_CHARACTERS = 8000
"""Longest message an operator may send: two of Telegram's."""

CAPTION_CHARACTERS: Final = 1000
"""Longest text below a file. Source: Bot API, sendDocument: 1024 without its markup."""

SAFE_WORD_CHARACTERS: Final = (3, 40)
"""Shortest and longest safe word: a shorter one would be said by chance."""


def claim(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Takes the case and tells the person so: only now is it true that a colleague reads.

    In a sensitive case the first words ask whether the person can write safely.
    """
    mine = transitions.claimed(_seen_by(case, by), at=now, by=by.name)
    key = "operator.joined_safely" if case.sensitive else "operator.joined"
    session = session_of(remembered)
    outcome = told(session, mine, content, now, content.text(key, session.locale))
    return replace(outcome, capacity=None if case.critical else by.capacity)


def answer(
    remembered: Remembered,
    case: Case,
    by: Account,
    content: Content,
    now: float,
    *,
    text: str,
    unless_after: float | None = None,
) -> Outcome:
    """Sends the person a message, as the operator wrote it.

    Args:
        unless_after: When the last answer went out that the operator's page knew of; a later one refuses this one, so
            that two tabs do not both answer. None: not asked.
    """
    said, session = _checked(text), session_of(remembered)
    if unless_after is not None and any(e.kind == "answered" and e.at > unless_after for e in case.events):
        raise NotAllowed("an answer went out from another tab", "answered_meanwhile")
    return say_as(session, _reached(case, by), content, now, by=by.name, text=said)


def say_as(session: Session, case: Case, content: Content, now: float, *, by: str, text: str) -> Outcome:
    """Sends what the holder of a case has written."""
    reply = Say(html=html.escape(clean(text), quote=False), lane=Lane.OPERATOR, locale=session.locale)
    return _answered(session, case, by, content, now, reply=reply, text=text)


def send_topic(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, topic: str) -> Outcome:
    """Sends the person a topic's answer in their language, as the bot would give it."""
    session = session_of(remembered)
    if topic not in content.topics:
        raise NotAllowed(f"there is no topic {topic!r}", "no_topic")
    if case.silent_on_past and content.topics[topic].sensitive:
        raise NotAllowed("nothing of the past is named before the safe word", "safe_word_first")
    found = content.answer(topic, session.locale, form="full", now=now)
    if found is None:
        raise NotAllowed(f"{topic} has no answer", "no_answer")
    whole = answer_html(content, session.locale, found)
    reply = say(session, whole, *place_rows(session.locale, found), lane=Lane.OPERATOR)
    marks = {"own_text": f"answer:{topic}", "locale": found.shown_locale}
    return sent(session, case, by, content, now, reply=reply, text=plain_text(whole), topic=topic, **marks)


def send_file(
    remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, file: Attachment, text: str
) -> Outcome:
    """Sends the person a photo or document, with a few words below it; what may be watched waits for the person."""
    session = session_of(remembered)
    if session.address.channel is not Channel.TELEGRAM:
        raise NotAllowed("the chat page takes no files", "no_files_there")
    if may_be_watched(case, session, now):
        raise NotAllowed("the person's phone may be in other hands", "not_at_hand")
    said = text.strip()
    if len(said) > CAPTION_CHARACTERS:
        raise NotAllowed(f"a caption has at most {CAPTION_CHARACTERS} characters", "too_long")
    reply = SendFile(
        file=file,
        html=html.escape(clean(said), quote=False),
        case_id=case.id,
        visibility=case.visibility,
        locale=session.locale,
    )
    return sent(session, case, by, content, now, reply=reply, text=said, file=file)


def note(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, text: str) -> Outcome:
    """Leaves a note for colleagues; the person never sees it."""
    noted = transitions.noted(_seen_by(case, by), at=now, by=by.name)
    return Outcome(session=session_of(remembered), cases=(noted,), entries=(_note(noted, by, now, text),))


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
    """Notes that the person is a minor, or is not, or the safe word agreed with them ("" for none any more)."""
    word = None if safe_word is None else " ".join(safe_word.split())
    shortest, longest = SAFE_WORD_CHARACTERS
    if word and not shortest <= len(word) <= longest:
        raise NotAllowed(f"a safe word has {shortest} to {longest} characters", "safe_word_length")
    marked = transitions.marked(_seen_by(case, by), at=now, by=by.name, minor=minor, safe_word=word)
    return Outcome(session=session_of(remembered), cases=(marked,))


def release(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Gives the case back to its old place; the person reads that they still stand in the queue."""
    session = session_of(remembered)
    free = transitions.released(_seen_by(case, by), at=now, by=by.name)
    return told(session, free, content, now, content.text("operator.released", session.locale))


def reassign(
    remembered: Remembered,
    case: Case,
    by: Account,
    content: Content,
    now: float,
    *,
    to: str,
    roster: Roster,
    text: str,
) -> Outcome:
    """Hands the case to a colleague with a note; the person hears nothing before that colleague writes."""
    if case.operator != by.name and not by.supervises:
        raise NotAllowed("only the holder or a supervisor hands a case on", "not_yours")
    colleague = _able(roster.find(to), case)
    handed = transitions.reassigned(_seen_by(case, by), at=now, by=by.name, to=to)
    return Outcome(
        session=session_of(remembered),
        cases=(handed,),
        entries=(_note(handed, by, now, text),),
        capacity=None if case.critical else colleague.account.capacity,
    )


def take_back(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Takes the case out of a colleague's hands, back to its old place: a supervisor's deed."""
    if not by.supervises:
        raise NotAllowed("only a supervisor takes a case back", "supervisor_only")
    session = session_of(remembered)
    free = transitions.taken_back(_seen_by(case, by), at=now, by=by.name)
    return told(session, free, content, now, content.text("operator.released", session.locale))


def seen(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Acknowledges an alarm; a person who waits hears that somebody has looked."""
    session = session_of(remembered)
    looked = transitions.seen(_seen_by(case, by), at=now, by=by.name)
    if case.state is not CaseState.WAITING or not case.alarm:
        return Outcome(session=session, cases=(looked,))
    return told(session, looked, content, now, content.text("handover.seen", session.locale))


def close(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, ending: Ending) -> Outcome:
    """Ends the case; from now on the bot answers again. Where nobody may be watching, the person is asked if it helped.

    Of a sensitive case the session forgets its topic: nobody else shall be told more of it.
    """
    if ending.consent is Consent.OVERRULED and not by.supervises:
        raise NotAllowed("only a supervisor refers without consent", "supervisor_only")
    closed = transitions.closed(_seen_by(case, by), at=now, by=by.name, ending=ending)
    before, asks = without_questions(session_of(remembered)), feedback.is_asked(closed)
    topic = "" if closed.sensitive else before.last_topic
    session = replace(before, alarmed=(), pending=feedback.VOTE if asks else "", last_topic=topic)
    question = (feedback.question(content, session),) if asks else ()
    return told(session, closed, content, now, content.text("operator.closed", session.locale), *question)


def sent(
    session: Session,
    case: Case,
    by: Account,
    content: Content,
    now: float,
    *,
    reply: Say | AskFor | SendFile,
    text: str,
    **marks: Any,
) -> Outcome:
    """A message of the operator who holds the case, held back where somebody may be watching.

    Args:
        text: What stands in the transcript.
        marks: More fields of its `Entry` there.

    Raises:
        NotAllowed: Somebody else holds the case, or the person has blocked the bot.
    """
    return _answered(session, _reached(case, by), by.name, content, now, reply=reply, text=text, **marks)


def _answered(
    session: Session,
    case: Case,
    by: str,
    content: Content,
    now: float,
    *,
    reply: Say | AskFor | SendFile,
    text: str,
    **marks: Any,
) -> Outcome:
    answered = transitions.answered(case, at=now, by=by)
    name = f"{case.id}.{len(answered.events)}"  # the log only grows
    entry = replace(_entry(case, now, text), author=Author.OPERATOR, by=by, name=name, **marks)
    named = replace(reply, name=name)
    return discreetly(
        Outcome(session=session, replies=(named,), cases=(answered,), entries=(entry,)), case, content, now
    )


def _reached(case: Case, by: Account) -> Case:
    if case.undelivered:
        raise NotAllowed("the person has blocked the bot", "unreachable")
    return _seen_by(case, by)


def told(session: Session, case: Case, content: Content, now: float, markup: str, *more: Say) -> Outcome:
    """What the bot says to the person of a deed, held back where somebody may be watching."""
    replies = (say(session, markup, lane=Lane.OPERATOR), *more)
    entries = tuple(replace(_entry(case, now, plain_text(reply.html)), locale=reply.locale) for reply in replies)
    return discreetly(Outcome(session=session, replies=replies, cases=(case,), entries=entries), case, content, now)


def _note(case: Case, by: Account, now: float, text: str) -> Entry:
    return replace(_entry(case, now, _checked(text)), author=Author.OPERATOR, kind="note", by=by.name)


def _entry(case: Case, now: float, text: str) -> Entry:
    return Entry(at=now, author=Author.BOT, text=text, kind="reply", visibility=case.visibility)


def _able(colleague: OnDuty | None, case: Case) -> OnDuty:
    if colleague is None:
        raise NotAllowed("the colleague is not on duty", "not_on_duty")
    if not colleague.account.sees(case.visibility):
        raise NotAllowed("the colleague may not see the case", "not_visible")
    if not (case.critical or colleague.free):
        raise NotAllowed("the colleague has no room for one more", "no_room")
    return colleague


def session_of(remembered: Remembered) -> Session:
    """The person's session.

    Raises:
        NotAllowed: They have erased everything.
    """
    if remembered.session is None:
        raise NotAllowed("the person has erased everything", "erased")
    return remembered.session


def _seen_by(case: Case, by: Account) -> Case:
    if not by.sees(case.visibility):
        raise NotAllowed(f"case {case.id} is not visible to this account", "not_visible")
    return case


def _checked(text: str) -> str:
    said = text.strip()
    if not said or len(said) > MESSAGE_CHARACTERS:
        raise NotAllowed(f"a message has 1 to {MESSAGE_CHARACTERS} characters")
    return said
