"""A restricted case has new keys: an old backup opens nothing of it, and the reporter's code still opens the thread."""

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from reports.cases.lifecycle import NotAllowed, perform
from reports.crypto.vault import keys
from reports.crypto.vault.box import UnreadableError, new_key, open_sealed, seal
from reports.crypto.vault.keyring import NARRATIVE, THREAD, ErasedError, Keyring
from reports.crypto.vault.reporter_keys import Opener
from reports.crypto.vault.stream import open_stream
from reports.evidence import store
from reports.models import Case, NotesKey
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, opened, url

pytestmark = pytest.mark.django_db
WHY = {"reason": "Ternyata soal anak."}


@dataclass
class Backup:
    """What somebody has who kept a copy of everything and the private key of the ordinary desk."""

    ring: Keyring
    keys: list[bytes]
    key_id: str

    @classmethod
    def of(cls, case: Case) -> "Backup":
        ring = case.keyring(keys.unwrap(keys.DESK, case.wrapped_for_staff))
        notes = [row.open() for row in case.notes_keys.all()]
        return cls(ring, [ring.case_key, *map(ring.key, ring.wrapped), *notes], case.staff_key_id)

    def opens(self, sealed: bytes, context: str) -> bool:
        """Return whether any key of this backup opens ``sealed`` in its place."""
        for key in self.keys:
            try:
                open_sealed(key, sealed, context)
            except UnreadableError:
                continue
            return True
        return False


@pytest.fixture
def full(file, moderator):
    """A case with messages of both sides, a picture and a note, held by a moderator."""
    return made_full(file(age="adult"), moderator)


def made_full(filed, moderator):
    """``filed`` with what ``full`` has."""
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    written = {"text": "Ini gambarnya.", "files": photo, "sexual": "no"}
    open_with(filed.receipt.code).post(url("write"), written)
    case = perform(Case.objects.get(), "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Terima kasih.")
    filed.case = perform(case, "note", by=moderator, text="Catatan lama.")
    return filed


@pytest.fixture(params=["restrict", "lock"])
def renewed(request, full, moderator, django_capture_on_commit_callbacks):
    """The case after it went to child safety, what was copied before, and the id of its file before."""
    backup, file_id = Backup.of(full.case), full.case.evidence.get().pk
    with django_capture_on_commit_callbacks(execute=True):
        full.case = perform(full.case, request.param, by=moderator, **WHY)
    return full, backup, file_id


@pytest.mark.sampled(2)
def test_old_keys_open_no_row_of_a_restricted_case(renewed):
    filed, backup, _file_id = renewed
    case, item = filed.case, filed.case.evidence.get()
    sealed = {f"{case.pk}:key:{row.name}": row.wrapped for row in case.data_keys.all()}
    sealed |= {f"{case.pk}:{message._row}:text": message.sealed for message in case.messages.all()}
    sealed |= {note._place: note.sealed for note in case.notes.all()}
    sealed |= {f"{case.pk}:case:answers": case.answers, f"{case.pk}:{item.key_name}:facts": item.facts}
    sealed |= {f"{case.pk}:case:wrapper": case.reporter_wrapper}
    assert len(sealed) >= 9
    assert {place for place, piece in sealed.items() if backup.opens(piece, place)} == set()
    with pytest.raises(UnreadableError):
        keys.unwrap(keys.DESK, case.wrapped_for_staff._replace(key_id=backup.key_id))


@pytest.mark.sampled(2)
def test_old_file_key_opens_no_file_of_a_restricted_case(renewed):
    filed, backup, file_id = renewed
    item = filed.case.evidence.get()
    with pytest.raises(FileNotFoundError):
        list(store.pieces(file_id))
    for key in backup.keys:
        with pytest.raises(UnreadableError):
            list(open_stream(key, store.pieces(item.pk), item.key_name))
    key = item.custody_key.open() if filed.case.suspected_material_at else filed.case.staff_keyring().key(item.key_name)
    assert b"".join(open_stream(key, store.pieces(item.pk), item.key_name)) == picture()


@pytest.mark.sampled(2)
def test_code_opens_the_thread_of_a_restricted_case(renewed, child_safety):
    filed, _backup, _file_id = renewed
    reporter = open_with(filed.receipt.code)
    assert "Terima kasih." in opened(reporter)
    reporter.post(url("write"), {"text": "Aku masih di sini."})
    case = perform(Case.objects.get(), "claim", by=child_safety)
    ring = case.staff_keyring()
    texts = [message.text(ring) for message in case.messages.all()]
    assert texts == ["Ini gambarnya.", "Terima kasih.", "Aku masih di sini."]
    perform(case, "reply", by=child_safety, text="Kami membacanya.")
    assert "Kami membacanya." in opened(open_with(filed.receipt.code))


@pytest.mark.slow
def test_visit_that_is_open_goes_on_after_restrict(full, moderator, child_safety):
    reporter = open_with(full.receipt.code)
    perform(full.case, "restrict", by=moderator, **WHY)
    reporter.post(url("write"), {"text": "Aku menulis ini sekarang."})
    case = Case.objects.get()
    assert case.messages.last().text(case.staff_keyring()) == "Aku menulis ini sekarang."
    assert "Terima kasih." in opened(reporter)


@pytest.mark.slow
def test_new_code_works_for_a_restricted_case(full, moderator):
    perform(full.case, "restrict", by=moderator, **WHY)
    reporter = open_with(full.receipt.code)
    reporter.post(url("new_code"))
    assert reporter.get(url("new_code")).status_code == 200
    reporter.post(url("new_code"), {"written": "1"})
    assert "Terima kasih." in opened(reporter)
    assert open_with(full.receipt.code).get(url("visit")).status_code == 303


def test_new_code_is_refused_with_a_key_of_before(full, moderator):
    earlier = Backup.of(full.case).ring.case_key
    case = perform(full.case, "restrict", by=moderator, **WHY)
    derived = type("Derived", (), {"verifier": b"v", "wrapping_key": new_key()})
    with pytest.raises(NotAllowed):
        perform(case, "new_code", derived=derived, salt=b"s" * 16, case_key=earlier)


@pytest.mark.sampled(2)
def test_notes_go_to_child_safety_with_the_case(renewed):
    filed, _backup, _file_id = renewed
    assert [note.text() for note in filed.case.notes.all()] == ["Catatan lama.", WHY["reason"]]
    assert {row.audience for row in filed.case.notes_keys.all()} == {keys.CHILD_SAFETY}


def test_desk_without_the_key_of_child_safety_can_restrict(full, moderator, settings, tmp_path, session_keys):
    settings.KEYS_DIR = tmp_path / "desk"
    settings.KEYS_DIR.mkdir()
    for path in session_keys.iterdir():
        if path.name != "child_safety.private":
            (settings.KEYS_DIR / path.name).write_bytes(path.read_bytes())
    case = perform(full.case, "restrict", by=moderator, **WHY)
    with pytest.raises(keys.KeyMissingError):
        case.staff_keyring()
    settings.KEYS_DIR = session_keys
    case.refresh_from_db()
    assert [note.text() for note in case.notes.all()] == ["Catatan lama.", WHY["reason"]]


@pytest.mark.slow
def test_erased_class_of_data_stays_erased_after_restrict(full, moderator):
    full.case.data_keys.get(name=NARRATIVE).delete()
    ring = perform(full.case, "restrict", by=moderator, **WHY).staff_keyring()
    with pytest.raises(ErasedError):
        ring.key(NARRATIVE)
    assert ring.key(THREAD)


@pytest.mark.slow
def test_file_that_is_gone_does_not_stop_restrict(full, moderator):
    store.delete(full.case.evidence.get().pk)
    case = perform(full.case, "restrict", by=moderator, **WHY)
    assert case.restricted
    assert case.events.last().facts["files_not_sealed_again"] == 1


@pytest.mark.slow
def test_replaced_public_half_of_the_reporter_is_not_obeyed(full, moderator):
    theirs = Opener.new(full.case.pk)
    Case.objects.update(reporter_wrapper=theirs.wrapper.sealed(new_key()))
    case = perform(full.case, "restrict", by=moderator, **WHY)
    with pytest.raises(UnreadableError):
        theirs.unwrap(case.wrapped_for_reporter)


def test_case_key_of_somebody_else_does_not_open_a_visit(full):
    forged = seal(new_key(), b"x" * 80, f"{full.case.pk}:case:reporter")
    reporter = open_with(full.receipt.code)
    Case.objects.update(key_for_reporter=forged)
    assert reporter.get(url("visit")).status_code == 303


def test_notes_key_from_outside_a_desk_seals_no_note(filed, moderator):
    theirs = new_key()
    key_id, wrapped = keys.wrap_for(keys.DESK, theirs)
    row = NotesKey(case=filed.case, audience=keys.DESK, key_id=key_id, sender_key_id=key_id, wrapped=wrapped)
    row.save()
    perform(filed.case, "note", by=moderator, text="Rahasia.")
    note = filed.case.notes.get()
    with pytest.raises(UnreadableError):
        open_sealed(theirs, note.sealed, note._place)
    assert note.text() == "Rahasia."


def test_notes_key_of_another_case_seals_no_note(file, moderator):
    one, other = file().case, file().case
    perform(one, "note", by=moderator, text="Satu.")
    copied = one.notes_keys.get()
    copied.pk, copied.case = None, other
    copied.save()
    perform(other, "note", by=moderator, text="Dua.")
    assert other.notes_keys.count() == 2
    assert other.notes.get().text() == "Dua."


def test_report_arrives_without_a_key_for_notes(filed):
    assert not filed.case.notes_keys.exists()


@pytest.mark.slow
def test_case_restricted_by_later_words_gets_new_keys(file, moderator):
    full = made_full(file(age="13_15"), moderator)
    earlier = Backup.of(full.case)
    assert (full.case.restricted, full.case.evidence.count()) == (False, 1)
    reporter = open_with(full.receipt.code)
    reporter.post(url("write"), {"text": "Dia minta aku kirim foto telanjang."})
    assert Case.objects.get().restricted
    call_command("housekeeping")
    case = Case.objects.get()
    assert case.restricted
    assert not earlier.opens(case.answers, f"{case.pk}:case:answers")
    assert case.messages.last().text(case.staff_keyring()) == "Dia minta aku kirim foto telanjang."
    assert "Terima kasih." in opened(open_with(full.receipt.code))
