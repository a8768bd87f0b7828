"""Street addresses with a house number, as people write them in Hungary and at home."""

from typing import Final

_NAME = r"(?!(?:on|in|at|the|of|to|a|from|by|and|for)\b)[^\W\d_][\w'’-]*"
_NO_MEASURE = (
    r"(?!\s*(?:km|км|perc|óra|ora|nap|h[oó]nap|h[eé]t|év|хв|мин|мін|рок|лет|год|днів|дней|клас|"
    r"year|month|week|day|min|hour|people))"
)
_HOUSE = rf"\d{{1,4}}(?:\s?/\s?\d+|\s?/?\s?[a-zа-яіїє])?\b{_NO_MEASURE}"
_FLOOR = r"(?:em|emelet|ajtó|ajto|fsz|lh|кв|під|под|эт|пов|apt|flat|floor)[^\W\d]*\.?"
_FLAT = rf"(?:[\s,./]*(?:\d+\s*\.?\s*{_FLOOR}|{_FLOOR}\s*№?\s*\d+|/\s*\d+))*"

_STREET_BEFORE = (
    r"(?:вул(?:\.|иц\w+)|ул(?:\.|иц\w+|\b)|просп(?:\.|ект\w*)|пр-т|пров(?:\.|улк\w*|улок)|пер\.|переул\w+|"
    r"бульв(?:\.|ар\w*)|б-р|пл\.|площ\w+|набережн\w+|rue|avenue|calle|avenida|rruga|ulica|đường|phố|شارع|خیابان|کوچه)"
)
_STREET_AFTER = (
    r"(?:utc[aá]\w*|u\.|[uú]t(?:ja)?|t[eé]re?n?|k[oö]r[uú]t\w*|krt\.?|s[eé]t[aá]ny\w*|rakpart\w*|fasor\w*|"
    r"sug[aá]r[uú]t\w*|lak[oó]telep\w*|ltp\.?|street|road|гудамж\w*|روڈ|سڑک|گلی)"
)

PATTERN: Final = (
    rf"\b{_STREET_BEFORE}\s*(?:{_NAME}[\s,.]+){{1,4}}?(?:(?:д|буд|дом|№|no|nr)\w{{0,4}}\.?\s*)?{_HOUSE}{_FLAT}"
    rf"|(?:\b\d{{4}}\s+)?(?:\b{_NAME},?\s+){{1,2}}{_STREET_AFTER}\s*,?\s*{_HOUSE}{_FLAT}"
    rf"|\b\d{{1,4}}[a-z]?,?\s+(?:{_NAME}\s+){{1,3}}(?:street|st|road|rd|avenue|ave|lane|square)\b\.?"
)
