"""What is written into the transcript of a turn: what the person did, what the bot said."""

import html
import re
from collections.abc import Collection
from typing import Final

from actions.choice import choice_of
from actions.decision import Decision, Kind
from actions.moment import Moment
from actions.typed_number import without_kept
from road.case import Author, Case, Entry, Visibility
from road.outcome import Outcome
from road.reply import Lane, Say
from road.turn import TurnKind

RANKED: Final = 3
"""Topics that an operator takes in at a glance."""

_TAG = re.compile(r"<[^>]+>")


def entries(moment: Moment, outcome: Outcome, decision: Decision | None) -> tuple[Entry, ...]:
    """The person's entry and one for each message of ours, readable by whom the conversation is for.

    What was held back stands there already; a number that the case keeps until its close does not stand there.
    """
    visibility = _visibility(moment, outcome)
    told = [reply for reply in outcome.replies if isinstance(reply, Say) and reply not in moment.session.held_back]
    said = tuple(
        Entry(
            at=moment.now,
            author=Author.BOT,
            text=plain_text(reply.html),
            kind="reply",
            visibility=visibility,
            locale=reply.locale,
            own_text=_own_text(reply, outcome) if reply is told[0] else "",
        )
        for reply in told
    )
    return (_persons(moment, decision, visibility, outcome.cases), *said)


def plain_text(markup: str) -> str:
    """Our own HTML as people read it."""
    return html.unescape(_TAG.sub("", markup))


def _own_text(reply: Say, outcome: Outcome) -> str:
    """Which answer the first message of an outcome is; a language's card has numbers of its own."""
    if outcome.answered:
        return f"answer:{outcome.answered}"
    is_urgent = reply.lane is Lane.URGENT and reply.locale == outcome.session.locale
    return f"now:{outcome.session.last_topic}" if is_urgent else ""


def _persons(moment: Moment, decision: Decision | None, visibility: Visibility, cases: Collection[Case]) -> Entry:
    turn, choice, understanding = moment.turn, choice_of(moment), moment.scene.understanding
    return Entry(
        at=moment.now,
        author=Author.PERSON,
        text=choice.text if choice else turn.button if turn.kind is TurnKind.BUTTON else without_kept(turn.text, cases),
        kind=f"edited_{turn.kind}" if turn.edited else str(turn.kind),
        visibility=visibility,
        topic=decision.topic if decision else "",
        confidence=decision.confidence if decision else 0.0,
        urgent=bool(choice and choice.topic) or (decision is not None and decision.kind is Kind.URGENT),
        ranking=understanding.ranking[:RANKED] if decision else (),
        locale=moment.locale if choice else understanding.locale if decision else "",
        locale_confidence=understanding.locale_confidence if decision else 0.0,
        own_text=choice.own_text if choice else "",
        file=turn.attachment,
    )


def _visibility(moment: Moment, outcome: Outcome) -> Visibility:
    opens_focal = any(case.visibility is Visibility.FOCAL for case in outcome.cases)
    return Visibility.FOCAL if opens_focal else moment.visibility
