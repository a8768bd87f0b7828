"""What becomes of every kind of update, the hostile and the unheard-of too."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.intake import ALLOWED_UPDATES, turn_in, turn_of, update_id
from road.text import HEAD_CHARS, TAIL_CHARS, kept
from road.turn import Address, Channel, Point, TurnKind

NOW = 1_764_000_000.0
BOT = 7
PERSON = {"id": 501, "is_bot": False, "first_name": "Testperson", "username": "nobody_here", "language_code": "uk"}
CHAT = {"id": 501, "type": "private", "first_name": "Testperson"}
FILE = {"file_id": "F1", "file_unique_id": "u1", "file_size": 2048}


def message(**content):
    return {"message_id": 9, "date": 1_764_000_000, "chat": CHAT, "from": PERSON, **content}


def turn(**update):
    return turn_in({"update_id": 33, **update}, BOT, NOW)


def test_a_text_becomes_a_turn_with_an_address_and_no_name():
    made = turn(message=message(text="Добрий день"))
    assert made.id == "7:33"
    assert made.address == Address(Channel.TELEGRAM, "501")
    assert (made.kind, made.text, made.message_id, made.at) == (TurnKind.TEXT, "Добрий день", 9, NOW)
    assert made.client_locale == "uk"
    assert "Testperson" not in repr(made)
    assert "nobody_here" not in repr(made)


def test_turn_of_reads_an_update_of_the_library_too():
    update = Update.de_json({"update_id": 33, "message": message(text="hi")}, None)
    assert turn_of(update, BOT, NOW) == turn(message=message(text="hi"))


@pytest.mark.parametrize(
    ("content", "kind", "file_id"),
    [
        ({"voice": {**FILE, "duration": 3, "mime_type": "audio/ogg"}}, TurnKind.VOICE, "F1"),
        ({"video_note": {**FILE, "length": 240, "duration": 3}}, TurnKind.VOICE, "F1"),
        ({"document": {**FILE, "mime_type": "application/pdf", "file_name": "x.pdf"}}, TurnKind.FILE, "F1"),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, TurnKind.FILE, "F1"),
        ({"audio": {**FILE, "duration": 1}}, TurnKind.FILE, "F1"),
        ({"location": {"latitude": 47.5, "longitude": 19.04}}, TurnKind.LOCATION, None),
        ({"contact": {"phone_number": "+36 1 555 0000", "first_name": "Testperson"}}, TurnKind.CONTACT, None),
        ({"dice": {"emoji": "🎲", "value": 3}}, TurnKind.UNKNOWN, None),
        ({"a_kind_of_2031": {"x": 1}}, TurnKind.UNKNOWN, None),
        ({}, TurnKind.UNKNOWN, None),
    ],
)
def test_content_is_named_and_files_are_referred_to(content, kind, file_id):
    made = turn(message=message(**content))
    assert made.kind is kind
    assert (made.attachment.file_id if made.attachment else None) == file_id
    assert "555" not in repr(made)


def test_a_sticker_has_its_file():
    sticker = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    assert turn(message=message(sticker=sticker)).kind is TurnKind.STICKER


def test_a_photo_is_its_largest_size_and_its_caption_is_the_text():
    sizes = [{**FILE, "file_id": name, "width": side, "height": side} for name, side in (("S", 90), ("L", 1280))]
    made = turn(message=message(photo=sizes, caption="Що це за лист?"))
    assert (made.kind, made.text, made.attachment.file_id) == (TurnKind.PHOTO, "Що це за лист?", "L")


@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        ({"photo": [{**FILE, "width": 9, "height": 9}]}, "image/jpeg", ""),
        ({"video_note": {**FILE, "length": 240, "duration": 3}}, "video/mp4", ""),
        ({"voice": {**FILE, "duration": 3}}, "audio/ogg", ""),
        (
            {"document": {**FILE, "file_name": "../../a\u202egpj.exe", "mime_type": "image/jpeg"}},
            "image/jpeg",
            "agpj.exe",
        ),
        ({"document": {**FILE, "file_name": 7, "mime_type": 8}}, "", ""),
    ],
)
def test_a_file_has_what_telegram_says_of_it_and_a_clean_name(content, media_type, name):
    made = turn(message=message(**content)).attachment
    assert (made.media_type, made.name) == (media_type, name)


def test_an_edited_text_is_marked_and_keeps_its_message_id():
    made = turn(edited_message=message(text="new words", edit_date=1_764_000_009))
    assert (made.edited, made.text, made.message_id) == (True, "new words", 9)


def test_a_live_location_that_moves_says_nothing_new():
    assert turn(edited_message=message(location={"latitude": 47.5, "longitude": 19.0}, edit_date=1)) is None


def test_a_deep_link_stays_a_text():
    assert turn(message=message(text="/start flyer-7")).text == "/start flyer-7"


def tap(**query):
    return turn(callback_query={"id": "cb1", "from": PERSON, "chat_instance": "1", **query})


def test_a_tap_carries_its_button_and_message():
    made = tap(data="1:m", message=message(text="menu"))
    assert (made.kind, made.button, made.callback_id, made.message_id) == (TurnKind.BUTTON, "1:m", "cb1", 9)


def test_a_tap_on_a_message_too_old_to_be_seen_still_counts():
    made = tap(data="1:m", message={"chat": CHAT, "message_id": 4, "date": 0})
    assert (made.button, made.message_id, made.address.chat) == ("1:m", 4, "501")


def test_a_tap_without_a_message_goes_to_the_person():
    made = tap(data="1:m", inline_message_id="i1")
    assert (made.address.chat, made.message_id) == ("501", None)


def test_a_tap_without_data_is_a_tap_on_nothing():
    assert tap(game_short_name="g", message=message(text="x")).button == ""


def membership(status):
    user = {**PERSON, "id": BOT, "is_bot": True}
    new = {"user": user, "status": status, "until_date": 0}
    old = {"user": user, "status": "member"}
    return turn(
        my_chat_member={"chat": CHAT, "from": PERSON, "date": 1, "old_chat_member": old, "new_chat_member": new}
    )


def test_blocking_the_bot_is_leaving_and_unblocking_is_nothing():
    assert membership("kicked").kind is TurnKind.LEFT
    assert membership("member") is None


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_groups_and_channels_get_no_answer(kind):
    group = {"id": -100, "type": kind, "title": "x"}
    assert turn(message=message(text="hi") | {"chat": group}) is None
    assert turn(edited_message=message(text="hi") | {"chat": group}) is None
    assert tap(data="1:m", message=message(text="x") | {"chat": group}) is None


def test_staff_says_i_take_it_in_a_group():
    group = {"id": -100, "type": "supergroup", "title": "x"}
    taking = tap(data="1:t:K7QF-2345", message=message(text="x") | {"chat": group})
    assert (taking.kind, taking.address.chat, taking.button) == (TurnKind.BUTTON, "-100", "1:t:K7QF-2345")


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": message(text="x")},
        {"business_message": message(text="x")},
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0}},
        {"update_kind_of_2031": {"chat": CHAT, "text": "x"}},
        {},
        {"message": message(pinned_message=message(text="x"))},
        {"message": message(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})},
        {"message": message(text="x") | {"from": {**PERSON, "is_bot": True}}},
    ],
)
def test_where_nobody_waits_for_an_answer_there_is_no_turn(update):
    assert turn(**update) is None


@pytest.mark.parametrize(
    "update",
    [
        {"message": None},
        {"message": "text"},
        {"message": []},
        {"message": {"text": "x"}},
        {"message": message(text="x") | {"chat": {"id": "501", "type": "private"}}},
        {"message": message(text="x") | {"chat": {"id": 2**70, "type": "private"}}},
        {"message": message(text="x") | {"date": 10**30}},
        {"message": message(text=["x"])},
        {"callback_query": {"id": "1"}},
        {"my_chat_member": {"chat": CHAT}},
    ],
)
def test_a_malformed_update_is_passed_over(update):
    assert turn(**update) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(
    ["chat", "from", "date", "text", "caption", "photo", "voice", "document", "message_id", "data"]
)
kinds = st.sampled_from([*ALLOWED_UPDATES, "poll", "inline_query"])


@given(kind=kinds, field=fields, value=json_values)
def test_no_wrong_field_crashes_the_intake(kind, field, value):
    update = {"update_id": 1, kind: {**message(text="x"), "id": "1", field: value}}
    made = turn_in(update, BOT, NOW)
    assert made is None or made.address.channel is Channel.TELEGRAM


@given(kinds, json_values)
def test_no_update_crashes_the_intake(kind, value):
    turn_in({"update_id": 1, kind: value}, BOT, NOW)


@pytest.mark.parametrize("payload", [None, [], "x", {}, {"update_id": "1"}, {"update_id": True}, {"update_id": -1}])
def test_what_has_no_id_is_no_update(payload):
    assert update_id(payload) is None


def test_an_update_has_its_id():
    assert update_id({"update_id": 5}) == 5


def test_empty_and_endless_texts_are_kept_in_bounds():
    assert turn(message=message(text="")).kind is TurnKind.TEXT
    long = turn(message=message(text="а" * 100_000)).text
    assert HEAD_CHARS + TAIL_CHARS < len(long) < HEAD_CHARS + TAIL_CHARS + 10


def test_the_end_of_a_long_text_is_kept():
    assert turn(message=message(text="x " * 50_000 + "he beats me")).text.endswith("he beats me")


def test_what_is_not_seen_is_taken_out():
    text = "do\u200bbry\u0000 \u202eden\u202c\u2066x\u2069\ufeff\x07"
    assert turn(message=message(text=text)).text == "dobry denx"


def test_persian_spelling_and_line_breaks_stay():
    assert turn(message=message(text="می\u200cخواهم\r\nبله")).text == "می\u200cخواهم\nبله"


def test_broken_surrogates_from_the_wire_can_be_stored():
    wire = json.dumps({"update_id": 33, "message": message(text="MARK")}).replace("MARK", r"\ud83d\ude00 \ud83d \ude00")
    made = turn_in(json.loads(wire), BOT, NOW)
    assert made.text.encode() == "😀 \ufffd \ufffd".encode()


@given(st.text(st.characters(), max_size=200))
def test_every_kept_text_is_utf_8_and_stays_as_it_is_when_kept_again(text):
    once = kept(text)
    once.encode()
    assert kept(once) == once


@pytest.mark.parametrize("tag", ["uk", "pt-br", "zh-Hans-CN"])
def test_a_language_tag_is_passed_on(tag):
    assert turn(message=message(text="x") | {"from": {**PERSON, "language_code": tag}}).client_locale == tag


@pytest.mark.parametrize("tag", ["", "x" * 50, "uk\n", "<b>", None])
def test_what_is_no_language_tag_is_not(tag):
    assert turn(message=message(text="x") | {"from": {**PERSON, "language_code": tag}}).client_locale is None


@pytest.mark.parametrize(
    ("user_id", "number", "kept_as"),
    [
        (501, "+36 20 123 4567", "+36201234567"),
        (501, "36201234567", "+36201234567"),
        (502, "+36 20 123 4567", ""),
        (None, "+36 20 123 4567", ""),
        (501, "call me", ""),
    ],
)
def test_a_number_that_is_handed_over_is_the_persons_own(user_id, number, kept_as):
    card = {"phone_number": number, "first_name": "Testperson", **({"user_id": user_id} if user_id else {})}
    assert turn(message=message(contact=card)).phone == kept_as


def test_a_place_that_is_handed_over_is_on_earth():
    assert turn(message=message(location={"latitude": 47.5, "longitude": 19.04})).point == Point(47.5, 19.04)
    assert turn(message=message(location={"latitude": 147.5, "longitude": 19.04})).point is None
