"""Locked files that go to the police: only through the named lead, sealed, with a proof, and recorded (K7)."""

import re
from datetime import timedelta
from pathlib import Path
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
from tests.reports.triage.stage import WHY, Stage
from tools import open_locked_file
from tools.open_locked_file import opened

pytestmark = [pytest.mark.django_db, pytest.mark.safety("K7")]
SENT = HANDED | {"handed_on": str(HANDED["handed_on"])}
ROLES = ["triage", "moderator", "child-safety", "supervisor", "outside-lead", "auditor", "administrator", "superuser"]


@pytest.fixture
def just_locked(report, person):
    """A locked case whose key is with the named lead, that lead, and what the file was."""
    stage, content = Stage(report, person), []
    lead = person("child-safety", "lead")
    custody.name(lead, person("administrator"), for_withheld=False)
    case, moderator = stage._held(with_picture=True)
    content.append(original_bytes(case.evidence.get(), case.staff_keyring()))
    return perform(case, "lock", by=moderator, reason="Berkas."), lead, content[0]


@pytest.fixture
def locked(just_locked, person):
    """The same, once a second person has agreed that it goes to the police."""
    case, lead, content = just_locked
    perform(case, "ask_take_out", by=lead, **WHY)
    return perform(case, "agree_take_out", by=person("child-safety", "second"), **WHY), lead, content


def take(client, case, part, **sent):
    case.refresh_from_db()
    names = {"ref": case.reference, "file_id": case.evidence.get().pk, "part": part}
    return client.post(reverse("admin:reports_case_locked_file", kwargs=names), {"version": case.version, **sent})


def act_page(case):
    return reverse("admin:reports_case_act", args=[case.reference, "hand_to_police"])


def hand_over(client, case, **sent):
    """The named lead takes the file out and records to whom it went."""
    take(client, case, "file", **WHY)
    return act(client, case, "hand_to_police", **SENT | sent)


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


def test_key_is_shown_only_once_a_second_person_agreed(just_locked, client, person):
    case, lead, _content = just_locked
    client.force_login(lead)
    assert take(client, case, "key", **WHY).status_code == 404
    assert act(client, case, "ask_take_out", **WHY).status_code == 302
    assert take(client, case, "key", **WHY).status_code == 404
    assert act(client, case, "agree_take_out", **WHY).status_code == 409
    client.force_login(person("child-safety", "second"))
    assert act(client, case, "agree_take_out", **WHY).status_code == 302
    assert take(client, case, "key", **WHY).status_code == 404
    client.force_login(lead)
    assert take(client, case, "key", **WHY).status_code == 200


def test_second_person_finds_the_request_on_the_first_page(just_locked, client, person):
    case, lead, _content = just_locked
    perform(case, "ask_take_out", by=lead, **WHY)
    address = reverse("admin:reports_case_act", args=[case.reference, "agree_take_out"])
    for user, listed in ((person("child-safety", "second"), True), (lead, False), (person("supervisor"), False)):
        client.force_login(user)
        assert (address in client.get(reverse("admin:index")).text) == listed
    perform(case, "agree_take_out", by=person("child-safety", "third"), **WHY)
    client.force_login(person("child-safety", "fourth"))
    assert address not in client.get(reverse("admin:index")).text


def test_refused_request_leaves_my_work_and_its_asker_reads_why(just_locked, client, person):
    case, lead, _content = just_locked
    perform(case, "ask_take_out", by=lead, **WHY)
    second = person("child-safety", "second")
    client.force_login(second)
    address = reverse("admin:reports_case_act", args=[case.reference, "agree_take_out"])
    assert address in client.get(reverse("admin:index")).text
    assert act(client, case, "refuse_take_out", reason="Nomor suratnya salah.").status_code == 302
    assert address not in client.get(reverse("admin:index")).text
    assert case.events.get(action="refuse_take_out").by == second
    client.force_login(lead)
    page = client.get(page_of(case)).text
    assert ["Nomor suratnya salah." in page, "ditolak oleh second" in page] == [True, True]
    assert "Tolak penyerahan" in client.get(reverse("admin:reports_case_handover")).text


def test_refused_request_lets_nothing_out_until_another_one(just_locked, client, person):
    case, lead, _content = just_locked
    second = person("child-safety", "second")
    perform(case, "ask_take_out", by=lead, **WHY)
    assert refused(case, "refuse_take_out", lead)
    perform(case, "refuse_take_out", by=second, **WHY)
    assert refused(case, "agree_take_out", second)
    client.force_login(lead)
    assert take(client, case, "key", **WHY).status_code == 404
    perform(case, "ask_take_out", by=lead, **WHY)
    perform(case, "agree_take_out", by=second, **WHY)
    assert refused(case, "refuse_take_out", second)  # it is taken back from now on
    assert take(client, case, "key", **WHY).status_code == 200


@pytest.mark.parametrize("who", ["who asked", "who agreed", "another lead"])
def test_agreement_is_taken_back_by_each_lead_of_the_case(locked, client, person, who):
    case, lead, _content = locked
    back = {"who asked": lead, "who agreed": case.police_hand_overs.get().agreed_by}
    client.force_login(lead)
    assert take(client, case, "key", **WHY).status_code == 200
    client.force_login(back.get(who) or person("child-safety", "third"))
    assert act(client, case, "revoke_take_out", reason=" ").status_code == 422
    assert act(client, case, "revoke_take_out", reason="Suratnya palsu.").status_code == 302
    client.force_login(lead)
    assert {take(client, case, part, **WHY).status_code for part in ("file", "key")} == {404}
    page = client.get(page_of(case)).text
    assert ["Suratnya palsu." in page, "Ditarik kembali oleh" in page] == [True, True]
    assert case.events.filter(action="revoke_take_out").count() == 1


def test_lead_asks_again_after_an_agreement_was_taken_back(locked, client, person):
    case, lead, _content = locked
    second = case.police_hand_overs.get().agreed_by
    perform(case, "revoke_take_out", by=second, **WHY)
    assert refused(case, "revoke_take_out", lead)
    assert refused(case, "hand_to_police", lead)
    client.force_login(lead)
    assert act_page(case) not in client.get(page_of(case)).text  # nothing was taken out that could be recorded
    perform(case, "ask_take_out", by=lead, **WHY)
    assert take(client, case, "key", **WHY).status_code == 404
    perform(case, "agree_take_out", by=second, **WHY)
    assert hand_over(client, case).status_code == 302
    assert refused(case, "revoke_take_out", second)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "child-safety"])
def test_nobody_but_a_lead_of_the_case_takes_an_agreement_back(locked, client, person, role):
    case, _lead, _content = locked
    client.force_login(person(role, "other"))
    assert act(client, case, "revoke_take_out", **WHY).status_code in {403, 404, 409}
    assert case.police_hand_overs.get().refused_at is None


def test_agreement_ends_by_itself_and_another_can_follow(locked, client, clock):
    case, lead, _content = locked
    clock(days=6)
    client.force_login(lead)
    assert take(client, case, "key", **WHY).status_code == 200
    assert "berakhir dengan sendirinya" in client.get(act_page(case)).text
    clock(days=1)
    client.force_login(lead)
    assert {take(client, case, part, **WHY).status_code for part in ("file", "key")} == {404}
    assert "berakhir dengan sendirinya" in client.get(page_of(case)).text
    second = case.police_hand_overs.get().agreed_by
    perform(case, "ask_take_out", by=lead, **WHY)
    perform(case, "agree_take_out", by=second, **WHY)
    assert take(client, case, "key", **WHY).status_code == 200


def test_hand_over_is_recorded_after_its_agreement_ended(locked, client):
    """What left before is recorded: nobody must lose where a file went."""
    case, lead, _content = locked
    client.force_login(lead)
    take(client, case, "file", **WHY)
    perform(case, "revoke_take_out", by=case.police_hand_overs.get().agreed_by, **WHY)
    assert "/locked/" not in client.get(act_page(case)).text
    assert act_page(case) in client.get(page_of(case)).text
    assert act(client, case, "hand_to_police", **SENT).status_code == 302
    assert case.police_hand_overs.get().receipt_number == HANDED["receipt_number"]


def test_page_of_the_key_has_the_program_that_opens_the_file(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    page = take(client, case, "key", **WHY)
    assert "python open_locked_file.py sealed.bin" in page.text
    address = re.search(r'action="([^"]+/program/)"', page.text)[1]
    program = client.post(address)
    assert program.content == Path(open_locked_file.__file__).read_bytes()
    assert 'filename="open_locked_file.py"' in program["Content-Disposition"]


def test_hand_over_is_one_event_and_a_row_of_the_case(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    assert reverse("admin:reports_case_act", args=[case.reference, "hand_to_police"]) in client.get(page_of(case)).text
    assert hand_over(client, case).status_code == 302
    event, row = Event.objects.get(action="hand_to_police"), case.police_hand_overs.get()
    assert (event.by, event.facts["files"], event.facts["handed_on"]) == (lead, 1, SENT["handed_on"])
    assert (row.agency, row.receipt_number, row.handed_on) == tuple(list(HANDED.values())[:3])
    assert "Contoh" not in str(event.facts)
    assert act(client, case, "hand_to_police", **SENT).status_code == 409
    assert take(client, case, "file", reason="Polisi.").status_code == 404


def test_record_stays_when_the_files_are_destroyed(locked, client, person):
    case, lead, _content = locked
    client.force_login(lead)
    hand_over(client, case)
    perform(case, "destroy_files", by=lead, **WHY)
    assert HANDED["receipt_number"] in client.get(page_of(case)).text
    client.force_login(person("auditor"))
    log = client.get(reverse("admin:reports_event_changelist"), {"kind": "exports"}).text
    assert f"{HANDED['agency']} · {HANDED['receipt_number']}" in log


def test_correction_stays_beside_the_earlier_record(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    hand_over(client, case, receipt_number="B/9/Salah")
    assert act(client, case, "correct_hand_over", **SENT | {"decision": ""}).status_code == 422
    assert act(client, case, "correct_hand_over", **SENT).status_code == 302
    old, new = case.police_hand_overs.all()
    assert (old.receipt_number, new.receipt_number, new.corrects) == ("B/9/Salah", HANDED["receipt_number"], old)
    shown = client.get(page_of(case)).text
    assert [number in shown for number in ("B/9/Salah", HANDED["receipt_number"])] == [True, True]


def test_file_is_taken_out_again_after_another_agreement(locked, client, person):
    case, lead, _content = locked
    client.force_login(lead)
    hand_over(client, case)
    perform(case, "ask_take_out", by=lead, **WHY)
    perform(case, "agree_take_out", by=person("child-safety", "third"), **WHY)
    assert act(client, case, "hand_to_police", **SENT).status_code == 409  # not taken out for this one
    assert hand_over(client, case, receipt_number="B/2/Contoh").status_code == 302
    assert [row.receipt_number for row in case.police_hand_overs.all()] == ["B/1/Contoh", "B/2/Contoh"]


def test_nothing_is_recorded_before_a_file_was_taken_out(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    assert act(client, case, "hand_to_police", **SENT).status_code == 409
    assert not case.police_hand_overs.filter(recorded_at__isnull=False).exists()


def test_day_before_the_lock_is_refused(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    assert hand_over(client, case, handed_on=str(HANDED["handed_on"] - timedelta(days=1))).status_code == 409
    assert not case.police_hand_overs.filter(recorded_at__isnull=False).exists()


def test_old_page_takes_no_file_out(locked, client):
    case, lead, _content = locked
    client.force_login(lead)
    assert take(client, case, "key", version=case.version - 1, **WHY).status_code == 302
    assert not Event.objects.filter(action="locked_file_taken").exists()


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
    custody.name(person("child-safety", "next"), person("administrator", "other"), for_withheld=False)
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
