"""Find the same file in another case without opening either: by a keyed digest of its SHA-256.

The key is that of the blind index: one for ordinary and one for restricted cases, so that a digest of one kind matches
no file of the other. Digests are made at a desk, because only a desk opens the sealed facts of a file.
"""

from contextlib import suppress

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from safetycenter.roles import Account

from ..crypto import blind_index
from ..crypto.vault import keys
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError, Keyring
from ..evidence.files import facts
from ..models.case import Case
from ..models.evidence import Evidence

AT_ONCE = 200  # files in one round of housekeeping
UNREADABLE = b""


def index() -> int:
    """Store the digest of files that have none, the oldest first. Return their number.

    Files of cases whose key is missing here wait until it is back, and keep no other file waiting.
    """
    waiting = Evidence.objects.filter(hash_digest=None, case__staff_key_id__in=keys.pairs_opened_here())
    items = list(waiting.select_related("case").prefetch_related("case__data_keys").order_by("added_at")[:AT_ONCE])
    return sum(_store(item, item.case) for item in items if item.case)


def with_known(files: QuerySet[Evidence], by: Account) -> QuerySet[Evidence]:
    """Return ``files``, each with ``is_known``: whether a case that ``by`` may see has the same file.

    ``is_compared``: whether the file has a digest, so that "not known" says something.
    """
    same = Evidence.objects.filter(hash_digest=OuterRef("hash_digest")).exclude(hash_digest=UNREADABLE)
    others = same.exclude(case=OuterRef("case")).filter(case__in=Case.objects.visible_to(by).not_paused())
    has_digest = ~Q(hash_digest=UNREADABLE) & Q(hash_digest__isnull=False)
    return files.annotate(is_known=Exists(others), is_compared=ExpressionWrapper(has_digest, BooleanField()))


def keep_digest(item: Evidence, case: Case, ring: Keyring) -> None:
    """Store the digest of a file whose key is about to leave the case; nothing without the key of the index."""
    with suppress(ErasedError, UnreadableError, TypeError, keys.KeyMissingError):
        Evidence.objects.filter(pk=item.pk).update(hash_digest=digest(item, case, ring))


def is_of_a_case(sha256: str, by: Account) -> bool:
    """Return whether a case that ``by`` may see has a file with this SHA-256, as far as this desk can compare."""
    digests = []
    for restricted in (False, True):
        with suppress(keys.KeyMissingError):
            digests.append(blind_index.digest(keys.blind_index_key(restricted), "file", sha256))
    same = Evidence.objects.filter(hash_digest__in=digests, case__in=Case.objects.visible_to(by))
    return same.exclude(hash_digest=UNREADABLE).exists()


def is_of(case: Case, sha256: str) -> bool:
    """Return whether ``case`` has a file with this SHA-256, also one that has no digest yet."""
    ring = case.staff_keyring()
    return any(_has(item, ring, sha256) for item in case.evidence.all())


def _has(item: Evidence, ring: Keyring, sha256: str) -> bool:
    try:
        return facts(item, ring)["sha256"] == sha256
    except (ErasedError, UnreadableError):
        return False


def _store(item: Evidence, case: Case) -> int:
    """Store the digest of one file; return 0 if it was sealed again meanwhile."""
    return Evidence.objects.filter(pk=item.pk, hash_digest=None).update(hash_digest=_digest(item, case))


def _digest(item: Evidence, case: Case) -> bytes:
    try:
        return digest(item, case, case.staff_keyring())
    except (ErasedError, UnreadableError, TypeError):
        return UNREADABLE


def digest(item: Evidence, case: Case, ring: Keyring) -> bytes:
    """Return the digest of a file of ``case``.

    Raises ErasedError, UnreadableError or TypeError if its facts cannot be read, and KeyMissingError.
    """
    return blind_index.digest(keys.blind_index_key(case.restricted), "file", facts(item, ring)["sha256"])
