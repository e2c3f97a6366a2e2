"""Locking and opening confidential texts with keys of 32 bytes in base64. Pure.

Fernet: AES-128 in CBC mode with an HMAC, so what somebody altered does not open. An error raised
here never holds a text or a key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class NoKey(Exception):
    """There is no key to lock with, or none of those there are opens this."""


class Seal:
    """The keys of one installation: the first locks, all of them open."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = list(keys)

    @property
    def key_id(self) -> str:
        """What names the locking key without giving it away. Raises NoKey."""
        if not self._keys:
            raise NoKey("No key is set.")
        return name_of(self._keys[0])

    @property
    def known_ids(self) -> list[str]:
        """The names of all keys that open something."""
        return [name_of(key) for key in self._keys]

    def lock(self, text: str) -> bytes:
        """`text` as bytes that only a key can read. Raises NoKey."""
        return self._ring().encrypt(text.encode())

    def open(self, locked: bytes) -> str:
        """The text again. Raises NoKey if no key opens it, or if it was altered."""
        return self._opened(lambda ring: ring.decrypt(locked).decode())

    def renew(self, locked: bytes) -> bytes:
        """The same text, locked with the first key. Raises NoKey like `open`."""
        return self._opened(lambda ring: ring.rotate(locked))

    def _opened[T](self, work: Callable[[MultiFernet], T]) -> T:
        from cryptography.fernet import InvalidToken

        try:
            return work(self._ring())
        except InvalidToken:
            raise NoKey("None of the keys opens this.") from None

    def _ring(self) -> MultiFernet:
        # Four MiB of each process, and most processes never see a confidential note.
        from cryptography.fernet import Fernet, MultiFernet

        if not self._keys:
            raise NoKey("No key is set.")
        return MultiFernet([Fernet(key) for key in self._keys])


def name_of(key: str) -> str:
    """Sixteen letters that name a key; the key can't be told from them."""
    return sha256(f"name of {key}".encode()).hexdigest()[:16]


def new_key() -> str:
    """A key that nobody has had before."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()
