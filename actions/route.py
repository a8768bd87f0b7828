"""The way in: one turn, one outcome. Urgency is looked at on every message, in every state."""

from msgspec.structs import replace

from actions import (
    answer,
    attachment,
    clarify,
    commands,
    discreet,
    feedback,
    handover,
    joining,
    language,
    outside,
    safety_card,
    small_talk,
    transcript,
    unanswered,
    urgent,
    wishes,
)
from actions.after_danger import read_on
from actions.decision import Decision, Kind, decide
from actions.moment import Moment
from actions.scene import Scene
from actions.script import script_for
from actions.tapped import tapped
from content.content import Content
from road.case import CaseState
from road.outcome import Erasure, Outcome
from road.session import Session
from road.turn import Turn, TurnKind
from road.understanding import UNAVAILABLE


def route(turn: Turn, scene: Scene, content: Content) -> Outcome:
    """Decides what a turn leads to."""
    moment = moment_of(turn, scene, content)
    decision = read_on(moment, decide(turn.text, scene.understanding, content) if turn.text else None)
    if feedback.is_given(moment, decision):
        return feedback.taken(moment)
    outcome = _deed(moment, decision)
    if outcome.erasure is Erasure.FORGET:
        return outcome
    outcome = attachment.told_if_too_large(moment, joining.joined(moment, outcome, decision))
    outcome = discreet.offered(moment, outcome)
    return replace(outcome, entries=transcript.entries(moment, outcome, decision))


def apologise(turn: Turn, scene: Scene, content: Content) -> Outcome:
    """For a turn that failed again and again: an apology and a person, resting on as little as possible."""
    moment = moment_of(turn, scene, content)
    outcome = handover.hand_over(moment, why="failed")
    sorry = safety_card.apology(moment)
    outcome = replace(outcome, replies=(*sorry.replies, *outcome.replies))
    return replace(outcome, entries=transcript.entries(moment, outcome, None))


def moment_of(turn: Turn, scene: Scene, content: Content) -> Moment:
    """The moment with the session as this turn leaves it: the locale first."""
    session = scene.remembered.session or Session(address=turn.address)
    written = UNAVAILABLE if commands.command_of(turn.text) else scene.understanding  # a command is in no language
    session = replace(
        session,
        locale=language.locale_for(turn, session, written, content.languages),
        outside=language.outside_for(session, written, content.languages),
        script=script_for(turn, session),
        address=turn.address,
        at=scene.now,
    )
    return Moment(turn=turn, scene=scene, content=content, session=session)


def _deed(moment: Moment, decision: Decision | None) -> Outcome:
    if moment.turn.kind is TurnKind.LEFT:
        return handover.lose_touch(moment)
    if moment.turn.kind is TurnKind.BUTTON:
        return tapped(moment)
    if decision is not None and decision.kind is Kind.URGENT:
        return urgent.raise_alarm(moment, decision.topic)
    if command := commands.command_of(moment.turn.text):
        return (commands.deed_of(command) or commands.unknown_command)(moment)
    if (kept := wishes.given(moment)) is not None:
        return kept
    if _is_with_operator(moment):
        return moment.outcome()
    if decision is None or not moment.has_words:
        return safety_card.unreadable(moment)
    return _understood(moment, decision)


def _understood(moment: Moment, decision: Decision) -> Outcome:
    understanding = moment.scene.understanding
    if not understanding.available:
        return safety_card.degraded(moment)
    if language.is_unknown_language(moment.session, understanding, moment.content.languages):
        return outside.show_card(moment, moment.card) if moment.card else safety_card.unknown_language(moment)
    outcome = unanswered.noted(moment, _decided(moment, decision), decision)
    return _with_languages(moment, outcome)


def _decided(moment: Moment, decision: Decision) -> Outcome:
    match decision.kind:
        case Kind.ANSWER:
            return answer.answer_topic(moment, decision.topic)
        case Kind.CHAT:
            return small_talk.chat(moment, decision.topic)
        case Kind.CLARIFY:
            return clarify.ask_back(moment, decision)
        case _:
            why = "asked" if decision.topic == "talk_to_human_operator" else "unsure"
            return handover.hand_over(moment, why=why, topic="" if why == "unsure" else moment.session.last_topic)


def _is_with_operator(moment: Moment) -> bool:
    """While a person reads what is said now the bot is silent."""
    return moment.case is not None and moment.case.state is CaseState.ACTIVE


def _with_languages(moment: Moment, outcome: Outcome) -> Outcome:
    """Below an answer whose language was a guess: the languages to choose from."""
    before = moment.scene.remembered.session
    if not language.is_unsure(moment.scene.understanding, before or Session(address=moment.turn.address)):
        return outcome
    return replace(outcome, replies=(*outcome.replies, *language.offer_languages(moment).replies))
