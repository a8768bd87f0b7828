"""Whether a person says of themselves that they are under 18: their age in digits or words, or that they are a minor.

What is said of others ("my son is 15"), prices, dates and years spent somewhere don't count: a sentence has the person
as its subject, and ends after the age or goes on with a new thought.

Source: docs/decisions/0011, measured on 44,289 training and evaluation questions.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple


class Sayings(NamedTuple):
    """How an age is said in a language.

    Attributes:
        words: Ten to seventeen; regular expressions.
        sentences: With `{age}` for digits or words; what has none says "under 18" by itself.
    """

    words: str
    sentences: tuple[str, ...]


DIGITS: Final = "1[0-7]"
"""Who is younger hardly writes; who writes 1 to 9 means days, people or rooms far more often."""

SAYINGS: Final[Mapping[str, Sayings]] = {
    "en": Sayings(
        "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen",
        (
            r"(?:i am|i'?m|i m) (?:only |just |still |now |about |a |an )*{age}"
            r"(?:[ -]?(?:years?|yrs?)(?:[ -]old)?| ?y\.?/?o)?(?: (?:girl|boy|teenager|kid|child|student))?",
            r"my age is {age}",
            r"(?:i am|i'?m) (?:still )?(?:under 18|a minor|underage|not (?:yet )?18(?: yet)?)",
        ),
    ),
    "hu": Sayings(
        "tíz|tizenegy|tizenkét|tizenkettő|tizenhárom|tizennégy|tizenöt|tizenhat|tizenhét",
        (
            r"{age} ?(?:éves )?(?:lány |fiú |kislány |gyerek |diák )?vagyok",
            r"vagyok {age} éves",
            r"(?:kiskorú vagyok|nem vagyok (?:még )?18(?: éves)?|18 alatt vagyok)",
        ),
    ),
    "uk": Sayings(
        "десять|одинадцять|дванадцять|тринадцять|чотирнадцять|п'?ятнадцять|шістнадцять|сімнадцять",
        (
            r"(?<!ніби )мені (?:ще |лише |тільки |всього |зараз |вже )*{age}(?: (?:років|рочків|рік))?",
            r"я маю {age} (?:років|рочків)",
            r"(?:я (?:ще )?неповнолітн(?:ій|я)|мені (?:ще )?(?:немає|нема|менше) 18(?: років)?)",
            r"meni {age}(?: rokiv)?",
        ),
    ),
    "ru": Sayings(
        "десять|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать",
        (
            r"мне (?:ещё |лишь |только |всего |сейчас |уже )*{age}(?: (?:лет|годиков|год))?",
            r"(?:я (?:ещё )?несовершеннолетн(?:ий|яя)|мне (?:ещё )?(?:нет|меньше) 18(?: лет)?)",
            r"mne {age}(?: let)?",
        ),
    ),
    "sq": Sayings(
        "dhjetë|njëmbëdhjetë|dymbëdhjetë|trembëdhjetë|katërmbëdhjetë|pesëmbëdhjetë|gjashtëmbëdhjetë|shtatëmbëdhjetë",
        (
            r"jam (?:vetëm |akoma |ende )?{age}(?: ?vjeç(?:are)?)?",
            r"(?:i )?(?:kam|kom) {age} vjet",
            r"jam (?:(?:i|e) mitur|nën 18(?: vjeç)?)",
        ),
    ),
    "ar": Sayings(
        "(?:أحد|إحدى|اثنا|اثني|اثنتا|ثلاثة?|أربعة?|خمسة?|ستة?|سبعة?) عشرة?|عشرة?|(?:تلت|تلات|أربع|خمس|ست|سبع)[طت]?عش",
        (
            r"عمري (?:الآن |فقط |حوالي )?{age}(?: (?:سنة|عاما?|سنوات))?",
            r"عندي {age} (?:سنة|عاما?|سنوات)",
            r"أبلغ (?:من العمر )?{age}(?: (?:سنة|عاما?|سنوات))?",
            r"(?:أنا قاصرة?|عمري (?:أقل من|تحت) 18(?: سنة)?)",
            r"3?omri {age}(?: sana| sneh)?",
        ),
    ),
    "fr": Sayings(
        "dix[ -]sept|dix|onze|douze|treize|quatorze|quinze|seize",
        (
            r"j'? ?(?:ai|n'ai que) (?:que |seulement |juste |à peine |bientôt )?{age} ans",
            r"je n'ai que {age} ans",
            r"(?:je suis mineure?(?: isolée?)?|j'ai moins de 18 ans)",
        ),
    ),
    "fa": Sayings(
        "یازده|دوازده|سیزده|چهارده|پانزده|پونزده|شانزده|شونزده|هفده|هیفده|ده",
        (
            r"{age} ?سال(?:مه|م است|م|ه ?هستم|ه ?ام)",
            r"{age} سال (?:سن )?دارم",
            r"سن(?: من|م) {age}(?: سال)?(?: است|ه)?",
            r"(?:کمتر از|زیر) 18 سال(?: سن)? (?:دارم|هستم)",
            r"man {age} ?sal(?:ame|e hastam|am)",
        ),
    ),
    "sr": Sayings(
        "десет|једанаест|дванаест|тринаест|четрнаест|петнаест|шеснаест|седамнаест|"
        "deset|jedanaest|dvanaest|trinaest|četrnaest|petnaest|šesnaest|sedamnaest",
        (
            r"(?:имам|imam) (?:само |тек |samo |tek )?{age}(?: (?:година?|год|godina?|god))?",
            r"(?:(?:ја сам )?малолет(?:ан|на)(?: сам)?|(?:ja sam )?malolet(?:an|na)(?: sam)?)",
        ),
    ),
    "es": Sayings(
        "diez|once|doce|trece|catorce|quince|dieciséis|diecisiete",
        (
            r"tengo (?:solo |sólo |apenas )?{age}(?: años(?: de edad)?)?",
            r"(?:soy menor(?: de edad)?|tengo menos de 18(?: años)?)",
        ),
    ),
    "vi": Sayings(
        "mười (?:một|hai|ba|bốn|lăm|sáu|bảy)|mười",
        (
            r"(?<!con )(?<!trai )(?<!gái )(?<!em )(?<!cháu )(?:tôi|em|cháu|mình|tui)"
            r"(?: (?:mới|năm nay|chỉ|hiện|đang|được|là))* {age} tuổi",
            r"(?:tôi|em|cháu|mình) (?:chưa đủ|dưới) 18(?: tuổi)?",
        ),
    ),
    "ur": Sayings(
        "دس|گیارہ|بارہ|تیرہ|چودہ|پندرہ|سولہ|سترہ",
        (
            r"میری عمر (?:صرف |ابھی )?{age}(?: (?:سال|برس))?(?: ہے)?",
            r"میں (?:صرف |ابھی )?{age} (?:سال|برس) (?:کا|کی) ہوں",
            r"(?:میں نابالغ ہوں|میری عمر 18 (?:سال )?سے کم ہے)",
            r"meri (?:umar|umer|age) {age}(?: saal)?(?: hai| he)?",
            r"mai?n? {age} saal k[ai] h(?:oo|u)n?",
        ),
    ),
    "mn": Sayings(
        "арван (?:нэгэн|хоёр|гурван|дөрвөн|таван|зургаан|долоон)|арван",
        (
            r"би (?:одоо |дөнгөж |ердөө )?{age}(?: ?настай|-?тай)?(?: (?:охин|хүү|хүүхэд|сурагч|ганцаараа))?",
            r"миний нас {age}",
            r"би (?:насанд|18 нас|18) хүрээгүй",
        ),
    ),
}
"""By locale, because people who know the language look after it; all of them are tried on every text."""

_NEW_THOUGHT: Final = (
    "and|but|so|from|without|alone|és|meg|і|й|та|а|але|и|но|я|dhe|por|لكن|et|mais|va|ва|i|и|ali|али|y|pero|và|"
    "nhưng|اور|لیکن|мен|бас|гэхдээ|اما|ولی"
)
_ALIKE: Final = str.maketrans({
    "’": "'", "ʼ": "'", "‘": "'", "`": "'", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "\u200c": "", "\u200d": "", "ـ": "", "đ": "d",
})  # fmt: skip


def says_minor(text: str) -> bool:
    """Whether somebody says so."""
    plain = _folded(text)
    return any(sentence.search(plain) for sentence in _sentences())


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(sentence, sayings.words) for sayings in SAYINGS.values() for sentence in sayings.sentences)


def _pattern(sentence: str, words: str) -> re.Pattern[str]:
    age = rf"(?:(?<!\d)(?:{DIGITS})(?![\d%€$]|[.,:/]\d)|(?:{words})(?!\w))"
    end = rf"(?!\w)(?=\s*(?:$|[.,;!?…:)،؛؟۔\n–—-]|و|(?:{_NEW_THOUGHT})(?!\w)))"
    return re.compile(_folded(rf"(?<!\w){sentence.replace('{age}', age)}{end}"))


def _folded(text: str) -> str:
    """Without case and accents, digits of any script as Latin ones, letters that look alike as one."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE)
    return " ".join("".join(map(_digit, filter(_is_letter, plain))).split(" "))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) != "Mn"


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
