"""Files of `bridge/`: `questions.yml`, which says what may be asked, and one file of wordings for each locale."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import yaml

from content.article_rules import TITLE_LIMIT
from content.bridge import Bridge, Question, Wording
from content.field import differences, is_field, problem_of, problems_in, read_text, slots_in
from content.proof import Sheet, allowed, nearest
from content.record import compose, entries, line_of, mark_fields, read
from road.locale import SOURCE_LOCALE

COMMON: Final = "common"
"""Entry of a locale's file with answers that several questions share."""

ASK: Final = "ask"

FEWEST, MOST = 2, 8
"""Answers of a question: fewer are no choice, more are not seen on a phone at once."""

LONGEST_ASK: Final = 240
"""Characters of a question: some four lines on a phone."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
_TAP_BYTES: Final = 58  # Telegram's 64 for a button, less "1:w:" and the colon between, and one to spare

Entries = dict[str, dict[str, tuple[yaml.Node, str]]]
"""By question and by answer (or `ask`): the node, for its line, and the text."""


def read_questions(text: str, sheet: Sheet, critical: Collection[str]) -> Mapping[str, Question]:
    """Questions by id, in order; faults are marked, and a faulty question is left out."""
    questions: dict[str, Question] = {}
    for name, key, node in entries(compose(text, sheet), sheet) if text else ():
        if not _ID.fullmatch(name) or name == COMMON:
            sheet.mark(line_of(key), f"{name}: is not a name of small letters, digits and _")
            continue
        below = sheet.about(name)
        if (question := read(node, Question, below, id=name)) is not None:
            problems = list(_problems(question, critical))
            mark_fields(node, problems, below)
            questions |= {} if problems else {name: question}
    return questions


def read_bridge(
    questions: Mapping[str, Question], named: Collection[str], files: Mapping[str, tuple[str, Sheet]]
) -> Bridge:
    """All questions with their wordings; one that English lacks, which is marked, is left out.

    Args:
        named: Ids in `questions.yml`, those of faulty questions too, so that one fault is not reported as many.
        files: Text and sheet of each locale's file.
    """
    found = {locale: _wordings(questions, named, locale, *files[locale]) for locale in files}
    english = found.get(SOURCE_LOCALE, {})
    if SOURCE_LOCALE in files:
        for name in (name for name in questions if name not in english):
            files[SOURCE_LOCALE][1].mark(0, f"{name}: missing; English is the source")
    for locale, wordings in found.items():
        for name in wordings.keys() & english.keys():
            for problem in differences(wordings[name].ask, english[name].ask):
                files[locale][1].mark(0, f"{name}: {problem}")
    return Bridge(questions={name: question for name, question in questions.items() if name in english}, wordings=found)


def _problems(question: Question, critical: Collection[str]) -> Iterator[tuple[str, str]]:
    answers = question.answers
    if not FEWEST <= len(answers) <= MOST:
        yield "answers", f"{len(answers)} answers; a question has {FEWEST} to {MOST}"
    for answer in answers:
        if not _ID.fullmatch(answer) or answer == ASK:
            yield "answers", f"{answer!r} is not a name of small letters, digits and _"
        if answers.count(answer) > 1:
            yield "answers", f"{answer} stands here twice"
        if len(question.id) + len(answer) > _TAP_BYTES:
            yield "answers", f"{question.id} and {answer} together have more than {_TAP_BYTES} characters"
    for field in ("urgent", "minor", "words"):
        for answer in getattr(question, field):
            if answer not in answers:
                yield field, f"unknown answer {answer}{nearest(answer, answers)}; {allowed(answers)}"
    for topic in question.urgent.values():
        if topic not in critical:
            yield "urgent", f"{topic} is not a critical topic{nearest(topic, critical)}"


def _wordings(
    questions: Mapping[str, Question], named: Collection[str], locale: str, text: str, sheet: Sheet
) -> dict[str, Wording]:
    read_entries = _entries(text, sheet)
    common = {answer: said for answer, (_, said) in read_entries.pop(COMMON, {}).items()}
    for name in read_entries.keys() - named:
        sheet.mark(_first_line(read_entries[name]), f"unknown question {name}{nearest(name, named)}")
    found = (
        _wording(questions[name], entry, common, locale, sheet.about(name))
        for name, entry in read_entries.items()
        if name in questions
    )
    return {name: wording for name, wording in found if wording}


def _entries(text: str, sheet: Sheet) -> Entries:
    found: Entries = {}
    for name, _, node in entries(compose(text, sheet), sheet):
        below = sheet.about(name)
        found[name] = {answer: (value, str(value.value).strip()) for answer, _, value in entries(node, below)}
    for name, entry in found.items():
        for answer, (node, said) in entry.items():
            for problem in _text_problems(said, is_ask=answer == ASK):
                sheet.mark(line_of(node), f"{name}: {answer}: {problem}")
    return found


def _text_problems(said: str, *, is_ask: bool) -> Iterator[str]:
    if is_ask:
        yield from problems_in(said)
        yield from filter(None, map(_slot_problem, slots_in(read_text(said))))
    elif not said:
        yield "is empty"
    limit = LONGEST_ASK if is_ask else TITLE_LIMIT
    if len(said) > limit:
        yield f"{len(said)} characters; {'a question' if is_ask else 'a button'} has at most {limit}"


def _slot_problem(slot: str) -> str | None:
    if not is_field(slot):
        return f"{{{{ {slot} }}}}: a question has only what the operator fills in, such as {{{{ field.time }}}}"
    return problem_of(slot)


def _wording(
    question: Question,
    entry: Mapping[str, tuple[yaml.Node, str]],
    common: Mapping[str, str],
    locale: str,
    sheet: Sheet,
) -> tuple[str, Wording | None]:
    wanted = (ASK, *question.answers)
    texts = {**common} | {name: said for name, (_, said) in entry.items()}
    for name in entry.keys() - set(wanted):
        sheet.mark(line_of(entry[name][0]), f"unknown answer {name}{nearest(name, wanted)}; {allowed(wanted)}")
    missing = [name for name in wanted if not texts.get(name)]
    for name in (name for name in missing if name not in entry):
        sheet.mark(_first_line(entry), f"{name}: missing; the question is {', '.join(wanted)}")
    if missing:
        return question.id, None
    answers = {answer: texts[answer] for answer in question.answers}
    return question.id, Wording(locale=locale, ask=read_text(texts[ASK]), answers=answers)


def _first_line(entry: Mapping[str, tuple[yaml.Node, str]]) -> int:
    return min((line_of(node) for node, _ in entry.values()), default=0)
