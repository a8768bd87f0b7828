"""Publishing: what would change, what stands in the way, and the deeds of one editor or two (content.proposal)."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import msgspec
from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from content import proposal, snapshot
from content.direction import is_right_to_left
from content.history import Deed, Signature, Step
from content.proposal import Confirmation
from road.audit import AuditKind
from road.errors import ContentError, HotlineError, Overtaken, SecondPersonMissing, SetupError
from web.editors.contained import told
from web.editors.desk import EDITORS, PATH, desk_page, draft_of
from web.editors.prospect import SHOWN, Prospect, name_of, of_draft, of_earlier, page_of
from web.noting import note_deed
from web.session import Visitor, staff_only
from web.site import Site, site_of
from web.times import clock_time

PUBLISH: Final = f"{PATH}/publish"
HISTORY: Final = f"{PUBLISH}/history"
SHORTEST_REASON, LONGEST_REASON = 10, 300
"""Characters: what stands in the history must tell a colleague something. As for learning who a person is."""

LONGEST_WHY: Final = 300
DONE: Final = ("published", "went_back", "proposed", "withdrawn")
"""What a page says that was done, by the word in its address."""

ASKED: Final = ("proposed", "withdrawn")
"""Those of them after which people read the same."""

REFUSED: Final = {"overtaken": 409, "second_missing": 409, "faults": 422, "no_why": 422, "no_reason": 422}
"""Why something was not done, and the status that says so."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a form of these pages asks for.

    Attributes:
        before: Fingerprint of what people read when the page was shown.
        after: Of what the page showed that they would read.
        emergency: Why it can't wait for a second person.
        mark: Of the proposal that the page showed.
        looked: Emergency changes that were ticked.
        refused: The word for why it was not done; "" before that is known.
    """

    deed: Deed
    before: str
    after: str
    why: str
    emergency: str
    mark: str
    looked: frozenset[str]
    refused: str = ""


@staff_only(EDITORS)
async def show_publish(request: Request, visitor: Visitor) -> Response:
    """What publishing the draft would change."""
    return await _page(request, visitor, await _prospect(request, "published"))


@staff_only(EDITORS)
async def show_history(request: Request, visitor: Visitor) -> Response:
    """Every publishing, with its names and saves."""
    site = site_of(request)
    history, saves = snapshot.versions(site.settings.data_dir), site.door.saves()
    return await desk_page(
        request,
        visitor,
        "history.html",
        part="publish",
        past=told(saves, history),
        newest=next((entry for entry in history if entry.version == snapshot.current(site.settings.data_dir)), None),
        kept=frozenset(snapshot.kept(site.settings.data_dir)),
        done=_done(request),
        when=partial(_when, site, visitor.account.locale),
    )


@staff_only(EDITORS)
async def show_back(request: Request, visitor: Visitor) -> Response:
    """What going back to a snapshot would change."""
    return await _page(request, visitor, await _prospect(request, "went back", request.path_params["version"]))


@staff_only(EDITORS)
async def publish(request: Request, visitor: Visitor) -> Response:
    """Publishes, or goes back, on one editor's word: where no emergency content changes."""
    asked = _asked(await request.form())
    if not asked.why:
        return await _again(request, visitor, asked, "no_why")
    return await _step(request, visitor, asked, Signature(deed=asked.deed, by=visitor.account.name, why=asked.why))


@staff_only(EDITORS)
async def publish_alone(request: Request, visitor: Visitor) -> Response:
    """The same with emergency content, for a reason that can't wait and stays in the history."""
    asked = _asked(await request.form())
    if not SHORTEST_REASON <= len(asked.emergency) <= LONGEST_REASON:
        return await _again(request, visitor, asked, "no_reason")
    signature = Signature(deed=asked.deed, by=visitor.account.name, emergency=asked.emergency)
    return await _step(request, visitor, asked, signature)


@staff_only(EDITORS)
async def propose(request: Request, visitor: Visitor) -> Response:
    """Asks a colleague to look."""
    asked, site = _asked(await request.form()), site_of(request)
    if not asked.why:
        return await _again(request, visitor, asked, "no_why")
    signature = Signature(deed=asked.deed, by=visitor.account.name, why=asked.why)
    return await _told(request, visitor, asked, partial(_propose, site, asked, signature))


@staff_only(EDITORS)
async def confirm(request: Request, visitor: Visitor) -> Response:
    """A second editor has looked: it is published, or gone back to."""
    asked, site = _asked(await request.form()), site_of(request)
    said = Confirmation(mark=asked.mark, by=visitor.account.name, looked=asked.looked)
    settings = site.settings
    deed = partial(proposal.confirm, settings.content_dir, settings.data_dir, site.clock, confirmation=said)
    return await _told(request, visitor, asked, deed)


@staff_only(EDITORS)
async def withdraw(request: Request, visitor: Visitor) -> Response:
    """Takes a proposal away; whoever edits may, since any edit makes it void as well."""
    asked = _asked(await request.form())
    return await _told(request, visitor, asked, partial(_withdraw, site_of(request), asked.mark))


ROUTES: Final = [
    Route(PUBLISH, show_publish),
    Route(PUBLISH, publish, methods=["POST"]),
    Route(f"{PUBLISH}/alone", publish_alone, methods=["POST"]),
    Route(f"{PUBLISH}/propose", propose, methods=["POST"]),
    Route(f"{PUBLISH}/confirm", confirm, methods=["POST"]),
    Route(f"{PUBLISH}/withdraw", withdraw, methods=["POST"]),
    Route(HISTORY, show_history),
    Route(f"{PUBLISH}/back/{{version}}", show_back),
]


async def _step(request: Request, visitor: Visitor, asked: Asked, signature: Signature) -> Response:
    return await _told(request, visitor, asked, partial(_carry_out, site_of(request), asked, signature))


async def _told(request: Request, visitor: Visitor, asked: Asked, deed: Callable[[], str]) -> Response:
    """Does it in a thread; leads to what was done, or back to the page with the word for why it was not.

    Args:
        deed: Gives the address where it is told; "" for what was published or gone back to.
    """
    try:
        if not (asked.mark or asked.after) or asked.before == asked.after != "":
            raise Overtaken("nothing was asked for")
        done = await asyncio.to_thread(deed)
    except HotlineError as error:
        if (word := _word_for(error)) is None:
            raise
        return await _again(request, visitor, asked, word)
    if done in ASKED:
        return RedirectResponse(f"{PUBLISH}?done={done}", 303)
    return await _published(request, visitor, done)


async def _published(request: Request, visitor: Visitor, version: str) -> Response:
    """People read something else from now on: it stands in the record, too."""
    history = snapshot.versions(site_of(request).settings.data_dir)
    entry = next(entry for entry in history if entry.version == version)
    kind = AuditKind.WENT_BACK if entry.deed == "went back" else AuditKind.PUBLISHED
    await note_deed(request, visitor, kind, about=version, why=entry.emergency or entry.why)
    return RedirectResponse(f"{HISTORY}?done={kind}", 303)


def _word_for(error: HotlineError) -> str | None:
    """What the page says of it; None for what is nobody's fault here."""
    match error:
        case Overtaken() | SetupError():
            return "overtaken"
        case SecondPersonMissing():
            return "second_missing"
        case ContentError():
            return "faults"
    return None


def _carry_out(site: Site, asked: Asked, signature: Signature) -> str:
    settings, judge = site.settings, snapshot.exactly(before=asked.before, after=asked.after)
    if asked.deed == "went back":
        return snapshot.go_back(settings.data_dir, asked.after, site.clock, signature=signature, judge=judge)
    return snapshot.publish(
        settings.content_dir, settings.data_dir, site.clock, signature=signature, judge=judge
    ).version


def _propose(site: Site, asked: Asked, signature: Signature) -> str:
    """Asks for what people would read now, if that is still what the page showed.

    Raises:
        Overtaken: It is not; or another proposal waits.
    """
    prospect = _look(site, asked.deed, asked.after)
    if (prospect.before, prospect.after) != (asked.before, asked.after) or not prospect.needs_two:
        raise Overtaken("there is nothing to propose any more")
    step, draft = Step(before=asked.before, after=asked.after), site.door.draft().content.version
    proposal.propose(site.settings.data_dir, step, signature, draft=draft, clock=site.clock)
    return "proposed"


def _withdraw(site: Site, mark: str) -> str:
    proposal.withdraw(site.settings.data_dir, mark)
    return "withdrawn"


def _look(site: Site, deed: Deed, version: str) -> Prospect:
    return of_earlier(site, version) if deed == "went back" else of_draft(site, site.door.draft())


async def _prospect(request: Request, deed: Deed, version: str = "") -> Prospect:
    """What may be done.

    Raises:
        HTTPException: 404, the snapshot can't be gone back to.
    """
    try:
        return await asyncio.to_thread(_look, site_of(request), deed, version)
    except SetupError as error:
        raise HTTPException(404) from error


async def _again(request: Request, visitor: Visitor, asked: Asked, word: str) -> Response:
    """The page as it is now, with what was typed and why nothing was done."""
    try:
        prospect = await _prospect(request, asked.deed, asked.after)
    except HTTPException:  # gone meanwhile
        prospect = await _prospect(request, "published")
    return await _page(request, visitor, prospect, replace(asked, refused=word))


async def _page(request: Request, visitor: Visitor, prospect: Prospect, asked: Asked | None = None) -> Response:
    site, locale = site_of(request), visitor.account.locale
    draft = await draft_of(request)
    waiting = proposal.waiting(site.settings.data_dir)
    return await desk_page(
        request,
        visitor,
        "publish.html",
        status=REFUSED[asked.refused] if asked else 200,
        draft=draft,
        part="publish",
        prospect=prospect,
        waiting=waiting,
        void=waiting and not waiting.fits(live=prospect.before, draft=draft.content.version),
        done=_done(request),
        asked=asked,
        most=SHOWN,
        when=partial(_when, site, locale),
        name_of=partial(name_of, prospect.wanted, locale=locale),
        page_of=page_of,
        is_right_to_left=is_right_to_left,
    )


def _asked(form: FormData) -> Asked:
    return Asked(
        deed="went back" if form.get("deed") == "went back" else "published",
        before=_field(form, "before"),
        after=_field(form, "after"),
        why=_field(form, "why")[:LONGEST_WHY],
        emergency=_field(form, "emergency"),
        mark=_field(form, "mark"),
        looked=frozenset(map(str, form.getlist("looked"))),
    )


def _field(form: FormData, name: str) -> str:
    return " ".join(str(form.get(name, "")).split())


def _when(site: Site, locale: str, at: str) -> str:
    return clock_time(datetime.fromisoformat(at).timestamp(), site.clock(), locale)


def _done(request: Request) -> str:
    done = request.query_params.get("done", "")
    return done if done in DONE else ""
