"""What editors of an invented hotline have done: to take pictures of their desk. Nobody in it is or was a person."""

import shutil
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from content import snapshot
from content.door import Change, Door
from content.draft import Draft
from content.folder import Texts
from content.history import Signature
from content.notice_edit import NoticeEdit
from content.spreadsheet import entries
from content.value_edit import Typed, Vow, changed, confirmed, mark
from road.account import Account, Role
from road.outcome import Outcome
from road.session import Session
from road.turn import Address, Channel
from road.unanswered import Unanswered
from scripts.invented import DAY_S, Clock
from store.interface import Store

COLLEAGUE: Final = "Béla"
EDITOR: Final = "Ilona"
"""Who looks at the pictures."""

TOPIC: Final = "tp_validity_extension"
"""Its English text has changed since it was translated."""

_ENGLISH: Final = f"answers/en/protection/{TOPIC}.md"
_BEFORE: Final = "and nobody may ask you for money to extend it."
_AFTER: Final = "and nobody may ask you for money to extend it. The old card is enough."
_HOLIDAY: Final = NoticeEdit(
    id="oif_closed",
    topics=(TOPIC, "tp_how_to_apply"),
    texts={
        "en": "The immigration office is closed between the holidays.",
        "hu": "Az idegenrendészet a két ünnep között zárva tart.",
        "uk": "Міграційна служба між святами зачинена.",
    },
)
_DOG: Final = ("may my dog live with us in the hostel", "can a dog come to the hostel", "hostel with a dog please")
_PHONE: Final = ("де зарядити телефон", "де можна зарядити телефон", "зарядити телефон на вокзалі")
_TRAIN: Final = ("تذكرة القطار للأطفال", "كم تذكرة القطار", "أين تذكرة القطار من فضلك")
_IN_VAIN: Final = (("en", "pets", _DOG), ("uk", "", _PHONE), ("ar", "transport_tickets", _TRAIN))


def furnish(content: Path, folder: Path, data_dir: Path, now: float) -> None:
    """Copies the content, and changes the copy as colleagues did over the last days.

    Args:
        content: The folder that is copied; nothing is written there.
        folder: Where editors work.
        now: Unix time of the picture.
    """
    clock = Clock(now - 9 * DAY_S)
    door = Door(folder, data_dir, clock)
    shutil.copytree(content, folder)
    snapshot.publish(folder, data_dir, clock)
    clock.now, today = now - 2 * DAY_S, date.fromtimestamp(now)
    for line in [line for line in door.draft().content.lines.values() if line.critical][1:]:
        door.save(partial(_confirmed, f"line.{line.id}", today - timedelta(days=2)), COLLEAGUE)
    door.save(_with_new_date, COLLEAGUE)
    notice = _notice(today)
    door.save(lambda draft: Change(what=f"notice {notice.id}", texts=notice.files(draft.texts)), EDITOR)
    snapshot.publish(folder, data_dir, clock, signature=Signature(by=EDITOR, why="office closed, new date"))
    clock.now = now - 3600
    door.save(_with_other_english, COLLEAGUE)
    overdue = str(today - timedelta(days=5))
    door.save(lambda draft: _with(draft, "fact.tp_no_new_card", "review_after", overdue), COLLEAGUE)


async def staff(store: Store, password_hash: str) -> None:
    """The colleague's account."""
    await store.save_account(Account(name=COLLEAGUE, role=Role.EDITOR, password_hash=password_hash, locale="en"))


async def asked_in_vain(store: Store, now: float) -> None:
    """Nine people ask what the hotline cannot answer."""
    for locale, topic, texts in _IN_VAIN:
        for number, text in enumerate(texts):
            address = Address(Channel.TELEGRAM, f"8000{locale}{number}")
            asked = Unanswered(text=text, locale=locale, topic=topic, day=date.fromtimestamp(now))
            remembered = await store.load(store.person(address))
            await store.change(remembered, Outcome(session=Session(address=address), unanswered=asked))


def _confirmed(entry: str, day: date, draft: Draft) -> Change:
    seen = mark(entries(draft.content)[entry])
    return confirmed(draft, entry, seen, Vow(by=COLLEAGUE, today=day, how="called"))


def _with_new_date(draft: Draft) -> Change:
    return _with(draft, "fact.tp_valid_until", "as_of", "2026-11")


def _with_other_english(draft: Draft) -> Change:
    text = draft.texts[_ENGLISH]
    texts: Texts = {_ENGLISH: text.replace(_BEFORE, _AFTER)}
    return Change(what="en/protection/tp_validity_extension: the old card is enough", texts=texts)


def _with(draft: Draft, entry: str, column: str, value: str) -> Change:
    cells = entries(draft.content)[entry]
    typed = Typed(entry=entry, was={column: cells[column]}, now={column: value}, seen=mark(cells))
    return changed(draft, typed, Vow(by=COLLEAGUE, today=date.today(), how=""))


def _notice(today: date) -> NoticeEdit:
    first, last = today - timedelta(days=1), today + timedelta(days=6)
    return NoticeEdit(id=_HOLIDAY.id, start=str(first), until=str(last), topics=_HOLIDAY.topics, texts=_HOLIDAY.texts)
