"""Questions as they would look from another keyboard: made in training, never stored."""

import random

from anyascii import anyascii

from nlu.box.cyrillic import IN_LATIN, in_cyrillic
from nlu.box.folding import fold

_SPELLINGS: dict[str, tuple[dict[str, str], ...]] = {
    "uk": ({"и": "y", "г": "h", "х": "kh", "й": "i"}, {"и": "u", "г": "g", "х": "h", "й": "y", "щ": "sch", "ц": "c"}),
    "ru": ({"х": "kh", "й": "i"}, {"х": "h", "й": "y", "щ": "sch", "ю": "u", "ц": "c", "я": "ia", "ж": "j"}),
}
"""What people write otherwise than anyascii does: first the passport's way, then the way of chats."""

_AS_IS: tuple[dict[str, str], ...] = ({},)


def in_latin_letters(text: str, locale: str, chance: random.Random) -> str:
    """Ukrainian or Russian as people type it without a Cyrillic keyboard; other texts without accents."""
    spelling = chance.choice(_SPELLINGS.get(locale, _AS_IS))
    spelled = "".join(spelling.get(letter, letter) for letter in text.casefold())
    return str(anyascii(spelled)).replace("'", chance.choice(("", "'")))


def without_accents(text: str) -> str:
    """As on a keyboard that has none."""
    return fold(text)


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

    Latin spellings come as the box reads them, brought back into Cyrillic letters as well as can be guessed.
    """
    if locale in IN_LATIN and chance.random() < 0.12:
        text = in_cyrillic(in_latin_letters(text, locale, chance), locale)
    elif locale not in IN_LATIN and chance.random() < 0.3:
        text = without_accents(text)
    if chance.random() < 0.2:
        text = mistyped(text, chance)
    return text.casefold().rstrip(".?!") if chance.random() < 0.15 else text
