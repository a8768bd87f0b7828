"""Long messages in parts, none of which Telegram refuses, and nothing of which is lost."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import CALLBACK_DATA_BYTES, DELETE_BATCH, calls_of, is_message, keyboard
from bot.split import LIMIT, parts, plain, units
from road.errors import DeliveryRefused
from road.reply import Button, ConfirmTap, DropButtons, HideMessages, Say, ShowPlace
from tests.app.botapi.entities import parse_html

ROWS = ((Button(text="A person", data="1:p"),),)


def test_a_message_that_fits_stays_as_it_is():
    html = "<b>Title</b>\n\nText &amp; more &lt;3"
    assert parts(html) == (html,)


def test_a_message_without_visible_text_has_no_parts():
    assert parts("<b> </b>\n") == ()


def test_the_limit_counts_what_is_seen_and_not_the_tags():
    html = "<b>" + "x" * LIMIT + "</b>"
    assert parts(html) == (html,)
    assert len(parts(html + "y")) == 2


def test_the_limit_counts_utf_16_units():
    made = parts("😀" * (LIMIT // 2 + 1))
    assert [units(part) for part in made] == [LIMIT, 2]


def test_parts_end_with_a_paragraph():
    paragraphs = [f"{number} " + "word " * 150 for number in range(12)]
    made = parts("\n\n".join(text.strip() for text in paragraphs))
    assert len(made) == 3
    assert all(re.match(r"\d+ word", part) and part.endswith("word") for part in made)


def test_a_long_paragraph_is_cut_at_a_line_and_a_long_line_at_a_word():
    assert parts("a" * 30 + "\n" + "b" * 30, limit=40) == ("a" * 30, "b" * 30)
    assert parts("a" * 30 + " " + "b" * 30, limit=40) == ("a" * 30, "b" * 30)
    assert parts("a" * 50, limit=40) == ("a" * 40, "a" * 10)


def test_tags_are_closed_and_opened_again():
    html = (
        "<blockquote><b>"
        + "a" * 30
        + '</b> <a href="https://example.org/?a=1&amp;b=2">'
        + "b" * 30
        + "</a></blockquote>"
    )
    first, second = parts(html, limit=40)
    assert first == "<blockquote><b>" + "a" * 30 + "</b></blockquote>"
    assert second == '<blockquote><a href="https://example.org/?a=1&amp;b=2">' + "b" * 30 + "</a></blockquote>"


def test_an_entity_is_never_cut():
    made = parts("&amp;" * 50, limit=7)
    assert all(re.fullmatch("(&amp;)+", part) for part in made)


def test_plain_text_has_no_tags_and_no_entities():
    assert plain('<b>1 &lt; 2</b> <a href="https://example.org">site</a>') == "1 < 2 site"


tags = st.sampled_from(["b", "i", "code", "blockquote"])
pieces = st.lists(st.tuples(tags, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)), max_size=12)


@given(pieces, st.integers(min_value=5, max_value=60))
def test_whatever_is_split_parses_fits_and_loses_nothing(pieces, limit):
    html = "\n\n".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in pieces)
    made = parts(html, limit=limit)
    texts = [parse_html(part).text for part in made]
    assert all(0 < units(text) <= limit for text in texts)
    assert "".join("".join(texts).split()) == "".join(plain(html).split())


@given(st.text(max_size=200))
def test_any_text_at_all_is_split_without_a_crash(html):
    assert all(parse_html(part) for part in parts(html, limit=20) if part != html)


def test_buttons_hang_below_the_last_part():
    made = calls_of(Say(html="a" * 5000, buttons=ROWS))
    assert [bool(part.buttons) for part in made] == [False, True]


def test_deletions_go_by_the_hundred_and_none_twice():
    made = calls_of(HideMessages(message_ids=(*range(1, 251), 1, 2)))
    assert [len(call.message_ids) for call in made] == [DELETE_BATCH, DELETE_BATCH, 50]
    assert calls_of(HideMessages(message_ids=())) == ()


@pytest.mark.parametrize("reply", [ConfirmTap(callback_id="1"), DropButtons(message_id=1)])
def test_other_replies_are_one_call_and_no_message(reply):
    assert calls_of(reply) == (reply,)
    assert not is_message(reply)


def test_what_shows_something_is_a_message():
    assert is_message(Say(html="x"))
    assert is_message(ShowPlace(name="x", address="y", lat=1, lon=2))


def test_a_keyboard_has_its_rows_and_leaves_out_empty_ones():
    rows = (*ROWS, (), (Button(text="Map", url="https://example.org"),))
    assert keyboard(rows).to_dict() == {
        "inline_keyboard": [
            [{"text": "A person", "callback_data": "1:p"}],
            [{"text": "Map", "url": "https://example.org"}],
        ]
    }
    assert keyboard(()) is None
    assert keyboard(((),)) is None


@pytest.mark.parametrize("data", ["", "x" * (CALLBACK_DATA_BYTES + 1), "я" * 33])
def test_a_button_that_carries_too_much_or_nothing_is_refused(data):
    with pytest.raises(DeliveryRefused, match="1 to 64"):
        keyboard(((Button(text="x", data=data),),))
