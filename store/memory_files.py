"""Files in this process."""

from collections.abc import Collection, Mapping

from road.file import FileState, KeptFile, Wish
from road.turn import Attachment
from store.interface import DeskEvent, Lease
from store.keys import COPIES_BYTES, COPY_S, FAULT_S, OWN_FILE_S
from store.memory_state import Copy, State


class MemoryFiles:
    """See `store.interface.Files`."""

    _state: State

    async def want_file(self, wish: Wish) -> None:
        """Asks for a copy."""
        if self._expect(wish.person, wish.file, FileState.ASKED):
            self._state.wishes.append(wish)
            await self._state.tell()

    async def next_wish(self, lease: Lease, *, wait_s: float) -> Wish | None:
        """The oldest wish, handed out once, or None after waiting."""
        self._state.check(lease)
        await self._state.until(lambda: bool(self._state.wishes), wait_s)
        self._state.check(lease)
        return self._state.wishes.pop(0) if self._state.wishes else None

    async def keep_copy(self, wish: Wish, media_type: str, content: bytes) -> None:
        """Keeps a copy for a while; the oldest make room."""
        kept = KeptFile(media_type=media_type, size_bytes=len(content))
        await self._answer(wish, media_type, Copy(kept, content, self._state.clock() + COPY_S, own=False))

    async def refuse_copy(self, wish: Wish, why: FileState) -> None:
        """Says why there will be no copy."""
        await self._answer(wish, why, Copy(KeptFile(fault=why), b"", self._state.clock() + FAULT_S, own=False))

    async def keep_file(self, person: str, file: Attachment, content: bytes) -> None:
        """Keeps a file of staff's until it is sent."""
        if self._expect(person, file, FileState.WAITING):
            kept = KeptFile(media_type=file.media_type, size_bytes=len(content))
            self._state.copies[person, file.id] = Copy(kept, content, self._state.clock() + OWN_FILE_S, own=True)

    async def drop_file(self, person: str, file: Attachment) -> None:
        """Takes a file of staff's back."""
        self._state.copies.pop((person, file.id), None)
        self._state.people[person].files.pop(file.id, None)

    async def find_file(self, person: str, file: Attachment, *, wait_s: float) -> KeptFile | None:
        """What there is of a file, waiting until something is."""
        await self._state.until(lambda: self._copy(person, file) is not None, wait_s)
        copy = self._copy(person, file)
        return copy.kept if copy else None

    async def read_file(self, person: str, file: Attachment, start: int, stop: int) -> bytes:
        """The content from one byte to before another."""
        copy = self._copy(person, file)
        return copy.content[start:stop] if copy else b""

    async def file_states(self, person: str, files: Collection[Attachment]) -> Mapping[str, str]:
        """By a file's id: its media type or a `FileState`."""
        known = self._state.people[person].files
        return {file.id: known[file.id] for file in files if file.id in known}

    def _expect(self, name: str, file: Attachment, state: FileState) -> bool:
        person = self._state.people[name]
        if person.transcript:
            person.files[file.id] = state
        return bool(person.transcript)

    async def _answer(self, wish: Wish, state: str, copy: Copy) -> None:
        files = self._state.people[wish.person].files
        if files.get(wish.file.id) != FileState.ASKED:
            return
        files[wish.file.id] = state
        self._make_room(len(copy.content))
        self._state.copies[wish.person, wish.file.id] = copy
        self._state.events.append(DeskEvent(kind="entry", case_id=wish.case_id, visibility=wish.visibility))
        await self._state.tell()

    def _make_room(self, size_bytes: int) -> None:
        copies = sorted((copy.ends, key) for key, copy in self._state.copies.items() if not copy.own)
        for _, key in copies:
            if (
                size_bytes + sum(len(copy.content) for copy in self._state.copies.values() if not copy.own)
                > COPIES_BYTES
            ):
                del self._state.copies[key]

    def _copy(self, person: str, file: Attachment) -> Copy | None:
        copy = self._state.copies.get((person, file.id))
        return copy if copy and copy.ends > self._state.clock() else None
