"""The keys of locked files: with one named lead, with nobody else, and each move recorded (K7)."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.cases import custody
from reports.cases.lifecycle import perform
from reports.crypto.vault import keys, pairs
from reports.crypto.vault.box import UnreadableError
from reports.crypto.vault.keyring import ErasedError
from reports.evidence.files import original_bytes
from reports.models import Case, CustodyKey, CustodyLead
from reports.scheduled_tasks import move_custody
from tests.reports import tasks
from tests.reports.actions import refused

pytestmark = [pytest.mark.django_db, pytest.mark.safety("K7")]
WHY = {"reason": "Berkas kedua."}
ADD = reverse("admin:reports_custodylead_add")


@pytest.fixture
def lead(person):
    """A member of child safety who is named."""
    lead = person("child-safety", "lead")
    custody.name(lead, person("administrator"), for_withheld=False)
    return lead


@pytest.fixture
def lock(with_picture, moderator):
    """``lock()``: the moderator locks a case with a picture."""

    def do() -> Case:
        return perform(perform(with_picture, "claim", by=moderator), "lock", by=moderator, **WHY)

    return do


@pytest.fixture
def restricted_with_picture(with_picture, moderator) -> Case:
    """A case of child safety with a picture."""
    return perform(perform(with_picture, "claim", by=moderator), "restrict", by=moderator, **WHY)


def holder(case: Case):
    """The person with whom the key of the case's file is."""
    row = CustodyKey.objects.get(case=case)
    return row.lead.person if row.lead else None


def test_key_of_a_locked_file_leaves_the_case(lock, lead):
    case = lock()
    item = case.evidence.get()
    with pytest.raises(ErasedError):
        original_bytes(item, case.staff_keyring())
    assert not case.data_keys.filter(name__startswith="file:").exists()
    assert holder(case) == lead
    assert case.events.get(action="lock").facts["custody"] == lead.pk


@pytest.mark.slow
def test_key_from_before_the_lock_opens_nothing(restricted_with_picture, child_safety, lead):
    """Of a case that belonged to child safety already, an old backup has the earlier key."""
    case = restricted_with_picture
    ring = case.staff_keyring()
    earlier = ring.key(case.evidence.get().key_name)
    case = perform(perform(case, "claim", by=child_safety), "lock", by=child_safety, **WHY)
    assert CustodyKey.objects.get().open() != earlier


def test_key_does_not_open_for_a_person_written_into_its_row(lock, lead, child_safety):
    lock()
    CustodyLead.objects.update(person=child_safety)
    with pytest.raises(UnreadableError):
        CustodyKey.objects.get().open()


def test_only_the_named_lead_has_locked_files_destroyed(lock, lead, child_safety):
    case = lock()
    assert "lead" in refused(case, "destroy_files", child_safety)
    assert refused(case, "destroy_files", lead) is None
    assert not CustodyKey.objects.exists()


@pytest.mark.slow
def test_another_lead_destroys_what_the_named_one_locked(restricted_with_picture, lead, child_safety):
    case = perform(perform(restricted_with_picture, "claim", by=lead), "lock", by=lead, **WHY)
    assert refused(case, "destroy_files", lead)
    assert refused(case, "destroy_files", child_safety) is None


@pytest.mark.slow
def test_key_belongs_to_nobody_until_somebody_is_named(lock, person, client):
    case, successor = lock(), person("child-safety", "successor")
    assert holder(case) is None
    client.force_login(person("administrator"))
    client.post(ADD, {"person": successor.pk})
    assert holder(case) == successor
    assert case.events.last().facts["custody"] == successor.pk


def test_successor_gets_every_key_and_the_record_keeps_both(lock, lead, person, client):
    case, successor = lock(), person("child-safety", "successor")
    client.force_login(person("administrator", "second"))
    client.post(ADD, {"person": successor.pk})
    assert holder(case) == successor
    assert [row.person for row in CustodyLead.objects.filter(ended_at=None)] == [successor]
    assert CustodyLead.objects.filter(person=lead, ended_at__isnull=False).exists()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("leaves", [{"is_active": False}, {}], ids=["account closed", "role taken"])
def test_lead_who_leaves_holds_no_key(lock, lead, leaves):
    case = lock()
    lead.is_active = leaves.get("is_active", True)
    lead.save()
    lead.groups.clear() if not leaves else None
    tasks.run("keys of locked files moved")
    assert holder(case) is None


@pytest.mark.slow
def test_lead_with_a_conflict_of_interest_gets_no_key(with_picture, moderator, supervisor, lead):
    case = perform(
        perform(with_picture, "exclude", by=supervisor, person=lead, reason="Saudara."), "claim", by=moderator
    )
    assert holder(perform(case, "lock", by=moderator, **WHY)) is None
    assert move_custody() == 0


@pytest.mark.slow
def test_case_is_locked_without_a_key_for_custody(lock, lead, monkeypatch, person, client):
    wrap = keys.wrap_from_desk

    def missing(audience, *args):
        if audience == keys.CUSTODY:
            raise keys.KeyMissingError("custody.public")
        return wrap(audience, *args)

    with monkeypatch.context() as without_key:
        without_key.setattr(keys, "wrap_from_desk", missing)
        case = lock()
        assert case.suspected_material_at
        assert move_custody() == 0
    client.force_login(person("administrator", "second"))
    assert "masih ada di kasusnya" in client.get(reverse("admin:index")).text
    with monkeypatch.context() as without_key:
        without_key.setattr(keys, "missing_for_custody", lambda: ["custody.public"])
        assert "tidak ada di server ini" in client.get(reverse("admin:index")).text
    assert move_custody() == 1
    assert "masih ada di kasusnya" not in client.get(reverse("admin:index")).text
    assert holder(case) == lead


@pytest.mark.slow
@pytest.mark.parametrize("role", ["moderator", "supervisor"])
def test_lead_for_locked_files_is_of_child_safety(person, client, role):
    client.force_login(person("administrator"))
    assert client.post(ADD, {"person": person(role, "other").pk}).status_code == 200
    assert not CustodyLead.objects.exists()


@pytest.mark.slow
def test_nobody_names_themselves(person, client):
    both = person("administrator")
    both.groups.add(person("child-safety").groups.get())
    client.force_login(both)
    client.post(ADD, {"person": both.pk})
    assert not CustodyLead.objects.exists()


def test_lead_cannot_exclude_the_named_one_and_decide_alone(lock, lead, child_safety, person):
    case = lock()
    perform(case, "exclude", by=child_safety, person=lead, reason="Saudara.")
    assert "konflik kepentingan" in refused(case, "destroy_files", child_safety)
    custody.name(child_safety, person("administrator", "second"), for_withheld=False)
    assert refused(case, "destroy_files", child_safety) is None


@pytest.mark.slow
def test_hold_on_locked_files_ends_once_they_are_destroyed(lock, lead, child_safety):
    case = lock()
    perform(case, "withdraw", coerced="no")
    assert "Musnahkan" in refused(case, "lift_hold", lead)
    assert refused(case, "approve_erasure", lead)
    assert [refused(case, name, lead) for name in ("destroy_files", "lift_hold")] == [None] * 2
    assert refused(case, "approve_erasure", child_safety) is None


def test_locked_file_opens_with_new_pairs_alone(lock, moderator, settings, session_keys, tmp_path):
    settings.KEYS_DIR = Path(shutil.copytree(session_keys, tmp_path / "keys"))
    lock()
    key = CustodyKey.objects.get().open()
    for audience in (pairs.CUSTODY, pairs.CHILD_SAFETY):  # the second one sealed it
        call_command("rotate_keys", audience=audience, stdout=StringIO())
        options = {"retire": True, "without_copy": True, "by": moderator.username}
        call_command("rotate_keys", audience=audience, stdout=StringIO(), **options)
    assert not list(settings.KEYS_DIR.glob("c*-*.private"))
    assert CustodyKey.objects.get().open() == key
