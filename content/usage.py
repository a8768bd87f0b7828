"""Usage: which answers say a fact, a line or a place."""

from collections.abc import Iterable, Mapping, Sequence

from content.content import ArticleKey, Content
from content.placeholder import parts_of


def uses(content: Content) -> Mapping[str, Sequence[ArticleKey]]:
    """The answers that use an entry, by entry (`fact.card_fee`), in the order of the catalogue."""
    found: dict[str, list[ArticleKey]] = {}
    for key in _in_order(content.articles, content):
        for entry in dict.fromkeys(map(entry_of, content.articles[key].slots)):
            found.setdefault(entry, []).append(key)
    return found


def uses_of(entry: str, content: Content) -> Sequence[ArticleKey]:
    """The answers that use one entry, in the order of the catalogue."""
    named = (key for key, article in content.articles.items() if entry in article.body)
    return _in_order((key for key in named if entry in map(entry_of, content.articles[key].slots)), content)


def entry_of(slot: str) -> str:
    """The entry that a placeholder names: `line.okit` for `line.okit.number`."""
    kind, identity, _ = parts_of(slot)
    return f"{kind}.{identity}"


def _in_order(keys: Iterable[ArticleKey], content: Content) -> Sequence[ArticleKey]:
    places = {topic: place for place, topic in enumerate(content.topics)}
    return sorted(keys, key=lambda key: places[key[0]])
