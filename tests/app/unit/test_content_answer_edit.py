"""Answer files take other words, a review, a stamp; and not one character else changes."""

import pytest

from content.answer_edit import (
    EMPTY,
    Words,
    is_readable,
    same_meaning_in,
    with_review,
    with_same_meaning,
    with_words,
    words_of,
)
from content.content import Content
from content.draft import Draft
from content.folder import drafted
from tests.app.unit.conftest import CONTENT

FILE = """---
title: Old   # as the button says
reviewed: {by: Ilona, on: 2026-11-02}

literals:
  "24": name of a form
---

First.

Second.
"""


@pytest.fixture(scope="module")
def draft() -> Draft:
    return drafted(CONTENT)


def test_what_a_real_file_says_changes_no_byte_of_it(draft: Draft, content: Content) -> None:
    paths = [path for path in draft.texts if path.startswith("answers/")]
    assert len(paths) == len(content.articles)
    assert [
        path for path in paths if with_words(draft.texts[path], words_of(draft.texts[path])) != draft.texts[path]
    ] == []


def test_only_what_is_otherwise_is_written() -> None:
    words = words_of(FILE)
    assert words == Words(title="Old", body="First.\n\nSecond.", literals={"24": "name of a form"})
    changed = with_words(FILE, Words(title="New", body=words.body, literals=words.literals))
    assert changed == FILE.replace("title: Old   # as the button says", "title: New   # as the button says")
    changed = with_words(FILE, Words(title="Old", body="Other.", literals={}))
    assert changed.endswith("literals:\n---\nOther.\n")


def test_line_ends_of_a_file_stay() -> None:
    file = FILE.replace("\n", "\r\n")
    words = words_of(file)
    assert words.body == "First.\n\nSecond."
    changed = with_words(file, Words(title="Old", body="A.\n\nB.", literals=words.literals))
    assert changed == file.replace("---\r\n\r\nFirst.\r\n\r\nSecond.", "---\r\nA.\r\n\r\nB.")


def test_a_file_that_is_not_there_or_has_no_head_begins_anew() -> None:
    for file in (None, "no head", "---\n{[\n---\nFirst.\n"):
        assert with_words(file, Words(title="A: b", body="x")) == EMPTY.replace("title:", 'title: "A: b"') + "x\n"
    assert words_of("no head").body == "no head"
    assert words_of("---\n{[\n---\nFirst.\n").body == "First."
    assert not is_readable("---\n---\n")


def test_a_review_is_written_and_taken_away() -> None:
    empty = with_review(FILE, by="", on="")
    assert 'reviewed: {by: "", on: }' in empty
    assert with_review(empty, by="", on="") == empty
    assert 'reviewed: {by: "Minta, Béla", on: 2026-11-22}' in with_review(FILE, by="Minta, Béla", on="2026-11-22")


def test_earlier_texts_whose_translations_hold_are_listed_and_forgotten() -> None:
    listed = with_same_meaning(FILE, ["0123456789ab"])
    assert same_meaning_in(listed) == ("0123456789ab",)
    assert with_same_meaning(listed, ["0123456789ab"]) == listed
    assert same_meaning_in(with_same_meaning(listed, [])) == ()
    assert with_same_meaning(FILE, []) == FILE
