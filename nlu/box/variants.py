"""Questions as they would look from another keyboard: made in training, never stored."""

import random
import unicodedata

from anyascii import anyascii

from nlu.box.folding import fold
from nlu.box.letters import in_own_letters
from nlu.box.scripts import NOT_LATIN

_SPELLINGS: dict[str, tuple[dict[str, str], ...]] = {
    "uk": ({"и": "y", "г": "h", "х": "kh", "й": "i"}, {"и": "u", "г": "g", "х": "h", "й": "y", "щ": "sch", "ц": "c"}),
    "ru": ({"х": "kh", "й": "i"}, {"х": "h", "й": "y", "щ": "sch", "ю": "u", "ц": "c", "я": "ia", "ж": "j"}),
    "mn": (
        {"х": "kh", "ө": "o", "ү": "u", "ж": "j", "й": "i", "э": "e", "ь": "i"},
        {"х": "h", "ө": "u", "ү": "v", "ж": "j", "й": "i", "э": "e", "ь": "", "ы": "ii", "ц": "c", "я": "ya"},
    ),
}
"""What people write otherwise than anyascii does: first the passport's way, then the way of chats."""

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

_AS_IS: tuple[dict[str, str], ...] = ({},)


def in_latin_letters(text: str, locale: str, chance: random.Random) -> str:
    """A text as people type it without a keyboard for its own letters; without accents where these are Latin."""
    spelling = chance.choice(_SPELLINGS.get(locale, _AS_IS))
    spelled = "".join(spelling.get(letter, letter) for letter in text.casefold())
    return str(anyascii(spelled)).replace("'", chance.choice(("", "'")))


def without_accents(text: str) -> str:
    """As on a keyboard that has none."""
    return fold(text)


def without_tones(text: str) -> str:
    """Vietnamese as it is typed in a hurry: vowels have their shape, but no tone."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if mark not in _TONES)
    return unicodedata.normalize("NFC", bare)


def cropped(text: str, chance: random.Random) -> str:
    """One to four words of a text, as in the shortest messages."""
    words = text.split()
    count = min(len(words), chance.randint(1, 4))
    start = chance.randint(0, len(words) - count)
    return " ".join(words[start : start + count])


def mistyped(text: str, chance: random.Random) -> str:
    """A letter left out, doubled or exchanged with the next, about one in 25."""
    letters = list(text)
    for place in sorted(chance.sample(range(len(letters)), -(-len(letters) // 25)), reverse=True):
        if letters[place].isalpha():
            pair = letters[place : place + 2]
            letters[place : place + 2] = chance.choice((pair[1:], pair[:1] + pair, pair[::-1]))
    return "".join(letters)


def otherwise_typed(text: str, locale: str, chance: random.Random) -> str:
    """A question as somebody else might type it; as it is, three times out of five.

    What comes in other letters is meant for `in_own_letters`, as the box reads it.
    """
    if locale in NOT_LATIN:
        text = in_latin_letters(text, locale, chance) if chance.random() < 0.12 else text
    elif locale == "vi" and chance.random() < 0.15:
        text = without_tones(text)
    elif chance.random() < 0.3:
        text = without_accents(in_own_letters(text, locale))
    if chance.random() < 0.2:
        text = mistyped(text, chance)
    return text.casefold().rstrip(".?!") if chance.random() < 0.15 else text
