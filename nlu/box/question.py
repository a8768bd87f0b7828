"""Training questions, read from `nlu/data/<locale>/<group>.yml`, and what is wrong with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.box.folding import fold
from nlu.box.locales import LOCALES
from nlu.box.wrong_language import problem_of
from nlu.message import prepare

IN_ANY_LANGUAGE = frozenset({"change_language"})
"""Topics that people rightly ask about in another language than the conversation's."""


@dataclass(frozen=True)
class Question:
    """A message that somebody might send, and the topic that answers it."""

    text: str
    topic: str
    locale: str
    path: Path
    line: int


@dataclass(frozen=True)
class Fault:
    """Something that training refuses, and where it stands."""

    path: Path
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


class BadQuestionsError(Exception):
    """Training refuses the questions; the text has one line for each fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def read_questions(folder: Path, topics: Sequence[str]) -> list[Question]:
    """All questions under a folder, in the order of their files.

    Raises:
        BadQuestionsError: A file cannot be read, or names an unknown topic or locale; a topic is empty; a question
            stands under two topics, twice in one locale, or is in another language or script than its folder says.
    """
    faults: list[Fault] = []
    questions = [question for path in _files(folder, faults) for question in _read(path, topics, faults)]
    faults.extend(_doubled(questions))
    faults.extend(_foreign(questions))
    if not questions and not faults:
        faults.append(Fault(folder, 0, "no training questions here"))
    if faults:
        raise BadQuestionsError(faults)
    return questions


def _files(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    for locale in sorted(path for path in folder.glob("*") if path.is_dir()):
        if locale.name in LOCALES:
            yield from sorted([*locale.glob("*.yml"), *locale.glob("*.yaml")])
        else:
            faults.append(Fault(locale, 0, f"unknown locale; the hotline has {', '.join(LOCALES)}"))


def _read(path: Path, topics: Sequence[str], faults: list[Fault]) -> list[Question]:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return [
            question
            for topic, examples in _intents(root)
            for question in _checked(path, topic, examples, topics, faults)
        ]
    except UnicodeDecodeError as error:
        faults.append(Fault(path, 0, f"not UTF-8: {error.reason} at byte {error.start}"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.append(Fault(path, mark.line + 1 if mark else 0, f"not YAML: {error.problem}"))
    except _NotRasaError as error:
        faults.append(Fault(path, error.line, str(error)))
    return []


class _NotRasaError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__('expected "nlu:" with a list of "intent:" and "examples: |"')
        self.line = line


def _intents(root: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.ScalarNode]]:
    for entry in _list(_field(root, "nlu")):
        yield _scalar(_field(entry, "intent")), _scalar(_field(entry, "examples"))


def _field(node: yaml.Node, key: str) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return value
    raise _NotRasaError(_line(node))


def _list(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    raise _NotRasaError(_line(node))


def _scalar(node: yaml.Node) -> yaml.ScalarNode:
    if isinstance(node, yaml.ScalarNode):
        return node
    raise _NotRasaError(_line(node))


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1 if node is not None else 1


def _checked(
    path: Path, topic: yaml.ScalarNode, examples: yaml.ScalarNode, topics: Sequence[str], faults: list[Fault]
) -> list[Question]:
    if topic.value not in topics:
        faults.append(Fault(path, _line(topic), f"unknown topic {topic.value!r}; see content/topics.yml"))
    found = [
        Question(text, topic.value, path.parent.name, path, _line(examples) + number)
        for number, line in enumerate(examples.value.splitlines(), start=1)
        if (example := line.strip()).startswith("- ") and (text := prepare(example[2:]))
    ]
    if not found:
        faults.append(Fault(path, _line(topic), f"topic {topic.value!r} has no questions here"))
    return found


def _doubled(questions: Sequence[Question]) -> Iterator[Fault]:
    first: dict[str, Question] = {}
    for question in questions:
        earlier = first.setdefault(fold(question.text), question)
        where = f"{earlier.path.parent.name}/{earlier.path.name}:{earlier.line}"
        if earlier.topic != question.topic:
            yield Fault(question.path, question.line, f"also under {earlier.topic!r} at {where}")
        elif earlier is not question and earlier.locale == question.locale:
            yield Fault(question.path, question.line, f"stands already at {where}")


def _foreign(questions: Sequence[Question]) -> Iterator[Fault]:
    for question in questions:
        problem = None if question.topic in IN_ANY_LANGUAGE else problem_of(question.text, question.locale)
        if problem:
            yield Fault(question.path, question.line, problem)
