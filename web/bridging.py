"""The part of a case's page for helping across languages: questions, prepared texts, the wish for an interpreter."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import msgspec
from starlette.requests import Request

from content import wording
from content.content import Content
from content.direction import is_right_to_left
from content.field import FIELDS
from content.markup import to_plain
from road.case import PURPOSES, Case
from road.locale import OUTSIDE, SOURCE_LOCALE
from web.session import Visitor
from web.site import site_of
from web.topic_search import Preview


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A question as the operator reads it.

    Attributes:
        english: The person reads it in English, since their language does not have it.
    """

    id: str
    text: str
    answers: Sequence[str]
    fields: Sequence[str]
    careful: bool
    english: bool


class PreparedView(msgspec.Struct, frozen=True, kw_only=True):
    """A prepared text as the operator reads it, what is to be filled in left blank."""

    id: str
    text: str


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A prepared text that is about to be sent.

    Attributes:
        fields: What is to be filled in, and what stands there so far.
        ready: Nothing is missing.
    """

    id: str
    fields: dict[str, str]
    previews: Sequence[Preview]
    ready: bool


def bridging(request: Request, visitor: Visitor, case: Case) -> dict[str, Any]:
    """What this part of the page shows."""
    content, now, locale = site_of(request).content(), site_of(request).clock(), visitor.account.locale
    theirs = case.locale if case.locale in content.languages else SOURCE_LOCALE
    codes = (*content.languages, *OUTSIDE)
    return {
        "asking": _questions(content, case.locale, locale),
        "prepared": _prepared(content, now, locale),
        "sending": _chosen(request, content, (theirs, locale)),
        "addresses": _addresses(content, theirs),
        "purposes": PURPOSES,
        "spoken": sorted((wording.language(code, locale), code) for code in codes),
    }


def _questions(content: Content, theirs: str, locale: str) -> list[tuple[str, list[QuestionView]]]:
    """By heading, in the order of the file."""
    asked = groupby(content.bridge.questions.values(), key=lambda question: question.group)
    return [(group, [_question(content, each.id, theirs, locale) for each in members]) for group, members in asked]


def _question(content: Content, name: str, theirs: str, locale: str) -> QuestionView:
    own, question = content.bridge.wording(name, locale), content.bridge.questions[name]
    return QuestionView(
        id=name,
        text=to_plain(own.html({})),
        answers=[own.answer(answer) for answer in question.answers],
        fields=own.fields,
        careful=question.careful,
        english=content.bridge.wording(name, theirs).locale != theirs,
    )


def _prepared(content: Content, now: float, locale: str) -> list[PreparedView]:
    """All that may be shown now."""
    texts = ((name, content.prepared_html(name, locale, {}, now=now)[0]) for name in content.prepared.ids)
    return [PreparedView(id=name, text=" ".join(to_plain(html).split())) for name, html in texts if html]


def _chosen(request: Request, content: Content, locales: tuple[str, str]) -> Chosen | None:
    """The text that was chosen, as the person and the operator will read it."""
    name, now = request.query_params.get("prepared", ""), site_of(request).clock()
    if name not in content.prepared.ids:
        return None
    wanted = content.prepared.text(name, locales[0]).fields
    fields = {field: request.query_params.get(field, "").strip() for field in FIELDS if field in wanted}
    shown = {content.prepared_html(name, locale, fields, now=now) for locale in dict.fromkeys(locales)}
    previews = [
        Preview(locale=locale, direction="rtl" if is_right_to_left(locale) else "ltr", text=to_plain(html))
        for html, locale in sorted(shown, key=lambda each: each[1] != locales[0])
    ]
    return Chosen(id=name, fields=fields, previews=previews, ready=all(fields.values()))


def _addresses(content: Content, locale: str) -> list[str]:
    """Places that an operator may name: those whose address may be shown."""
    places = (place for place in content.places.values() if content.known.may_show(f"place.{place.id}.address"))
    return sorted(f"{place.named(locale)}, {place.address}" for place in places)
