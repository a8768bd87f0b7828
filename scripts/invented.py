"""An invented hotline to take pictures of: people who write, colleagues at work, and a quarter of a year of counts.

Nobody in it is or was a person.
"""

import random
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from desk import transitions
from desk.durations import step_of
from desk.tally import SENSITIVE
from road.account import Account, Role
from road.case import Author, Call, Case, CaseState, Entry
from road.outcome import Outcome
from road.session import Session
from road.turn import Address, Channel
from store.memory import MemoryStore

DAY_S: Final = 86_400.0
COUNTED_DAYS: Final = 90
SEED: Final = 7

COLLEAGUES: Final = (
    ("Amal", ("ar", "fa", "en"), 5),
    ("Bence", ("hu", "en"), 4),
    ("Oksana", ("uk", "ru", "hu"), 5),
    ("Thu", ("vi", "en"), 3),
)
"""On duty: name, languages, cases that they may hold."""

SHARES: Final = {"uk": 46, "ru": 12, "hu": 11, "ar": 9, "en": 8, "fa": 6, "vi": 3, "sq": 2, "ur": 2, "fr": 1}
"""Of a hundred people, by language."""

SUBJECTS: Final = {
    **{"protection": 34, "accommodation": 18, "support": 13, "health": 11, "education_work": 10},
    SENSITIVE: 4,
}
"""The same by subject."""

TOPICS: Final = {
    "protection": ("tp_how_to_apply", "tp_validity_extension", "tp_eligibility", "tp_lost_card_data_change"),
    "accommodation": ("state_accommodation_rules", "rent_flat_help", "iom_collective_site"),
    "support": ("subsistence_allowance", "food_clothes_nfi", "cash_assistance"),
    "health": ("find_doctor_dentist", "health_care_rights", "pregnancy_birth"),
    "education_work": ("hungarian_course", "work_permission_jobs", "school_kindergarten"),
}
"""What they ask about, each half as often as the one before."""

HOURS: Final = (1, 1, 0, 0, 0, 1, 2, 4, 8, 12, 13, 12, 10, 10, 11, 11, 10, 9, 8, 7, 6, 5, 3, 2)
"""How much is written at each hour, against each other."""

WORDS: Final = {
    "uk": "Добрий день! Ми приїхали вчора, де нам сьогодні переночувати? Нас троє, двоє дітей.",
    "ar": "مرحبا، أحتاج إلى طبيب لابني. لا أعرف إلى أين أذهب.",
    "fa": "سلام، کارت اقامتم گم شده است. باید چه کار کنم؟",
    "vi": "Tôi muốn hỏi về giấy phép làm việc.",
    "mn": "Би хаана хандах ёстой вэ?",
    "hu": "Az albérlet tulajdonosa elvette az útlevelemet.",
    "ru": "Здравствуйте, как продлить временную защиту?",
    "en": "I was told to leave my flat by Friday.",
}


class Clock:
    """A clock that the picture-taker sets."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        """Seconds since the epoch."""
        return self.now


async def fill(store: MemoryStore, clock: Clock) -> None:
    """Colleagues, people who wait, people who are talked with, and the counts of the past."""
    now = clock.now
    for name, locales, capacity in COLLEAGUES:
        account = Account(name=name, role=Role.OPERATOR, password_hash="$", locales=locales, capacity=capacity)
        await store.save_account(account)
        await store.set_duty(name, on=True)
    await _cases(store, now)
    for days_ago in range(COUNTED_DAYS):
        clock.now = now - days_ago * DAY_S
        await _count(store, _day(random.Random(SEED + days_ago), days_ago))
    clock.now = now


async def _cases(store: MemoryStore, now: float) -> None:
    waits = (("uk", 38), ("uk", 25), ("ru", 22), ("uk", 14), ("ar", 12), ("mn", 9), ("fa", 6), ("hu", 3), ("uk", 1))
    for number, (locale, minutes) in enumerate(waits):
        await _put(store, number, locale, now - 60 * minutes, due_at=now + 60 if number == 0 else now + 9000)
    call = Call(group="now", since=now - 240, calls=3, next_at=now + 60)
    await _put(store, 20, "en", now - 240, critical=True, sensitive=True, alarm=True, group="safety", call=call)
    held = (("uk", "Oksana"), ("ru", "Oksana"), ("hu", "Oksana"), ("ar", "Amal"), ("en", "Bence"), ("vi", "Thu"))
    for number, (locale, holder) in enumerate(held, 40):
        await _put(store, number, locale, now - 3600, holder=holder, undelivered=locale == "vi")


async def _put(store: MemoryStore, number: int, locale: str, since: float, *, holder: str = "", **more: object) -> Case:
    """A person with a case and a first message."""
    address = Address(Channel.TELEGRAM, str(700_000_000 + number))
    remembered = await store.load(store.person(address))
    case = transitions.opened(
        Case(
            id=_pseudonym(number),
            person=remembered.person,
            state=CaseState.WAITING,
            opened_at=since,
            locale=locale,
            group=str(more.pop("group", "accommodation")),
        )
    )
    case = replace(case, **more)
    if holder:
        case = transitions.claimed(case, at=since + 120, by=holder)
    said = Entry(at=since, author=Author.PERSON, text=WORDS[locale])
    session = Session(address=address, locale=locale, at=since)
    await store.change(remembered, Outcome(session=session, cases=(case,), entries=(said,)))
    return case


def _pseudonym(number: int) -> str:
    chance = random.Random(SEED * 1000 + number)
    letters = "".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=4))
    return f"{letters}-{chance.randrange(1000, 10_000)}"


async def _count(store: MemoryStore, names: Sequence[str]) -> None:
    address = Address(Channel.TELEGRAM, "700009999")
    remembered = await store.load(store.person(address))
    await store.change(remembered, Outcome(session=Session(address=address, locale="en"), counts=tuple(names)))


def _day(chance: random.Random, days_ago: int) -> list[str]:
    """What a day's people were counted as; fewer at the weekend, more of them lately."""
    people = round((140 - days_ago) * chance.uniform(0.8, 1.2) * (0.55 if days_ago % 7 in (0, 1) else 1.0))
    return [name for _ in range(max(people, 20)) for name in _person(chance)]


def _person(chance: random.Random) -> list[str]:
    (locale,) = chance.choices(list(SHARES), list(SHARES.values()))
    (subject,) = chance.choices(list(SUBJECTS), list(SUBJECTS.values()))
    (hour,) = chance.choices(range(24), HOURS)
    names = ["messages", f"hour:{hour}:messages"] * chance.randint(1, 4)
    if chance.random() < 0.74:
        return [*names, *_about("answers", subject, locale, chance)]
    return [*names, *_about("handed", subject, locale, chance), f"hour:{hour}:handed", *_handed(chance)]


def _about(measure: str, subject: str, locale: str, chance: random.Random) -> list[str]:
    topics = TOPICS.get(subject, ())
    weights = [2.0**-place for place in range(len(topics))]
    about = [f"topic:{measure}:{subject}:{topic}" for topic in chance.choices(topics, weights)] if topics else []
    return [f"{measure}:{subject}:{locale}", *about]


def _handed(chance: random.Random) -> list[str]:
    (priority,) = chance.choices(("critical", "raised", "ordinary"), (2, 5, 13))
    median_s = {"critical": 150, "raised": 1200, "ordinary": 4200}[priority]
    first_s, whole_s = chance.lognormvariate(0, 0.8) * median_s, chance.lognormvariate(1.6, 0.7) * median_s
    (why,) = chance.choices(("unsure", "asked", "no_answer", "urgent", "unreadable", "reopened"), (30, 36, 8, 8, 6, 9))
    (ending,) = chance.choices(("answered", "referred", "no_contact", "other", "left_queue"), (52, 18, 12, 6, 12))
    times = [
        f"{measure}:{clock}:{priority}:{step_of(seconds * part)}"
        for measure, seconds in (("first", first_s), ("resolution", whole_s))
        for clock, part in (("wall", 1.0), ("working", 0.6))
    ]
    votes = chance.choices(("vote:helped", "vote:partly", "vote:not", ""), (30, 9, 6, 55))
    return [f"why:{why}", f"ending:{ending}", *times, *filter(None, votes), *(["crisis"] * (why == "urgent"))]
