"""The form by which an editor writes training questions for a topic."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.personal_data import without_personal_data
from content.content import Content
from content.teaching import teachable
from road.errors import SetupError, UnderstandingFailed
from road.locale import LOCALES
from road.understanding import Hints
from web.editors.desk import EDITORS, desk_page, draft_of
from web.editors.questions import QUESTIONS, TEACH
from web.editors.training import training_of
from web.flow import topic_title
from web.session import Visitor, staff_only
from web.site import site_of

MOST: Final = 50
"""Questions that one form takes."""

ENOUGH_WORDS: Final = 6
CLEARLY: Final = 0.9
"""Of so many words a text is taken as in another language when the box is so sure of it: what training refuses too."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor has written, one question a line."""

    topic: str = ""
    locale: str = ""
    texts: str = ""

    @property
    def lines(self) -> Sequence[str]:
        """The questions."""
        return [line for each in self.texts.splitlines() if (line := " ".join(each.split()))][:MOST]


@staff_only(EDITORS)
async def show_form(request: Request, visitor: Visitor) -> Response:
    """The form; filled with the words that are shown of a group, where the address has them."""
    given = request.query_params
    written = Written(**{name: given.get(name, "") for name in ("topic", "locale", "texts")})
    return await teach_form(request, visitor, written)


@staff_only(EDITORS)
async def teach(request: Request, visitor: Visitor) -> Response:
    """Adds what nothing stands against; with a single fault nothing is added, and the form comes back as it was."""
    form = await request.form()
    written = Written(**{name: str(form.get(name, "")) for name in ("topic", "locale", "texts")})
    content = (await draft_of(request)).content  # a topic that is not published yet can be taught
    topic = next((each for each in teachable(content) if each.id == written.topic), None)
    if not written.lines:
        return await teach_form(request, visitor, written, fault="nothing")
    if topic is None or written.locale not in LOCALES:
        raise HTTPException(404)
    if faults := await faults_of(request, written.lines, written.locale, content):
        return await teach_form(request, visitor, written, faults=faults)
    try:
        await asyncio.to_thread(
            training_of(request).add,
            written.lines,
            topic,
            written.locale,
            by=visitor.account.name,
            now=site_of(request).clock(),
        )
    except (SetupError, OSError):
        return await teach_form(request, visitor, written, fault="not_written")
    return RedirectResponse(f"{QUESTIONS}?taught={len(written.lines)}", 303)


ROUTES: Final = [
    Route(TEACH, show_form),
    Route(TEACH, teach, methods=["POST"]),
]


async def faults_of(request: Request, lines: Sequence[str], locale: str, content: Content) -> Mapping[str, str]:
    """What stands against each question: one of `content.teaching.PROBLEMS`, `personal` or `language`."""
    found = await asyncio.to_thread(training_of(request).problems, lines, locale, content)
    faults = {lines[place]: problem for place, problem in found.items()}
    for line in lines:
        if line not in faults and without_personal_data(line).removed:
            faults[line] = "personal"
        elif line not in faults and await _is_foreign(request, line, locale):
            faults[line] = "language"
    return faults


async def _is_foreign(request: Request, text: str, locale: str) -> bool:
    """Whether a text is plainly in another language; where the box is down training itself says so."""
    if len(text.split()) < ENOUGH_WORDS:
        return False
    try:
        scores = dict((await site_of(request).understand(text, Hints())).locale_scores)
    except UnderstandingFailed:
        return False
    return any(score >= CLEARLY for other, score in scores.items() if other != locale)


async def teach_form(
    request: Request, visitor: Visitor, written: Written, *, fault: str = "", faults: Mapping[str, str] | None = None
) -> Response:
    """The form with what was written, and what stands against it."""
    content, locale = (await draft_of(request)).content, visitor.account.locale
    topics = {topic.id: topic_title(topic.id, content, locale) for topic in teachable(content)}
    return await desk_page(
        request,
        visitor,
        "teach.html",
        status=422 if fault or faults else 200,
        written=written,
        fault=fault,
        faults=faults or {},
        topics=dict(sorted(topics.items(), key=lambda each: each[1].casefold())),
        languages={each: site_of(request).content().languages.get(each, each) for each in LOCALES},
        is_there=await asyncio.to_thread(lambda: training_of(request).is_there),
        folder=site_of(request).settings.questions_dir,
    )
