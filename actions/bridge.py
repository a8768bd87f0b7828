"""Helping across languages: staff sends questions with answers to tap, and prepared texts, in the person's language."""

from collections.abc import Mapping
from typing import Final

from actions import taps
from actions.saying import say
from actions.takeover import sent, session_of
from actions.taps import tap
from actions.transcript import plain_text
from content.bridge import Wording
from content.content import Content
from road.account import Account
from road.case import Case
from road.errors import NotAllowed
from road.outcome import Outcome
from road.reply import Button, Lane
from road.session import Remembered

FIELD_CHARACTERS: Final = 120
"""Longest value that an operator may fill in: a name and an address."""

SIDE_BY_SIDE: Final = 16
"""Characters of a button of which two stand side by side on a narrow phone without being cut."""


def ask(
    remembered: Remembered,
    case: Case,
    by: Account,
    content: Content,
    now: float,
    *,
    question: str,
    fields: Mapping[str, str],
) -> Outcome:
    """Sends the person a question with its answers as buttons, in their language."""
    session = session_of(remembered)
    if question not in content.bridge.questions:
        raise NotAllowed(f"there is no question {question!r}", "no_question")
    if case.silent_on_past and content.bridge.questions[question].careful:
        raise NotAllowed("nothing of the past is named before the safe word", "safe_word_first")
    wording = content.bridge.wording(question, session.locale)
    values = filled_in(wording.fields, fields)
    reply = say(session, wording.html(values), *_rows(question, wording), lane=Lane.OPERATOR)
    marks = {"own_text": f"ask:{question}", "fields": values, "locale": wording.locale}
    return sent(session, case, by, content, now, reply=reply, text=plain_text(reply.html), **marks)


def send_prepared(
    remembered: Remembered,
    case: Case,
    by: Account,
    content: Content,
    now: float,
    *,
    name: str,
    fields: Mapping[str, str],
) -> Outcome:
    """Sends the person a prepared text in their language."""
    session = session_of(remembered)
    if name not in content.prepared.ids:
        raise NotAllowed(f"there is no prepared text {name!r}", "no_text")
    values = filled_in(content.prepared.text(name, session.locale).fields, fields)
    html, locale = content.prepared_html(name, session.locale, values, now=now)
    if not html:
        raise NotAllowed(f"nothing of {name} may be shown now", "no_text")
    reply = say(session, html, lane=Lane.OPERATOR)
    marks = {"own_text": f"prepared:{name}", "fields": values, "locale": locale}
    return sent(session, case, by, content, now, reply=reply, text=plain_text(reply.html), **marks)


def filled_in(wanted: tuple[str, ...], fields: Mapping[str, str]) -> dict[str, str]:
    """What an operator has filled into a text.

    Raises:
        NotAllowed: Something that it needs is missing or too long.
    """
    values = {name: " ".join(fields.get(name, "").split()) for name in wanted}
    if not all(values.values()):
        raise NotAllowed("not everything is filled in", "field_missing")
    if max(map(len, values.values()), default=0) > FIELD_CHARACTERS:
        raise NotAllowed(f"a field has at most {FIELD_CHARACTERS} characters", "field_length")
    return values


def _rows(question: str, wording: Wording) -> list[tuple[Button, ...]]:
    """Short answers two by two, long ones below each other."""
    texts = {answer: wording.answer(answer) for answer in wording.answers}
    buttons = [Button(text=text, data=tap(taps.BRIDGE, f"{question}:{answer}")) for answer, text in texts.items()]
    width = 2 if max(map(len, texts.values())) <= SIDE_BY_SIDE else 1
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]
