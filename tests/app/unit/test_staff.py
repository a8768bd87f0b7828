"""Accounts from the command line: what may be said of a member of staff."""

import pytest

from content.content import Content
from hotline.staff import Skills, end_sessions, noted, with_skills
from road.account import Account, Role
from road.audit import AuditKind
from road.clock import day_of, system_clock
from road.errors import HotlineError
from store.memory import MemoryStore

ANNA = Account(name="anna", role=Role.OPERATOR, password_hash="$", locales=("hu",), groups=("safety",), chat="7")


def test_what_is_not_named_stays(content: Content) -> None:
    assert with_skills(ANNA, Skills(), content) == ANNA
    changed = with_skills(ANNA, Skills(capacity=2, on_call=True), content)
    assert (changed.capacity, changed.on_call, changed.locales, changed.chat) == (2, True, ("hu",), "7")


def test_languages_and_groups_are_replaced_or_opened_to_all(content: Content) -> None:
    changed = with_skills(ANNA, Skills(locales=["uk", "ar", "uk"], groups=["all"], chat=""), content)
    assert (changed.locales, changed.groups, changed.chat) == (("uk", "ar"), (), "")


async def test_what_the_command_line_does_to_an_account_is_noted_without_a_name() -> None:
    store = MemoryStore()
    await noted(store, ANNA, AuditKind.ACCOUNT_MADE)
    secrets = [await store.open_console("anna", ttl_s=60) for _ in range(2)]
    assert await end_sessions(store, ANNA) == 2
    assert [await store.console_account(secret) for secret in secrets] == [None, None]
    entries = await store.audited([day_of(system_clock())], tuple(AuditKind))
    assert [(entry.kind, entry.by, entry.about) for entry in entries] == [
        (AuditKind.ACCOUNT_MADE, "", "anna"),
        (AuditKind.SESSIONS_ENDED, "", "anna"),
    ]


@pytest.mark.parametrize(
    ("skills", "named"),
    [
        (Skills(locales=["xx"]), "speaks: 'xx'"),
        (Skills(groups=["magic"]), "knows: 'magic'"),
        (Skills(chat="@anna"), "chat: '@anna'"),
    ],
)
def test_what_the_hotline_does_not_have_is_refused_by_name(content: Content, skills: Skills, named: str) -> None:
    with pytest.raises(HotlineError, match=named):
        with_skills(ANNA, skills, content)
