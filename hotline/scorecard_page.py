"""docs/scorecard.md: what a stranger wants to know first comes first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from hotline.calibration import BINS, Bin, expected_calibration_error, reliability
from hotline.scorecard import (
    ALL,
    FATES,
    GOALS,
    LOCALE,
    MEASURES,
    RECALL,
    SPELLINGS,
    TOP_1,
    TOP_3,
    Measure,
    Result,
    by_locale,
    confusions,
    is_danger,
    is_hard_calm,
    is_ordinary,
    share,
)

Groups = Mapping[str, Sequence[Result]]
"""Results by locale, and all of them under `ALL`."""

HEAD: Final = """\
# Scorecard

How well the hotline understands {count} messages in {locales} languages that it was never trained on: each written by
somebody who had not seen the training questions, and sent through the Rasa box and the application's decision. Per
cent; **bold** misses the goal, which stands in brackets where it is another for the nine languages beside Ukrainian,
Hungarian, English and Russian. Written by `make evaluate`; do not edit.

![Right topics, danger and language, by locale](images/scorecard.png)
"""

FOOT: Final = """\
## How it is measured

- *top-1*, *top-3*: the right topic is the likeliest, or among the three that can be offered as buttons.
- *confident wrong*: answered at once, with another topic's answer; of all questions, those outside our scope too.
- *out of scope caught*: neither answered nor taken for danger.
- *urgent recall*: questions about a critical topic that get the numbers at once. *False alarms*: messages that sound
  like danger and are none (*ordinary*: questions about all other topics) that get them too. Staff's phrases count.
- *Confidence* is that of the likeliest topic. The calibration error is the mean distance between how sure the model is
  and how often it is right, over ten bins.
- Copies without accents and in Latin letters are made by code of the questions that have accents or another script;
  no person typed them. In Latin letters Ukrainian and Russian follow passports or chats, by turns. One question in four
  is asked with a greeting before it, thanks behind it, or both, as evaluation questions of the language say these.
- No hint is given: neither the language of a person's Telegram nor earlier messages.
- `make compare`, a part of `make test`, asks the questions again and sets them beside docs/scorecard.jsonl. It fails
  when fewer fare well in top-1, urgent recall or false alarms, over all or in a locale, and chance alone would show as
  large a loss less than once in a hundred times (McNemar's test, exact, one-sided).
"""


def markdown(results: Sequence[Result], copies: Mapping[str, Sequence[Result]], massive: str) -> str:
    """The page.

    Args:
        results: Of the questions as they were written.
        copies: Results of the questions' copies, by a name of `SPELLINGS`.
        massive: The table of docs/massive.md, or "".
    """
    groups = by_locale(results)
    parts = [
        HEAD.format(count=f"{len(results):,}", locales=len(groups) - 1),
        _at_a_glance(groups, copies),
        _danger(results, groups),
        _fates(groups),
        _confidence(groups),
        _spellings(groups, copies),
        _massive(massive),
        _confusions(results),
        _false_alarms(results),
        FOOT,
    ]
    return "\n".join(filter(None, parts))


def _at_a_glance(groups: Groups, copies: Mapping[str, Sequence[Result]]) -> str:
    rows = [_row(measure.name, groups, measure) for measure in MEASURES]
    for spelling, results in copies.items():
        own = by_locale(results)
        rows.append(_row(f"locale, {SPELLINGS[spelling]}", {name: own.get(name, []) for name in groups}, LOCALE))
    questions = ["questions", "", *(str(len(results)) for results in groups.values())]
    return _section("At a glance", ["", "goal", *groups], [*rows, questions])


def _row(name: str, groups: Groups, measure: Measure) -> list[str]:
    found = ((locale, share(results, measure)) for locale, results in groups.items())
    return [name, _goal(name), *(_judged(name, value, locale) for locale, value in found)]


def _goal(name: str) -> str:
    goal = GOALS.get(name)
    if goal is None:
        return ""
    limit = f"{'≤' if goal.is_ceiling else '≥'} {100 * goal.overall:.0f}"
    each = f", each {100 * goal.each:.0f}" if goal.each is not None else ""
    later = f" ({100 * goal.later:.0f})" if goal.later is not None else ""
    return f"{limit}{each}{later}"


def _judged(name: str, found: float | None, locale: str) -> str:
    missed = found is not None and name in GOALS and GOALS[name].missed(found, locale)
    return f"**{_per_cent(found)}**" if missed else _per_cent(found)


def _per_cent(found: float | None) -> str:
    return "" if found is None else f"{found:.1%}".rstrip("%")


def _danger(results: Sequence[Result], groups: Groups) -> str:
    by_topic: dict[str, list[Result]] = {}
    for result in filter(is_danger, results):
        by_topic.setdefault(result.question.topic, []).append(result)
    rows = [
        [topic, str(len(found)), _per_cent(share(found, RECALL)), *_recalls(found, groups)]
        for topic, found in sorted(by_topic.items(), key=lambda item: share(item[1], RECALL) or 0.0)
    ]
    table = _section("Danger, by topic", ["topic", "questions", *groups], rows)
    missed = [result for result in results if is_danger(result) and not result.is_urgent]
    return f"{table}\n{_list('Danger that was missed', missed, lambda r: r.question.topic)}"


def _false_alarms(results: Sequence[Result]) -> str:
    hard = [result for result in results if is_hard_calm(result) and result.is_urgent]
    ordinary = [result for result in results if is_ordinary(result) and result.is_urgent]
    return "\n".join(
        [
            "## False alarms\n",
            _list("On messages that sound like danger", hard, lambda r: f"taken for {r.decision.topic}"),
            _list("On ordinary questions", ordinary, lambda r: f"{r.question.topic} taken for {r.decision.topic}"),
        ]
    )


def _recalls(found: Sequence[Result], groups: Groups) -> Iterator[str]:
    own = by_locale(found)
    return (_per_cent(share(own.get(locale, []), RECALL)) for locale in groups if locale != ALL)


def _list(title: str, results: Sequence[Result], remark: Callable[[Result], str]) -> str:
    lines = [f"- {result.question.locale}, {remark(result)}: {result.question.text}" for result in results]
    return "\n".join([f"### {title}: {len(lines)}", "", *lines, *([""] if lines else [])])


def _confidence(groups: Groups) -> str:
    bins = {locale: reliability(results) for locale, results in groups.items()}
    rows = [
        [f"{low / BINS:.1f} to {(low + 1) / BINS:.1f}", *(_right(bins[locale], low / BINS) for locale in groups)]
        for low in reversed(range(BINS))
    ]
    errors = ["calibration error", *(_per_cent(expected_calibration_error(bins[locale])) for locale in groups)]
    lead = "\nHow many are right where the model is so sure; the number of questions in brackets.\n"
    table = _section("How far it may be believed", ["confidence", *groups], [*rows, errors], lead=lead)
    return f"{table}\n![How often it is right, by confidence](images/calibration.png)\n"


def _right(bins: Iterable[Bin], low: float) -> str:
    return next((f"{_per_cent(found.right)} ({found.questions})" for found in bins if found.low == low), "")


def _spellings(groups: Groups, copies: Mapping[str, Sequence[Result]]) -> str:
    rows = []
    for spelling, results in copies.items():
        own = by_locale(results)
        for measure in (TOP_1, TOP_3, RECALL):
            found = (_per_cent(share(own.get(locale, []), measure)) for locale in groups)
            rows.append([f"{measure.name}, {SPELLINGS[spelling]}", *found])
    return _section("In other spellings", ["", *groups], rows)


def _fates(groups: Groups) -> str:
    rows = [[fate.name, *(_per_cent(share(results, fate)) for results in groups.values())] for fate in FATES]
    return _section("What is done with a question", ["", *groups], rows)


def _confusions(results: Sequence[Result]) -> str:
    rows = [[right, taken, str(times), _cell(text)] for right, taken, times, text in confusions(results)]
    return _section("The twenty most frequent confusions", ["right topic", "taken for", "times", "example"], rows)


def _massive(table: str) -> str:
    return f"## On MASSIVE\n\nPublic data, other questions; [how](massive.md).\n\n{table}\n" if table else ""


def _section(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, lead: str = "") -> str:
    body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([f"## {title}", lead, f"| {' | '.join(columns)} |", "|---" * len(columns) + "|", *body, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
