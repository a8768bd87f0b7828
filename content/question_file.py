"""Training files, `nlu/data/<locale>/<group>.yml`: their questions, and one question more without touching the rest."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from content import whole_file
from road.errors import SetupError

NEW_FILE = 'version: "3.1"\nnlu:\n'


def questions_in(path: Path) -> list[tuple[str, str]]:
    """Topic and text of each question of a file, in order.

    Raises:
        SetupError: It is not a training file; names file and line.
    """
    return list(_questions(path, path.read_text(encoding="utf-8")))


def add_question(path: Path, topic: str, text: str) -> None:
    """Writes a question as the last one of its topic; the file is changed whole or not at all.

    Args:
        text: On one line.

    Raises:
        SetupError: The file is not one that a question can be added to.
    """
    source = path.read_text(encoding="utf-8") if path.exists() else NEW_FILE
    changed = _with_question(path, source, topic, text)
    before, after = list(_questions(path, source)), list(_questions(path, changed))
    if sorted(after) != sorted([*before, (topic, text)]):
        raise SetupError(f"{path}: a question cannot be added to {topic!r} without changing others")
    whole_file.write(path, changed.encode())


def _with_question(path: Path, source: str, topic: str, text: str) -> str:
    lines = source.rstrip("\n").split("\n")
    for intent, examples in _entries(path, source):
        if intent.value == topic:
            last = max(
                n for n in range(examples.start_mark.line, _end(examples)) if n < len(lines) and lines[n].strip()
            )
            indent = re.match(r"\s*", lines[last])
            lines.insert(last + 1, f"{indent[0] if indent else ''}- {text}")
            return "\n".join(lines) + "\n"
    return "\n".join([*lines, f"- intent: {topic}", "  examples: |", f"    - {text}"]) + "\n"


def _end(examples: yaml.ScalarNode) -> int:
    return int(examples.end_mark.line) + bool(examples.end_mark.column)


def _questions(path: Path, source: str) -> Iterator[tuple[str, str]]:
    for intent, examples in _entries(path, source):
        for line in examples.value.splitlines():
            if line.strip().startswith("- "):
                yield intent.value, line.strip()[2:].strip()


def _entries(path: Path, source: str) -> Iterator[tuple[yaml.ScalarNode, yaml.ScalarNode]]:
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise SetupError(f"{path}:{line}: not YAML: {error.problem}") from error
    for entry in _list(_fields(root).get("nlu")):
        fields = _fields(entry)
        intent, examples = fields.get("intent"), fields.get("examples")
        if not (
            isinstance(intent, yaml.ScalarNode) and isinstance(examples, yaml.ScalarNode) and examples.style == "|"
        ):
            raise SetupError(f'{path}:{entry.start_mark.line + 1}: expected "intent:" and "examples: |"')
        yield intent, examples


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _list(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
