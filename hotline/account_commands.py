"""`hotline account add`, `edit`, `list`, `login-link` and what helps a colleague in: accounts from the command line."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from msgspec.structs import replace
from rich.console import Console

from content.folder import load as load_content
from hotline.plainly import plainly
from hotline.staff import Skills, end_sessions, login_link, new_account, new_password, noted, with_skills
from hotline.storing import store_at_once
from road.account import Account, Role
from road.audit import AuditKind
from road.errors import HotlineError
from road.settings import load as load_settings
from store.interface import Store

T = TypeVar("T")
account_app = typer.Typer(help="Accounts of staff.", no_args_is_help=True)
out = Console()

RoleOption = Annotated[Role | None, typer.Option(help="What the account may do.")]
Speaks = Annotated[
    list[str] | None, typer.Option("--speaks", help="A language of people they can help in; again for another; or all.")
]
Knows = Annotated[
    list[str] | None, typer.Option("--knows", help="A group of topics they know; again for another; or all.")
]
Capacity = Annotated[int | None, typer.Option(min=1, help="Cases that they may hold at a time.")]
Chat = Annotated[str | None, typer.Option(help='Their Telegram chat id, where they are called; "" for none.')]
OnCall = Annotated[bool | None, typer.Option(help="Called when nobody on duty takes a critical case.")]


@account_app.command("add")
@plainly
def account_add(
    name: str,
    *,
    role: RoleOption = None,
    speaks: Speaks = None,
    knows: Knows = None,
    capacity: Capacity = None,
    chat: Chat = None,
    on_call: OnCall = None,
) -> None:
    """Makes an account and prints its password once."""
    password = new_password()
    fresh = new_account(name, role or Role.OPERATOR, password)
    skills = Skills(role=role, locales=speaks, groups=knows, capacity=capacity, chat=chat, on_call=on_call)
    account = with_skills(fresh, skills, load_content(load_settings(os.environ).content_dir))
    asyncio.run(_with_store(lambda store: noted(store, account, AuditKind.ACCOUNT_MADE)))
    out.print(f"account {name} ({account.role}), password: {password}", highlight=False)


@account_app.command("edit")
@plainly
def account_edit(
    name: str,
    *,
    role: RoleOption = None,
    speaks: Speaks = None,
    knows: Knows = None,
    capacity: Capacity = None,
    chat: Chat = None,
    on_call: OnCall = None,
) -> None:
    """Changes what is named of an account; the rest stays."""
    skills = Skills(role=role, locales=speaks, groups=knows, capacity=capacity, chat=chat, on_call=on_call)
    account = asyncio.run(_with_store(lambda store: _edited(store, name, skills)))
    out.print(
        f"account {name} ({account.role}): languages {', '.join(account.locales) or 'all'}; "
        f"groups {', '.join(account.groups) or 'all'}; capacity {account.capacity}; chat {account.chat or 'none'}; "
        f"{'on call' if account.on_call else 'not on call'}",
        highlight=False,
        soft_wrap=True,
    )


@account_app.command("login-link")
@plainly
def account_login_link(name: str) -> None:
    """Prints a link that logs an account in once, within the hour."""
    here = load_settings(os.environ)
    url = f"http://{here.host}:{here.port}/console"
    out.print(asyncio.run(_with_store(lambda store: login_link(store, name, url))), highlight=False, soft_wrap=True)


@account_app.command("list")
@plainly
def account_list() -> None:
    """Lists accounts with their role, whether they have a second factor, and how many sessions are open."""
    for account, sessions in asyncio.run(_with_store(_listed)):
        factor = "second factor" if account.factor else "no second factor"
        out.print(f"{account.name} ({account.role}): {factor}, {sessions} open sessions", highlight=False)


@account_app.command("reset-second-factor")
@plainly
def account_reset_second_factor(name: str) -> None:
    """For a lost telephone: the password alone opens the account again, until a new second factor is set up."""
    asyncio.run(_with_store(lambda store: _reset(store, name)))
    out.print(f"account {name} has no second factor now", highlight=False)


@account_app.command("end-sessions")
@plainly
def account_end_sessions(name: str) -> None:
    """Ends all open sessions of an account at once."""
    count = asyncio.run(_with_store(lambda store: _ended(store, name)))
    out.print(f"account {name}: {count} sessions ended", highlight=False)


async def _listed(store: Store) -> list[tuple[Account, int]]:
    return [(account, len(await store.consoles(account.name))) for account in await store.accounts()]


async def _reset(store: Store, name: str) -> None:
    await noted(store, replace(await _found(store, name), factor=None), AuditKind.FACTOR_REMOVED)


async def _ended(store: Store, name: str) -> int:
    return await end_sessions(store, await _found(store, name))


async def _found(store: Store, name: str) -> Account:
    account = await store.find_account(name)
    if account is None:
        raise HotlineError(f"there is no account {name!r}")
    return account


async def _edited(store: Store, name: str, skills: Skills) -> Account:
    changed = with_skills(await _found(store, name), skills, load_content(load_settings(os.environ).content_dir))
    await noted(store, changed, AuditKind.ACCOUNT_CHANGED)
    return changed


async def _with_store(deed: Callable[[Store], Awaitable[T]]) -> T:
    async with store_at_once(load_settings(os.environ)) as store:
        return await deed(store)
