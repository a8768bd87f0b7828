"""An operator's message that can be undone, and one that is taken back after it was sent."""

import pytest
from msgspec.structs import replace

from actions import takeover, unsent
from actions.keeping import give_back, look
from content.content import Content
from road.case import Author, Case, CaseState
from road.errors import NotAllowed
from road.outcome import Outcome
from road.session import Remembered, Session
from tests.app.unit.stage import NIGHT, account, case, html_of, scene, session

ANNA = account("anna")
HELD = case(CaseState.ACTIVE)
WAIT_S = 5


def remembered(*cases: Case, kept: Session | None = None) -> Remembered:
    return Remembered(person="p", version=1, session=kept or session(at=NIGHT), cases=cases)


def composed(content: Content, of: Case = HELD, text: str = "hello", *, at: float = NIGHT) -> Outcome:
    return unsent.compose(remembered(of), of, ANNA, content, at, text=text, wait_s=WAIT_S)


def waits(content: Content) -> Case:
    return composed(content).cases[0]


def at(seconds: float, of: Case, content: Content) -> Outcome | None:
    return look(of, replace(scene(None, of, session=session(at=NIGHT)), now=NIGHT + seconds), content)


def test_a_message_waits_and_the_keeper_sends_it_when_its_time_has_come(content: Content) -> None:
    outcome = composed(content)
    assert (outcome.replies, outcome.entries) == ((), ())
    assert at(WAIT_S - 1, outcome.cases[0], content) is None
    sent = at(WAIT_S, outcome.cases[0], content)
    assert sent is not None
    assert html_of(sent) == "hello"
    assert [(entry.author, entry.by, entry.text) for entry in sent.entries] == [(Author.OPERATOR, "anna", "hello")]
    assert sent.cases[0].care.unsent is None
    assert sent.cases[0].first_answer_at == NIGHT + WAIT_S


def test_an_undone_message_is_never_sent_and_the_person_still_waits(content: Content) -> None:
    outcome = unsent.undo(remembered(), waits(content), ANNA, content, NIGHT + 1)
    assert (outcome.replies, outcome.entries) == ((), ())
    assert outcome.cases[0].unanswered_since == HELD.unanswered_since
    assert at(WAIT_S, outcome.cases[0], content) is None


def test_what_went_out_or_is_a_colleagues_is_not_undone(content: Content) -> None:
    with pytest.raises(NotAllowed) as gone:
        unsent.undo(remembered(), HELD, ANNA, content, NIGHT)
    with pytest.raises(NotAllowed) as others:
        unsent.undo(remembered(), waits(content), account("bela"), content, NIGHT)
    assert (gone.value.why, others.value.why) == ("sent_already", "not_yours")


def test_without_a_wait_a_message_goes_out_at_once(content: Content) -> None:
    outcome = unsent.compose(remembered(HELD), HELD, ANNA, content, NIGHT, text="hello", wait_s=0)
    assert html_of(outcome) == "hello"


def test_numbers_in_danger_never_wait(content: Content) -> None:
    outcome = takeover.send_topic(remembered(HELD), HELD, ANNA, content, NIGHT, topic="domestic_violence_help")
    assert outcome.replies


def test_nothing_written_later_overtakes_a_message_that_waits(content: Content) -> None:
    deed = unsent.first(takeover.release)
    outcome = deed(remembered(), waits(content), ANNA, content, NIGHT + 1)
    assert [reply.html for reply in outcome.replies] == ["hello", content.text("operator.released", "en")]  # type: ignore[union-attr]
    assert outcome.cases[0].state is CaseState.WAITING


def test_the_message_of_an_operator_who_vanishes_is_sent(content: Content) -> None:
    waiting = waits(content)
    outcome = give_back(waiting, scene(None, waiting, session=session(at=NIGHT)), content)
    assert outcome is not None
    assert html_of(outcome) == "hello"
    assert outcome.cases[0].state is CaseState.WAITING


def test_each_message_has_a_name_of_its_own(content: Content) -> None:
    first = takeover.answer(remembered(), HELD, ANNA, content, NIGHT, text="one")
    second = takeover.answer(remembered(), first.cases[0], ANNA, content, NIGHT, text="two")
    names = [outcome.entries[0].name for outcome in (first, second)]
    assert names == [outcome.replies[0].name for outcome in (first, second)]  # type: ignore[union-attr]
    assert len(set(names)) == len(names)


def test_a_message_is_taken_back_by_the_holder_within_the_time_that_telegram_gives(content: Content) -> None:
    how = {"name": "K7QF2M.1", "said_at": NIGHT}
    assert unsent.take_back(remembered(), HELD, ANNA, content, NIGHT + 60, **how).take_back == "K7QF2M.1"
    for by, later, why in ((account("bela"), 60, "not_yours"), (ANNA, unsent.TAKE_BACK_S + 1, "too_old")):
        with pytest.raises(NotAllowed) as refused:
            unsent.take_back(remembered(), HELD, by, content, NIGHT + later, **how)
        assert refused.value.why == why
