"""What is kept of a question that found no answer, and above all what is not."""

from datetime import date

import pytest

from actions import taps
from actions.route import route
from actions.taps import tap
from content.content import Content
from road.case import CaseState
from road.outcome import Outcome
from road.turn import Turn, TurnKind
from road.unanswered import Unanswered
from road.understanding import UNAVAILABLE, Understanding
from tests.app.unit.stage import ADDRESS, FOCAL, NIGHT, case, scene, session, tapped, understood, wrote

UNSURE = (("pets", 0.4), ("greet", 0.05))
DAY = date(2026, 11, 22)

Ranking = tuple[tuple[str, float], ...]


def asked(content: Content, text: str, found: Understanding, *cases: object, **more: object) -> Outcome:
    return route(wrote(text), scene(found, *cases, **more), content)  # type: ignore[arg-type]


def test_what_the_bot_asks_back_about_is_kept_with_its_topic_locale_and_day(content: Content) -> None:
    outcome = asked(content, "може собака зі мною", understood(*UNSURE, locale="uk"))
    assert outcome.unanswered == Unanswered(text="може собака зі мною", locale="uk", topic="pets", day=DAY)


def test_what_goes_to_a_person_because_nothing_fits_is_kept(content: Content) -> None:
    outcome = asked(content, "is there a bee keeper", understood(("pets", 0.1)))
    assert outcome.cases[0].opened_why == "unsure"
    assert outcome.unanswered == Unanswered(text="is there a bee keeper", locale="en", topic="pets", day=DAY)


def test_what_no_topic_is_likely_for_is_kept_without_one(content: Content) -> None:
    outcome = asked(content, "blorp", understood())
    assert outcome.unanswered == Unanswered(text="blorp", locale="en", topic="", day=DAY)


@pytest.mark.parametrize("ranking", [(("out_of_scope", 0.9),), (("out_of_scope", 0.5), ("pets", 0.2))])
def test_what_we_call_nothing_of_ours_is_kept_without_a_topic(content: Content, ranking: Ranking) -> None:
    outcome = asked(content, "may I scatter ashes in the Danube", understood(*ranking))
    assert outcome.unanswered == Unanswered(text="may I scatter ashes in the Danube", locale="en", topic="", day=DAY)


def test_personal_data_is_taken_out_before(content: Content) -> None:
    outcome = asked(content, "call +36 20 123 4567, olena@example.org about my dog", understood(*UNSURE))
    assert outcome.unanswered is not None
    assert outcome.unanswered.text == "call, about my dog"


def test_of_a_question_that_is_nothing_but_personal_data_nothing_is_kept(content: Content) -> None:
    assert asked(content, "olena@example.org", understood(*UNSURE)).unanswered is None


def test_a_topic_without_an_answer_yet_is_kept(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(content), "article", lambda *_: None)
    outcome = asked(content, "my dog", understood(("pets", 0.9)))
    assert outcome.cases[0].opened_why == "no_answer"
    assert outcome.unanswered == Unanswered(text="my dog", locale="en", topic="pets", day=DAY)


@pytest.mark.parametrize(
    "found",
    [
        understood(("pets", 0.9)),
        understood(("talk_to_human_operator", 0.9)),
        understood(("talk_to_human_operator", 0.4), ("pets", 0.2)),
        understood(("greet", 0.9)),
        understood(("greet", 0.4), ("pets", 0.3)),
        understood(("thanks", 0.05)),
        understood(*UNSURE, urgent_topic="medical_emergency", urgent_confidence=0.9),
        understood(("domestic_violence_help", 0.4)),
        understood(("domestic_violence_help", 0.05)),
        understood(("pets", 0.4), ("sexual_violence_help", 0.11)),
        understood(("pets", 0.4), ("aid_worker_abuse", 0.11)),
        understood(("pets", 0.4), locale="da"),
        UNAVAILABLE,
    ],
    ids=[
        *("answered", "wants a person", "may want a person", "small talk", "may be small talk", "far from small talk"),
        *("danger", "perhaps sensitive", "far from sensitive", "sensitive beside", "about staff beside"),
        *("an unknown language", "nothing understood"),
    ],
)
def test_nothing_is_kept_of(content: Content, found: Understanding) -> None:
    assert asked(content, "something in words", found).unanswered is None


@pytest.mark.parametrize(
    "cases",
    [
        (case(),),
        (case(sensitive=True),),
        (case(critical=True),),
        (case(visibility=FOCAL),),
        (case(CaseState.ACTIVE),),
        (case(CaseState.CLOSED, closed_at=NIGHT - 7200, sensitive=True),),
        (case(CaseState.CLOSED, closed_at=NIGHT - 7200, visibility=FOCAL),),
    ],
)
def test_nothing_is_kept_of_somebody_whose_case_is_open_or_was_a_guarded_one(content: Content, cases: tuple) -> None:  # type: ignore[type-arg]
    assert asked(content, "may my dog", understood(*UNSURE), *cases).unanswered is None


@pytest.mark.parametrize("text", ["/start", "/nonsense my dog", "🐕", "my husband hits me"])
def test_nothing_is_kept_of_commands_signs_and_urgent_phrases(content: Content, text: str) -> None:
    assert asked(content, text, understood(*UNSURE)).unanswered is None


def test_nothing_is_kept_of_a_caption(content: Content) -> None:
    photo = Turn(id="7:3", address=ADDRESS, kind=TurnKind.PHOTO, at=NIGHT, text="is this a good dog")
    assert route(photo, scene(understood(*UNSURE)), content).unanswered is None


def test_nothing_is_kept_of_somebody_who_writes_a_language_outside_the_hotlines(content: Content) -> None:
    outcome = asked(content, "min hund", understood(("pets", 0.4), sure=0.4), session=session(outside="de"))
    assert outcome.unanswered is None


def test_a_vote_against_an_answer_is_kept_with_its_topic_alone(content: Content) -> None:
    outcome = route(tapped(tap(taps.NOT_HELPFUL, "pets")), scene(session=session("uk")), content)
    assert outcome.unanswered == Unanswered(text="", locale="uk", topic="pets", day=DAY)


def test_other_votes_and_taps_keep_nothing(content: Content) -> None:
    for data in (tap(taps.HELPFUL, "pets"), tap(taps.NOT_HELPFUL, "no_such_topic"), tap(taps.ANSWER, "pets")):
        assert route(tapped(data), scene(), content).unanswered is None


def test_no_vote_is_kept_on_a_sensitive_topic_or_of_somebody_in_a_guarded_case(content: Content) -> None:
    guarded = [topic.id for topic in content.topics.values() if topic.guarded]
    assert len(guarded) > 5
    for topic in guarded:
        assert route(tapped(tap(taps.NOT_HELPFUL, topic)), scene(), content).unanswered is None
    vote = tapped(tap(taps.NOT_HELPFUL, "pets"))
    assert route(vote, scene(None, case(sensitive=True)), content).unanswered is None
