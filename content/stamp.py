"""Stamps: which English text each translation was made from, and what that text said then."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from content.article import Article
from content.content import Content
from content.frontmatter import with_field
from content.guards import path_of
from road.locale import SOURCE_LOCALE

EARLIER = "answers/.earlier"
"""English texts that translations were made from, by fingerprint: editors see what has changed since."""


def stamp(folder: Path, content: Content, wanted: Sequence[str] = ()) -> list[str]:
    """Writes `translates` into translations, keeps the English text they were made from, and gives their paths.

    Args:
        wanted: Paths below the folder whose translation was brought up to date; none means those never stamped.
    """
    stamped = []
    for path, article, english in _translations(content):
        if path in wanted if wanted else not article.front.translates:
            _write(folder / path, english.fingerprint)
            _keep(folder, english, path_of(english, content.topics[english.topic].group))
            stamped.append(path)
    return stamped


def stale(content: Content) -> list[str]:
    """Paths of translations whose English text has changed, and of those never stamped."""
    return [path for path, article, english in _translations(content) if article.is_stale(english)]


def earlier(folder: Path, fingerprint: str) -> str | None:
    """The English text with this fingerprint as it stood then, or None."""
    kept = folder / earlier_path(fingerprint)
    return kept.read_text() if kept.exists() else None


def earlier_path(fingerprint: str) -> str:
    """Where the English text with this fingerprint is kept, below the content folder."""
    return f"{EARLIER}/{fingerprint}.md"


def stamped(text: str, fingerprint: str) -> str:
    """A file's text with another `translates`, and not one character else changed."""
    return with_field(text, "translates", fingerprint)


def _translations(content: Content) -> Iterator[tuple[str, Article, Article]]:
    """Path, translation and English text of each pair."""
    for article in content.articles.values():
        english = content.articles.get((article.topic, SOURCE_LOCALE, article.form))
        if article.locale != SOURCE_LOCALE and english is not None:
            yield path_of(article, content.topics[article.topic].group), article, english


def _write(path: Path, fingerprint: str) -> None:
    text = path.read_bytes().decode()
    path.write_bytes(stamped(text, fingerprint).encode())


def _keep(folder: Path, english: Article, path: str) -> None:
    kept = folder / earlier_path(english.fingerprint)
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        kept.write_bytes((folder / path).read_bytes())
