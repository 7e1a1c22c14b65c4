"""After erasure no key is left in the bytes of the database: not in its file, not in its write-ahead log."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from reports.cases import retention
from reports.cases.lifecycle import perform
from reports.evidence import store
from reports.models import Case, DataKey
from reports.models.sent_file import Prepared
from tests.reports.actions import resolve
from tests.reports.followup.visitor import open_with, url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL keeps no erased row once its tables are vacuumed"
    ),
]
PIECE = 60  # bytes; a longer value may lie on several pages


def database() -> bytes:
    """The database file and whatever SQLite keeps beside it."""
    name = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))


def sealed_parts(case) -> dict[str, bytes]:
    """The wraps of every key of ``case``, and what they seal."""
    case.refresh_from_db()
    parts = {name: getattr(case, name) for name in retention.SEALED_COLUMNS if getattr(case, name)}
    parts |= {"salt": case.secret_salt, "verifier": case.secret_verifier}
    parts |= {f"notes key {row.pk}": row.wrapped for row in case.notes_keys.all()}
    parts |= {f"key of {row.name}": row.wrapped for row in case.data_keys.all()}
    parts |= {f"message {row.pk}": row.sealed for row in case.messages.all()}
    parts |= {f"note {row.pk}": row.sealed for row in case.notes.all()}
    parts |= {f"file {row.pk}": row.facts for row in case.evidence.all()}
    parts |= {f"sent {row.pk}": row.sealed for row in case.sent_files.all()}
    parts |= {f"mark {row.pk}": row.digest for row in case.identifier_digests.all()}
    return {name: bytes(part)[:PIECE] for name, part in parts.items()}


def found(parts: dict[str, bytes]) -> set[str]:
    stored = database()
    return {name for name, part in parts.items() if part in stored}


@pytest.fixture
def full(file, moderator):
    """A case with everything that a case can have."""
    filed = file(age="adult", own_image="no", account_or_link="@sama.persis")
    sent = SimpleUploadedFile("x.txt", b"Chat.", "text/plain")
    open_with(filed.receipt.code).post(url("write"), {"text": "Ini.", "files": sent, "sexual": "no"})
    case = perform(Case.objects.get(), "claim", by=moderator)
    return perform(case, "note", by=moderator, text="Catatan.")


@pytest.mark.safety("K4")
def test_of_an_erased_case_no_wrapped_key_is_left(full):
    parts = sealed_parts(full)
    assert found(parts) == set(parts), "what is there must be seen"
    assert len(parts) >= 9
    retention.erase(full, "test")
    call_command("housekeeping")
    assert found(parts) == set()


@pytest.mark.slow
@pytest.mark.safety("K4")
def test_schedule_leaves_no_byte_of_a_closed_case(full, moderator, clock):
    perform(full, "withdraw", coerced="no")
    pressed = sealed_parts(full)
    perform(full, "cancel_withdrawal")
    perform(full, "claim", by=moderator)
    perform(full, "reply", by=moderator, text="Ini hasilnya.", file=Prepared("text/plain", b"Langkah."))
    resolve(full, moderator)
    call_command("housekeeping")  # makes the blind index
    parts = sealed_parts(full)
    assert found(parts) == set(parts)
    assert {"mark", "note", "file", "message", "key", "sent"} <= {name.split()[0] for name in parts}
    for days in (14, 90, 275):
        clock(days=days)
        call_command("housekeeping")
    assert "coerced" in pressed
    assert (found(pressed | parts), store.all_ids()) == (set(), set())


@pytest.mark.safety("K4")
def test_expired_data_class_loses_only_its_key(full):
    parts = sealed_parts(full)
    DataKey.objects.filter(case=full, name="thread").delete()
    call_command("housekeeping")
    assert set(parts) - found(parts) == {"key of thread"}


@pytest.mark.slow
def test_of_a_draft_that_was_left_nothing_is_left(full, in_demo):
    from reports.models import SealedSession
    from tests.reports.intake.reporter import Reporter, told

    reporter = Reporter()
    reporter.begin()
    row = told(reporter).draft_session.row
    parts = {"payload": bytes(row.payload)[:PIECE], "answers": bytes(row.answers)[:PIECE]}
    assert found(parts) == set(parts)
    reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    call_command("housekeeping")
    assert (SealedSession.objects.filter(pk=row.pk).exists(), found(parts)) == (False, set())
