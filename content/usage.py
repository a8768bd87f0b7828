"""Usage: which answers say a fact, a line or a place."""

from collections.abc import Mapping, Sequence

from content.content import ArticleKey, Content
from content.placeholder import parts_of


def uses(content: Content) -> Mapping[str, Sequence[ArticleKey]]:
    """The answers that use an entry, by entry (`fact.card_fee`), in the order of the catalogue."""
    found: dict[str, list[ArticleKey]] = {}
    order = {topic: place for place, topic in enumerate(content.topics)}
    for key in sorted(content.articles, key=lambda key: order.get(key[0], len(order))):
        for entry in dict.fromkeys(map(entry_of, content.articles[key].slots)):
            found.setdefault(entry, []).append(key)
    return found


def uses_of(entry: str, content: Content) -> Sequence[ArticleKey]:
    """The answers that use one entry."""
    return uses(content).get(entry, ())


def entry_of(slot: str) -> str:
    """The entry that a placeholder names: `line.okit` for `line.okit.number`."""
    kind, identity, _ = parts_of(slot)
    return f"{kind}.{identity}"
