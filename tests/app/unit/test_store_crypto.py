import pytest
from hypothesis import given
from hypothesis import strategies as st

from road.turn import Address, Channel
from store.crypto import Keyring, Unreadable

MASTER = bytes(range(32))
KEYRING = Keyring(MASTER)
ALICE = KEYRING.person(Address(Channel.TELEGRAM, "700000001"))


@given(st.text(), st.text())
def test_what_is_sealed_opens_again_in_its_place_and_in_no_other(text: str, place: str) -> None:
    key = KEYRING.fresh_key(ALICE)
    sealed = key.seal(text, place)
    assert key.open(sealed, place, str) == text
    with pytest.raises(Unreadable):
        key.open(sealed, f"{place}x", str)


def test_a_sealed_value_shows_nothing_and_never_looks_the_same() -> None:
    key = KEYRING.fresh_key(ALICE)
    first, second = key.seal("help me", "place"), key.seal("help me", "place")
    assert first != second
    assert "help" not in first


def test_a_key_comes_back_from_its_wrapping_for_the_same_person_only() -> None:
    key = KEYRING.fresh_key(ALICE)
    sealed = key.seal("text", "place")
    assert KEYRING.unwrap(ALICE, key.wrapped).open(sealed, "place", str) == "text"
    with pytest.raises(Unreadable):
        KEYRING.unwrap("somebody else", key.wrapped)


def test_another_master_key_opens_nothing() -> None:
    other = Keyring(bytes(32))
    with pytest.raises(Unreadable):
        other.unwrap(ALICE, KEYRING.fresh_key(ALICE).wrapped)
    with pytest.raises(Unreadable):
        other.house.open(KEYRING.house.seal("x", "place"), "place", str)


@pytest.mark.parametrize("damage", ["", "no base64!", "AAAA", "é"])
def test_damaged_values_are_unreadable_and_nothing_worse(damage: str) -> None:
    with pytest.raises(Unreadable):
        KEYRING.house.open(damage, "place", str)
    assert KEYRING.house.try_open(damage, "place", str) is None


def test_names_say_nothing_and_differ_by_channel_purpose_and_master_key() -> None:
    telegram, web = Address(Channel.TELEGRAM, "700000001"), Address(Channel.WEB, "700000001")
    names = {
        KEYRING.person(telegram),
        KEYRING.person(web),
        KEYRING.staff(telegram),
        KEYRING.name("turn", "telegram:700000001"),
        Keyring(bytes(32)).person(telegram),
    }
    assert len(names) == 5
    assert all("700000001" not in name and len(name.removeprefix("staff-")) == 32 for name in names)
    assert KEYRING.person(telegram) == Keyring(MASTER).person(telegram)
