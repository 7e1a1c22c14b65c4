"""Keys and answers that somebody put in for those of a case are refused at the desk, recorded and alarmed."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from reports import scheduled_tasks
from reports.cases import fingerprints
from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, RecordAlarm
from reports.triage.case_view import CaseView
from tests.cast import PASSWORD, sealed_answers
from tests.reports.actions import resolve
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, told
from tests.reports.triage.replacing import replace_story

pytestmark = pytest.mark.django_db
SENTENCE = "berbeda dari yang dikirim"


def page(client, case: Case) -> str:
    response = client.get(
        reverse("admin:reports_case_page", args=[case.reference]), {"words": "1"}, HTTP_ACCEPT_LANGUAGE="id"
    )
    return response.content.decode()


def put_back(case: Case, wraps: list[dict]) -> None:
    """The sealed parts as they were, from a backup."""
    for row in wraps:
        case.data_keys.filter(pk=row["id"]).update(key_id=row["key_id"], wrapped=row["wrapped"])
    Case.objects.filter(pk=case.pk).update(answers=case.answers, key_for_staff=case.key_for_staff)


@pytest.fixture
def desk(client, moderator):
    client.login(username=moderator.username, password=PASSWORD)
    return client


@pytest.fixture
def sent(categories, in_demo, remembered) -> Case:
    """A report that was sent through the form."""
    reporter = Reporter()
    reporter.begin()
    told(reporter).send()
    return Case.objects.get()


@pytest.mark.slow
def test_report_as_it_was_sent_is_shown(desk, sent, moderator):
    perform(sent, "claim", by=moderator)
    assert "Mereka mengejek aku." in page(desk, sent)
    assert not RecordAlarm.objects.exists()


@pytest.mark.logs_errors
def test_replaced_story_is_refused_recorded_and_alarmed(desk, sent):
    replace_story(sent)
    assert sealed_answers(Case.objects.get())["words"] == "Cerita palsu."  # the desk's key opens it
    for _time in range(2):
        shown = page(desk, sent)
        assert SENTENCE in shown
        assert "Cerita palsu" not in shown
    assert RecordAlarm.objects.get().kind == "sealed"
    assert sent.events.get(action="replaced").facts["parts"] == [
        "answers",
        "key:narrative",
        "key:thread",
        "key_for_staff",
    ]


@pytest.mark.slow
@pytest.mark.logs_errors
def test_changed_id_of_a_wrap_is_noticed(sent, moderator):
    Case.objects.update(staff_key_id="0" * 12)
    assert fingerprints.replaced(Case.objects.get()) == ["key_for_staff"]


@pytest.mark.logs_errors
def test_nothing_is_written_under_replaced_keys(sent, moderator):
    replace_story(sent)
    case = perform(sent, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(case, "reply", by=moderator, text="Halo.")
    assert not case.messages.exists()
    assert perform(case, "note", by=moderator, text="Catatan.").notes.get().text() == "Catatan."


@pytest.mark.sampled(2)
@pytest.mark.logs_errors
@pytest.mark.parametrize("action", ["restrict", "lock"])
def test_replaced_case_is_restricted_and_renewed_later(desk, sent, moderator, child_safety, action):
    whole = Case.objects.get(), list(sent.data_keys.values())
    replace_story(sent)
    case = perform(perform(sent, "claim", by=moderator), action, by=moderator, reason="Anak.")
    assert case.restricted
    assert page(desk, case).count("Anak.") == 0  # the moderator no longer sees it
    assert scheduled_tasks.renew_keys() == 0
    put_back(*whole)
    assert scheduled_tasks.renew_keys() == 1
    assert sealed_answers(Case.objects.get())["words"] == "Mereka mengejek aku."


@pytest.mark.slow
@pytest.mark.logs_errors
def test_replaced_case_is_held_by_law(desk, sent, child_safety):
    replace_story(sent)
    case = perform(sent, "hold", by=child_safety, reason="Permintaan penyidik.")
    assert case.hold
    assert case.notes.count() == 1


@pytest.mark.slow
@pytest.mark.logs_errors
def test_replaced_case_names_what_this_person_may_do(sent, moderator, child_safety):
    replace_story(sent)
    with translation.override("id"):
        problems = [CaseView(sent, user).problem for user in (moderator, child_safety)]
    assert ["Yang masih bisa Anda lakukan: Tangani kasus ini" in problem for problem in problems] == [True, True]
    assert ["kewajiban simpan" in problem for problem in problems] == [False, True]


@pytest.mark.logs_errors
def test_replaced_case_offers_no_action_that_needs_its_parts(desk, sent, moderator):
    perform(sent, "claim", by=moderator)
    assert 'id="reply"' in page(desk, sent)
    replace_story(sent)
    shown = page(desk, sent)
    assert [f'id="{name}"' in shown for name in ("reply", "note")] == [False, True]
    assert reverse("admin:reports_case_act", args=[sent.reference, "restrict"]) in shown
    assert "Tidak ditawarkan: Balas pelapor, Tanya pelapor" in shown
    assert "Tindakan ini membutuhkannya" in shown


@pytest.mark.slow
@pytest.mark.logs_errors
def test_replaced_case_is_erased_as_its_reporter_asked(sent, moderator, child_safety, person, clock):
    replace_story(sent)
    perform(perform(sent, "claim", by=moderator), "lock", by=moderator, reason="Anak.")
    perform(sent, "lift_hold", by=person("child-safety", "second"), reason="Polisi sudah selesai.")
    perform(sent, "withdraw", coerced="no")
    perform(sent, "approve_erasure", by=child_safety)
    clock(hours=73)
    call_command("housekeeping", stdout=StringIO())
    assert Case.objects.get().state == "purged"


@pytest.mark.slow
@pytest.mark.logs_errors
@pytest.mark.parametrize(
    ("action", "details"), [("set_tier", {"tier": 0}), ("release", {}), ("resolve_without_message", {}), ("reopen", {})]
)
def test_reasons_are_noted_beside_replaced_parts(sent, moderator, action, details):
    replace_story(sent)
    case = perform(sent, "claim", by=moderator)
    if action == "reopen":
        resolve(case, moderator, "resolve_without_message", reason="Rusak.")
    assert perform(case, action, by=moderator, reason="Rusak.", **details).notes.last().text() == "Rusak."


@pytest.mark.slow
def test_missing_key_of_a_public_node_is_named(two_nodes, file, client, moderator, settings):
    two_nodes("public")
    case = file().case
    two_nodes("desk")
    known, hidden = settings.KEYS_DIR / "node-web1.public", settings.KEYS_DIR / "away"
    known.rename(hidden)
    client.login(username=moderator.username, password=PASSWORD)
    shown = page(client, case)
    assert case.events.get(number=1).key_id in shown
    assert "node-NAME.public" in shown
    assert SENTENCE not in shown
    assert not RecordAlarm.objects.filter(kind="sealed").exists()
    hidden.rename(known)
    perform(case, "claim", by=moderator)
    assert "Mereka mengejek aku" in page(client, case)


@pytest.mark.slow
@pytest.mark.logs_errors
def test_missing_key_does_not_hide_a_replaced_story(two_nodes, file, client, moderator, settings):
    two_nodes("public")
    case = file().case
    two_nodes("desk")
    (settings.KEYS_DIR / "node-web1.public").unlink()
    replace_story(case)
    client.login(username=moderator.username, password=PASSWORD)
    assert SENTENCE in page(client, case)
    assert RecordAlarm.objects.get().kind == "sealed"


@pytest.mark.slow
@pytest.mark.logs_errors
def test_replaced_story_is_not_accepted_after_another_action(desk, sent, moderator):
    replace_story(sent)
    perform(sent, "claim", by=moderator)
    assert SENTENCE in page(desk, sent)


@pytest.mark.slow
def test_file_that_came_later_is_accepted(desk, file, moderator):
    filed = file(age="adult", category="scam")
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    visit = open_with(filed.receipt.code)
    assert visit.post(url("write"), {"text": "Satu hal lagi.", "files": photo}).status_code == 303
    assert filed.case.evidence.exists()
    perform(filed.case, "claim", by=moderator)
    assert "Satu hal lagi." in page(desk, filed.case)


@pytest.mark.slow
def test_restricted_case_with_new_keys_is_accepted(client, sent, moderator, child_safety):
    perform(sent, "claim", by=moderator)
    perform(sent, "restrict", by=moderator, reason="Anak.")
    client.login(username=child_safety.username, password=PASSWORD)
    assert "Mereka mengejek aku." in page(client, sent)
    assert not RecordAlarm.objects.exists()


@pytest.mark.slow
@pytest.mark.logs_errors
def test_story_replaced_after_the_first_look_is_refused_too(desk, sent):
    page(desk, sent)
    replace_story(sent)
    assert SENTENCE in page(desk, sent)


def test_new_keys_of_one_case_are_not_recorded_for_another(file, moderator):
    first, second = file(), file()
    perform(perform(first.case, "claim", by=moderator), "restrict", by=moderator, reason="Anak.")
    perform(second.case, "claim", by=moderator)
    perform(second.case, "reporter_reply", text="", evidence=(), risk=True)
    assert "sealed" not in second.case.events.get(action="reporter_reply").facts
