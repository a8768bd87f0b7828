"""Notes for the record of what staff does. A note comes before what it is about: what can't be noted is not shown."""

from starlette.requests import Request

from road.audit import AuditEntry, AuditKind, look_word
from road.case import Case
from web.session import Visitor
from web.site import site_of


async def note_look(request: Request, visitor: Visitor, case: Case, kind: AuditKind = AuditKind.LOOK) -> None:
    """Somebody reads a transcript, or sees its files; once in a quarter of an hour."""
    entry = AuditEntry(
        at=site_of(request).clock(),
        kind=kind,
        by=visitor.account.name,
        case_id=case.id,
        visibility=case.visibility,
    )
    await site_of(request).store.note(entry, once=look_word(entry))


async def note_on_case(request: Request, visitor: Visitor, case: Case, kind: AuditKind, *, why: str = "") -> None:
    """Somebody did something with a case that is not a deed of the desk: learned who the person is."""
    by, site = visitor.account.name, site_of(request)
    entry = AuditEntry(at=site.clock(), kind=kind, by=by, case_id=case.id, why=why, visibility=case.visibility)
    await site.store.note(entry)


async def note_deed(request: Request, visitor: Visitor, kind: AuditKind, *, about: str = "", why: str = "") -> None:
    """Somebody changed an account, took an export, or changed what people read."""
    site = site_of(request)
    await site.store.note(AuditEntry(at=site.clock(), kind=kind, by=visitor.account.name, about=about, why=why))


async def note_guessing(request: Request, name: str) -> None:
    """So many logins failed that whoever tries must wait; the name stands there only where it is an account's."""
    site = site_of(request)
    known = await site.store.find_account(name)
    await site.store.note(AuditEntry(at=site.clock(), kind=AuditKind.GUESSING, about=known.name if known else ""))
