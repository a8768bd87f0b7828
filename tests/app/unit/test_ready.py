"""What must be filled before the public is served."""

from dataclasses import replace

import pytest

from content.content import Content
from hotline.ready import open_items
from road.account import Account, Role, SecondFactor
from road.settings import Settings


def test_a_fresh_hotline_names_pages_privacy_safeguarding_and_lines(content: Content) -> None:
    items = "\n".join(open_items(Settings(), content))
    for name in ("STAFF_CHATS_NOW", "STAFF_CHATS_FOCAL", "SAFEGUARDING_CONTACT", "PRIVACY_CONTACT"):
        assert f"HOTLINE_{name}" in items
    assert "okit" in items
    assert "iom_hotline" in items
    assert "team hotline has no hours yet" in items


@pytest.mark.parametrize(("account", "callable_for"), [
    (Account(name="anna", role=Role.OPERATOR, password_hash="$", chat="11"), {"NOW", "DUTY"}),
    (Account(name="fanni", role=Role.FOCAL, password_hash="$", chat="11"), {"NOW", "DUTY", "FOCAL"}),
    (Account(name="edit", role=Role.EDITOR, password_hash="$", chat="11"), set()),
    (Account(name="eva", role=Role.SUPERVISOR, password_hash="$"), set()),
])  # fmt: skip
def test_somebody_can_be_called_once_an_account_has_a_chat(
    content: Content, account: Account, callable_for: set[str]
) -> None:
    items = "\n".join(open_items(Settings(), content, [account]))
    assert {group for group in ("NOW", "DUTY", "FOCAL") if f"STAFF_CHATS_{group}" not in items} == callable_for


@pytest.mark.parametrize("role", Role)
def test_who_sees_more_than_an_operator_needs_a_second_factor_before_the_public_is_served(
    content: Content, role: Role
) -> None:
    account = Account(name="eva", role=role, password_hash="$")
    protected = Account(name="eva", role=role, password_hash="$", factor=SecondFactor(secret="x"))
    assert ("account eva" in "\n".join(open_items(Settings(), content, [account]))) is (
        role in (Role.FOCAL, Role.SUPERVISOR, Role.ADMINISTRATOR)
    )
    assert "account eva" not in "\n".join(open_items(Settings(), content, [protected]))


def test_what_is_filled_is_no_longer_listed(content: Content) -> None:
    filled = replace(Settings(), staff_chats_now=(-100,), safeguarding_contact="Anna")
    items = "\n".join(open_items(filled, content))
    assert "STAFF_CHATS_NOW" not in items
    assert "SAFEGUARDING" not in items
    assert "STAFF_CHATS_DUTY" in items
