"""Seal and open files in chunks while they are uploaded, so that no readable copy is ever written to disk.

Uses libsodium's secretstream: chunks cannot be changed, dropped, repeated or reordered, and a truncated stream (without
the final tag) is refused. Before the end is sealed the file is padded (one byte 0x80, then zeros) to
``box.padded_length``, so that a person who has a picture cannot recognise it by its size on a stolen disk.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES as OVERHEAD,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_SIZE,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE,
)

from .box import UnreadableError, padded_length

CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + OVERHEAD
END = b"\x80"  # start of the padding, so that trailing zeros of a file are not taken for padding


class StreamSealer:
    """Turn plaintext pieces of any size into sealed chunks. The first piece of output is the header."""

    def __init__(self, key: bytes, context: str) -> None:
        self._context = context.encode()
        self._state = crypto_secretstream_xchacha20poly1305_state()
        self._waiting, self._length = bytearray(), 0
        self.header = crypto_secretstream_xchacha20poly1305_init_push(self._state, key)

    def update(self, piece: bytes) -> bytes:
        """Return the sealed bytes that are ready after ``piece``; the last chunk is held back for ``finish``."""
        self._length += len(piece)
        self._waiting += piece
        out = bytearray()
        while len(self._waiting) > CHUNK:
            out += self._push(bytes(self._waiting[:CHUNK]), MESSAGE)
            del self._waiting[:CHUNK]
        return bytes(out)

    def finish(self, padded: bool = True) -> bytes:
        """Return the padding and the final chunk, without which the stream cannot be opened.

        ``padded`` is False for a backup, whose size says nothing about a single report.
        """
        zeros = padded_length(self._length + len(END)) - self._length - len(END) if padded else 0
        return self.update(END + bytes(zeros)) + self._push(bytes(self._waiting), FINAL)

    def _push(self, chunk: bytes, tag: int) -> bytes:
        return crypto_secretstream_xchacha20poly1305_push(self._state, chunk, self._context, tag)


def seal_all(key: bytes, plaintext: bytes, context: str) -> bytes:
    """Return the sealed bytes of a whole file that is already in memory."""
    sealer = StreamSealer(key, context)
    return sealer.header + sealer.update(plaintext) + sealer.finish()


def open_stream(key: bytes, sealed: Iterable[bytes], context: str) -> Iterator[bytes]:
    """Yield the plaintext of a sealed stream in pieces. Raises UnreadableError if it was changed or truncated."""
    # What may be the padding: a byte, and the number of zeros after it. The zeros themselves would be copied with every
    # chunk of a file that is nothing else, which anybody can send.
    byte, zeros = b"", 0
    for chunk in _chunks(key, sealed, context):
        words = chunk.rstrip(b"\0")
        if words:
            yield from _pieces(byte, zeros, words[:-1])
            byte, zeros = words[-1:], 0
        zeros += len(chunk) - len(words)
    if byte != END:
        raise UnreadableError("no padding")


def _pieces(byte: bytes, zeros: int, words: bytes) -> Iterator[bytes]:
    """Yield ``byte``, so many zeros and ``words``, in pieces that are no longer than a chunk."""
    if byte:
        yield byte
    for begin in range(0, zeros, CHUNK):
        yield bytes(min(CHUNK, zeros - begin))
    if words:
        yield words


def _chunks(key: bytes, sealed: Iterable[bytes], context: str) -> Iterator[bytes]:
    waiting, state, tag = bytearray(), None, None
    for piece in sealed:
        waiting += piece
        if state is None and len(waiting) >= HEADER_SIZE:
            state = crypto_secretstream_xchacha20poly1305_state()
            crypto_secretstream_xchacha20poly1305_init_pull(state, bytes(waiting[:HEADER_SIZE]), key)
            del waiting[:HEADER_SIZE]
        while state is not None and len(waiting) >= SEALED_CHUNK:
            plaintext, tag = _pull(state, bytes(waiting[:SEALED_CHUNK]), context)
            del waiting[:SEALED_CHUNK]
            yield plaintext
    if waiting and state is not None:
        plaintext, tag = _pull(state, bytes(waiting), context)
        yield plaintext
    if tag != FINAL:
        raise UnreadableError("cut short")


def _pull(state: Any, chunk: bytes, context: str) -> tuple[bytes, int]:
    try:
        return crypto_secretstream_xchacha20poly1305_pull(state, chunk, context.encode())
    except (RuntimeError, ValueError) as error:
        raise UnreadableError("changed") from error
