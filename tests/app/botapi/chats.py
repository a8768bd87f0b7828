"""Chats and what stands in them, as the people in them see it."""

import itertools
import time
from dataclasses import dataclass, field

from tests.app.botapi.refusal import bad_request, blocked

DELETABLE_S = 48 * 3600


@dataclass
class Chat:
    """A chat of the bot's; `messages` holds both sides' messages that are still there."""

    id: int
    kind: str = "private"
    is_blocked: bool = False
    moved_to: int = 0
    messages: dict[int, dict] = field(default_factory=dict)

    def wire(self) -> dict:
        name = {"first_name": f"Person {self.id}"} if self.kind == "private" else {"title": f"Group {self.id}"}
        return {"id": self.id, "type": self.kind, **name}


class Chats:
    """All chats; message ids are one sequence, as they are for a real bot."""

    def __init__(self, me: dict, *, is_open: bool = False, clock=time.time) -> None:
        self.me, self.is_open, self.clock = me, is_open, clock
        self._chats: dict[int, Chat] = {}
        self._ids = itertools.count(100)

    def add(self, chat_id: int, kind: str = "private") -> Chat:
        return self._chats.setdefault(chat_id, Chat(chat_id, kind))

    def find(self, chat_id: int) -> Chat:
        """The chat that a bot names; it must be open to it."""
        chat = self.add(chat_id) if self.is_open else self._chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.is_blocked:
            raise blocked()
        return chat

    def post(self, chat: Chat, **content) -> dict:
        """A message of the bot's."""
        return self._put(chat, self.me, content)

    def write(self, chat: Chat, person: dict, **content) -> dict:
        """A message of a person's."""
        return self._put(chat, person, content)

    def _put(self, chat: Chat, author: dict, content: dict) -> dict:
        date = int(self.clock())
        message = {"message_id": next(self._ids), "from": author, "chat": chat.wire(), "date": date, **content}
        chat.messages[message["message_id"]] = message
        return message

    def message(self, chat: Chat, message_id: int, deed: str) -> dict:
        if message_id not in chat.messages:
            raise bad_request(f"message to {deed} not found")
        return chat.messages[message_id]

    def delete(self, chat: Chat, message_id: int) -> None:
        message = self.message(chat, message_id, "delete")
        if self.clock() - message["date"] > DELETABLE_S:
            raise bad_request("message can't be deleted")
        del chat.messages[message_id]
