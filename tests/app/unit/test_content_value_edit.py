"""What editors do with one fact, line or place: confirm, take back, change; and what two of them do at once."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from content.door import Door
from content.draft import Draft
from content.spreadsheet import entries
from content.usage import uses, uses_of
from content.value_draft import faults_of, unread, with_entry
from content.value_edit import Typed, Vow, changed, confirmed, due_after, mark, taken_back
from road.errors import EditRefused, ValueConflict
from tests.app.fixtures.folder import edit

ANNA = Vow(by="anna", today=date(2026, 11, 22), how="called")
FEE = "fact.card_fee"


def cells(draft: Draft, entry: str) -> dict[str, str]:
    return {column: value.strip() for column, value in entries(draft.content)[entry].items()}


def typed(draft: Draft, entry: str, how: str = "", **values: str) -> Typed:
    """What somebody types who sees the entry as it is."""
    now = cells(draft, entry)
    was = {column: now[column] for column in values}
    return Typed(entry=entry, was=was, now=values, seen=mark(now), how=how)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 22), date(2027, 5, 22)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_what_is_confirmed_is_due_again_after_six_months(day: date, due: date) -> None:
    assert due_after(day) == due


def test_a_confirmation_says_who_when_and_how(door: Door) -> None:
    draft = door.save(lambda now: confirmed(now, FEE, mark(cells(now, FEE)), ANNA), "anna")
    fact = draft.content.facts["card_fee"]
    assert fact.confirmed
    assert (fact.confirmed.by, fact.confirmed.on, fact.confirmed.how) == ("anna", ANNA.today, "called")
    assert fact.review_after == date(2027, 5, 22)
    assert door.saves()[0].what == "confirmed fact.card_fee (called)"


def test_what_changed_meanwhile_is_not_confirmed(door: Door) -> None:
    seen = mark(cells(door.draft(), FEE))
    door.save(lambda now: changed(now, typed(now, FEE, value="25000"), ANNA), "bela")
    with pytest.raises(ValueConflict):
        door.save(lambda now: confirmed(now, FEE, seen, ANNA), "anna")


def test_a_changed_note_does_not_stand_in_the_way_of_a_confirmation(door: Door) -> None:
    seen = mark(cells(door.draft(), FEE))
    door.save(lambda now: changed(now, typed(now, FEE, note="ask Ilona"), ANNA), "bela")
    door.save(lambda now: confirmed(now, FEE, seen, ANNA), "anna")


@pytest.mark.parametrize("entry", [FEE, "fact.card_wait", "line.okit", "place.card_office"])
def test_a_confirmation_that_is_taken_back_leaves_what_was_before(door: Door, entry: str) -> None:
    before = door.draft()
    kept = {column: cells(before, entry)[column] for column in ANNA.cells}
    door.save(lambda now: confirmed(now, entry, mark(cells(now, entry)), ANNA), "anna")
    after = door.save(lambda now: taken_back(now, entry, kept, ANNA), "anna")
    assert cells(after, entry) == cells(before, entry)


def test_nobody_takes_back_a_confirmation_of_somebody_else(door: Door) -> None:
    door.save(lambda now: confirmed(now, FEE, mark(cells(now, FEE)), ANNA), "anna")
    with pytest.raises(ValueConflict):
        door.save(lambda now: taken_back(now, FEE, {}, replace(ANNA, by="bela")), "bela")


def test_a_changed_value_ends_its_confirmation(door: Door) -> None:
    after = door.save(lambda now: changed(now, typed(now, "fact.card_wait", value="45"), ANNA), "anna")
    assert (after.content.facts["card_wait"].value, after.content.facts["card_wait"].confirmed) == ("45", None)


def test_a_changed_value_is_confirmed_at_once_by_who_says_how_they_know(door: Door) -> None:
    after = door.save(lambda now: changed(now, typed(now, "fact.card_wait", "called", value="45"), ANNA), "anna")
    fact = after.content.facts["card_wait"]
    assert fact.confirmed
    assert (fact.value, fact.confirmed.by, fact.review_after) == ("45", "anna", date(2027, 5, 22))


def test_a_changed_note_keeps_the_confirmation(door: Door) -> None:
    after = door.save(lambda now: changed(now, typed(now, "fact.card_wait", note="row 7"), ANNA), "anna")
    assert after.content.facts["card_wait"].confirmed


def test_two_who_change_different_fields_or_facts_do_not_meet(door: Door) -> None:
    first = door.draft()
    of_anna, of_bela = typed(first, FEE, value="25000"), typed(first, FEE, note="new price list")
    of_cili = typed(first, "fact.card_wait", value="45")
    for each in (of_anna, of_bela, of_cili):
        after = door.save(lambda now, each=each: changed(now, each, ANNA), "anna")
    assert after.content.facts["card_fee"].value == "25000"
    assert after.content.facts["card_fee"].note == "new price list"
    assert after.content.facts["card_wait"].value == "45"


def test_two_who_change_one_field_learn_what_the_other_typed(door: Door) -> None:
    first = door.draft()
    door.save(lambda now: changed(now, typed(first, FEE, value="25000"), ANNA), "anna")
    with pytest.raises(ValueConflict) as conflict:
        door.save(lambda now: changed(now, typed(first, FEE, value="26000"), ANNA), "bela")
    assert conflict.value.theirs == {"value": "25000"}
    assert door.draft().content.facts["card_fee"].value == "25000"


def test_two_who_type_the_same_agree(door: Door) -> None:
    first = door.draft()
    for name in ("anna", "bela"):
        door.save(lambda now: changed(now, typed(first, FEE, value="25000"), ANNA), name)
    assert len(door.saves()) == 1


@pytest.mark.parametrize("number", ["+3680205018", "+3680111222"])
def test_the_numbers_of_the_two_lines_that_look_alike_are_never_swapped(door: Door, number: str) -> None:
    with pytest.raises(EditRefused):
        door.save(lambda now: changed(now, typed(now, "line.okit", number=number, printed=""), ANNA), "anna")


def test_a_draft_with_one_entry_changed_finds_what_the_door_finds(door: Door) -> None:
    draft = door.draft()
    for entry, values in (
        (FEE, {"value": "much"}),
        ("line.okit", {"number": "+3680205018", "printed": ""}),
        ("line.okit", {"number": "112", "printed": ""}),
        ("line.emergency_112", {"number": ""}),
        ("place.card_office", {"opening_hours": "soon"}),
        ("fact.card_page", {"value": ""}),
    ):
        change = changed(draft, typed(draft, entry, **values), ANNA)
        (text,) = change.texts.values()
        assert text
        with pytest.raises(EditRefused) as refused:
            door.save(lambda _, change=change: change, "anna")
        assert list(map(str, with_entry(draft, entry, text).faults)) == list(map(str, refused.value.faults)), entry


def test_a_draft_with_one_entry_changed_says_the_new_value(door: Door) -> None:
    draft = door.draft()
    (text,) = changed(draft, typed(draft, FEE, value="25000"), ANNA).texts.values()
    assert text
    after = with_entry(draft, FEE, text)
    assert after.faults == []
    assert after.content.facts["card_fee"].amount == 25000


def test_an_entry_that_cannot_be_read_is_named_with_its_faults(folder: Path, door: Door) -> None:
    edit(folder, "lines/river_line.yml", "confidence:", "confidense:")
    edit(folder, "facts.yml", "type: date", "type: day")
    assert set(unread(door.draft())) == {"fact.card_valid_until", "line.river_line"}
    assert faults_of("line.river_line", door.draft())
    assert all("card_valid_until" in str(fault) for fault in faults_of("fact.card_valid_until", door.draft()))


def test_every_answer_that_uses_a_value_is_found(door: Door) -> None:
    content = door.draft().content
    found = uses(content)
    assert len(found) > 3
    for entry, keys in found.items():
        assert set(keys) == {
            key for key, each in content.articles.items() if f"{entry}." in ". ".join(each.slots) + "."
        }
        assert uses_of(entry, content) == keys
