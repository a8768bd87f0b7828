"""Whatever a text or a value holds, the HTML is whole: an independent parser reads it back, tag by tag."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from content import markdown, placeholder
from content.interface import SLOT
from content.markup import Value, keep, to_html, to_plain
from content.proof import Proof

ALLOWED = {"b", "i", "a", "blockquote"}
SPICE = st.sampled_from(
    [
        *[
            "**",
            "*",
            "_",
            "[",
            "](",
            ")",
            "https://a.b/",
            "<b>",
            "</b>",
            "&amp;",
            "&",
            "<",
            ">",
            "- ",
            "1. ",
            "> ",
            "# ",
        ],
        *["\n", "\n\n", "  ", "    ", "`", "```", "![", "|", "---", "\\", "{{ fact.a }}", "{n}", "سلام", "Zoë", "112"],
        *[
            "\u202e",
            "\u2066",
            "\u2069",
            "\u200f",
            "\x00",
            "\ud800",
            "\U000f0000",
            '<a href="',
            'https://a.b/"onclick="x',
        ],
    ]
)
UNFIT = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200f\ufffe\uffff]"
TEXTS = st.lists(st.one_of(SPICE, st.text(max_size=6)), max_size=25).map("".join)
LOCALES = st.sampled_from(["en", "uk", "ar", "fa", "ur"])


def rendered(text: str, locale: str, value: Value, *, slot: re.Pattern[str] = placeholder.PATTERN) -> str:
    return to_html(markdown.parse(text, slot, Proof().sheet("x.md")), lambda _: value, locale)


def read_back(markup: str) -> ElementTree.Element:
    tree = ElementTree.fromstring(f"<root>{markup}</root>")
    for element in tree.iter():
        assert element is tree or element.tag in ALLOWED
        assert set(element.attrib) == ({"href"} if element.tag == "a" else set())
        assert element.tag != "a" or not list(element.iter("a"))[1:], "links do not nest in Telegram"
    return tree


@given(TEXTS, LOCALES, TEXTS, st.sampled_from(["", "https://a.b/?c=1&d=\"<e>'"]))
def test_any_text_with_any_value_reads_back_as_whole_html(text: str, locale: str, value: str, href: str):
    read_back(rendered(text, locale, Value(text=value, href=href)))


@given(TEXTS, LOCALES)
def test_a_value_is_shown_as_it_is_and_opens_no_tag(value: str, locale: str):
    tree = read_back(rendered("**before** {{ fact.a }} after", locale, Value(text=value)))
    assert [element.tag for element in tree.iter()] == ["root", "b"]
    visible = re.sub("[\u2066-\u2069\u200f]", "", "".join(tree.itertext()))
    assert re.sub(UNFIT, "", value) in visible


@given(TEXTS, LOCALES)
def test_plain_text_has_the_same_words_and_no_markup(text: str, locale: str):
    markup = rendered(text, locale, Value(text="<x> & y"))
    assert to_plain(markup) == "".join(read_back(markup).itertext())


@given(TEXTS)
def test_interface_texts_are_as_safe(text: str):
    read_back(rendered(text, "fa", Value(text="<Zoë> **b**"), slot=SLOT))


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=12))
def test_nothing_that_may_not_be_shown_is_ever_kept(lines: list[tuple[int, bool]]):
    text = "\n".join(f"{'  ' * depth}- item {{{{ fact.{'good' if good else 'bad'} }}}}" for depth, good in lines)
    blocks = markdown.parse(text, re.compile(r"\{\{ ([^{}\n]*) \}\}"), Proof().sheet("x.md"))
    kept = keep(blocks, lambda slot: slot == "fact.good")
    assert all(slot == "fact.good" for block in kept for slot in block.slots)
    assert [block for block in blocks if block in kept] == list(kept)


def test_a_links_own_text_is_not_linked_again():
    assert rendered("[see {{ fact.a }}](https://a.b/)", "en", Value(text="c.d", href="https://c.d/")) == (
        '<a href="https://a.b/">see c.d</a>'
    )


def test_a_link_elsewhere_than_the_web_is_plain_text():
    assert (
        rendered("[call](tel:112) [x](javascript:alert) [y](/etc)", "en", Value(text=""))
        == "call [x](javascript:alert) y"
    )


def test_two_paragraphs_in_a_list_item_stay_together():
    assert rendered("- one\n\n  more of one\n- two", "en", Value(text="")) == "• one\nmore of one\n• two"


def test_lists_side_by_side_stay_apart():
    assert rendered("- a\n\n1. b\n2. c\n\nend", "en", Value(text="")) == "• a\n\n1. b\n2. c\n\nend"


def test_paragraphs_of_a_quote_share_one_frame():
    assert rendered("> a\n>\n> b\n\nc", "en", Value(text="")) == "<blockquote>a\n\nb</blockquote>\n\nc"


def test_a_hard_break_stays_and_a_soft_one_is_a_space():
    assert rendered("a\nb  \nc", "en", Value(text="")) == "a b\nc"


def test_braces_and_private_characters_in_a_text_are_harmless():
    assert rendered("\U000f0000 {{ fact.a }} }} {{", "en", Value(text="v")) == " v }} {{".strip()
