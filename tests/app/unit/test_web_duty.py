"""Going off duty: nobody leaves people behind who believe that somebody reads."""

import pytest

from content.content import Content
from road.account import Role
from road.case import CaseState
from tests.app.unit.web_stage import FOCAL, Operator, Stage


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def on_duty(stage: Stage, name: str, role: Role = Role.OPERATOR) -> Operator:
    operator = await stage.at_console(name, role)
    await stage.store.set_duty(name, on=True)
    return operator


@pytest.mark.parametrize("way_out", ["duty", "logout"])
async def test_whoever_still_holds_a_case_sees_it_and_stays_on_duty(stage: Stage, way_out: str) -> None:
    anna, _ = await on_duty(stage, "anna"), await on_duty(stage, "bela")
    await stage.person_waits(1)
    await anna.does("cases/CASE1/claim")
    kept = await anna.does(way_out, on="0")
    assert kept.status_code == 409
    assert "You still hold these cases" in kept.text
    assert "bela (free: 5)" in kept.text
    assert "anna" in (await stage.store.roster()).names
    assert (await anna.sees()).status_code == 200


async def test_once_everything_is_given_on_the_duty_ends(stage: Stage) -> None:
    anna, _ = await on_duty(stage, "anna"), await on_duty(stage, "bela")
    for number in (1, 2):
        await stage.person_waits(number)
        await anna.does(f"cases/CASE{number}/claim")
    released = await anna.does("cases/CASE1/release", then="duty")
    handed = await anna.does("cases/CASE2/reassign", then="duty", to="bela", text="end of my shift")
    assert [answer.headers["location"] for answer in (released, handed)] == ["/console/duty"] * 2
    assert "You hold no case any more" in (await anna.sees("/console/duty")).text
    assert (await anna.does("duty", on="0")).status_code == 303
    assert (await stage.store.roster()).names == ["bela"]


async def test_a_supervisor_ends_a_colleagues_duty_and_the_cases_go_back(stage: Stage) -> None:
    anna, boss = await on_duty(stage, "anna"), await on_duty(stage, "boss", Role.SUPERVISOR)
    await stage.person_waits(1)
    await anna.does("cases/CASE1/claim")
    assert (await boss.does("duty/colleague", name="anna")).status_code == 303
    case = await stage.case("CASE1")
    assert case.state is CaseState.WAITING
    assert [(event.kind, event.by, event.why) for event in case.events][-1] == ("taken_back", "boss", "anna")
    assert (await stage.store.roster()).names == ["boss"]


async def test_an_operator_ends_nobody_elses_duty(stage: Stage) -> None:
    anna, _ = await on_duty(stage, "anna"), await on_duty(stage, "bela")
    assert (await anna.does("duty/colleague", name="bela")).status_code == 403
    assert (await stage.store.roster()).names == ["anna", "bela"]


async def test_a_focal_points_duty_does_not_end_over_cases_that_the_supervisor_may_not_see(stage: Stage) -> None:
    focal, boss = await on_duty(stage, "fatima", Role.FOCAL), await on_duty(stage, "boss", Role.SUPERVISOR)
    await stage.person_waits(1, visibility=FOCAL)
    await focal.does("cases/CASE1/claim")
    refused = await boss.does("duty/colleague", name="fatima")
    assert refused.status_code == 403
    assert (await stage.case("CASE1")).operator == "fatima"
    assert (await stage.store.roster()).names == ["boss", "fatima"]
