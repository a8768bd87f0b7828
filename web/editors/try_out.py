"""The page on which editors try out what people would get: a question or a topic, live and by the draft."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions.commands import command_of
from actions.decision import Decision, Kind, decide
from actions.language import is_unknown_language
from actions.trial import NOBODY, tried, tried_topic, within
from content.content import Content
from content.topic import CONVERSATION
from road.errors import ContentError, UnderstandingFailed
from road.outcome import Outcome
from road.session import Session
from road.understanding import UNAVAILABLE, Hints, Understanding
from web.editors.bubble import Bubble, bubbles
from web.editors.desk import EDITORS, PATH, desk_page, draft_of
from web.flow import topic_title
from web.pages import direction
from web.session import Visitor, staff_only
from web.site import site_of

SHOWN: Final = 5
"""Topics that are named with how likely each is."""

LONGEST: Final = 2000
"""Characters of a question; a longer one is cut, as the box would cut it sooner still."""

KINDS: Final = (*Kind, "command", "unreadable", "down", "language")
"""What is decided about a question (`console.content.try.kind.<kind>`)."""

DETECT: Final = ""
"""Stands for the locale that the message itself shows."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What people get by one state of the content.

    Attributes:
        locale: The locale that it is written in.
        kind: What is decided, one of `KINDS`; "" where a topic was asked for.
        topic: The topic that it is about, or "".
        percent: How sure that is.
    """

    bubbles: Sequence[Bubble]
    locale: str
    direction: str
    kind: str = ""
    topic: str = ""
    percent: int = 0


class Likely(msgspec.Struct, frozen=True, kw_only=True):
    """A topic and how likely it is; `is_live`: people can get it already."""

    title: str
    percent: int
    is_live: bool


@staff_only(EDITORS)
async def show_try(request: Request, visitor: Visitor) -> Response:
    """The page; with a topic in the address, its answer."""
    topic, locale = (request.query_params.get(name, "") for name in ("topic", "locale"))
    if not topic:
        return await _page(request, visitor)
    content, draft = site_of(request).content(), (await draft_of(request)).content
    if topic not in {*content.topics, *draft.topics} or locale not in {*content.languages, *draft.languages}:
        raise HTTPException(404)
    now = site_of(request).clock()
    sides = {
        name: _side(lambda state=each: tried_topic(topic, locale, state, now))  # type: ignore[misc]
        for name, each in (("live", content), ("draft", draft))
        if topic in each.topics
    }
    return await _page(request, visitor, sides=sides, topic=topic, asked_locale=locale)


@staff_only(EDITORS)
async def try_question(request: Request, visitor: Visitor) -> Response:
    """What would be answered; nothing is kept of the question, in the address neither."""
    form = await request.form()
    text, locale = str(form.get("text", "")).strip()[:LONGEST], str(form.get("locale", ""))
    content, draft = site_of(request).content(), (await draft_of(request)).content
    if locale and locale not in {*content.languages, *draft.languages}:
        raise HTTPException(404)
    if not text:
        return await _page(request, visitor)
    understanding = await _understood(request, text, locale)
    now = site_of(request).clock()
    sides = {
        name: _asked(text, locale, understanding, each, now) for name, each in (("live", content), ("draft", draft))
    }
    return await _page(
        request,
        visitor,
        sides=sides,
        text=text,
        asked_locale=locale,
        understanding=understanding,
        likely=_likely(understanding, content, draft, visitor.account.locale),
    )


ROUTES: Final = [
    Route(f"{PATH}/try", show_try),
    Route(f"{PATH}/try", try_question, methods=["POST"]),
]


async def _understood(request: Request, text: str, locale: str) -> Understanding:
    try:
        return await site_of(request).understand(text, Hints(chosen_locale=locale or None))
    except UnderstandingFailed:
        return UNAVAILABLE


async def _page(request: Request, visitor: Visitor, **values: object) -> Response:
    content, draft = site_of(request).content(), (await draft_of(request)).content
    shown: dict[str, Any] = {
        **{"sides": None, "text": "", "topic": "", "asked_locale": DETECT, "understanding": None, "likely": ()},
        **values,
    }
    return await desk_page(
        request,
        visitor,
        "try.html",
        **shown,
        topics=_titles((draft, content), visitor.account.locale),
        languages={**draft.languages, **content.languages},
        title=lambda each: topic_title(each, content if each in content.topics else draft, visitor.account.locale),
    )


def _titles(states: Iterable[Content], locale: str) -> Mapping[str, str]:
    """Topics that have answers, by title."""
    titles = {
        topic.id: topic_title(topic.id, state, locale)
        for state in states
        for topic in state.topics.values()
        if topic.group != CONVERSATION
    }
    return dict(sorted(titles.items(), key=lambda each: each[1].casefold()))


def _asked(text: str, locale: str, understanding: Understanding, content: Content, now: float) -> Side | None:
    known = within(understanding, content.topics)
    side = _side(lambda: tried(text, locale, known, content, now))
    decision = decide(text, known, content)
    kind = _kind(text, known, decision, content)
    if side is None or kind not in tuple(Kind):
        return side and replace(side, kind=kind)
    return replace(
        side,
        kind=kind,
        topic=decision.topic,
        percent=round(100 * decision.confidence),
    )


def _kind(text: str, known: Understanding, decision: Decision, content: Content) -> str:
    """What the page says about how a text is taken, in the order in which `actions.route` looks."""
    if decision.kind is Kind.URGENT:
        return str(decision.kind)
    if command_of(text):
        return "command"
    if not any(character.isalpha() for character in text):
        return "unreadable"
    if not known.available:
        return "down"
    if is_unknown_language(Session(address=NOBODY), known, content.languages):
        return "language"
    return str(decision.kind)


def _side(outcome_of: Callable[[], Outcome]) -> Side | None:
    """None where a draft in the middle of its changes lacks what it takes to answer."""
    try:
        outcome = outcome_of()
    except ContentError:
        return None
    locale = outcome.session.locale
    return Side(bubbles=bubbles(outcome.replies), locale=locale, direction=direction(locale))


def _likely(understanding: Understanding, content: Content, draft: Content, locale: str) -> Sequence[Likely]:
    return [
        Likely(
            title=topic_title(candidate.topic, content if candidate.topic in content.topics else draft, locale),
            percent=round(100 * candidate.confidence),
            is_live=candidate.topic in content.topics,
        )
        for candidate in understanding.ranking[:SHOWN]
    ]
