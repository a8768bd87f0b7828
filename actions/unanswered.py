"""Which questions are kept for editors because nothing fits: nobody in danger, nothing of a sensitive matter.

Rather too few than too many: a conversation that people are part of already is theirs, and what touches a guarded topic
is not kept at all, however unlikely it was.
"""

from msgspec.structs import replace

from actions.decision import OFFER_AT, OFFERED, Decision, Kind
from actions.moment import Moment
from actions.personal_data import without_personal_data
from content.topic import CONVERSATION, Topic
from road.clock import day_of
from road.outcome import Outcome
from road.turn import TurnKind
from road.unanswered import Unanswered

OUT_OF_SCOPE = "out_of_scope"
"""What many ask and we call nothing of ours may be a topic that is missing."""


def noted(moment: Moment, outcome: Outcome, decision: Decision) -> Outcome:
    """The outcome with the question, where it was in vain and may be kept."""
    if not (_in_vain(outcome, decision) and _may_be_kept(moment, decision)):
        return outcome
    text = without_personal_data(moment.turn.text).text
    likeliest = decision.topic if decision.topic != OUT_OF_SCOPE else ""
    return replace(outcome, unanswered=_unanswered(moment, text, likeliest)) if text else outcome


def not_helpful(moment: Moment, topic: str) -> Unanswered | None:
    """A vote against an answer; None where nobody may know that it was asked for."""
    return None if moment.content.topics[topic].guarded or _is_guarded(moment) else _unanswered(moment, "", topic)


def _unanswered(moment: Moment, text: str, topic: str) -> Unanswered:
    written = moment.scene.understanding.locale if text else ""
    locale = written if written in moment.content.languages else moment.locale
    return Unanswered(text=text, locale=locale, topic=topic, day=day_of(moment.now))


def _in_vain(outcome: Outcome, decision: Decision) -> bool:
    """Whether the person was asked back, handed over unasked, or told that this is nothing for us."""
    if decision.topic == "talk_to_human_operator":
        return False
    if decision.topic == OUT_OF_SCOPE:
        return True
    return decision.kind in (Kind.CLARIFY, Kind.PERSON) or (decision.kind is Kind.ANSWER and not outcome.answered)


def _may_be_kept(moment: Moment, decision: Decision) -> bool:
    ranking = moment.scene.understanding.ranking[:OFFERED]
    near = {decision.topic, *(candidate.topic for candidate in ranking if candidate.confidence >= OFFER_AT)}
    topics = [moment.content.topics[topic] for topic in near if topic]
    return (
        moment.turn.kind is TurnKind.TEXT
        and not moment.session.outside
        and not moment.open_cases
        and not _is_guarded(moment)
        and not any(topic.guarded or _is_small_talk(topic) for topic in topics)
    )


def _is_small_talk(topic: Topic) -> bool:
    return topic.group == CONVERSATION and topic.id != OUT_OF_SCOPE


def _is_guarded(moment: Moment) -> bool:
    """Whether the person has, or had until lately, a case that nobody may learn anything of."""
    return any(case.guarded for case in moment.scene.remembered.cases)
