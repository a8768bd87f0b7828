"""Topics by group, for people who would rather tap."""

from actions import taps
from actions.moment import Moment
from actions.safety_card import urgent_row
from actions.taps import tap
from content.topic import Topic
from road.outcome import Outcome
from road.reply import Button


def show_groups(moment: Moment) -> Outcome:
    """All groups that have an answer, and a person."""
    groups = dict.fromkeys(topic.group for topic in _answered(moment))
    buttons = [
        Button(text=moment.content.group_title(group, moment.locale), data=tap(taps.GROUP, group)) for group in groups
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    person = (moment.button("person", tap(taps.PERSON)), moment.button("language", tap(taps.LANGUAGE)))
    return moment.outcome(moment.say(moment.text("menu.groups"), *rows, person, urgent_row(moment)))


def show_topics(moment: Moment, group: str) -> Outcome:
    """The group's topics under their own titles: whoever opened it chose to see them."""
    topics = [topic for topic in _answered(moment) if topic.group == group]
    if not topics:
        return show_groups(moment)
    rows = tuple((Button(text=_own_title(moment, topic), data=tap(taps.ANSWER, topic.id)),) for topic in topics)
    back = (moment.button("menu", tap(taps.MENU)), moment.button("person", tap(taps.PERSON)))
    title = moment.content.group_title(group, moment.locale)
    return moment.outcome(moment.say(moment.text("menu.topics", group=title), *rows, back))


def _own_title(moment: Moment, topic: Topic) -> str:
    article = moment.content.article(topic.id, moment.locale)
    return article.title if article else moment.content.title(topic.id, moment.locale)


def _answered(moment: Moment) -> list[Topic]:
    return [topic for topic in moment.content.topics.values() if moment.content.article(topic.id, moment.locale)]
