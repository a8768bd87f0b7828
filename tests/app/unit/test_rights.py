"""The table of rights: what each role may do, said a second time by hand."""

import pytest

from road.account import RIGHTS, Account, Right, Role, holders
from road.case import Visibility


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        (Right.CASES, {"operator", "focal", "supervisor", "administrator"}),
        (Right.REPORTS, {"focal"}),
        (Right.OVERSIGHT, {"supervisor", "administrator"}),
        (Right.REVEAL, {"supervisor", "focal"}),
        (Right.AUDIT, {"supervisor", "administrator", "focal"}),
        (Right.ACCOUNTS, {"administrator"}),
    ],
)
def test_a_right_belongs_to_these_roles_and_no_other(right: Right, roles: set[str]) -> None:
    assert holders(right) == roles


def test_every_role_and_every_right_stands_in_the_table() -> None:
    assert RIGHTS.keys() == set(Role)
    assert set().union(*RIGHTS.values()) == set(Right)


@pytest.mark.parametrize("role", Role)
def test_the_focal_point_alone_sees_reports_about_staff_and_the_editor_sees_no_case(role: Role) -> None:
    account = Account(name="x", role=role, password_hash="$")
    assert account.sees(Visibility.FOCAL) is (role is Role.FOCAL)
    assert account.sees(Visibility.ALL) is (role is not Role.EDITOR)
