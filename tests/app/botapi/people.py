"""People at the other end: what they do in their chat, and what they see there."""

import asyncio
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.app.botapi.server import BotApi

_taps = itertools.count(1)
FILE = {"file_unique_id": "unique", "file_size": 4096}


class Person:
    """Somebody with a phone. Invented, as all of them are."""

    def __init__(self, api: "BotApi", number: int, *, locale: str | None = None) -> None:
        self._api, self._bot = api, api.bot
        self.chat = self._bot.chats.add(number)
        self.user = {"id": number, "is_bot": False, "first_name": f"Person {number}"}
        if locale:
            self.user["language_code"] = locale
        self._read = 0

    @property
    def sees(self) -> list[dict]:
        """The bot's messages that stand in the chat."""
        return [message for message in self.chat.messages.values() if message["from"]["id"] == self._bot.me["id"]]

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.sees if "text" in message]

    async def next_answers(self, count: int = 1, *, within_s: float = 60.0) -> list[dict]:
        """The next messages of the bot's that were not read yet."""
        await self._api.until(lambda: len(self._unread()) >= count, within_s=within_s)
        answers = self._unread()[:count]
        self._read = answers[-1]["message_id"]
        return answers

    async def next_answer(self, *, within_s: float = 60.0) -> dict:
        return (await self.next_answers(1, within_s=within_s))[0]

    def _unread(self) -> list[dict]:
        return [message for message in self.sees if message["message_id"] > self._read]

    async def writes(self, text: str, **extra: object) -> int:
        """Sends a text; the update's id."""
        return await self.sends(text=text, **extra)

    async def sends(self, **content: object) -> int:
        """Sends a message of any content."""
        return await self.update(message=self._bot.chats.write(self.chat, self.user, **content))

    async def speaks(self) -> int:
        return await self.sends(voice={**FILE, "file_id": "voice-1", "duration": 4, "mime_type": "audio/ogg"})

    async def photographs(self, caption: str = "") -> int:
        sizes = [{**FILE, "file_id": f"photo-{side}", "width": side, "height": side} for side in (90, 1280)]
        return await self.sends(photo=sizes, **({"caption": caption} if caption else {}))

    async def edits(self, message_id: int, text: str) -> int:
        message = self.chat.messages[message_id]
        field = "text" if "text" in message else "caption"
        message.update({field: text, "edit_date": message["date"] + 1})
        return await self.update(edited_message=message)

    async def presses(self, label: str) -> str:
        """Presses the newest button with this label (its beginning is enough); the tap's id."""
        message, button = self._button(label)
        return await self.taps(button["callback_data"], message)

    async def taps(self, data: str, message: dict) -> str:
        tap = f"tap-{next(_taps)}"
        self._bot.taps[tap] = None
        query = {"id": tap, "from": self.user, "chat_instance": "1", "message": message, "data": data}
        await self.update(callback_query=query)
        return tap

    def _button(self, label: str) -> tuple[dict, dict]:
        for message in reversed(self.sees):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(label) and "callback_data" in button:
                        return message, button
        raise AssertionError(f"no button {label!r}; there are {self.labels}")

    @property
    def labels(self) -> list[str]:
        """Labels of all buttons in the chat, oldest first."""
        return [
            button["text"]
            for message in self.sees
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        ]

    def tap_text(self, tap: str) -> str | None:
        """What a tap was confirmed with; None while it spins."""
        return self._bot.taps[tap]

    async def blocks(self) -> int:
        self.chat.is_blocked = True
        return await self._membership("member", "kicked")

    async def unblocks(self) -> int:
        self.chat.is_blocked = False
        return await self._membership("kicked", "member")

    async def _membership(self, old: str, new: str) -> int:
        member = {"user": self._bot.me}
        return await self.update(
            my_chat_member={
                "chat": self.chat.wire(),
                "from": self.user,
                "date": int(self._bot.chats.clock()),
                "old_chat_member": {**member, "status": old, **({"until_date": 0} if old == "kicked" else {})},
                "new_chat_member": {**member, "status": new, **({"until_date": 0} if new == "kicked" else {})},
            }
        )

    async def update(self, **update: object) -> int:
        """Hands any update to the bot."""
        return await self._bot.updates.push(update)


async def quiet(api: "BotApi", *, for_s: float) -> int:
    """How many calls came within a time in which none should."""
    before = len(api.calls)
    try:
        await api.until(lambda: len(api.calls) > before, within_s=for_s)
    except AssertionError:
        return 0
    await asyncio.sleep(0)
    return len(api.calls) - before
