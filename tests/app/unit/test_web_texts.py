"""Every interface text that a page asks for exists, in each language of that page."""

import re
from pathlib import Path
from typing import get_args

import pytest

from actions import taps
from actions.referral import WAYS
from content.article_rules import ACCEPTABLE
from content.bridge import Group
from content.comparison import Became
from content.content import Content
from content.field import FIELDS
from content.history import Deed
from content.new_topic import PROBLEMS as TOPIC_PROBLEMS
from content.new_topic import URGENCIES
from content.tasks import Work
from content.teaching import PROBLEMS
from content.value_edit import HOW
from content.warnings import NAMES
from desk.call_back import QUESTIONS
from desk.transitions import MACHINE, OUTCOMES, UNLOGGED
from road.account import Role
from road.audit import AuditKind
from road.care import Wish
from road.case import PURPOSES, Consent, Priority
from road.locale import LOCALES
from road.outcome import VOTES
from road.turn import TurnKind
from web.app import EXPLAINED
from web.editors import notice_form, notices, publish
from web.editors.answer_view import State
from web.editors.languages import REFUSED
from web.editors.matrix import SIGNS
from web.editors.plain_words import FAULTS as ANSWER_FAULTS
from web.editors.plain_words import WARNINGS
from web.editors.try_out import KINDS as TRY_KINDS
from web.editors.value_fault import WORDS as WORDS_OF_FAULTS
from web.editors.value_form import CHOICES, HOLIDAY_MODES, MODES
from web.editors.value_row import KINDS
from web.editors.values import WHICH
from web.file_view import FAULTS
from web.flow import SHOWN_BY_ENTRIES, TAP_TEXTS
from web.marks import WORDS
from web.my_account import DONE
from web.pages import CONSOLE_LOCALES

WEB = Path(__file__).parents[3] / "web"
WHY = ("asked", "urgent", "unsure", "no_answer", "unreadable", "failed", "complaint")
NOTICES = (
    *("colleague_first", "closed", "not_done", "empty", "too_long", "unknown_if_done", "session_ended", "not_yours"),
    *("unreachable", "answered_meanwhile", "no_topic", "no_answer", "safe_word_first", "not_on_duty", "not_visible"),
    *("no_room", "supervisor_only", "no_reason", "no_danger", "erased", "no_outcome", "no_referral", "no_consent"),
    *("undone", "sent_already", "too_old", "no_number", "not_safe", "not_asked", "asked_already", "wrong_time"),
    *("consent_unasked", "not_offered", "at_capacity", "safe_word_length"),
    *("no_files_there", "not_at_hand", "no_file", "file_type", "file_large", "photo_large"),
    *("no_question", "no_text", "field_missing", "field_length", "no_language", "no_purpose", "no_interpreter"),
)
COLUMNS = (
    *("value", "currency", "unit", "meaning", "number", "printed", "hours", "languages", "cost", "callable_from"),
    *("address", "phone", "opening_hours", "lat", "lon", "services", "source", "as_of", "confidence", "hold"),
    *("review_after", "note"),
)
CALLS = "console.page."
"""What staff reads in Telegram, in the language of their console."""

TABLES = (
    *("overview", "daily", "languages", "subjects", "topics", "answers", "handed", "weekdays", "hours", "times", "why"),
    *("endings", "feedback"),
)
TIMES = ("cases", "wall_median", "wall_p95", "working_median", "working_p95")

VALUES = {
    "console.content.values.": tuple(
        f"{column}.{choice.lower() or 'none'}" for column, choices in CHOICES.items() for choice in choices
    ),
    "console.content.values.column.": ("name", "value", "source", "confirmed", "due", "uses"),
    "console.content.values.fault.": WORDS_OF_FAULTS,
    "console.content.values.field.": COLUMNS,
    "console.content.values.help.": COLUMNS,
    "console.content.values.hidden.": ("hold_c", "hold_13b", "hold_13c", "hold_gap", "confidence", "empty"),
    "console.content.values.hours.holiday.": HOLIDAY_MODES,
    "console.content.values.hours.mode.": ("unknown", *filter(None, MODES)),
    "console.content.values.how.": tuple(each.replace(" ", "_") for each in HOW),
    "console.content.values.key.": ("called", "visited", "official_page", "skip", "edit", "back"),
    "console.content.values.kind.": KINDS,
    "console.content.values.notice.": ("saved", "nothing", "no_how", "meanwhile", "refused", "wrong_hours"),
    "console.content.values.still.": tuple(each.replace(" ", "_") for each in HOW),
    "console.content.values.which.": ("all", *filter(None, WHICH)),
}
"""Of the pages of facts, lines and places."""

ENDINGS = {
    "console.role.": tuple(Role),
    "console.why.": WHY,
    "console.kind.": ("feedback", *TurnKind),
    "console.author.": ("person", "bot", "note"),
    "console.outcome.": (*OUTCOMES, "left_queue"),
    "console.consent.": tuple(Consent),
    "console.event.": tuple(MACHINE.keys() - UNLOGGED - SHOWN_BY_ENTRIES),
    "console.arranged.": (
        *("asked_contact", "asked_location", "call_agreed", "called", "not_reached"),
        *("referral_agreed", "referral_refused"),
    ),
    "console.mark.": WORDS,
    "console.call.ask.": tuple(QUESTIONS),
    "console.wish.": tuple(Wish),
    "console.refer.asked.": WAYS,
    "console.keys.": (
        *(
            "next",
            "previous",
            "claim",
            "queue",
            "answer",
            "send",
            "undo",
            "topic",
            "note",
            "hand_over",
            "close",
            "list",
            "leave",
        ),
    ),
    "console.called.": ("now", "duty", "focal", "supervisor"),
    "console.marked.": ("minor", "safe_word"),
    "console.notice.": NOTICES,
    "console.file.": (*(FAULTS | {"closed", "waiting", "sent"}),),
    "console.login.": ("wrong", "wait", "link_used", "step_over", "code_wrong", "ended"),
    "console.audit.kind.": tuple(AuditKind),
    "console.mine.done.": DONE,
    "console.mine.fault.": ("code_wrong", "wait", "password_wrong", "password_short"),
    "console.accounts.": (
        *("name_wrong", "name_taken", "no_account", "password_short", "form_wrong", "capacity_wrong", "chat_wrong"),
    ),
    "console.statistics.": (
        "messages",
        "answers",
        "handed",
        "first",
        "resolution",
        "share",
        "reopened",
        "crisis",
        *TIMES,
    ),
    "console.statistics.priority.": tuple(Priority),
    "console.statistics.vote.": VOTES,
    "console.statistics.row.": TABLES,
    "console.statistics.table.": TABLES,
    "console.bridge.group.": get_args(Group),
    "console.field.": FIELDS,
    "console.interpreter.for.": PURPOSES,
    "console.content.overview.work.": tuple(Work),
    "console.content.state.": SIGNS,
    "console.content.languages.refused.": REFUSED,
    "console.content.notices.done.": notices.DONE,
    "console.content.notices.fault.": notice_form.FAULTS,
    "console.content.notices.standing.": get_args(notices.Standing),
    "console.content.publish.became.": get_args(Became),
    "console.content.publish.deed.": tuple(deed.replace(" ", "_") for deed in get_args(Deed)),
    "console.content.publish.done.": publish.DONE,
    "console.content.publish.refused.": tuple(publish.REFUSED),
    "console.content.publish.warning.": NAMES,
    "console.content.nav.": ("overview", "values", "notices", "questions", "try", "publish"),
    "console.content.answer.state.": get_args(State),
    "console.content.answer.notice.": ("saved", "meaning_unsaid", "refused"),
    "console.content.answer.accepted.": ACCEPTABLE,
    "console.content.fault.": (*ANSWER_FAULTS, *WARNINGS),
    "console.content.teach.fault.": ("nothing", "not_written"),
    "console.content.teach.problem.": (*PROBLEMS, "personal", "language"),
    "console.content.topic.problem.": (*TOPIC_PROBLEMS, "few", "nowhere", "conflict"),
    "console.content.topic.urgency.": URGENCIES,
    "console.content.try.side.": ("live", "draft"),
    "console.content.try.kind.": tuple(map(str, TRY_KINDS)),
    **VALUES,
    "console.error.": tuple(map(str, (*EXPLAINED, 500))),
}


TALK = "console.conversation."
"""Topics of conversation, which have no answer whose title could name them."""


def written_keys() -> set[str]:
    """Keys as they stand in templates and modules, and those put together from a known beginning."""
    files = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    whole = "\n".join(path.read_text() for path in files)
    found = set(re.findall(r"""["']((?:console|chatpage)\.(?!html|js)[a-z_.]+)["']""", whole))
    beginnings = {key for key in found if key.endswith(".")}
    assert beginnings <= set(ENDINGS), "a beginning that the test has no endings for"
    composed = {f"{beginning}{ending}" for beginning, endings in ENDINGS.items() for ending in endings}
    return (found - beginnings) | composed


def test_every_key_that_a_page_uses_is_in_the_catalogue(content: Content) -> None:
    keys = written_keys()
    assert len(keys) > 100
    locales = {key: CONSOLE_LOCALES if key.startswith("console.") else LOCALES for key in keys}
    catalogues = content.interface.catalogues
    missing = [f"{key} ({each})" for key in sorted(keys) for each in locales[key] if key not in catalogues[each].forms]
    assert missing == []


def test_the_catalogue_has_no_text_for_pages_that_none_uses(content: Content) -> None:
    forms = content.interface.catalogues["en"].forms
    kept = {key for key in forms if key.startswith(("console.", "chatpage.")) and not key.startswith((CALLS, TALK))}
    assert kept - written_keys() == set()


@pytest.mark.parametrize("verb", TAP_TEXTS)
def test_every_button_of_a_transcript_has_its_text(content: Content, verb: str) -> None:
    assert verb in vars(taps).values()
    assert content.plain(TAP_TEXTS[verb], "en")
