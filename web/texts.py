"""Interface texts for pages; those without values, which a page asks for hundreds of times, are rendered once."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from content.content import Content
from content.interface import Interface


def translator(content: Content, locale: str) -> Callable[..., str]:
    """`t` of the templates."""

    def translate(key: str, **values: Any) -> str:
        return content.plain(key, locale, **values) if values else _plain(content.interface, key, locale)

    return translate


@lru_cache(maxsize=4096)
def _plain(interface: Interface, key: str, locale: str) -> str:
    return interface.plain(key, locale, {})
