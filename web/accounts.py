"""The administrators' page: who has an account, and with what role."""

from typing import Final

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from road.account import Account, Role
from web import passwords
from web.console import console_page
from web.pages import CONSOLE_LOCALES
from web.session import PATH, Visitor, staff_only
from web.site import site_of

ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})
LONGEST_NAME: Final = 40


@staff_only(ADMINISTRATORS)
async def show_accounts(request: Request, visitor: Visitor) -> Response:
    """All accounts, a form for a new one, and one for a new password."""
    return await _accounts_page(request, visitor)


@staff_only(ADMINISTRATORS)
async def create_account(request: Request, visitor: Visitor) -> Response:
    """Makes an account; never replaces one."""
    form = await request.form()
    name, store = _word(form, "name"), site_of(request).store
    if fault := _fault(form) or ("name_taken" if await store.find_account(name) else ""):
        return await _accounts_page(request, visitor, notice=fault, status=422)
    await store.save_account(
        Account(
            name=name,
            role=Role(_word(form, "role")),
            password_hash=await passwords.hashed(str(form["password"])),
            locale=_word(form, "locale"),
        )
    )
    return RedirectResponse(f"{PATH}/accounts", 303)


@staff_only(ADMINISTRATORS)
async def reset_password(request: Request, visitor: Visitor) -> Response:
    """Gives an account a new password."""
    form = await request.form()
    store, password = site_of(request).store, str(form.get("password", ""))
    account = await store.find_account(_word(form, "name"))
    if account is None or not passwords.fits(password):
        return await _accounts_page(request, visitor, notice="password_short" if account else "no_account", status=422)
    await store.save_account(replace(account, password_hash=await passwords.hashed(password)))
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
    Route(f"{PATH}/accounts/password", reset_password, methods=["POST"]),
    Route(f"{PATH}/locale", change_locale, methods=["POST"]),
]


async def _accounts_page(request: Request, visitor: Visitor, *, notice: str = "", status: int = 200) -> Response:
    return await console_page(
        request,
        visitor,
        "accounts.html",
        status=status,
        accounts=await site_of(request).store.accounts(),
        roles=[str(role) for role in Role],
        notice=notice,
        shortest=passwords.SHORTEST,
    )


def _fault(form: FormData) -> str:
    """The word for what is wrong with a new account's form, or ""."""
    name = _word(form, "name")
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return "name_wrong"
    if _word(form, "role") not in list(Role) or _word(form, "locale") not in CONSOLE_LOCALES:
        return "form_wrong"
    return "" if passwords.fits(str(form.get("password", ""))) else "password_short"


def _word(form: FormData, field: str) -> str:
    return str(form.get(field, "")).strip()
