from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desk.rank import rank_of
from road.case import Author, Case, CaseState, Entry, Visibility
from road.outcome import Outcome
from road.session import Remembered, Session
from road.turn import Address, Channel, Turn, TurnKind
from store.change import SentIds, events_of, hidden_ids, kept_message_id, shard_of
from store.interface import SHARDS, DeskEvent

ADDRESS = Address(Channel.TELEGRAM, "700000001")
SESSION = Session(address=ADDRESS)


def case(**more: Any) -> Case:
    more = {"state": CaseState.WAITING, "opened_at": 1.0, "locale": "en", **more}
    return Case(id="A", person="p", **more)


def events(before: tuple[Case, ...], *after: Case, entries: tuple[Entry, ...] = ()) -> list[tuple[str, Visibility]]:
    remembered = Remembered(person="p", version=1, session=SESSION, cases=before)
    found = events_of(remembered, Outcome(session=SESSION, cases=after, entries=entries))
    return [(event.kind, event.visibility) for event in found]


moments = st.floats(min_value=1_500_000_000, max_value=3_900_000_000)


@given(moments, moments, st.booleans(), st.booleans())
def test_ranks_put_critical_cases_first_and_then_the_older(
    first: float, second: float, first_critical: bool, second_critical: bool
) -> None:
    one, two = case(opened_at=first, critical=first_critical), case(opened_at=second, critical=second_critical)
    if first_critical != second_critical:
        assert (rank_of(one) < rank_of(two)) is first_critical
    elif abs(first - second) > 0.00001:
        assert (rank_of(one) < rank_of(two)) is (first < second)
    assert float(rank_of(one)) == rank_of(one), "a double holds it exactly"


@given(st.text(alphabet="0123456789abcdef", min_size=32, max_size=32))
def test_every_person_has_a_shard(person: str) -> None:
    assert 0 <= shard_of(person) < SHARDS


def test_an_unchanged_case_is_no_event() -> None:
    assert events((case(),), case()) == []


def test_a_case_that_opens_with_an_alarm_says_both() -> None:
    assert events((), case(alarm=True, critical=True)) == [("opened", Visibility.ALL), ("alarm", Visibility.ALL)]


def test_an_alarm_that_stays_is_not_told_again() -> None:
    assert events((case(alarm=True),), case(alarm=True, critical=True)) == [("changed", Visibility.ALL)]


def test_a_reopened_case_opens() -> None:
    closed = case(state=CaseState.CLOSED, closed_at=5.0)
    assert events((closed,), case()) == [("opened", Visibility.ALL)]


def test_a_private_entry_of_an_open_case_is_told_to_focal_points_alone() -> None:
    private = Entry(at=1.0, author=Author.PERSON, text="x", visibility=Visibility.FOCAL)
    assert events((case(),), entries=(private,)) == [("entry", Visibility.FOCAL)]
    public = Entry(at=1.0, author=Author.PERSON, text="x")
    assert events((case(visibility=Visibility.FOCAL),), entries=(public, public)) == [("entry", Visibility.FOCAL)]


def test_entries_without_an_open_case_are_no_event() -> None:
    assert events((case(state=CaseState.CLOSED),), entries=(Entry(at=1.0, author=Author.BOT, text="x"),)) == []


def test_an_event_carries_no_text() -> None:
    assert set(DeskEvent.__struct_fields__) == {"kind", "case_id", "visibility"}


def test_hiding_names_each_recent_message_once() -> None:
    sent = (SentIds(at=0.0, ids=(1,)), SentIds(at=200_000.0, ids=(2, 3)), SentIds(at=200_001.0, ids=(3,)))
    assert hidden_ids(sent, 4, 200_002.0) == (2, 3, 4)
    assert hidden_ids(sent, 3, 200_002.0) == (2, 3)
    assert hidden_ids((), None, 0.0) == ()


def test_a_tapped_message_is_not_the_persons_own() -> None:
    wrote = Turn(id="1", address=ADDRESS, kind=TurnKind.VOICE, at=0.0, message_id=5)
    tapped = Turn(id="2", address=ADDRESS, kind=TurnKind.BUTTON, at=0.0, message_id=5)
    assert (kept_message_id(wrote), kept_message_id(tapped)) == (5, None)
