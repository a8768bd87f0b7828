"""Placeholders: `{{ fact.id }}`, `{{ line.id.number }}`, `{{ place.id.address }}`, and nothing else."""

import re
from collections.abc import Collection, Iterator, Mapping

from content.problem import Problem
from content.proof import allowed, nearest

PATTERN = re.compile(r"\{\{([^{}\n]*)\}\}")
"""Finds placeholders; what stands inside is the slot's name once `name_of` has tidied it."""

ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "fact": (),
    "line": ("number", "name", "hours", "languages", "cost"),
    "place": ("name", "address", "hours", "phone", "languages"),
}

_BRACES = re.compile(r"\{\{|\}\}|\{%")
_PARTS = re.compile(r"(?P<kind>[a-z]+)\.(?P<id>[a-z0-9_]+)(?:\.(?P<attribute>[a-z]+))?")


def parts_of(name: str) -> tuple[str, str, str]:
    """Kind, id and attribute (or "") of a name such as `line.okit.number`; empty when it has another form."""
    match = _PARTS.fullmatch(name.strip())
    return (match["kind"], match["id"], match["attribute"] or "") if match else ("", "", "")


def found_in(body: str) -> Iterator[tuple[int, str]]:
    """Line, counted from 1, and name of each placeholder in a text."""
    for number, line in enumerate(body.split("\n"), start=1):
        for match in PATTERN.finditer(line):
            yield number, match[1].strip()


def leftovers_in(body: str) -> Iterator[int]:
    """Lines with doubled braces that are no placeholder."""
    for number, line in enumerate(body.split("\n"), start=1):
        if _BRACES.search(line) and _BRACES.search(PATTERN.sub("", line)):
            yield number


def problem_of(name: str, ids: Mapping[str, Collection[str]]) -> str | None:
    """What is wrong with a placeholder, or None.

    Args:
        ids: Known ids by kind.
    """
    kind, identity, attribute = parts_of(name)
    if kind not in ATTRIBUTES:
        sentence = f"unknown placeholder {{{{ {name} }}}}; allowed: fact.<id>, line.<id>.<what>, place.<id>.<what>"
        return Problem("placeholder", sentence, name=name)
    if identity not in ids[kind]:
        sentence = f"unknown {kind} {identity}{nearest(identity, ids[kind])}"
        return Problem("value_unknown", sentence, name=f"{kind}.{identity}")
    attributes = ATTRIBUTES[kind]
    if attribute in attributes or (not attributes and not attribute):
        return None
    if not attributes:
        sentence = f"{{{{ {name} }}}}: a fact has no parts; write {{{{ fact.{identity} }}}}"
    else:
        sentence = f"{{{{ {name} }}}}: unknown part {attribute or '(none)'}; {allowed(attributes)}"
    return Problem("value_part", sentence, name=name)
