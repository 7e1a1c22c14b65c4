"""The operator stops in order: nobody loses a report without notice, and what must be kept is kept."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from reports.cases.lifecycle import NotAllowed, perform
from reports.cases.verification import walk
from reports.models import Case, DataKey, Event, Evidence, Message, WindDown
from reports.staffing.intake_status import intake_status
from tests.reports.actions import resolve
from tests.reports.followup.visitor import open_with, opened, url
from tests.reports.triage.desk_pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAYS = 20


def run(*args: str) -> str:
    out = StringIO()
    call_command("wind_down", *args, stdout=out)
    return out.getvalue()


def close() -> None:
    run("close", "--commit", "--last-day", f"{timezone.localdate() + timedelta(days=DAYS)}")


@pytest.fixture
def finish(supervisor):
    """``finish(case)``: a supervisor or lead resolves and closes the case."""

    def do(case: Case, by=None) -> Case:
        by = by or supervisor
        case = perform(case, "claim", by=by)
        case = perform(case, "reply", by=by, text="Selesai.")
        return perform(resolve(case, by), "close", by=by, outcome="helped")

    return do


@pytest.mark.slow
def test_every_step_changes_nothing_without_commit(filed, clock):
    before = Event.objects.count()
    for step in ("close", "tell", "answer", "pass-on", "erase", "proof"):
        assert "Nothing was changed." in run(step, "--last-day", "2099-01-01")
    assert "The service goes on." in run()
    assert (Event.objects.count(), WindDown.objects.count()) == (before, 0)


def test_form_is_closed_with_a_notice_before_anyone_types(in_demo, categories):
    close()
    page = Client().get(url("start")).text
    assert "tidak menerima laporan baru lagi" in page
    assert Client().post(url("ask_safety"), {"safety": "safe"}).url == url("start")


@pytest.mark.slow
def test_site_outside_the_demo_is_closed_too(supervisor):
    assert intake_status().last_day is None
    close()
    status = intake_status()
    assert (status.last_day, status.is_open) == (timezone.localdate() + timedelta(days=DAYS), False)


@pytest.mark.slow
def test_last_day_leaves_time_and_never_comes_sooner(filed):
    soon = f"{timezone.localdate() + timedelta(days=13)}"
    with pytest.raises(CommandError, match="need time"):
        run("close", "--commit", "--last-day", soon)
    close()
    with pytest.raises(CommandError, match="only become later"):
        run("close", "--commit", "--last-day", f"{timezone.localdate() + timedelta(days=DAYS - 1)}")


def test_each_reporter_is_told_once_in_their_language(file):
    both = {language: file(language=language) for language in ("id", "en")}
    close()
    assert "2 were sent" in run("tell", "--commit")
    assert "0 were sent" in run("tell", "--commit")
    assert "Situs ini berhenti" in opened(open_with(both["id"].receipt.code))
    assert Message.objects.filter(case=both["en"].case).count() == 1


def test_nothing_is_erased_before_the_last_day_or_while_work_is_left(file, moderator, clock):
    case = perform(file(age="adult").case, "claim", by=moderator)
    close()
    run("tell", "--commit")
    with pytest.raises(CommandError, match="before the end"):
        run("erase", "--commit")
    clock(days=DAYS + 1)
    perform(case, "data_request", kind="access")
    with pytest.raises(CommandError, match="left to decide"):
        run("erase", "--commit")
    assert "1  requests about data" in run("answer")
    assert DataKey.objects.exists()


def test_report_that_nobody_has_read_is_not_erased(file, clock):
    file(age="adult")
    close()
    run("tell", "--commit")
    clock(days=DAYS + 1)
    assert "1  reports that nobody has reviewed" in run("answer")
    with pytest.raises(CommandError, match="left to decide"):
        run("erase", "--commit")
    assert DataKey.objects.exists()


@pytest.mark.slow
def test_escalated_report_is_not_erased(file, moderator, clock):
    case = perform(file(age="adult").case, "claim", by=moderator)
    perform(case, "escalate", by=moderator, reason="Contoh.")
    close()
    run("tell", "--commit")
    clock(days=DAYS + 1)
    with pytest.raises(CommandError, match="left to decide"):
        run("erase", "--commit")


@pytest.mark.slow
def test_report_that_cannot_be_told_keeps_no_other_one(file, finish, clock):
    damaged, whole = (finish(file(age="adult", words=str(number)).case) for number in range(2))
    DataKey.objects.filter(case=damaged, name="thread").delete()
    close()
    with pytest.raises(CommandError, match="Not sent"):
        run("tell", "--commit")
    clock(days=DAYS + 1)
    with pytest.raises(CommandError, match="1 kept"):
        run("erase", "--commit")
    assert dict(Case.objects.values_list("pk", "state")) == {damaged.pk: "closed", whole.pk: "purged"}


@pytest.mark.slow
def test_notice_of_the_end_is_no_answer_to_the_reporter(filed, supervisor, client):
    call_command("load_replies", stdout=StringIO())
    close()
    run("tell", "--commit")
    case = perform(filed.case, "claim", by=supervisor)
    assert not case.is_reporter_informed
    client.force_login(supervisor)
    assert client.get(page_of(case)).context["message_form"]["text"].value()
    with pytest.raises(NotAllowed):
        resolve(case, supervisor)


def test_held_reports_are_kept_and_the_others_erased(file, finish, supervisor, clock):
    ended, held, late = (finish(file(age="adult", words=str(number)).case) for number in range(3))
    perform(held, "hold", by=supervisor, reason="Contoh.")
    close()
    run("tell", "--commit")
    clock(days=DAYS + 1)
    assert held.display_reference in run("erase")
    assert "2 erased" in run("erase", "--commit")
    states = dict(Case.objects.values_list("reference", "state"))
    assert (states[ended.reference], states[late.reference]) == ("purged", "purged")
    assert states[held.reference] == "closed"
    assert not Evidence.objects.exclude(case=held).exists()
    assert set(DataKey.objects.values_list("case", flat=True)) == {held.pk}


@pytest.mark.logs_errors
def test_forged_notice_is_no_reason_to_erase(file, finish, clock):
    case = finish(file(age="adult").case)
    close()
    Event.objects.create(
        case=case,
        number=case.events_count + 1,
        action="wind_down_told",
        side="system",
        digest=b"x",
        key_id="x",
        seal=b"x",
    )
    clock(days=DAYS + 1)
    with pytest.raises(CommandError, match="1 kept"):
        run("erase", "--commit")
    assert Case.objects.get().state == "closed"


def test_proof_has_numbers_and_the_record_stays_verifiable(file, finish, clock, tmp_path):
    case = finish(file(age="adult").case)
    close()
    run("tell", "--commit")
    clock(days=DAYS + 1)
    run("erase", "--commit")
    run("proof", "--commit", "--output", str(tmp_path / "proof.json"))
    text = (tmp_path / "proof.json").read_text()
    found = json.loads(text)
    assert (found["reports"], found["erased"], found["not_erased"], found["told"]) == (1, 1, 0, 1)
    assert found["record"].startswith("record-anchor")
    assert case.reference not in text
    assert walk.verify_for(5).broken == []
    assert "to do  proof" in run()
