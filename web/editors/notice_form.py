"""The form of a notice: what an editor has typed, what it lacks, and which files were before their eyes."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec
from starlette.datastructures import FormData

from content import notice_edit
from content.draft import Draft
from content.notice import EVERYBODY
from content.notice_edit import NoticeEdit, path_of
from road.locale import SOURCE_LOCALE

NEW: Final = "new"
"""Stands in an address where a notice's id does, so that none is called so."""

FAULTS: Final = ("no_name", "taken", "no_english", "no_days", "no_topics")
"""What a form lacks before the content checks can be asked."""


class NoticeForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of a notice holds.

    Attributes:
        short_name: What a new one's id is made from; "" for one that has an id.
        marks: Of the files that the editor has before their eyes, by locale.
        locale: In which the preview is.
        topic: Above whose answer.
    """

    edit: NoticeEdit
    short_name: str = ""
    is_new: bool = False
    marks: Mapping[str, str] = {}
    locale: str = SOURCE_LOCALE
    topic: str = ""

    @property
    def paths(self) -> Mapping[str, str]:
        """The marks by path."""
        return {path_of(self.edit.id, locale): mark for locale, mark in self.marks.items()}


def form_of(draft: Draft, name: str) -> NoticeForm:
    """The form of a notice as it stands."""
    return NoticeForm(edit=notice_edit.written(draft, name), marks=marks_of(draft, name))


def typed(form: FormData, draft: Draft, name: str) -> NoticeForm:
    """What was typed; a new notice has no name yet in its address, one that is only checked has it in the form."""
    named, short = name or _line(form, "name"), _line(form, "short_name")
    everybody = form.get("scope") == EVERYBODY
    chosen = {str(each) for each in form.getlist("topics")}
    locales = draft.content.languages
    return NoticeForm(
        edit=NoticeEdit(
            id=named or notice_edit.id_from(short),
            start=_line(form, "start"),
            until=_line(form, "until"),
            topics=(EVERYBODY,) if everybody else tuple(topic for topic in draft.content.topics if topic in chosen),
            texts={locale: str(form.get(f"text_{locale}", "")).replace("\r\n", "\n") for locale in locales},
        ),
        short_name=short,
        is_new=not named,
        marks={locale: _line(form, f"mark_{locale}") for locale in locales},
        locale=_line(form, "locale") if _line(form, "locale") in locales else SOURCE_LOCALE,
        topic=_line(form, "topic"),
    )


def lacks(draft: Draft, form: NoticeForm) -> list[str]:
    """Words of `FAULTS`."""
    edit = form.edit
    found = {
        "no_name": form.is_new and not edit.id,
        "taken": form.is_new and edit.id in (NEW, "check", *notice_edit.names(draft)),
        "no_english": not edit.texts.get(SOURCE_LOCALE, "").strip(),
        "no_days": not (_is_day(edit.start) and _is_day(edit.until)),
        "no_topics": not edit.topics,
    }
    return [name for name in FAULTS if found[name]]


def marks_of(draft: Draft, name: str) -> Mapping[str, str]:
    """Of a notice's files, by locale."""
    return {locale: draft.mark(path_of(name, locale)) for locale in draft.content.languages}


def _line(form: FormData, name: str) -> str:
    return " ".join(str(form.get(name, "")).split())


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
