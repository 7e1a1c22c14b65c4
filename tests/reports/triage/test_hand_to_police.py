"""Locked files that go to the police: only through the named lead, sealed, with a proof, and recorded (K7)."""

import re
from time import time

import pytest
from django.urls import reverse

from reports.cases import custody
from reports.cases.lifecycle import perform
from reports.evidence.files import original_bytes
from reports.models import Event
from reports.scheduled_tasks import move_custody
from safetycenter.accounts import proof
from tests.reports.actions import HANDED, refused
from tests.reports.triage.desk_pages import act, page_of
from tests.reports.triage.stage import Stage
from tools.open_locked_file import opened

pytestmark = [pytest.mark.django_db, pytest.mark.safety("K7")]
SENT = HANDED | {"handed_on": "2026-11-24"}
ROLES = ["triage", "moderator", "child-safety", "supervisor", "outside-lead", "auditor", "administrator", "superuser"]


@pytest.fixture
def locked(report, person):
    """A locked case whose key is with the named lead, that lead, and what the file was."""
    stage, content = Stage(report, person), []
    lead = person("child-safety", "lead")
    custody.name(lead, person("administrator"), for_withheld=False)
    case, moderator = stage._held(with_picture=True)
    content.append(original_bytes(case.evidence.get(), case.staff_keyring()))
    return perform(case, "lock", by=moderator, reason="Berkas."), lead, content[0]


def take(client, case, part, **sent):
    names = {"ref": case.reference, "file_id": case.evidence.get().pk, "part": part}
    return client.post(reverse("admin:reports_case_locked_file", kwargs=names), {"version": case.version, **sent})


def test_file_leaves_sealed_and_opens_with_its_key_without_the_site(locked, client):
    case, lead, content = locked
    client.force_login(lead)
    sealed = take(client, case, "file", reason="Polisi, 24 November.").content
    page = take(client, case, "key", reason="Polisi, 24 November.")
    key = re.search(r"<strong>([0-9a-f]{64})</strong>", page.text)[1]
    assert content not in sealed
    assert "no-store" in page["Cache-Control"]
    assert opened(sealed, bytes.fromhex(key), case.evidence.get().key_name) == content
    with pytest.raises((ValueError, RuntimeError)):  # cut short
        opened(sealed[:-1], bytes.fromhex(key), case.evidence.get().key_name)
    events = Event.objects.filter(action="locked_file_taken", by=lead)
    assert [event.facts["part"] for event in events] == ["file", "key"]
    assert key not in str([event.facts for event in events])


def test_hand_over_is_one_event_and_an_entry_of_custody(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    assert reverse("admin:reports_case_act", args=[case.reference, "hand_to_police"]) in client.get(page_of(case)).text
    assert act(client, case, "hand_to_police", **SENT).status_code == 302
    event, row = Event.objects.get(action="hand_to_police"), case.custody_keys.get()
    assert (event.by, event.facts["files"], event.facts["handed_on"]) == (lead, 1, "2026-11-24")
    assert (row.handed_to, row.receipt_number, row.handed_on) == tuple(list(HANDED.values())[:3])
    assert "Contoh" not in str(event.facts)
    assert act(client, case, "hand_to_police", **SENT).status_code == 409
    assert take(client, case, "file", reason="Polisi.").status_code == 404


@pytest.mark.parametrize("missing", [*SENT, "day that has not come"])
def test_hand_over_needs_agency_receipt_day_and_decision(locked, client, missing):
    case, lead, _content = locked
    client.force_login(lead)
    sent = SENT | ({missing: ""} if missing in SENT else {"handed_on": "2099-01-01"})
    assert act(client, case, "hand_to_police", **sent).status_code == 422
    assert not Event.objects.filter(action="hand_to_police").exists()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_the_named_lead_hands_over_a_locked_file(locked, client, person, role):
    case, _lead, _content = locked
    client.force_login(person(role, "other"))
    assert act(client, case, "hand_to_police", **SENT).status_code in {403, 404, 409}
    assert {take(client, case, part, reason="Polisi.").status_code for part in ("file", "key")} <= {403, 404}
    page = client.get(reverse("admin:reports_case_act", args=[case.reference, "hand_to_police"]))
    assert "/locked/" not in page.text
    assert not Event.objects.filter(action__in=("hand_to_police", "locked_file_taken")).exists()


def test_lead_of_before_hands_over_nothing(locked, client, person):
    case, lead, _content = locked
    custody.name(person("child-safety", "next"), person("administrator", "second"), for_withheld=False)
    client.force_login(lead)
    assert take(client, case, "key", reason="Polisi.").status_code == 404
    move_custody()
    assert "hanya" in refused(case, "hand_to_police", lead).lower()


def test_hand_over_and_download_ask_who_is_there(locked, client, monkeypatch):
    case, lead, _content = locked
    client.force_login(lead)
    monkeypatch.setattr(proof, "time", lambda: time() + 15 * 60)
    assert act(client, case, "hand_to_police", **SENT).status_code == 403
    for part in ("file", "key"):
        answer = take(client, case, part, reason="Polisi.")
        assert (answer.status_code, "_sealed" in answer.text) == (403, True)
    assert not Event.objects.filter(action__in=("hand_to_police", "locked_file_taken")).exists()


def test_file_leaves_only_with_a_decision(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    assert take(client, case, "file", reason=" ").status_code == 302
    assert not Event.objects.filter(action="locked_file_taken").exists()


def test_ordinary_case_has_no_locked_file(filed, client, person):
    lead = person("child-safety", "lead")
    custody.name(lead, person("administrator"), for_withheld=False)
    assert refused(filed.case, "hand_to_police", lead)
