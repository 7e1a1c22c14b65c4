"""Open a locked file that the named lead handed over: ``python open_locked_file.py SEALED KEY NAME OUTPUT``.

For the police. It needs PyNaCl and nothing of the site. SEALED is the file; KEY, the 64 characters, and NAME
came apart from it. A file that was changed or cut short is refused, and then nothing is written.
"""

import sys
from pathlib import Path

from nacl import bindings as sodium

HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
CHUNK = 64 * 1024 + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def opened(sealed: bytes, key: bytes, name: str) -> bytes:
    """Return the file as it was sent. Raises ValueError or RuntimeError if it is not whole, or the key is another."""
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, sealed[:HEADER], key)
    found, tag = bytearray(), None
    for start in range(HEADER, len(sealed), CHUNK):
        piece = sealed[start : start + CHUNK]
        plain, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, name.encode())
        found += plain
    content = bytes(found).rstrip(b"\0")
    if tag != FINAL or not content.endswith(b"\x80"):
        raise ValueError("the file is not whole")
    return content[:-1]


if __name__ == "__main__":
    source, key_text, name_text, target = sys.argv[1:]
    Path(target).write_bytes(opened(Path(source).read_bytes(), bytes.fromhex(key_text), name_text))
