"""Guards for what staff sends: placeholders that name nothing, and texts in another language than their file's."""

from collections.abc import Collection, Iterator, Mapping

from content import language, placeholder
from content.content import Content
from content.field import is_field, slots_in
from content.proof import Proof


def mark(content: Content, proof: Proof, ids: Mapping[str, Collection[str]]) -> None:
    """Marks placeholders of prepared texts that name nothing.

    Args:
        ids: Ids by kind, those of malformed entries too.
    """
    for locale, texts in content.prepared.texts.items():
        for name, text in texts.items():
            for slot in slots_in(text.blocks):
                if not is_field(slot) and (problem := placeholder.problem_of(slot, ids)):
                    proof.sheet(f"prepared/{locale}.yml").mark(0, f"{name}: {problem}")


def mark_language(content: Content, proof: Proof) -> None:
    """Marks files that are written in another language than their locale's."""
    for path, locale, words in (*_questions(content), *_prepared(content)):
        if problem := language.problem_with(words, locale):
            proof.sheet(path).mark(0, problem)


def _questions(content: Content) -> Iterator[tuple[str, str, str]]:
    for locale, wordings in content.bridge.wordings.items():
        asked = (block.words for wording in wordings.values() for block in wording.ask)
        answers = (answer for wording in wordings.values() for answer in wording.answers.values())
        yield f"bridge/{locale}.yml", locale, " ".join((*asked, *answers))


def _prepared(content: Content) -> Iterator[tuple[str, str, str]]:
    for locale, texts in content.prepared.texts.items():
        yield f"prepared/{locale}.yml", locale, " ".join(b.words for text in texts.values() for b in text.blocks)
