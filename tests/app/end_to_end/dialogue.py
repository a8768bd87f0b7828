"""Dialogues as tables: what somebody does, and what they see then.

A file is a list of dialogues; a dialogue has a `name`, the `locale` of the person's app and `steps`; with
`house: night` it is two in the morning, with `locales` it is played in each of them and what is written is
given by locale. A step is one deed and what must follow it:

    writes: text            with `means: {topic, confidence, locale, urgent}` for what the box understands
    presses: label          the newest button that begins with it
    speaks: true            a voice message
    photographs: caption
    edits: text             changes the last message that was written
    staff: comes | leaves | claims | acknowledges | {says: text} | {says_later: text} | {sends: topic} |
           {asks: question} | {agrees: safe word} | {notes: text} | {closes: outcome}
    box: down | up | slow

    sees: [...]             in what the bot sends then, in any order
    never_sees: [...]       not in it
    sees_nothing: true      nothing comes
    sees_place: name        a pin on the map
    buttons: [...]          below what came
    hidden: true            the chat holds nothing from before this step
    case: {...}             the newest open case has these fields; `case: none`: there is no open case
    paged: true             the staff chat was called; `paged: false`: it was not

An expectation is a piece of text, `{key: ..., with: {...}}` for an interface text, `{title: topic}`, or what staff
asks: `{question: id}`, `{answer: question:answer}`. All are in the dialogue's `answers_in` (its locale by default; a
step may name another one).
"""

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from content.content import Content
from content.markup import to_plain
from tests.app.botapi.people import Person, quiet
from tests.app.botapi.server import BotApi
from tests.app.end_to_end.box_stand_in import BoxStandIn
from tests.app.end_to_end.staff import Staff

FOLDER = Path(__file__).parent / "dialogues"
QUIET_S = 0.7
SLOW_S = 5.0
DEEDS = frozenset({"writes", "presses", "speaks", "photographs", "edits", "staff", "box"})
EXPECTED = frozenset(
    {"sees", "never_sees", "sees_nothing", "sees_place", "buttons", "hidden", "case", "paged", "means", "answers_in"}
)
_UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]")

Dialogue = Mapping[str, Any]


def dialogues() -> list[Dialogue]:
    """All of them, from all files."""
    return [each for path in sorted(FOLDER.glob("*.yml")) for dialogue in _read(path) for each in _in_locales(dialogue)]


def _in_locales(dialogue: Dialogue) -> list[Dialogue]:
    """A dialogue with `locales` once in each of them, or as it is."""
    if "locales" not in dialogue:
        return [dialogue]
    return [
        {**dialogue, "locale": locale, "name": f"{dialogue['name']} ({locale})",
         "steps": [_in_locale(step, locale) for step in dialogue["steps"]]}
        for locale in dialogue["locales"]
    ]  # fmt: skip


def _in_locale(step: Mapping[str, Any], locale: str) -> Mapping[str, Any]:
    texts = {name: value[locale] for name, value in step.items() if name == "writes" and isinstance(value, dict)}
    means = {"means": {"locale": locale, **step["means"]}} if "means" in step else {}
    return {**step, **texts, **means}


def _read(path: Path) -> list[Dialogue]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    for dialogue in found:
        for step in dialogue["steps"]:
            assert len(DEEDS & set(step)) == 1, f"{path.name}: a step has one deed: {step}"
            assert set(step) <= DEEDS | EXPECTED, f"{path.name}: unknown words in {step}"
    return found


class Stage:
    """Where a dialogue is played: one person, staff, the box, and what is checked after each step."""

    def __init__(self, api: BotApi, person: Person, staff: Staff, box: BoxStandIn, content: Content) -> None:
        self._api, self._person, self._content = api, person, content
        self._staff_member, self._stand_in = staff, box
        self._locale = "en"
        self._staff_chat: dict[int, dict] = {}

    async def play(self, dialogue: Dialogue, staff_chat: dict[int, dict]) -> None:
        """Plays a dialogue to its end; the first step that goes wrong is named."""
        self._staff_chat = staff_chat
        for number, step in enumerate(dialogue["steps"], start=1):
            self._locale = step.get("answers_in", dialogue.get("answers_in", dialogue["locale"]))
            try:
                await self._step(step)
            except AssertionError as error:
                raise AssertionError(f"{dialogue['name']}, step {number} {step}: {error}") from error

    async def _step(self, step: Mapping[str, Any]) -> None:
        last = max((message["message_id"] for message in self._person.chat.messages.values()), default=0)
        pages = len(self._staff_chat)
        await self._do(step)
        await self._check(step, last)
        if "paged" in step:
            await self._check_paged(pages, expected=step["paged"])

    async def _do(self, step: Mapping[str, Any]) -> None:
        deed = next(iter(DEEDS & set(step)))
        await getattr(self, f"_{deed}")(step[deed], step)

    async def _writes(self, text: str, step: Mapping[str, Any]) -> None:
        if "means" in step:
            self._stand_in.teach(text, step["means"])
        await self._person.writes(text)

    async def _edits(self, text: str, step: Mapping[str, Any]) -> None:
        if "means" in step:
            self._stand_in.teach(text, step["means"])
        mine = [
            number for number, message in self._person.chat.messages.items() if message["from"] == self._person.user
        ]
        await self._person.edits(max(mine), text)

    async def _presses(self, label: Any, step: Mapping[str, Any]) -> None:
        tap = await self._person.presses(self._label(label))
        await self._api.until(lambda: self._person.tap_text(tap) is not None)

    async def _speaks(self, _: bool, step: Mapping[str, Any]) -> None:
        await self._person.speaks()

    async def _photographs(self, caption: str, step: Mapping[str, Any]) -> None:
        await self._person.photographs(caption)

    async def _staff(self, deed: Any, step: Mapping[str, Any]) -> None:
        name, given = (deed, ()) if isinstance(deed, str) else next((n, (text,)) for n, text in deed.items())
        await getattr(self._staff_member, name)(*given)

    async def _box(self, state: str, step: Mapping[str, Any]) -> None:
        self._stand_in.is_down = state == "down"
        self._stand_in.delay_s = SLOW_S if state == "slow" else 0.0

    async def _check(self, step: Mapping[str, Any], last: int) -> None:
        wanted = [self._text(expected) for expected in step.get("sees", ())]
        if wanted:
            await self._until(lambda: all(text in self._said(last) for text in wanted), wanted, last)
        if "sees_place" in step:
            await self._until(lambda: step["sees_place"] in self._places(last), [step["sees_place"]], last)
        if step.get("sees_nothing"):
            await self._api.bot.updates.settled()
            await self._hears_nothing(last)
        if step.get("hidden"):
            await self._api.until(lambda: min(self._person.chat.messages, default=last + 1) > last)
        for text in (self._text(expected) for expected in step.get("never_sees", ())):
            assert text not in self._said(last), f"{text!r} in {self._said(last)}"
        for label in (self._text(expected) for expected in step.get("buttons", ())):
            await self._until(lambda label=label: self._has_button(label, last), [label], last)
        if "case" in step:
            await self._check_case(step["case"])

    async def _hears_nothing(self, last: int) -> None:
        """Others' messages may still be on their way, one a second a chat; this person's are what counts."""
        with contextlib.suppress(AssertionError):
            await self._api.until(lambda: max(self._person.chat.messages, default=last) > last, within_s=QUIET_S)
        assert not self._said(last), f"it sends: {self._said(last)}"

    async def _check_paged(self, before: int, *, expected: bool) -> None:
        if expected:
            await self._api.until(lambda: len(self._staff_chat) > before)
        else:
            await quiet(self._api, for_s=QUIET_S)
            assert len(self._staff_chat) == before, "staff was called"

    async def _check_case(self, expected: Any) -> None:
        cases = await self._staff_member.cases()
        if expected == "none":
            assert not cases, f"open cases: {cases}"
            return
        assert cases, "no case is open"
        found = {name: getattr(cases[0], name) for name in expected}
        assert found == dict(expected), f"the case has {found}"

    async def _until(self, holds: Any, wanted: list[str], last: int) -> None:
        try:
            await self._api.until(holds, within_s=60)
        except AssertionError:
            raise AssertionError(f"expected {wanted}, came {self._said(last)!r}") from None

    def _new(self, last: int) -> list[dict]:
        return [message for message in self._person.sees if message["message_id"] > last]

    def _said(self, last: int) -> str:
        return _UNSEEN.sub("", "\n\n".join(message.get("text", "") for message in self._new(last)))

    def _places(self, last: int) -> list[str]:
        return [_UNSEEN.sub("", message["venue"]["title"]) for message in self._new(last) if "venue" in message]

    def _labels(self, last: int) -> list[str]:
        rows = [row for m in self._new(last) for row in m.get("reply_markup", {}).get("inline_keyboard", [])]
        return [_UNSEEN.sub("", button["text"]) for row in rows for button in row]

    def _has_button(self, label: str, last: int) -> bool:
        return any(found.startswith(label) for found in self._labels(last))

    def _label(self, expected: Any) -> str:
        """A label with the marks of direction that it carries in the chat."""
        wanted = self._text(expected)
        return next((label for label in self._person.labels if _UNSEEN.sub("", label).startswith(wanted)), wanted)

    def _text(self, expected: Any) -> str:
        if isinstance(expected, str):
            return expected
        if "question" in expected:
            return _UNSEEN.sub("", to_plain(self._content.bridge.wording(expected["question"], self._locale).html({})))
        if "answer" in expected:
            question, _, answer = expected["answer"].partition(":")
            return _UNSEEN.sub("", self._content.bridge.wording(question, self._locale).answer(answer))
        if "title" in expected:
            return _UNSEEN.sub("", self._content.title(expected["title"], self._locale))
        return _UNSEEN.sub("", self._content.plain(expected["key"], self._locale, **expected.get("with", {})))
