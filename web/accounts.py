"""The administrators' page: who has an account, with what role, and what they can help with."""

from functools import partial
from typing import Final

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from content.content import Content
from road.account import CAPACITY, Account, Right, Role, holders
from road.audit import AuditKind
from web import passwords
from web.console import console_page
from web.noting import note_deed
from web.pages import CONSOLE_LOCALES
from web.session import PATH, Visitor, staff_only
from web.site import site_of
from web.times import clock_time

ADMINISTRATORS: Final = holders(Right.ACCOUNTS)
LONGEST_NAME: Final = 40
LARGEST_CAPACITY: Final = 50
_CHAT_DIGITS: Final = 20


@staff_only(ADMINISTRATORS)
async def show_accounts(request: Request, visitor: Visitor) -> Response:
    """All accounts, a form for a new one or for one that is to change, and one for a new password."""
    return await accounts_page(request, visitor)


@staff_only(ADMINISTRATORS)
async def create_account(request: Request, visitor: Visitor) -> Response:
    """Makes an account; never replaces one."""
    form, content = await request.form(), site_of(request).content()
    name, password, store = _word(form, "name"), str(form.get("password", "")), site_of(request).store
    taken = "name_taken" if await store.find_account(name) else ""
    fault = _name_fault(name) or _fault(form) or ("" if passwords.fits(password) else "password_short") or taken
    if fault:
        return await accounts_page(request, visitor, notice=fault)
    fresh = Account(name=name, role=Role.OPERATOR, password_hash=await passwords.hashed(password))
    await store.save_account(_filled(fresh, form, content))
    await note_deed(request, visitor, AuditKind.ACCOUNT_MADE, about=name)
    return RedirectResponse(f"{PATH}/accounts", 303)


@staff_only(ADMINISTRATORS)
async def edit_account(request: Request, visitor: Visitor) -> Response:
    """Changes what an account may do and what it can help with."""
    form, content = await request.form(), site_of(request).content()
    store = site_of(request).store
    account = await store.find_account(_word(form, "name"))
    if account is None or (fault := _fault(form)):
        return await accounts_page(request, visitor, notice=fault if account else "no_account")
    await store.save_account(_filled(account, form, content))
    await note_deed(request, visitor, AuditKind.ACCOUNT_CHANGED, about=account.name)
    site_of(request).board.changed()
    return RedirectResponse(f"{PATH}/accounts", 303)


@staff_only()
async def change_locale(request: Request, visitor: Visitor) -> Response:
    """The account's own choice of the console's language."""
    locale = _word(await request.form(), "locale")
    if locale in CONSOLE_LOCALES:
        await site_of(request).store.save_account(replace(visitor.account, locale=locale))
    return RedirectResponse(PATH, 303)


ROUTES: Final = [
    Route(f"{PATH}/accounts", show_accounts),
    Route(f"{PATH}/accounts", create_account, methods=["POST"]),
    Route(f"{PATH}/accounts/edit", edit_account, methods=["POST"]),
    Route(f"{PATH}/locale", change_locale, methods=["POST"]),
]


async def accounts_page(request: Request, visitor: Visitor, *, notice: str = "") -> Response:
    """The page; with a notice it says why nothing was changed."""
    content, locale = site_of(request).content(), visitor.account.locale
    accounts = await site_of(request).store.accounts()
    sessions = {each.name: await site_of(request).store.consoles(each.name) for each in accounts}
    edited = request.query_params.get("edit", "")
    fresh = Account(name="", role=Role.OPERATOR, password_hash="", locale=locale, capacity=CAPACITY)
    return await console_page(
        request,
        visitor,
        "accounts.html",
        status=422 if notice else 200,
        accounts=accounts,
        sessions=sessions,
        shown=next((account for account in accounts if account.name == edited), fresh),
        roles=[str(role) for role in Role],
        told=partial(clock_time, now=site_of(request).clock(), locale=locale),
        groups={group: content.group_title(group, locale) for group in _groups(content)},
        notice=notice,
        shortest=passwords.SHORTEST,
        largest=LARGEST_CAPACITY,
    )


def _groups(content: Content) -> list[str]:
    """Groups of topics, in the catalogue's order; conversation is nobody's subject."""
    groups = dict.fromkeys(topic.group for topic in content.topics.values())
    return [group for group in groups if f"group.{group}" in content.interface]


def _filled(account: Account, form: FormData, content: Content) -> Account:
    """The account as the form has it; none of the languages or groups marked means all."""
    return replace(
        account,
        role=Role(_word(form, "role")),
        locale=_word(form, "locale"),
        locales=tuple(each for each in content.languages if each in form.getlist("locales")),
        groups=tuple(each for each in _groups(content) if each in form.getlist("groups")),
        capacity=int(_word(form, "capacity") or CAPACITY),
        chat=_word(form, "chat"),
        on_call=form.get("on_call") == "1",
    )


def _name_fault(name: str) -> str:
    return "" if name and len(name) <= LONGEST_NAME and name.isprintable() else "name_wrong"


def _fault(form: FormData) -> str:
    """The word for what is wrong with an account's form, or ""."""
    if _word(form, "role") not in list(Role) or _word(form, "locale") not in CONSOLE_LOCALES:
        return "form_wrong"
    capacity, chat = _word(form, "capacity") or str(CAPACITY), _word(form, "chat")
    if not (capacity.isascii() and capacity.isdigit() and 1 <= int(capacity) <= LARGEST_CAPACITY):
        return "capacity_wrong"
    digits = chat.removeprefix("-")
    return "" if not chat or (digits.isascii() and digits.isdigit() and len(digits) <= _CHAT_DIGITS) else "chat_wrong"


def _word(form: FormData, field: str) -> str:
    return str(form.get(field, "")).strip()
