"""The code that a reporter keeps: a reference of eight characters that may be spoken, and a secret nobody can recover.

``K7QF-2M9X`` is the reference. The secret that follows has 16 Crockford characters, 80 bits, and can also be
read as eight plain Indonesian words out of 1,024. Only a slow salted hash of it is stored, next to the case key,
which is wrapped under the other half of the same derivation. The slow hash is computed only when a code is
issued or entered. Each of these has a separate queue in a process, so that a flood of codes can neither exhaust
the machine's memory nor delay a report.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from nacl.bindings import sodium_memcmp
from nacl.pwhash import argon2id

from .work_queue import WorkQueue

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's alphabet: without I, L, O, U
LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
REFERENCE_LENGTH, SECRET_LENGTH, WORD_COUNT = 8, 16, 8
MAX_INPUT_LENGTH = 200  # eight long words with their reference, and some slack; checked before the slow hash
# Eight characters, however they are separated; then words, which may begin with the printed "1.".
HEAD_AND_WORDS = re.compile(
    r"[^0-9A-Za-z]*(?P<head>(?:[0-9A-Za-z][^0-9A-Za-z]*){7}[0-9A-Za-z])(?P<words>1?[^0-9A-Za-z].*)", re.DOTALL
)
WORDS_FILE = Path(__file__).with_name("receipt_words.txt")

MIN_OPERATIONS = 2
MIN_MEMORY = 19 * 1024 * 1024  # bytes; OWASP's minimum for Argon2id with two passes


ISSUE_QUEUE = WorkQueue(2, None)  # submitting a report waits as long as necessary
ENTRY_QUEUE = WorkQueue(2, 10)
SUSPECT_QUEUE = WorkQueue(1, 10)  # after many wrong codes


@dataclass(frozen=True)
class Receipt:
    """A reference and its secret, both without dashes."""

    reference: str
    secret: str

    @property
    def display_reference(self) -> str:
        """The reference as displayed: ``K7QF-2M9X``."""
        return in_groups(self.reference)

    @property
    def code(self) -> str:
        """All 24 characters in groups of four."""
        return in_groups(self.reference + self.secret)

    @property
    def display_secret(self) -> str:
        """The 16 characters of the secret in groups of four."""
        return in_groups(self.secret)

    @property
    def words(self) -> list[str]:
        """The secret as eight words."""
        return to_words(self.secret)


@dataclass(frozen=True)
class Derived:
    """The result of the slow hash: ``verifier`` is stored, ``wrapping_key`` never is."""

    verifier: bytes
    wrapping_key: bytes


def issue() -> Receipt:
    """Return a new random receipt."""
    return Receipt(_random(REFERENCE_LENGTH), _random(SECRET_LENGTH))


def new_secret(reference: str) -> Receipt:
    """Return a receipt with the same reference and a new secret; once it is stored, the old secret no longer works."""
    return Receipt(reference, _random(SECRET_LENGTH))


def parse(text: str) -> Receipt | None:
    """Parse a code as people type it; return None if the text is not a code.

    Accepts any case, spaces or dashes, look-alike characters, and the secret as characters or words. The words may have
    their printed numbers, and each of them may have one wrong letter.
    """
    if len(text) > MAX_INPUT_LENGTH:
        return None
    return _from_characters(text) or _from_words(text)


def missing_half(text: str) -> str:
    """Return ``"number"`` or ``"secret"`` if only the other half of a code was typed, else an empty string.

    Only the form of the text is examined, so that the result reveals nothing about which reports exist.
    """
    if len(text) > MAX_INPUT_LENGTH or parse(text):
        return ""
    characters = _plain_characters(text)
    if _is_plain(characters, SECRET_LENGTH) or _is_words_only(text):
        return "number"
    return "secret" if _is_plain(characters, REFERENCE_LENGTH) else ""


def new_salt() -> bytes:
    """Return a random salt for one case."""
    return secrets.token_bytes(argon2id.SALTBYTES)


@dataclass(frozen=True)
class Cost:
    """What one slow hash costs: passes, and bytes of memory. Stored with each case, so that it can be raised."""

    operations: int
    memory: int


def cost() -> Cost:
    """Return the cost of codes that are issued now. ``reports.checks`` refuses a deployment below the minimum."""
    return Cost(settings.RECEIPT_OPERATIONS, settings.RECEIPT_MEMORY)


def derive(secret: str, salt: bytes, at: Cost | None = None, turns: WorkQueue = ISSUE_QUEUE) -> Derived:
    """Compute Argon2id of the secret at the cost ``at``, by default that of new codes. Raises BusyError.

    Slow on purpose: never call it inside a transaction.
    """
    at = at or cost()
    with turns.slot():
        both = argon2id.kdf(64, secret.encode(), bytes(salt), at.operations, at.memory)
    return Derived(both[:32], both[32:])


def matches(derived: Derived, verifier: bytes) -> bool:
    """Return whether the verifiers are equal, compared in constant time."""
    return sodium_memcmp(derived.verifier, bytes(verifier))


def in_groups(characters: str) -> str:
    """Return the characters in groups of four, separated by dashes."""
    return "-".join(characters[i : i + 4] for i in range(0, len(characters), 4))


def to_words(secret: str) -> list[str]:
    """Return the secret as words: two characters carry ten bits, one word of 1,024."""
    pairs = zip(secret[::2], secret[1::2], strict=True)
    return [_words()[ALPHABET.index(a) * 32 + ALPHABET.index(b)] for a, b in pairs]


def _from_characters(text: str) -> Receipt | None:
    characters = _plain_characters(text)
    if not _is_plain(characters, REFERENCE_LENGTH + SECRET_LENGTH):
        return None
    return Receipt(characters[:REFERENCE_LENGTH], characters[REFERENCE_LENGTH:])


def _from_words(text: str) -> Receipt | None:
    found = HEAD_AND_WORDS.fullmatch(text)
    if found is None:
        return None
    head, secret = _plain_characters(found["head"]), _secret_of(found["words"])
    return Receipt(head, secret) if secret and _is_plain(head, REFERENCE_LENGTH) else None


def _is_words_only(text: str) -> bool:
    """Return whether the text is eight words of the list, preceded by too few characters for a reference."""
    found = list(re.finditer(r"[A-Za-z]+", text))
    if len(found) < WORD_COUNT:
        return False
    start = found[-WORD_COUNT].start()
    return len(_plain_characters(text[:start])) < REFERENCE_LENGTH and _secret_of(text[start:]) is not None


def _secret_of(text: str) -> str | None:
    numbers = [_number_of(word) for word in re.findall(r"[a-z]+", text.lower())]
    known = [number for number in numbers if number is not None]
    if not len(numbers) == len(known) == WORD_COUNT:
        return None
    return "".join(ALPHABET[number // 32] + ALPHABET[number % 32] for number in known)


def _number_of(word: str) -> int | None:
    """Return the number of a word of the list, or None.

    One letter may be wrong, missing or superfluous if only one word of the list is that close.
    """
    if word in _word_numbers():
        return _word_numbers()[word]
    near = [number for number, known in enumerate(_words()) if _differ_by_one(word, known)]
    return near[0] if len(near) == 1 else None


def _differ_by_one(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def _plain_characters(text: str) -> str:
    return "".join(re.findall(r"[0-9A-Za-z]", text)).upper().translate(LOOKALIKES)


def reference_in(typed: str) -> str:
    """Return the reference that somebody typed, with or without its dash, in any case; empty if it is none."""
    plain = _plain_characters(typed)
    return plain if len(plain) == REFERENCE_LENGTH else ""


def _is_plain(characters: str, length: int) -> bool:
    return len(characters) == length and not set(characters) - set(ALPHABET)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


@lru_cache
def _words() -> tuple[str, ...]:
    return tuple(WORDS_FILE.read_text().split())


@lru_cache
def _word_numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(_words())}


def secret_fingerprint(salt: bytes) -> str:
    """Return a value that identifies a secret of a case: what was opened with a code ends when the code is changed."""
    return hashlib.sha256(salt).hexdigest()
