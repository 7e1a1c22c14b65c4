"""Seal a case under new keys when its audience changes.

Anyone who has an old backup and the private key of the former audience has the old case key. So the case key, the key
of every class of data and the bytes of every file are replaced; nothing in the current row opens with the earlier keys.
The reporter's code still opens the case, because the new key is wrapped to the reporter's key pair.
"""

from contextlib import suppress
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ...crypto.vault import keys
from ...crypto.vault.appender import ADDED
from ...crypto.vault.box import UnreadableError, new_key
from ...crypto.vault.keyring import NARRATIVE, THREAD, ErasedError, Keyring
from ...crypto.vault.reporter_keys import Wrapper
from ...crypto.vault.stream import StreamSealer, open_stream
from ...deadlines import max_lifetime
from ...evidence import store
from ...models import addition
from ...models.case import Case
from ...models.data_key import DataKey
from ...models.evidence import Evidence
from ...models.notes_key import NotesKey
from .. import reminders
from . import other_person


def renew(case: Case, audience: str) -> dict:
    """Hand the locked ``case`` to ``audience`` under new keys; return the facts about its files for the audit log.

    Parts that cannot be opened stay as they are; nothing could open them before either. A file that cannot be sealed
    again, because it is damaged or the disk is full, keeps its key: the case must reach its new audience nevertheless.
    """
    old, new = case.staff_keyring(), Keyring(case.pk, new_key(), {})
    pressed = keys.unwrap(case.staff_audience, case.wrapped_coerced) if case.wrapped_coerced else None
    for name in {NARRATIVE, THREAD} & old.wrapped.keys():
        new.add(name, new_key())
    with suppress(ErasedError, UnreadableError, TypeError):
        case.answers = new.seal(NARRATIVE, "case", "answers", old.open(NARRATIVE, "case", "answers", case.answers))
    _renew_messages(case, old, new)
    added = _renew_additions(case, old, new)
    facts = _renew_files(case, old, new)
    other_person.renew_reasons(case, audience)
    case.sent_files.all().delete()  # their keys are not among the new ones: no file goes out in a case like this (H14)
    case.staff_audience = audience
    case.staff_key_id, case.key_for_staff = keys.wrap_for(audience, new.case_key)
    case.coerced_key_id, case.coerced = keys.wrap_for(audience, pressed) if pressed else ("", None)
    reminders.reseal(case, audience)
    _wrap_for_reporter(case, old, new)
    if audience == keys.CHILD_SAFETY:  # notes of child safety stay with child safety when a restriction ends
        _hand_over_notes_and_referrals(case)
    _store(case, new, added)
    return facts


def _renew_messages(case: Case, old: Keyring, new: Keyring) -> None:
    for message in case.messages.all():
        with suppress(ErasedError, UnreadableError):
            message.sealed_with(new, message.text(old)).save(update_fields=["sealed"])


def _renew_additions(case: Case, old: Keyring, new: Keyring) -> dict[str, dict]:
    """Seal what the reporter added later under new keys; return its columns by name.

    The pair for additions stays as long as the session that adds may be open.
    """
    with suppress(ErasedError, UnreadableError):
        if timezone.now() < case.received_at + 2 * max_lifetime():
            new.add(ADDED, old.key(ADDED))
    columns = {}
    for name, added_at, answers in addition.opened(case, old):
        new.add(name, new_key())
        columns[name] = {"added_at": added_at, "sealed": addition.seal(new, name, added_at, answers)}
    return columns


def _renew_files(case: Case, old: Keyring, new: Keyring) -> dict:
    items = list(case.evidence.all())
    renewed = {item.pk: new_id for item in items if (new_id := _renew_file(item, old, new))}
    # If the process dies before this, housekeeping finds files that no row refers to, and removes them.
    transaction.on_commit(lambda: [store.delete(file_id) for file_id in renewed])  # type: ignore[func-returns-value]
    sealed_again = {str(earlier): str(now) for earlier, now in renewed.items()}
    return {"files_sealed_again": sealed_again, "files_not_sealed_again": len(items) - len(renewed)}


def _renew_file(item: Evidence, old: Keyring, new: Keyring) -> UUID | None:
    """Seal one file under a new key; return its new id. If that fails, return None: the file keeps its id and key."""
    copy, key = Evidence(id=uuid4()), new_key()
    try:
        facts = old.open(item.key_name, item.key_name, "facts", item.facts)
        _copy_body(item, old.key(item.key_name), copy.pk, key)
    except (ErasedError, UnreadableError, OSError):
        store.delete(copy.pk)
        with suppress(ErasedError, UnreadableError):
            new.add(item.key_name, old.key(item.key_name))
        return None
    new.add(copy.key_name, key)
    sealed = new.seal(copy.key_name, copy.key_name, "facts", facts)
    # The view copies are sealed under the old key: they are deleted with the old file and rendered again when needed.
    Evidence.objects.filter(pk=item.pk).update(id=copy.pk, facts=sealed, copies=0, hash_digest=None)
    return copy.pk


def _copy_body(item: Evidence, old_key: bytes, file_id: UUID, key: bytes) -> None:
    sealer = StreamSealer(key, f"file:{file_id}")
    with store.create(file_id) as out:
        out.write(sealer.header)
        for piece in open_stream(old_key, store.pieces(item.pk), item.key_name):
            out.write(sealer.update(piece))
        out.write(sealer.finish())


def _wrap_for_reporter(case: Case, old: Keyring, new: Keyring) -> None:
    # A wrapper that was replaced in the database is not used: it would give the new key to the attacker.
    with suppress(UnreadableError, TypeError):
        wrapper = Wrapper.open(case.pk, old.case_key, case.reporter_wrapper)
        case.reporter_key_id, case.key_for_reporter = wrapper.wrap(new.case_key)
        case.reporter_wrapper = wrapper.sealed(new.case_key)


def _hand_over_notes_and_referrals(case: Case) -> None:
    earlier = case.notes_keys.exclude(audience=case.staff_audience)
    notes = list(case.notes.filter(key__in=earlier).select_related("key"))
    referrals = list(case.referrals.filter(key__in=earlier).select_related("key"))
    if not notes and not referrals:
        return
    target = NotesKey.make(case, case.staff_audience)
    for note in notes:
        with suppress(UnreadableError):
            note.sealed_with(note.text(), target).save(update_fields=["sealed", "key"])
    for referral in referrals:
        with suppress(UnreadableError):
            referral.sealed_with(referral.package(), target).save(update_fields=["sealed", "key"])
    earlier.filter(notes=None, referrals=None).delete()


def _store(case: Case, ring: Keyring, columns: dict[str, dict]) -> None:
    case.data_keys.all().delete()
    for name, wrapped in ring.wrapped.items():
        row = DataKey.of(case, name, wrapped)
        vars(row).update(columns.get(name, {}))
        row.save()
    case.identifier_digests.all().delete()
    case.indexed = False
