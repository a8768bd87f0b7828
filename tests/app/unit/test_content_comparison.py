"""Comparing what people read with what they would read: word by word, by value, by notice, and nothing unseen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import snapshot
from content.comparison import Comparison, Edition, FieldChange, compare
from content.difference import AROUND, GAP, Run, by_paragraph, difference, excerpt
from content.folder import drafted
from content.shelf import Shelf
from road.errors import SetupError
from tests.app.fixtures.folder import SUNDAY_NIGHT, edit

CARD = "answers/en/papers/card_renewal.md"
WITH_VALUE = "Valid until: {{ fact.a }}"
SHORT = st.text(alphabet="ab \n.", max_size=40)


def edition(folder: Path) -> Edition:
    draft = drafted(folder)
    return Edition(content=draft.content, texts=draft.texts)


def after(folder: Path, *edits: tuple[str, str, str]) -> Comparison:
    live = edition(folder)
    for path, old, new in edits:
        edit(folder, path, old, new)
    return compare(live, edition(folder), SUNDAY_NIGHT)


@given(before=SHORT, after=SHORT)
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    runs = difference(before, after)
    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "old") == after
    assert excerpt(runs) == runs, "a short one is its own excerpt"
    assert before != after or not [run for run in runs if run.kind != "same"]


def test_words_are_told_apart_and_what_stays_far_from_them_is_left_out() -> None:
    far = "word " * 60
    runs = excerpt(difference(f"{far}on 4 March 2027. {far}", f"{far}on 4 May 2027. {far}"))
    assert [run for run in runs if run.kind != "same"] == [Run("old", "March"), Run("new", "May")]
    assert all(len(run.text) <= 2 * AROUND + len(GAP) for run in runs)
    assert runs[0].text.startswith(GAP)
    assert runs[-1].text.endswith(GAP)


def test_a_sentence_that_is_another_one_is_not_told_word_by_word_around_its_spaces() -> None:
    assert [run.kind for run in difference("Call us now.", "Write to them.")] == ["old", "new", "same"]


def test_the_same_texts_have_no_change() -> None:
    assert by_paragraph("One.\n\nTwo.", "One.\nTwo.\n") == [[Run("same", "One.")], [Run("same", "Two.")]]


def test_changed_words_stand_among_those_that_stayed() -> None:
    (changed,) = by_paragraph("Bring two photos of you.", "Bring three photos of you.")
    assert changed == [Run("same", "Bring "), Run("old", "two"), Run("new", "three"), Run("same", " photos of you.")]


@pytest.mark.parametrize(
    ("before", "after", "kind"), [("One.", "One.\nNew words.", "new"), ("One.\nNew words.", "One.", "old")]
)
def test_a_whole_paragraph_comes_or_goes(before: str, after: str, kind: str) -> None:
    assert by_paragraph(before, after) == [[Run("same", "One.")], [Run(kind, "New words.")]]  # type: ignore[arg-type]


def test_paragraphs_that_share_little_stand_one_above_the_other() -> None:
    assert by_paragraph("Aaa bbb ccc.", "Xxx yyy zzz!") == [[Run("old", "Aaa bbb ccc.")], [Run("new", "Xxx yyy zzz!")]]


def test_a_placeholder_is_changed_as_one_word() -> None:
    (changed,) = by_paragraph(WITH_VALUE, WITH_VALUE.replace("fact.a", "fact.b"))
    assert changed[1:] == [Run("old", "{{ fact.a }}"), Run("new", "{{ fact.b }}")]


def test_a_value_is_told_by_its_fields_and_in_each_answer_that_gives_it(folder: Path) -> None:
    found = after(folder, ("lines/okit.yml", "free", "national"))
    (value,) = found.values
    assert (value.kind, value.id, value.became) == ("line", "okit", "other")
    assert value.fields == [FieldChange(name="cost", before="free", after="national")]
    assert found.emergencies
    assert found.value_of(found.emergencies[0]) == value
    assert found.other_files == []


def test_a_notice_a_topic_and_every_other_file_is_named(folder: Path) -> None:
    found = after(
        folder,
        ("notices/water/en.md", "no water", "much water"),
        ("topics.yml", "\n", "\n# a comment\n"),
        (CARD, "sources:", "# checked\nsources:"),
    )
    assert [(each.id, each.became) for each in found.notices] == [("water", "other")]
    assert found.other_files == [CARD, "topics.yml"], "what nobody reads otherwise is named as a file"
    assert not found.answers


def test_who_reads_english_is_counted_with_its_change(folder: Path) -> None:
    found = after(folder, (CARD, "Renew your card", "Renew a card"))
    assert [(each.topic, each.locale) for each in found.answers] == [("card_renewal", "en")]
    (others,) = found.in_english.values()
    assert set(others).isdisjoint({"en", "ar"})
    assert found.locales == {"en": 1, **dict.fromkeys(sorted(others), 1)}
    assert found.topics == ["card_renewal"]


def test_the_shelf_reads_and_compares_once(folder: Path, tmp_path: Path) -> None:
    served = snapshot.publish(folder, tmp_path / "data")
    shelf = Shelf(tmp_path / "data")
    live = shelf.edition(served.version, served)
    assert live.content is served
    assert shelf.edition(served.version, served) is live
    edit(folder, CARD, "Renew your card", "Renew a card")
    wanted = edition(folder)
    assert shelf.comparison(live, wanted, SUNDAY_NIGHT) is shelf.comparison(live, wanted, SUNDAY_NIGHT)
    with pytest.raises(SetupError):
        shelf.edition("0123456789ab", served)
