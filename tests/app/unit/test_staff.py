"""Accounts from the command line: what may be said of a member of staff."""

import pytest

from content.content import Content
from hotline.staff import Skills, with_skills
from road.account import Account, Role
from road.errors import HotlineError

ANNA = Account(name="anna", role=Role.OPERATOR, password_hash="$", locales=("hu",), groups=("safety",), chat="7")


def test_what_is_not_named_stays(content: Content) -> None:
    assert with_skills(ANNA, Skills(), content) == ANNA
    changed = with_skills(ANNA, Skills(capacity=2, on_call=True), content)
    assert (changed.capacity, changed.on_call, changed.locales, changed.chat) == (2, True, ("hu",), "7")


def test_languages_and_groups_are_replaced_or_opened_to_all(content: Content) -> None:
    changed = with_skills(ANNA, Skills(locales=["uk", "ar", "uk"], groups=["all"], chat=""), content)
    assert (changed.locales, changed.groups, changed.chat) == (("uk", "ar"), (), "")


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
