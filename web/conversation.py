"""A case's page: the conversation as it grows, and forms for the deeds of operators."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import takeover
from content.content import Content
from content.field import FIELDS
from desk.identity import may_reveal
from desk.transitions import OUTCOMES
from road.case import Case, CaseState, Consent, Entry
from road.errors import Conflict, NotAllowed
from road.media import DOCUMENT_BYTES, PHOTO_BYTES
from road.session import Remembered
from road.turn import Channel
from web.bridging import bridging
from web.care_view import care_view
from web.case_view import case_view
from web.console import console_page
from web.deeds import (
    QUIET,
    case_to_claim,
    change,
    change_quietly,
    colleagues_for,
    deed_of,
    found_case,
    once_of,
    typed,
    why_not,
)
from web.drafts import drafts_key
from web.earlier import earlier_cases, others_of
from web.flow import flow_of, topic_title
from web.hint import hint_of
from web.marks import NOT_DELIVERED, can_be_taken_back, marked
from web.noting import note_look
from web.session import PATH, WORKERS, Visitor, staff_only
from web.site import site_of
from web.topic_search import find_topics, previews, suggested

LEADS_TO_QUEUE: Final = ("close", "release", "reassign", "take_back")

KEPT_FIELDS: Final = (
    "text",
    "outcome",
    "topic",
    "referral",
    "consent",
    "reason",
    "to",
    "safe_word",
    *FIELDS,
    "language",
    "purpose",
)
"""What comes back with the page when a deed could not be done."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What was filled in for a deed that could not be done."""

    deed: str = ""
    fields: Mapping[str, str] = {}

    def of(self, deed: str, field: str) -> str:
        """What stood in a field of this deed's form, or ""."""
        return self.fields.get(field, "") if deed == self.deed else ""


@staff_only(WORKERS)
async def show_case(request: Request, visitor: Visitor) -> Response:
    """The case's page; 404 for an account that may not see it, as if there were none."""
    return await case_page(request, visitor)


@staff_only(WORKERS)
async def do_deed(request: Request, visitor: Visitor) -> Response:
    """Carries a deed out; what was typed comes back with the page when it can't be."""
    form, name, case_id = await request.form(), request.path_params["deed"], request.path_params["case"]
    once = once_of(visitor, case_id, name, form)
    if once and await site_of(request).store.is_written(once):
        return _after(case_id, name, form)
    draft = Draft(deed=name, fields={field: str(form[field]) for field in KEPT_FIELDS if field in form})
    if name in ("answer", "note", "reassign") and (fault := _text_fault(typed(form))):
        return await case_page(request, visitor, notice=fault, status=422, draft=draft)
    try:
        deed, find = await deed_of(request, name, form), case_to_claim if name == "claim" else found_case
        await (change_quietly if name in QUIET else change)(
            request, visitor, deed, case_id=case_id, once=once, find=find
        )
    except (NotAllowed, Conflict) as error:
        case, _ = await found_case(request, visitor, case_id)
        notice = await why_not(request, visitor, case, error)
        return await case_page(request, visitor, notice=notice, status=409, draft=draft)
    return _after(case_id, name, form)


ROUTES: Final = [
    Route(PATH + "/cases/{case}", show_case),
    Route(PATH + "/cases/{case}/{deed}", do_deed, methods=["POST"]),
]


def _after(case_id: str, name: str, form: FormData) -> Response:
    """Where a deed that was done leads to."""
    if form.get("then") == "duty":
        return RedirectResponse(f"{PATH}/duty", 303)
    return RedirectResponse(PATH if name in LEADS_TO_QUEUE else f"{PATH}/cases/{case_id}", 303)


async def case_page(
    request: Request, visitor: Visitor, *, notice: str = "", status: int = 200, draft: Draft | None = None
) -> Response:
    """The page of the case that the address names, with a word about what was done and what was typed for it."""
    site = site_of(request)
    case, remembered = await found_case(request, visitor, request.path_params["case"])
    await note_look(request, visitor, case)
    entries = await site.store.transcript(case.person, visitor.visibilities)
    states = await site.store.file_states(case.person, [entry.file for entry in entries if entry.file])
    content, now, locale = site.content(), site.clock(), visitor.account.locale
    flow = flow_of(case, entries, content, now, locale, states=states)
    words, cases = await site.store.messages(case.person), await site.store.cases_of(case.person)
    return await console_page(
        request,
        visitor,
        "case.html",
        status=status,
        case=case_view(case, content, now, locale),
        whole=case,
        care=care_view(case, content, now, locale),
        flow=replace(flow, present=marked(flow.present, words, remembered.session)),
        not_delivered=NOT_DELIVERED,
        can_be_taken_back=partial(can_be_taken_back, now=now),
        drafts_key=drafts_key,
        earlier=list(earlier_cases(others_of(case, cases, visitor.account), entries, content, now, locale)),
        notice=notice,
        draft=draft or Draft(),
        mine=case.state is CaseState.ACTIVE and case.operator == visitor.account.name,
        longest=takeover.MESSAGE_CHARACTERS,
        may_reveal=may_reveal(visitor.account, case),
        reassignable=colleagues_for(case, await site.board.snapshot().roster()),
        **_closing(visitor, content),
        **_sending(request, visitor, case, entries),
        **_files(remembered),
        **bridging(request, visitor, case),
        hint=hint_of(entries, content, locale),
    )


def _closing(visitor: Visitor, content: Content) -> dict[str, Any]:
    """The choices of the form that closes a case."""
    consents = [each for each in Consent if visitor.account.supervises or each is not Consent.OVERRULED]
    topics = sorted((topic_title(topic, content, visitor.account.locale), topic) for topic in content.topics)
    return {"outcomes": OUTCOMES, "consents": consents, "topics": topics}


def _sending(request: Request, visitor: Visitor, case: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    """What the search for an answer to send shows."""
    content, locale = site_of(request).content(), visitor.account.locale
    words, topic = request.query_params.get("find", "").strip(), request.query_params.get("topic", "")
    found = find_topics(content, words, locale) if words else suggested(content, case, entries, locale)
    languages = dict.fromkeys((case.locale if case.locale in content.languages else "en", locale))
    shown = previews(content, topic, languages, site_of(request).clock()) if topic in content.topics else ()
    return {"words": words, "found": found, "chosen": topic, "previews": shown}


def _files(remembered: Remembered) -> dict[str, Any]:
    """What the form that sends a file says."""
    session = remembered.session
    return {
        "takes_files": session is not None and session.address.channel is Channel.TELEGRAM,
        "megabytes": DOCUMENT_BYTES // 1_000_000,
        "photo_megabytes": PHOTO_BYTES // 1_000_000,
    }


def _text_fault(text: str) -> str:
    if not text:
        return "empty"
    return "too_long" if len(text) > takeover.MESSAGE_CHARACTERS else ""
