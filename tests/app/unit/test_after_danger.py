"""What follows a danger belongs to it, unless it clearly speaks of something else."""

import pytest

from actions.route import route
from content.content import Content
from road.case import CaseState
from road.outcome import Outcome
from road.understanding import Understanding
from tests.app.unit.stage import case, html_of, said, scene, session, understood, wrote

BLOWS, LOST = "domestic_violence_help", "missing_person_or_child"
OKIT, LOST_CHILD = "06 80 20 55 20", "116 000"


def follows(
    content: Content, text: str, meaning: Understanding, *, critical: bool = True, state: CaseState = CaseState.WAITING
) -> Outcome:
    """A message of somebody who has written of blows before."""
    before = session(last_topic=BLOWS, alarmed=(BLOWS,))
    return route(wrote(text), scene(meaning, case(state, critical=critical, topic=BLOWS), session=before), content)


def danger(topic: str, share: float, *others: tuple[str, float]) -> Understanding:
    return understood((topic, share), *others, urgent_topic=topic, urgent_confidence=0.8)


def test_a_danger_that_is_not_clearly_another_one_gets_the_numbers_of_the_first(content: Content) -> None:
    outcome = follows(content, "he has come home", danger(LOST, 0.37, (BLOWS, 0.27)))
    assert OKIT in html_of(outcome)
    assert LOST_CHILD not in html_of(outcome)
    assert (outcome.session.last_topic, outcome.cases[0].critical) == (BLOWS, True)


def test_a_danger_that_is_clearly_another_one_gets_its_own_numbers(content: Content) -> None:
    assert LOST_CHILD in html_of(follows(content, "my child is gone", danger(LOST, 0.98)))


def test_a_phrase_of_staff_holds_as_it_is(content: Content) -> None:
    phrase = "my child is missing"
    assert content.urgent_phrase(phrase) == LOST
    assert LOST_CHILD in html_of(follows(content, phrase, danger(LOST, 0.37)))


@pytest.mark.parametrize("state", [CaseState.WAITING, CaseState.ACTIVE])
def test_who_cannot_be_understood_is_left_to_staff_and_not_asked_back(content: Content, state: CaseState) -> None:
    unsure = understood(("cash_assistance", 0.31), ("work_permission_jobs", 0.2))
    outcome = follows(content, "help", unsure, state=state)
    titles = {content.title(topic, "en") for topic in ("cash_assistance", "work_permission_jobs")}
    assert not titles & {button.text for reply in said(outcome) for row in reply.buttons for button in row}
    assert outcome.entries[0].text == "help"


def test_a_clear_question_is_answered_all_the_same(content: Content) -> None:
    outcome = follows(content, "how do i get a TAJ card", understood(("health_care_rights", 0.95)))
    assert outcome.answered == "health_care_rights"


def test_once_only_information_was_asked_for_everything_is_as_usual(content: Content) -> None:
    outcome = follows(content, "he has come home", danger(LOST, 0.37), critical=False)
    assert LOST_CHILD in html_of(outcome)
