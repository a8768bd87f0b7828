"""What a tapped button does."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from actions import (
    answer,
    call_back,
    discreet,
    feedback,
    handover,
    language,
    menu,
    privacy,
    simpler,
    small_talk,
    taps,
    unanswered,
    urgent,
)
from actions.choice import choice_of
from actions.moment import Moment
from content.topic import CONVERSATION
from road.outcome import Outcome


def tapped(moment: Moment) -> Outcome:
    """The deed of the button, the spinner ended; a button of another version leads to the menu."""
    verb, argument = taps.read_tap(moment.turn.button)
    outcome = _deed(verb, argument)(moment)
    return replace(outcome, replies=(*outcome.replies, *taps.confirmed(moment.turn)))


def _deed(verb: str, argument: str) -> Callable[[Moment], Outcome]:
    if verb in _ON_TOPIC:
        return lambda moment: _ON_TOPIC[verb](moment, argument) if argument in moment.content.topics else _old(moment)
    if verb in _WITH_ARGUMENT:
        return lambda moment: _WITH_ARGUMENT[verb](moment, argument)
    return _PLAIN.get(verb, _old)


def _old(moment: Moment) -> Outcome:
    shown = menu.show_groups(moment)
    return replace(shown, replies=(moment.say(moment.text("tap.outdated")), *shown.replies))


def _open_topic(moment: Moment, topic: str) -> Outcome:
    if moment.content.topics[topic].critical:
        return urgent.raise_alarm(moment, topic)
    if moment.content.topics[topic].group == CONVERSATION:
        return small_talk.chat(moment, topic)
    return answer.answer_topic(moment, topic)


def _need_help(moment: Moment, topic: str) -> Outcome:
    if not moment.content.topics[topic].critical:
        return _open_topic(moment, topic)
    return urgent.raise_alarm(moment, topic)


def _information(moment: Moment, topic: str) -> Outcome:
    if not moment.content.topics[topic].critical:
        return _open_topic(moment, topic)
    return urgent.want_information(moment, topic)


def _helpful(moment: Moment, _topic: str) -> Outcome:
    return moment.outcome(*taps.used_up(moment.turn), moment.say(moment.text("feedback.helpful")))


def _not_helpful(moment: Moment, topic: str) -> Outcome:
    rows = (
        (moment.button("simpler", taps.tap(taps.SIMPLER, topic)),),
        handover.menu_row(moment),
    )
    said = moment.outcome(*taps.used_up(moment.turn), moment.say(moment.text("feedback.not_helpful"), *rows))
    return replace(said, unanswered=unanswered.not_helpful(moment, topic))


def _simpler(moment: Moment, topic: str) -> Outcome:
    session = replace(moment.session, last_topic=topic)
    return simpler.say_simpler(language.replace_session(moment, session))


def _language(moment: Moment, locale: str) -> Outcome:
    return language.choose_language(moment, locale) if locale else language.offer_languages(moment)


def _choose(moment: Moment, _argument: str) -> Outcome:
    """Repeats an answer to staff, since its button is gone; one that means danger raises the case like a message would.

    Whoever taps after the conversation has ended gets the ways on; `joining` opens the case again where it may.
    """
    choice = choice_of(moment)
    if choice is None:
        return _old(moment)
    outcome = urgent.raise_alarm(moment, choice.topic) if choice.topic else moment.outcome()
    key = "bridge.words" if choice.in_words else "bridge.taken"
    ways_on = () if moment.case or choice.topic else handover.menu_row(moment)
    taken = moment.say(moment.text(key, answer=choice.text), ways_on)
    return replace(outcome, replies=(*taps.used_up(moment.turn), *outcome.replies, taken))


_ON_TOPIC: Final[dict[str, Callable[[Moment, str], Outcome]]] = {
    taps.ANSWER: _open_topic,
    taps.NEED_HELP: _need_help,
    taps.INFORMATION: _information,
    taps.HELPFUL: _helpful,
    taps.NOT_HELPFUL: _not_helpful,
    taps.SIMPLER: _simpler,
}
_WITH_ARGUMENT: Final[dict[str, Callable[[Moment, str], Outcome]]] = {
    taps.GROUP: menu.show_topics,
    taps.LANGUAGE: _language,
    taps.PLACE: answer.show_place,
    taps.VOTE: feedback.vote,
    taps.CALL: call_back.answered,
    taps.BRIDGE: _choose,
}
_PLAIN: Final[dict[str, Callable[[Moment], Outcome]]] = {
    taps.MENU: menu.show_groups,
    taps.PERSON: handover.ask_for_person,
    taps.URGENT: urgent.urgent_help,
    taps.SHOW: discreet.show,
    taps.LEAVE_QUEUE: handover.leave_queue,
    taps.PRIVACY: privacy.show_privacy,
    taps.HIDE: privacy.hide,
    taps.FORGET: privacy.forget,
    taps.FORGET_SURE: privacy.forget_surely,
    taps.CANCEL: privacy.cancel,
}
