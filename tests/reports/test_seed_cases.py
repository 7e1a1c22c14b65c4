"""Made-up cases of a demo: sealed, chained and indexed as real ones are, near to what an ordinary week brings."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from reports.cases import audit
from reports.cases.verification.register import countersign
from reports.cases.verification.walk import verify
from reports.crypto.vault import keys
from reports.evidence.file_gate import accounts_named
from reports.management.commands import seed_cases
from reports.models import Case, Event, GateEntry, IdentifierDigest, Installation, Message, Note, Referral
from reports.models.state import OPEN_STATES, State
from reports.scheduled_tasks import end_leases, mark_overdue
from tests.reports.followup.visitor import open_with, opened, url

pytestmark = pytest.mark.django_db
COUNT = 300


@pytest.fixture
def seeded(categories, in_demo, settings, tmp_path, monkeypatch) -> list[str]:
    """A demo with made-up cases; the lines of its file of codes."""
    settings.VAR = tmp_path
    monkeypatch.setattr(seed_cases, "OWN_CODES", 60)
    for command in ("demo_staff", "demo_agency"):
        call_command(command, stdout=StringIO())
    call_command("seed_cases", COUNT, stdout=StringIO())
    return (Path(tmp_path) / seed_cases.CODES).read_text().splitlines()


def share(part, whole) -> float:
    return part.count() / whole.count()


@pytest.mark.slow
def test_seeded_cases_have_realistic_shares(seeded):
    cases, still_open = Case.objects.all(), Case.objects.filter(state__in=OPEN_STATES)
    assert {*cases.values_list("state", flat=True)} >= {*State.values} - {"purged"}
    assert {*Referral.objects.values_list("state", flat=True)} == {"prepared", "sent", "acknowledged"}
    assert {*cases.filter(withdraw_at__isnull=False).values_list("erasure_needs_lead", flat=True)} == {True, False}
    assert all(note.text().startswith(("Contoh", "Example")) for note in Note.objects.all())
    assert Note.objects.count() > Referral.objects.count()
    assert 0.02 < share(cases.filter(tier=0), cases) < 0.15
    assert share(cases.filter(restricted=True), cases) < 0.35
    assert 0 < share(still_open.filter(overdue=True), still_open) < 0.2
    assert 0.05 < share(cases.filter(language="en"), cases) < 0.3
    assert len({*cases.values_list("age_band", flat=True)}) == 5


@pytest.mark.slow
def test_seeding_twice_adds_as_many_cases_again(seeded):
    call_command("seed_cases", COUNT, stdout=StringIO())
    assert Case.objects.count() == 2 * COUNT


@pytest.mark.slow
def test_seeded_cases_arrive_at_hours_as_people_report(seeded):
    done = Case.objects.filter(state__in=(State.RESOLVED, State.CLOSED))  # the others arrived shortly before now
    hours = [timezone.localtime(moment).hour for moment in done.values_list("received_at", flat=True)]
    assert sum(1 <= hour <= 5 for hour in hours) / len(hours) < 0.13  # 0.21 if every hour were alike
    assert sum(17 <= hour <= 22 for hour in hours) / len(hours) > 0.3  # 0.25


@pytest.mark.slow
def test_seeded_overdue_marks_fit_the_clock(seeded):
    assert mark_overdue() == 0
    assert end_leases() == 0


@pytest.mark.slow
@pytest.mark.logs_errors
def test_seeding_fixes_the_gate_key(seeded, settings, tmp_path, client):
    assert Installation.objects.get().gate_check
    settings.KEYS_DIR = tmp_path / "other"
    keys.make(settings.KEYS_DIR)
    assert client.get("/readyz").json()["gate key is the one of this installation"] is False


@pytest.mark.slow
def test_seeded_cases_have_threads_files_and_index(seeded):
    case = Case.objects.filter(unread_reply=True, state=State.TRIAGE).first()
    texts = [message.text(case.staff_keyring()) for message in case.messages.all()]
    assert len(texts) >= 2
    assert all(text.startswith(("Contoh", "Example")) for text in texts)
    assert Case.objects.filter(evidence__isnull=False).exists()
    assert IdentifierDigest.objects.count() == GateEntry.objects.count() > COUNT / 4
    named = [accounts_named(case) for case in Case.objects.all()]
    assert sum(map(bool, named)) == IdentifierDigest.objects.count()


@pytest.mark.slow
def test_seeded_accounts_link_some_cases(seeded):
    digests = IdentifierDigest.objects.values_list("digest", flat=True)
    assert len({bytes(digest) for digest in digests}) < IdentifierDigest.objects.count()


@pytest.mark.slow
def test_seeded_record_is_whole(seeded):
    assert countersign() == Event.objects.count()
    assert not [case for case in Case.objects.all() if verify(case)]
    assert all(audit.is_authentic(event) for event in Event.objects.all()[:50])


@pytest.mark.slow
def test_seeded_code_opens_its_case(seeded):
    case = Case.objects.filter(messages__side=Message.Side.STAFF).order_by("events__pk").first()
    code = next(line.split()[0] for line in seeded if line.startswith(case.display_reference))
    assert "Contoh" in opened(open_with(code)) or "Example" in opened(open_with(code))


@pytest.mark.slow
def test_seeded_shared_code_is_marked_and_opens(seeded):
    shared = Event.objects.filter(action="submitted", facts__shared_code=True)
    assert shared.count() == COUNT - 60
    secret = seeded[-1].split(": ")[-1]
    code = f"{shared.first().case.display_reference}-{secret}"
    assert open_with(code).get(url("visit")).status_code == 200


@pytest.fixture
def resolved_restricted_case(seeded) -> Case:
    """One of a few: how many there are depends on the hour of the week, so more are made when there is none."""
    found, seed = Case.objects.filter(restricted=True, state=State.RESOLVED), 1
    while not found.exists():
        seed += 1
        call_command("seed_cases", COUNT, seed=seed, stdout=StringIO())
    return found.first()


@pytest.mark.slow
def test_seeded_restricted_case_closes_with_two_people(resolved_restricted_case, client, django_user_model):
    case = resolved_restricted_case
    second = django_user_model.objects.exclude(pk=case.resolved_by_id).get(groups__name="child-safety")
    client.force_login(second)
    close = reverse("admin:reports_case_act", args=[case.reference, "close"])
    assert client.post(close, {"version": case.version, "outcome": "helped"}).status_code == 302
    assert Case.objects.get(pk=case.pk).state == State.CLOSED


def test_seeding_is_for_demos_only(categories):
    with pytest.raises(CommandError):
        call_command("seed_cases", 1)
