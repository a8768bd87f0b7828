"""What waits for a chat, and in which order it goes."""

from bot.parcel import HIDDEN, Chat, Parcel
from bot.shown import Shown
from road.reply import ConfirmTap, Lane, Say
from road.turn import Address, Channel
from store.interface import Delivery

CHAT = Address(Channel.TELEGRAM, "501")
OTHER = Address(Channel.TELEGRAM, "502")


def parcel(number, *, lane=Lane.ANSWER, reply=None):
    reply = reply or Say(html=str(number), lane=lane)
    return Parcel(Delivery(id=str(number), lane=lane, person="p", address=CHAT, reply=reply), number)


def drain(chat):
    order = []
    while found := chat.next():
        order.append(found.delivery.id)
        chat.finish()
    return order


def test_the_best_lane_is_next_and_within_it_the_oldest():
    chat = Chat(CHAT)
    for made in (parcel(1), parcel(2), parcel(3, lane=Lane.URGENT), parcel(4, lane=Lane.OPERATOR)):
        chat.add(made)
    assert drain(chat) == ["3", "4", "1", "2"]


def test_a_tap_is_confirmed_before_anything_else():
    chat = Chat(CHAT)
    for made in (parcel(1, lane=Lane.URGENT), parcel(2, reply=ConfirmTap(callback_id="c"))):
        chat.add(made)
    assert drain(chat) == ["2", "1"]


def test_what_was_begun_is_finished_first():
    chat = Chat(CHAT)
    chat.add(parcel(1))
    chat.next().message_ids.append(70)
    chat.add(parcel(2, lane=Lane.URGENT))
    chat.put_back()
    assert drain(chat) == ["1", "2"]


def test_what_was_tried_in_vain_lets_a_better_lane_go_first():
    chat = Chat(CHAT)
    chat.add(parcel(1))
    chat.next()
    chat.add(parcel(2, lane=Lane.URGENT))
    chat.put_back()
    assert drain(chat) == ["2", "1"]


def test_hiding_withdraws_messages_and_nothing_else():
    chat = Chat(CHAT)
    for made in (parcel(1), parcel(2, reply=ConfirmTap(callback_id="c")), parcel(3)):
        chat.add(made)
    chat.next()
    chat.finish()
    begun = chat.next()
    assert [(gone.delivery.id, gone.given_up) for gone in chat.withdraw()] == [("3", HIDDEN)]
    assert begun.given_up == HIDDEN
    assert begun.is_finished
    assert drain(chat) == ["1"]


def test_a_parcel_is_finished_when_all_its_calls_were_taken():
    made = parcel(1)
    made.calls = [Say(html="a"), Say(html="b")]
    made.advance(70)
    assert (made.is_finished, made.next_call.html) == (False, "b")
    made.advance(71)
    assert (made.is_finished, made.message_ids) == (True, [70, 71])


def test_what_one_delivery_showed_is_told_from_everything():
    shown = Shown()
    shown.add(CHAT, [1, 2])
    shown.add(CHAT, [3])
    assert shown.is_one_delivery(CHAT, (2, 1))
    assert not shown.is_one_delivery(CHAT, (1, 2, 3))
    assert not shown.is_one_delivery(OTHER, (3,))
