"""Every check of an answer in plain words: English, Hungarian and Ukrainian."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from content.article import Form
from content.content import Content
from content.draft import Draft
from content.fact import Fact
from content.markdown import _REFUSED
from content.problem import Problem
from content.warnings import of_text
from road.errors import ContentError
from web.editors.plain_words import FAULTS, WARNINGS, plain, said_faults
from web.pages import CONSOLE_LOCALES
from web.texts import translator

ROOM = Path(__file__).parents[3] / "content"
HEAD = {"title": "A title", "reviewed": '{by: "", on: }', "sources": "[ejustice]"}
N112 = "{{ line.emergency_112.number }}"
RUSSIAN = "Подайте заявление лично в отделение полиции по делам иностранцев, возьмите паспорт и копии всех документов."


@dataclasses.dataclass(frozen=True)
class Case:
    """A text with one fault; `head` changes fields of the usual head."""

    body: str = "Some words."
    topic: str = "tp_validity_extension"
    locale: str = "en"
    form: Form = "full"
    head: Mapping[str, str] = dataclasses.field(default_factory=dict)
    without: tuple[str, str, Form] | None = None


Made = Callable[[Content], Case]


def hidden(content: Content) -> Fact:
    return next(fact for fact in content.facts.values() if not fact.shown)


def body_of(content: Content, change: Callable[[str], str]) -> Case:
    """A translation that has another body than the English text of its own blocks."""
    return Case(change(content.articles["tp_validity_extension", "en", "full"].body), locale="hu")


def legal(content: Content) -> str:
    return next(topic.id for topic in content.topics.values() if topic.legal_first)


def inland(content: Content) -> str:
    line = next(line for line in content.lines.values() if line.callable_from == ("HU",))
    return f"{{{{ line.{line.id}.number }}}}"


CASES: dict[str, Case | Made] = {
    "unseen": Case("a\u200bb"),
    "heading": Case("# A"),
    "code": Case("`a`"),
    "rule": Case("a\n\n***"),
    "table": Case("| a |\n|---|\n| b |"),
    "image": Case("![a](https://b.example)"),
    "html": Case("<b>a</b>"),
    "link": Case("[a](http://b.example)"),
    "title_missing": Case(head={"title": ""}),
    "title_long": Case(head={"title": "a" * 41}),
    "title_words": Case(head={"title": "'**a**'"}),
    "review_half": Case(head={"reviewed": "{by: a, on: }"}),
    "review_date": Case(head={"reviewed": "{by: a, on: 2026-13-01}"}),
    "literal_reason": Case(head={"literals": '{"5": ""}'}),
    "literal_amount": Case(head={"literals": '{"1234567": a}'}),
    "literal_line": Case(head={"literals": '{"112": a}'}),
    "accepted_reason": Case(head={"accepted": '{length: ""}'}),
    "empty": Case(""),
    "braces": Case("{{ a"),
    "number": Case("In 5 days."),
    "placeholder": Case("{{ nothing }}"),
    "value_unknown": Case("{{ fact.nothing }}"),
    "value_part": Case("{{ fact.tp_valid_until.name }}"),
    "source_unknown": Case(head={"sources": "[nobody]"}),
    "source_missing": Case(head={"sources": "[]"}),
    "short_missing": Case(topic="child_in_danger", without=("child_in_danger", "en", "now")),
    "line_hidden": lambda content: Case(f"{{{{ fact.{hidden(content).id} }}}} {N112}"),
    "no_critical_number": Case(topic="child_in_danger", form="now"),
    "not_okit": Case("OKIT: {{ line.volret_line.number }}"),
    "no_english": Case(locale="hu", without=("tp_validity_extension", "en", "full")),
    "blocks_differ": Case("Néhány szó.", locale="hu"),
    "value_missing": lambda content: body_of(content, lambda body: re.sub(r"\{\{.*?\}\}", "x", body)),
    "value_extra": lambda content: body_of(content, lambda body: f"{{{{ fact.tp_valid_until }}}} {body}"),
    "lawyer_first": lambda content: Case(topic=legal(content)),
    "embassy_first": lambda content: Case("Your embassy.\n\n{{ fact.url_helsinki }}", topic=legal(content)),
    "no_return": Case("Ask about voluntary return.", topic="child_in_danger"),
    "too_long": Case("Some words. " * 400),
    "short_numbers": Case("\n\n".join([N112] * 4), topic="child_in_danger", form="now"),
    "short_sentences": Case(f"{N112}\n\nOne.\n\nTwo.", topic="child_in_danger", form="now"),
    "short_words": Case(f"{N112}\n\n{'word ' * 60}", topic="child_in_danger", form="now"),
    "short_abroad": lambda content: Case(inland(content), topic="hungarian_victim_abroad", form="now"),
    "short_sentence_first": Case(N112, topic="suicide_self_harm", form="now"),
    "short_shelter_first": Case("Some words.", topic="homeless_tonight", form="now"),
    "short_number_first": Case(f"Some words.\n\n{N112}", topic="child_in_danger", form="now"),
    "script": Case("Some words in English.", locale="ar"),
    "letters": Case("Тeкст.", locale="uk"),
    "language": Case(RUSSIAN, locale="uk"),
    "length": Case("Too few words."),
    "hard_words": Case("Administrative authorities communicate international obligations. " * 12),
    "long_sentence": Case("word " * 40),
    "accepted_in_vain": Case("Some words. " * 30, head={"accepted": "{reading: a}"}),
}


def text_of(case: Case) -> str:
    fields = {**HEAD, **({} if case.locale == "en" else {"sources": "[]"}), **case.head}
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", case.body, ""])


def drafted(content: Content, case: Case) -> Draft:
    articles = {key: article for key, article in content.articles.items() if key != case.without}
    draft = Draft(content=dataclasses.replace(content, articles=articles), texts={})
    return draft.with_article(text_of(case), topic=case.topic, locale=case.locale, form=case.form)


def problems(content: Content, case: Case) -> dict[str, Problem]:
    draft = drafted(content, case)
    article = draft.content.articles.get((case.topic, case.locale, case.form))
    found = [fault.problem for fault in draft.faults]
    found += [reminder.problem for reminder in of_text(article, "")] if article else []
    return {problem.name: problem for problem in found if isinstance(problem, Problem)}


def problem_of(content: Content, name: str) -> Problem:
    made = CASES[name]
    found = problems(content, made if isinstance(made, Case) else made(content))
    assert name in found, sorted(found)
    return found[name]


def test_every_fault_and_warning_has_a_case() -> None:
    assert set(CASES) | {"head"} == {*FAULTS, *WARNINGS}


def test_every_problem_that_is_marked_has_plain_words() -> None:
    modules = "\n".join(path.read_text() for path in ROOM.glob("*.py"))
    marked = {*re.findall(r'Problem\(\s*"(\w+)"', modules), *(name for name, _ in _REFUSED.values())}
    assert len(marked) > 40
    assert marked == {*FAULTS, *WARNINGS}


@pytest.mark.parametrize("locale", CONSOLE_LOCALES)
@pytest.mark.parametrize("name", CASES)
def test_each_check_speaks_plainly_in_every_language_of_the_console(content: Content, name: str, locale: str) -> None:
    problem = problem_of(content, name)
    words = plain(problem, translator(content, locale))
    assert words != str(problem)
    assert locale == "en" or words != plain(problem, translator(content, "en"))
    own = words.replace(str(problem.values.get("name", "")) or "-", "")
    assert not re.search(r"\{|\}|`|front matter|\.md\b|placeholder", own)


@pytest.mark.parametrize("locale", CONSOLE_LOCALES)
def test_a_file_without_a_head_is_told_plainly(content: Content, locale: str) -> None:
    draft = Draft(content=content, texts={}).with_article("no head", topic="child_in_danger", locale="en", form="full")
    (fault,) = draft.faults
    assert plain(fault.problem, translator(content, locale)) not in ("", str(fault.problem))


def test_a_fault_without_plain_words_keeps_its_sentence(content: Content) -> None:
    t = translator(content, "hu")
    assert plain("title: unknown field", t) == "title: unknown field"
    assert plain(Problem("of_tomorrow", "not yet known"), t) == "not yet known"


def test_a_fault_says_how_its_paragraph_begins(content: Content) -> None:
    case = Case("First words.\n\n- one\n- In 5 days " + "and more " * 20)
    said = said_faults(drafted(content, case).faults, path_of(content, case), text_of(case), translator(content, "en"))
    assert [each.quote for each in said] == ["In 5 days " + "and more " * 5 + "and m…"]


def test_a_fault_of_another_file_names_it(content: Content) -> None:
    fault = ContentError("answers/hu/x.md", 3, Problem("empty", "the text is missing"))
    (said,) = said_faults([fault], "answers/en/x.md", "", translator(content, "hu"))
    assert (said.text, said.file, said.quote) == ("A szöveg üres.", "answers/hu/x.md", "")


def path_of(content: Content, case: Case) -> str:
    return Draft(content=content, texts={}).article_path(case.topic, case.locale, case.form)
