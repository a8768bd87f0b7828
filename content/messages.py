"""Messages: which interface texts the code asks for, and catalogues brought up to that.

English is a catalogue like the others and also the list of all keys; there is no separate template.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.plurals import get_plural

from content.interface import COUNT, Catalogue, path_of
from content.languages import FILE as LANGUAGES
from content.languages import read_languages
from content.proof import Proof
from content.warnings import CONSOLE_LOCALES
from road.locale import SOURCE_LOCALE

ROOMS = ("actions", "bot", "content", "desk", "hotline", "store", "web", "worker")
"""Where code asks for texts."""

CONSOLE = "console."
"""What staff reads, in the console's languages alone."""

_BETWEEN = re.compile(r"""\n\n|(?<=")\n(?=#|msgid ")""")
"""Between two entries; a blank line is usual there, not needed."""

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_PREFIX = re.compile(r"([a-z0-9_]+\.)+")
_ASKING = frozenset({"text", "plain", "say", "_say", "t"})
_IN_TEMPLATE = re.compile(r"""\bt\(\s*["']([a-z0-9_.]+)["'](?P<more>[^)]*)""")


@dataclass(frozen=True)
class Asked:
    """What the code asks for.

    Attributes:
        keys: Asked for by name, and whether with a count.
        mentioned: Every text in the code that could be a key.
        prefixes: Beginnings of keys that are put together.
    """

    keys: dict[str, bool] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)

    def uses(self, key: str) -> bool:
        """Whether a key may be asked for."""
        return key in self.mentioned or key in self.keys or any(key.startswith(prefix) for prefix in self.prefixes)


def asked(root: Path) -> Asked:
    """What the rooms below a folder ask for."""
    found = Asked()
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            _read_code(ast.parse(path.read_text()), found)
        for path in sorted((root / room).rglob("*.html")):
            _read_template(path.read_text(), found)
    return found


def missing(english: Catalogue, found: Asked) -> list[str]:
    """Keys that the code asks for and English does not have."""
    return sorted(found.keys.keys() - english.forms.keys())


def unused(english: Catalogue, found: Asked) -> list[str]:
    """Keys that nothing asks for."""
    return sorted(key for key in english.forms if not found.uses(key))


def complete(folder: Path, found: Asked) -> dict[str, int]:
    """Adds keys without a text to every catalogue that lacks them; gives how many, by locale.

    Every locale gets the keys of English and those the code asks for; the console's only where staff reads it.
    """
    english = _texts(folder, SOURCE_LOCALE)
    wanted = found.keys | {key: "msgid_plural" in entry for key, entry in _entries(english).items()}
    told = {key: counted for key, counted in wanted.items() if not key.startswith(CONSOLE)}
    return {
        locale: _complete(folder / path_of(locale), locale, wanted if locale in CONSOLE_LOCALES else told)
        for locale in _locales(folder)
    }


def _locales(folder: Path) -> Iterable[str]:
    return read_languages((folder / LANGUAGES).read_text(), Proof().sheet(LANGUAGES))


def _complete(path: Path, locale: str, wanted: Mapping[str, bool]) -> int:
    text = path.read_text() if path.exists() else _header(locale)
    head, entries = text.split("\n\n", 1)[0], _entries(text)
    new = {key: _entry(key, locale, counted=counted) for key, counted in wanted.items() if key not in entries}
    if new or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join([head.rstrip("\n"), *_ordered(entries, new)]) + "\n")
    return len(new)


def _ordered(entries: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Old and new entries by key, or the new ones last where the old ones are in another order."""
    both = {**entries, **new}
    keys = sorted(both) if list(entries) == sorted(entries) else both
    return [both[key] for key in keys]


def _texts(folder: Path, locale: str) -> str:
    path = folder / path_of(locale)
    return path.read_text() if path.exists() else _header(locale)


def _entries(text: str) -> dict[str, str]:
    """Each entry of a catalogue as it is written, comments included, by key."""
    parts = (part.strip("\n") for part in _BETWEEN.split(text)[1:])
    return {match[1]: part for part in parts if (match := re.search(r'^msgid "(.+)"$', part, re.MULTILINE))}


def _entry(key: str, locale: str, *, counted: bool) -> str:
    if not counted:
        return f'msgid "{key}"\nmsgstr ""'
    forms = (f'msgstr[{number}] ""' for number in range(get_plural(locale).num_plurals))
    return "\n".join([f'msgid "{key}"', f'msgid_plural "{key}"', *forms])


def _header(locale: str) -> str:
    fields = (
        f"Language: {locale}",
        f"Plural-Forms: {get_plural(locale)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in fields)]) + "\n"


def _read_code(tree: ast.Module, found: Asked) -> None:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[ast.Constant(value=str(key)), *_]):
                if name in _ASKING and _KEY.fullmatch(key):
                    counted = any(keyword.arg == COUNT for keyword in node.keywords)
                    found.keys[key] = found.keys.get(key, False) or counted
            case ast.Constant(value=str(text)) if _KEY.fullmatch(text):
                found.mentioned.add(text)
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if _PREFIX.match(start):
                found.prefixes.add(start)


def _read_template(text: str, found: Asked) -> None:
    for match in _IN_TEMPLATE.finditer(text):
        key, counted = match[1], f"{COUNT}=" in match["more"]
        if key.endswith("."):
            found.prefixes.add(key)
        else:
            found.keys[key] = found.keys.get(key, False) or counted
    found.mentioned.update(_quoted(text))


def _quoted(text: str) -> Iterator[str]:
    return (match[1] for match in re.finditer(r"""["']([a-z0-9_.]+)["']""", text) if _KEY.fullmatch(match[1]))
