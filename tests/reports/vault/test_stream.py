"""Sealed files: a changed or truncated file is refused."""

import os
import tracemalloc

import pytest

from reports.crypto.vault.box import UnreadableError, new_key
from reports.crypto.vault.stream import CHUNK, HEADER_SIZE, SEALED_CHUNK, StreamSealer, open_stream, seal_all


def opened(key, sealed: bytes, context="file:1", piece=1000) -> bytes:
    pieces = (sealed[i : i + piece] for i in range(0, len(sealed), piece))
    return b"".join(open_stream(key, pieces, context))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17])
def test_file_of_any_size_comes_back(size):
    key, plaintext = new_key(), os.urandom(size)
    assert opened(key, seal_all(key, plaintext, "file:1")) == plaintext


@pytest.mark.parametrize("plaintext", [b"\0", b"\x80", bytes(3 * CHUNK), b"a" + bytes(CHUNK) + b"\x80" + bytes(CHUNK)])
def test_zeros_and_marks_of_a_file_are_no_padding(plaintext):
    key = new_key()
    assert opened(key, seal_all(key, plaintext, "file:1")) == plaintext


def test_pieces_may_arrive_in_any_size():
    key, plaintext = new_key(), os.urandom(200_000)
    sealer = StreamSealer(key, "file:1")
    sealed = sealer.header + b"".join(sealer.update(plaintext[i : i + 777]) for i in range(0, len(plaintext), 777))
    assert opened(key, sealed + sealer.finish()) == plaintext


@pytest.mark.parametrize("cut", [1, SEALED_CHUNK, 10**6])
def test_file_that_was_cut_short_is_refused(cut):
    key = new_key()
    sealed = seal_all(key, os.urandom(3 * CHUNK), "file:1")
    with pytest.raises(UnreadableError):
        opened(key, sealed[:-cut])


def test_chunks_cannot_change_places():
    key = new_key()
    sealed = seal_all(key, os.urandom(3 * CHUNK), "file:1")
    head, first, second = sealed[:HEADER_SIZE], sealed[HEADER_SIZE:][:SEALED_CHUNK], sealed[HEADER_SIZE:][SEALED_CHUNK:]
    with pytest.raises(UnreadableError):
        opened(key, head + second[:SEALED_CHUNK] + first + second[SEALED_CHUNK:])


def test_file_cannot_be_passed_off_as_another():
    key = new_key()
    with pytest.raises(UnreadableError):
        opened(key, seal_all(key, b"words", "file:1"), context="file:2")


def test_no_plaintext_in_the_sealed_bytes():
    assert b"canary" not in seal_all(new_key(), b"canary" * 1000, "file:1")


def test_opening_a_file_of_zeros_holds_no_more_than_a_chunk():
    """Copying the zeros with each chunk costs 190 times the work of another file; what is held shows it."""
    key = new_key()
    sealed = seal_all(key, b"\xff\xd8" + bytes(40 * CHUNK), "file:1")
    tracemalloc.start()
    length = sum(map(len, open_stream(key, [sealed[at : at + CHUNK] for at in range(0, len(sealed), CHUNK)], "file:1")))
    peak = tracemalloc.get_traced_memory()[1] - len(sealed)
    tracemalloc.stop()
    assert length == 2 + 40 * CHUNK
    assert peak < 10 * CHUNK
