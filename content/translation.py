"""Translations as translators see them: one unit for a title and for each block, out of the answer files and back."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, get_args

from content.answer_edit import EMPTY
from content.article import Article, Form, read_article
from content.block_text import spans, with_texts
from content.content import Content
from content.frontmatter import front_of, value_of, with_field
from content.guards import path_of
from content.proof import Proof
from content.stamp import earlier_path
from content.yaml_edit import flow_pairs, scalar
from road.locale import SOURCE_LOCALE

TITLE = "title"


class Unit(NamedTuple):
    """A title or a block.

    Attributes:
        key: File below the locale's folder, and `title` or the block's number: `safety/child_in_danger.now.md#3`.
        text: The translation; "" where there is none.
        previous: The English text that it was made from, where that is not today's; "" where nobody knows it.
        stale: The translation must be looked at again.
    """

    key: str
    english: str
    text: str = ""
    previous: str = ""
    stale: bool = False


class Pair(NamedTuple):
    """An English text and what there is of its translation into a locale.

    Attributes:
        below: Its path below the folders of both locales.
        earlier: The English text that the translation was made from, as far as it is kept.
    """

    english: Article
    below: str
    locale: str
    translation: Article | None
    earlier: Article | None

    @property
    def path(self) -> str:
        """The translation's file below the content folder."""
        return f"answers/{self.locale}/{self.below}"

    @property
    def english_path(self) -> str:
        """The English file."""
        return f"answers/{SOURCE_LOCALE}/{self.below}"

    @property
    def stale(self) -> bool:
        """Whether there is a translation that must be looked at again."""
        return self.translation is not None and self.translation.is_stale(self.english)

    @property
    def keys(self) -> list[str]:
        """Keys of its units."""
        return [f"{self.below}#{part}" for part in (TITLE, *range(1, len(self.english.blocks) + 1))]


class Left(NamedTuple):
    """An answer that stays as it is.

    Attributes:
        open: Units that are empty or fuzzy; 0 where the English text has changed since the file was made.
        units: How many it has.
    """

    pair: Pair
    open: int
    units: int

    def __str__(self) -> str:
        if self.open:
            return f"{self.pair.path}: {self.open} of {self.units} units are empty or fuzzy"
        changed = "the English text has changed since; export again, and merge this file into it (msgmerge)"
        return f"{self.pair.path}: {changed}"


def pairs(content: Content, locale: str, earlier: Callable[[str], str | None]) -> Iterator[Pair]:
    """Every English text in the order of the catalogue, a short text before the full one.

    Args:
        earlier: Gives the English file with a fingerprint as it stood then (`content.stamp`).
    """
    for topic in content.topics.values():
        for form in reversed(get_args(Form)):
            if english := content.articles.get((topic.id, SOURCE_LOCALE, form)):
                translation = content.articles.get((topic.id, locale, form))
                kept = earlier(translation.front.translates) if translation else None
                below = path_of(english, topic.group).split("/", 2)[2]
                yield Pair(english, below, locale, translation, _read(kept, english) if kept else None)


def units(pair: Pair) -> list[Unit]:
    """A pair's units.

    The title of a stale translation is always to be looked at again, so that nothing counts as up to date by itself.
    """
    english = _texts(pair.english)
    if pair.translation is None:
        return [Unit(key, text) for key, text in zip(pair.keys, english, strict=True)]
    theirs = _texts(pair.translation)
    if not pair.stale:
        return [Unit(*unit) for unit in zip(pair.keys, english, theirs, strict=True)]
    earlier = _texts(pair.earlier) if pair.earlier else [""]
    title = (theirs[0], earlier[0], True)
    carried = [title, *_carried(earlier[1:], english[1:], theirs[1:])]
    return [Unit(key, text, *found) for key, text, found in zip(pair.keys, english, carried, strict=True)]


def files(folder: Path, pair: Pair, texts: Sequence[str]) -> dict[str, str]:
    """The translation's file with other texts, stamped, and the English file it was made from, by path.

    Args:
        texts: Title and blocks, as many as the English text has.
    """
    english_file = (folder / pair.english_path).read_bytes().decode()
    file = (folder / pair.path).read_bytes().decode() if pair.translation else EMPTY
    return {
        pair.path: _written(pair, texts, file=file),
        earlier_path(pair.english.fingerprint): english_file,
    }


def key_at(pair: Pair, file: str, line: int) -> str:
    """The key of the unit that stands at a line of a translation's file; the title's for the front matter."""
    article = _read(file, pair.english)
    begun = [block for block in article.blocks if article.body_line + block.line - 1 <= line] if article else []
    return pair.keys[min(len(begun), len(pair.keys) - 1)]


def _written(pair: Pair, texts: Sequence[str], *, file: str) -> str:
    """The file with these texts; where its blocks may be others than the English ones, it takes those."""
    model = pair.english if pair.translation is None or pair.stale else pair.translation
    body = with_texts(model.body, spans(model.body, model.blocks), texts[1:])
    front = front_of(file)
    front = with_field(front, "title", scalar(texts[0], like=value_of(front, "title")))
    front = with_field(front, "translates", pair.english.fingerprint)
    if literals := _literals(pair, texts):
        front = with_field(front, "literals", flow_pairs(literals))
    return front + body.replace("\n", "\r\n" if "\r\n" in file else "\n")


def _texts(article: Article) -> list[str]:
    """Title and blocks."""
    return [article.title, *(span.text for span in spans(article.body, article.blocks))]


def _carried(earlier: Sequence[str], english: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """For each English block, what a stale translation has of it, what English was then, and whether it is stale."""
    if len(earlier) != len(theirs):
        yield from ((text, "", bool(text)) for _, text in zip_longest(english, theirs[: len(english)], fillvalue=""))
        return
    for tag, start, end, first, last in SequenceMatcher(None, earlier, english, autojunk=False).get_opcodes():
        for old, _ in zip_longest(range(start, end)[: last - first], range(first, last)):
            yield ("", "", False) if old is None else (theirs[old], earlier[old] * (tag != "equal"), tag != "equal")


def _literals(pair: Pair, texts: Sequence[str]) -> dict[str, str]:
    """All literals, when the texts hold some of English that the translation did not list so far; otherwise none."""
    own = pair.translation.front.literals if pair.translation else {}
    english = pair.english.front.literals
    new = {word: english[word] for word in english if word not in own and any(word in text for text in texts)}
    return {**own, **new} if new else {}


def _read(file: str, english: Article) -> Article | None:
    return read_article(file, Proof().sheet(""), topic=english.topic, locale=SOURCE_LOCALE, form=english.form)
