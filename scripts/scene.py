"""What is on a picture of the documentation."""

from collections.abc import Awaitable, Callable
from typing import Final, Literal

import msgspec
from playwright.async_api import Page

from road.account import Role

HEIGHT: Final = 800

Do = Callable[[Page], Awaitable[object]]


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What is on a picture.

    Attributes:
        name: The file's, without ".png".
        path: The page.
        width: Of the window, in CSS pixels.
        part: A CSS selector of what is shown; "" for as much of the page as fits into the window.
        role: Who looks.
        who: Their name, where it is to be read.
        locale: The language of their console.
        do: Done on the page before.
    """

    name: str
    path: str
    width: int = 1000
    height: int = HEIGHT
    part: str = ""
    role: Role = Role.SUPERVISOR
    who: str = ""
    locale: str = "en"
    theme: Literal["light", "dark"] = "light"
    do: Do | None = None
