"""Fields of YAML files that take another value while all else stays."""

import pytest
import yaml

from content.yaml_edit import applied, flow, in_flow, scalar, set_field, tree

NASTY = ["", "a: b", "a # b", "- a", "null", "~", "[x]", "{x}", "a, b", "'", '"', "\\", "&a", "*a", "!t", "%", "@", "`"]
TEXTS = [*NASTY, "true", "2026-12-01", "+36 1", " a", "a ", "é щ ش", "🆘", "a\u200cb", "?", "a:", ":a", "|", ">", "---"]


def read(text: str) -> dict[str, object]:
    return yaml.load(text, yaml.BaseLoader)


@pytest.mark.parametrize("value", TEXTS)
def test_a_text_is_read_back_as_it_was(value: str):
    assert read(f"a: {scalar(value)}\nb: x") == {"a": value, "b": "x"}
    assert read(f"a: {flow([value, value])}") == {"a": [value, value]}
    assert read(f"a: {{b: {in_flow(value)}, c: x}}") == {"a": {"b": value, "c": "x"}}


def test_what_yaml_would_take_for_nothing_is_quoted():
    assert scalar("null") == '"null"'
    assert scalar("plain words") == "plain words"


SET = [
    ("a: 1\nb: 2\n", "a", "3", "a: 3\nb: 2\n"),
    ("a:   1   # why\nb: 2\n", "a", "", "a:   # why\nb: 2\n"),
    ("a:\nb: 2\n", "a", "3", "a: 3\nb: 2\n"),
    ("a: 1", "b", "2", "a: 1\nb: 2"),
    ("a: 1\r\n", "b", "2", "a: 1\r\nb: 2\r\n"),
    ("a: 1   # why\n\n# end\n", "b", "2", "a: 1   # why\nb: 2\n\n# end\n"),
    ("a:\n  - x\n  - y\n# c\nb: 2\n", "a", "[z]", "a: [z]\n# c\nb: 2\n"),
    ("a: |\n  x\n  y\nb: 2\n", "a", "z", "a: z\nb: 2\n"),
    ("a:\n  x: щ\n# c\n", "b", "2", "a:\n  x: щ\nb: 2\n# c\n"),
    ("{a: 1}", "b", "2", "{a: 1, b: 2}"),
    ("{}", "b", "2", "{b: 2}"),
]


@pytest.mark.parametrize(("text", "name", "written", "expected"), SET)
def test_one_field_is_written_and_nothing_else(text: str, name: str, written: str, expected: str):
    mapping = tree(text)
    assert isinstance(mapping, yaml.MappingNode)
    assert applied(text, [set_field(text, mapping, name, written)]) == expected


def test_fields_that_are_new_come_in_their_order():
    mapping = tree("a: 1\n")
    assert isinstance(mapping, yaml.MappingNode)
    edits = [set_field("a: 1\n", mapping, name, "2") for name in ("c", "b", "a")]
    assert applied("a: 1\n", edits) == "a: 2\nc: 2\nb: 2\n"
