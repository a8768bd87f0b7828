"""Dates, numbers, money, hours and telephone numbers in the words of each locale."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from content import hours, phone, wording
from content.content import Content
from content.direction import END_ISOLATE, ISOLATE
from road.clock import BUDAPEST
from road.locale import LOCALES
from tests.app.fixtures.folder import FOLDER, MONDAY_MORNING, SUNDAY_NIGHT, load


@pytest.fixture(scope="module")
def say() -> hours.Say:
    small: Content = load(FOLDER)
    return lambda key, /, **values: small.plain(key, "en", **values)


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "4 March 2027"), ("uk", "4 березня 2027\u202fр."), ("hu", "2027. március 4."), ("ar", "4 مارس 2027")],
)
def test_a_date_is_written_out(locale: str, words: str):
    assert wording.date(date(2027, 3, 4), locale) == words


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2026-02-20", "20 February 2026"), ("2026-02", "February 2026"), ("2026", "2026"), ("", "")],
)
def test_an_as_of_is_as_exact_as_its_source(as_of: str, words: str):
    assert wording.as_of(as_of, "en") == words


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_words_for_every_unit_and_latin_digits(locale: str):
    written = [
        wording.duration(Decimal(30), unit, locale) for unit in ("minute", "hour", "day", "week", "month", "year")
    ]
    written += [wording.money(Decimal(22800), "HUF", locale), wording.number(Decimal(12000), locale)]
    written += [
        wording.date(date(2027, 3, 4), locale),
        wording.as_of("2026-02", locale),
        wording.language("hu", locale),
    ]
    for words in written:
        assert "duration" not in words
        assert all(not character.isdigit() or character in "0123456789" for character in words)
    assert wording.language("hu", locale) != "hu"
    assert "HUF" not in written[6]


def test_languages_are_joined_as_the_locale_joins_them():
    assert wording.languages(["hu", "uk", "en"], "en") == "Hungarian, Ukrainian and English"
    assert wording.languages(["hu", "uk"], "hu") == "magyar és ukrán"


def test_an_unknown_language_code_stands_as_it_is():
    assert wording.language("und", "en")
    assert wording.language("x-none", "en") == "x-none"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("24/7", "day and night"),
        ("Mo-Fr 08:00-16:00; PH off", "Mon–Fri 8:00–16:00, closed on public holidays"),
        ("Tu,Th 16:00-20:00", "Tue, Thu 16:00–20:00"),
        ("Mo-Fr 08:00-12:00,13:00-16:30", "Mon–Fri 8:00–12:00, 13:00–16:30"),
        ("Mo-Su 08:00-20:00", "every day 8:00–20:00"),
        ("08:00-20:00", "every day 8:00–20:00"),
        ("Sa-Su,PH 10:00-14:00", "Sat–Sun, public holidays 10:00–14:00"),
        ("Mo-Fr 09:00-17:00; We off", "Mon–Fri 9:00–17:00, Wed closed"),
        ("Fr 22:00-04:00", "Fri 22:00–4:00"),
    ],
)
def test_opening_hours_are_put_into_words(expression: str, words: str, say: hours.Say):
    assert hours.problem_of(expression) is None
    assert hours.in_words(expression, "en", say) == words


@pytest.mark.parametrize(
    "expression",
    [
        "Mo[1] 10:00-12:00",
        "sunrise-sunset",
        "2026 Mo 10:00-12:00",
        "Mo 10:00+",
        '"by appointment"',
        "PH-Mo off",
        ";",
        "",
    ],
)
def test_hours_that_cannot_be_put_into_words_are_refused(expression: str):
    assert hours.problem_of(expression)


@pytest.mark.parametrize(
    ("expression", "now", "state"),
    [
        ("Mo-Fr 08:00-16:00; PH off", MONDAY_MORNING, "open now, until 16:00"),
        ("Mo-Fr 08:00-16:00; PH off", SUNDAY_NIGHT, "opens tomorrow at 8:00"),
        ("Mo-Fr 12:00-16:00", MONDAY_MORNING, "opens today at 12:00"),
        ("Th 12:00-16:00", MONDAY_MORNING, "opens on Thursday at 12:00"),
        ("24/7", MONDAY_MORNING, ""),
        ("Mo-Su 00:00-24:00", MONDAY_MORNING, "open now"),
        ("Mo 08:00-09:00", MONDAY_MORNING, "opens on 30 November at 8:00"),
    ],
)
def test_it_is_said_whether_it_is_open_now(expression: str, now: float, state: str, say: hours.Say):
    assert hours.state(expression, "en", say, now).replace(" 2026", "") == state


DAY_S = 86400


def told(content: Content, locale: str, opens_at: float, now: float) -> str:
    """From when, without the marks that isolate values in text from right to left."""
    words = hours.from_when(opens_at, now, locale, lambda key, /, **values: content.plain(key, locale, **values))
    return words.replace(ISOLATE, "").replace(END_ISOLATE, "")


FROM_NINE = {
    "en": ("today from 9:00", "tomorrow (Monday) from 9:00", "Wednesday, 25 November, from 9:00"),
    "uk": ("сьогодні після 9:00", "завтра (понеділок) після 9:00", "середа, 25 листопада, після 9:00"),
    "hu": ("ma 9:00 után", "holnap (hétfő) 9:00 után", "szerda, november 25., 9:00 után"),
    "ru": ("сегодня после 9:00", "завтра (понедельник) после 9:00", "среда, 25 ноября, после 9:00"),
    "sq": ("sot pas orës 9:00", "nesër (e hënë) pas orës 9:00", "e mërkurë, 25 nëntor, pas orës 9:00"),
    "ar": ("اليوم بعد الساعة 9:00", "غدًا (الاثنين) بعد الساعة 9:00", "الأربعاء، 25 نوفمبر، بعد الساعة 9:00"),
    "fr": (
        "aujourd’hui à partir de 9:00",
        "demain (lundi) à partir de 9:00",
        "mercredi, 25 novembre, à partir de 9:00",
    ),
    "fa": ("امروز بعد از ساعت 9:00", "فردا (دوشنبه) بعد از ساعت 9:00", "چهارشنبه، 25 نوامبر، بعد از ساعت 9:00"),
    "sr": ("данас после 9:00", "сутра (понедељак) после 9:00", "среда, 25. новембар, после 9:00"),
    "es": (
        "hoy a partir de las 9:00",
        "mañana (lunes) a partir de las 9:00",
        "miércoles, 25 de noviembre, a partir de las 9:00",
    ),
    "vi": ("hôm nay từ 9:00", "ngày mai (Thứ Hai) từ 9:00", "Thứ Tư, 25 tháng 11, từ 9:00"),
    "ur": ("آج 9:00 بجے کے بعد", "کل (پیر) 9:00 بجے کے بعد", "بدھ، 25 نومبر، 9:00 بجے کے بعد"),
    "mn": (
        "өнөөдөр 9:00 цагаас хойш",
        "маргааш (Даваа) 9:00 цагаас хойш",
        "Лхагва, арван нэгдүгээр сарын 25, 9:00 цагаас хойш",
    ),
}


def test_every_locale_says_from_when_somebody_reads(content: Content):
    assert set(FROM_NINE) == set(LOCALES)
    nine = SUNDAY_NIGHT + 6 * 3600
    for locale, words in FROM_NINE.items():
        days = (nine, nine + DAY_S, nine + 3 * DAY_S)
        assert tuple(told(content, locale, opens_at, SUNDAY_NIGHT) for opens_at in days) == words


def test_tomorrow_is_counted_in_days_of_budapest_on_the_night_of_a_clock_change(content: Content):
    evening = datetime(2026, 10, 24, 23, 30, tzinfo=BUDAPEST).timestamp()
    nine = datetime(2026, 10, 25, 9, tzinfo=BUDAPEST).timestamp()
    assert told(content, "en", nine, evening) == "tomorrow (Sunday) from 9:00"


CHRISTMAS_EVE = 1_798_131_600.0  # Thursday, 2026-12-24 18:00 in Budapest


def test_hungarian_public_holidays_are_known(say: hours.Say):
    assert hours.state("Mo-Fr 08:00-16:00; PH off", "en", say, CHRISTMAS_EVE) == "opens on Monday at 8:00"
    assert hours.state("Mo-Fr 08:00-16:00", "en", say, CHRISTMAS_EVE) == "opens tomorrow at 8:00"


@pytest.mark.parametrize(
    ("number", "printed", "shown"),
    [
        ("112", "", "112"),
        ("116111", "", "116 111"),
        ("1598", "", "1598"),
        ("+3680225225", "", "06 80 225 225 (+36 80 225 225)"),
        ("+3680205520", "06 80 20 55 20", "06 80 20 55 20 (+36 80 205 520)"),
        ("+3614639292", "", "06 1 463 9292 (+36 1 463 9292)"),
        ("+380445276363", "", "+380 44 527 6363"),
    ],
)
def test_a_number_is_shown_as_people_dial_it_and_as_telegram_links_it(number: str, printed: str, shown: str):
    assert phone.problem_of(number, ("HU", "UA")) is None
    assert phone.printed_problem(number, printed) is None
    assert phone.shown(number, printed) == shown


def test_a_short_number_must_exist_where_it_is_said_to():
    assert phone.problem_of("1598", ("UA",)) is None
    assert phone.problem_of("1598", ("HU",)) == "no such short number is known in HU"
    assert phone.problem_of("116006", ("HU",)) is None
