"""What follows a danger belongs to it, unless it clearly speaks of something else.

"He has come home" after a word of blows is about no lost child, and "help" after it about no allowance.
"""

from msgspec.structs import replace

from actions.decision import ANSWER_AT, Decision, Kind
from actions.moment import Moment


def read_on(moment: Moment, decision: Decision | None) -> Decision | None:
    """The decision in the light of the danger that the person wrote of last, while its case waits or is worked on.

    A danger that is not clearly another one is the same, and who cannot be understood is left to the staff that has
    been called, not asked back. Answers, and the staff's own phrases, hold as they are.
    """
    danger = _danger(moment)
    if decision is None or not danger:
        return decision
    if decision.kind is Kind.CLARIFY:
        return Decision(kind=Kind.PERSON, topic=danger, confidence=decision.confidence)
    if decision.kind is Kind.URGENT and not _is_clear(moment, decision.topic):
        return replace(decision, topic=danger)
    return decision


def _danger(moment: Moment) -> str:
    """The critical topic spoken of last, while a case that it has raised is open; "" otherwise."""
    topic = moment.content.topics.get(moment.session.last_topic)
    raised = any(case.critical for case in moment.open_cases)
    return topic.id if topic and topic.critical and raised else ""


def _is_clear(moment: Moment, topic: str) -> bool:
    ranking = moment.scene.understanding.ranking
    share = next((candidate.confidence for candidate in ranking if candidate.topic == topic), 0.0)
    return share >= ANSWER_AT or moment.content.urgent_phrase(moment.turn.text) == topic
