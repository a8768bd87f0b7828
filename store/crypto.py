"""Sealing: one data key per person, wrapped by the master key; names of persons as HMACs.

Destroying the wrapped key makes everything sealed with it unreadable, in backups too. Every sealed value is bound to
the key it lies under (as associated data), so that it can't be moved elsewhere unnoticed. Staff data are sealed with a
house key that is derived from the master key and never destroyed.

Sealed values are base64 text, because the scripts' argument format (MessagePack as Lua knows it) carries no bytes.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from typing import Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from road.errors import StoreError
from road.turn import Address

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12  # NIST SP 800-38D, 8.2.2: random nonces of 96 bits
STAFF: Final = "staff-"
"""Before the names of staff chats: what is sent there is sealed with the house key, and never hidden."""

_NAME_CHARS: Final = 32  # 128 bits of an HMAC-SHA256, in hex

T = TypeVar("T")


class Unreadable(StoreError):
    """A sealed value that this key does not open: the key was destroyed, or the value moved or damaged.

    Never leaves this room: it is handled, or becomes a StoreMismatch.
    """


class Seal:
    """Seals and opens values with one data key."""

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(data_key)

    def seal(self, value: object, place: str) -> str:
        """A value as sealed text, bound to the key name under which it will lie."""
        return _encrypt(self._cipher, msgspec.json.encode(value), place)

    def seal_bytes(self, content: bytes, place: str) -> str:
        """A piece of a file, likewise."""
        return _encrypt(self._cipher, content, place)

    def open_bytes(self, sealed: bytes | str, place: str) -> bytes:
        """The piece again.

        Raises:
            Unreadable: As `open`.
        """
        return _decrypt(self._cipher, sealed, place)

    def open(self, sealed: bytes | str, place: str, kind: type[T]) -> T:
        """The value again.

        Raises:
            Unreadable: Sealed with another key or for another place, or not such a value.
        """
        plain = _decrypt(self._cipher, sealed, place)
        try:
            return msgspec.json.decode(plain, type=kind)
        except msgspec.MsgspecError as error:
            raise Unreadable("a sealed value has another form") from error

    def try_open(self, sealed: bytes | str, place: str, kind: type[T]) -> T | None:
        """The value again, or None where it may have outlived its key."""
        try:
            return self.open(sealed, place, kind)
        except Unreadable:
            return None


class PersonKey(Seal):
    """A person's data key with its wrapped form.

    Attributes:
        fresh: Just made: a script may store it, but only where there is no key yet.
    """

    def __init__(self, data_key: bytes, wrapped: str, *, fresh: bool) -> None:
        super().__init__(data_key)
        self.wrapped = wrapped
        self.fresh = fresh


class Keyring:
    """All that follows from the master key."""

    def __init__(self, master_key: bytes) -> None:
        self._name_key = _derive(master_key, b"hotline names")
        self._wrap = AESGCM(_derive(master_key, b"hotline wrap"))
        self.house = Seal(_derive(master_key, b"hotline house"))

    def person(self, address: Address) -> str:
        """The person's name in every key."""
        return self.name("person", f"{address.channel}:{address.chat}")

    def staff(self, address: Address) -> str:
        """A staff chat's name: another than if the same chat wrote to the hotline, and known as such."""
        return STAFF + self.name("staff", f"{address.channel}:{address.chat}")

    def name(self, purpose: str, text: str) -> str:
        """An HMAC of anything that may not stand in a key's name; other purposes give other names."""
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._name_key, message, hashlib.sha256).hexdigest()[:_NAME_CHARS]

    def fresh_key(self, person: str) -> PersonKey:
        """A new data key."""
        data_key = secrets.token_bytes(KEY_BYTES)
        return PersonKey(data_key, _encrypt(self._wrap, data_key, _wrap_place(person)), fresh=True)

    def unwrap(self, person: str, wrapped: bytes | str) -> PersonKey:
        """The data key that the store holds.

        Raises:
            Unreadable: It was wrapped under another master key.
        """
        text = wrapped.decode() if isinstance(wrapped, bytes) else wrapped
        return PersonKey(_decrypt(self._wrap, text, _wrap_place(person)), text, fresh=False)


def _derive(master_key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(master_key)


def _wrap_place(person: str) -> str:
    return f"key:{person}"


def _encrypt(cipher: AESGCM, plain: bytes, place: str) -> str:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return b64encode(nonce + cipher.encrypt(nonce, plain, place.encode())).decode()


def _decrypt(cipher: AESGCM, sealed: bytes | str, place: str) -> bytes:
    try:
        raw = b64decode(sealed, validate=True)
        return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable("a sealed value cannot be opened with this key") from error
