"""The page of questions that found no answer, and of answers that were not helpful."""

import asyncio
from typing import Final
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from content.content import Content
from web.editors import training
from web.editors.desk import EDITORS, PATH, desk_page, draft_of
from web.editors.question_groups import GAP, PEOPLE, Group, groups, votes
from web.flow import topic_title
from web.pages import direction
from web.session import Visitor, staff_only
from web.site import site_of

QUESTIONS: Final = f"{PATH}/questions"
TEACH: Final = f"{QUESTIONS}/teach"


SHOWN: Final = 50
"""Groups on the page, those of most people; the next ones come up when these are mended."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A group as the page shows it; `title` is "" where no topic was likely."""

    group: Group
    title: str
    direction: str
    teach: str


@staff_only(EDITORS)
async def show_questions(request: Request, visitor: Visitor) -> Response:
    """Groups that three people and more have asked in, and votes against answers."""
    site = site_of(request)
    content, kept, locale = site.content(), await site.store.unanswered(), visitor.account.locale
    found = await asyncio.to_thread(groups, kept, content.topics)
    disliked = votes(kept, content.topics)
    return await desk_page(
        request,
        visitor,
        "questions.html",
        found=[_row(group, content, locale) for group in found[:SHOWN]],
        hidden=max(0, len(found) - SHOWN),
        disliked=disliked,
        titles={each.topic: topic_title(each.topic, content, locale) for each in disliked},
        people=PEOPLE,
        days=site.settings.retention_days,
        waiting=await asyncio.to_thread(training.waiting, request),
        taught=request.query_params.get("taught", ""),
        made=await _made(request),
    )


ROUTES: Final = [Route(QUESTIONS, show_questions)]


async def _made(request: Request) -> str:
    """The topic that was just made, if the draft knows it."""
    topic = request.query_params.get("made", "")
    return topic if topic in (await draft_of(request)).content.topics else ""


def _row(group: Group, content: Content, locale: str) -> Row:
    words = next((" ".join(text.replace(GAP, " ").split()) for text in group.texts), group.word)
    return Row(
        group=group,
        title=topic_title(group.topic, content, locale) if group.topic else "",
        direction=direction(group.locale),
        teach=f"{TEACH}?{urlencode({'topic': group.topic, 'locale': group.locale, 'texts': words})}",
    )
