"""`hotline account add`, `edit`, `login-link`: accounts of staff from the command line."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from content.folder import load as load_content
from hotline.plainly import plainly
from hotline.staff import Skills, login_link, new_account, new_password, with_skills
from hotline.storing import store_at_once
from road.account import Account, Role
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
    asyncio.run(_with_store(lambda store: store.save_account(account)))
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


async def _edited(store: Store, name: str, skills: Skills) -> Account:
    account = await store.find_account(name)
    if account is None:
        raise HotlineError(f"there is no account {name!r}")
    changed = with_skills(account, skills, load_content(load_settings(os.environ).content_dir))
    await store.save_account(changed)
    return changed


async def _with_store(deed: Callable[[Store], Awaitable[T]]) -> T:
    async with store_at_once(load_settings(os.environ)) as store:
        return await deed(store)
