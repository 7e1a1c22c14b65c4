"""The lease of a case: renewed by work on its page, seen by others, and broken only with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, Note
from reports.staffing.hours import clock_in_words
from tests.reports.triage.desk_pages import act, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def held(filed, desk):
    """A case that the moderator took; five minutes of its lease are left."""
    act(desk, filed.case, "claim")
    Case.objects.update(lease_until=timezone.now() + timedelta(minutes=5))
    return Case.objects.get()


def keep(client, case):
    return client.post(reverse("admin:reports_case_lease", args=[case.reference]))


def address(case) -> str:
    return reverse("admin:reports_case_act", args=[case.reference, "reply"])


def minutes_left() -> float:
    return (Case.objects.get().lease_until - timezone.now()) / timedelta(minutes=1)


def test_beat_of_the_page_renews_the_lease(held, desk):
    answer = keep(desk, held)
    assert answer.status_code == 200
    assert clock_in_words(Case.objects.get().lease_until) in answer.json()["said"]
    assert minutes_left() > 19


def test_beat_says_that_the_case_is_gone(held, desk, supervisor):
    perform(held, "release", by=supervisor, reason="Sakit.")
    answer = keep(desk, held)
    assert answer.status_code == 409
    assert "kembali ke antrean" in answer.json()["said"]


def test_beat_of_another_person_renews_nothing(held, client, supervisor):
    client.force_login(supervisor)
    assert keep(client, held).status_code == 409
    assert minutes_left() < 6


@pytest.mark.slow
def test_tap_in_the_form_renews_and_keeps_words(held, desk):
    page = act(desk, held, "reply", still="1", text="Belum selesai.").content.decode()
    assert "Belum selesai.</textarea>" in page
    assert "error" not in page.partition('id="reply"')[2].partition("</details>")[0]
    assert minutes_left() > 19
    assert not held.messages.exists()


def test_lease_of_another_person_shows_its_end(held, client, supervisor):
    client.force_login(supervisor)
    until = clock_in_words(held.lease_until)
    assert until in client.get(page_of(held)).content.decode()
    assert until in client.get(reverse("admin:reports_case_changelist") + "?show=all").content.decode()


def test_release_by_another_needs_a_reason(held, client, supervisor):
    client.force_login(supervisor)
    answer = act(client, held, "release", reason=" ")
    assert answer.status_code == 422
    assert 'id="release-reason_error"' in answer.content.decode()
    with pytest.raises(NotAllowed):
        perform(Case.objects.get(), "release", by=supervisor)
    assert Case.objects.get().handler is not None


@pytest.mark.slow
def test_release_by_another_keeps_the_reason(held, client, supervisor):
    client.force_login(supervisor)
    assert act(client, held, "release", reason="Giliran berakhir.").status_code == 302
    assert Note.objects.get().by == supervisor


@pytest.mark.slow
def test_release_of_an_own_case_needs_no_reason(held, desk):
    assert act(desk, held, "release").status_code == 302
    assert Case.objects.get().handler is None


def test_lapsed_case_is_taken_back_with_its_words(held, desk, supervisor):
    version = held.version
    perform(held, "release", by=supervisor, reason="Sakit.")
    refused = act(desk, held, "reply", text="Belum dikirim.")
    assert 'name="take"' in refused.text
    page = desk.post(address(held), {"version": version, "text": "Belum dikirim.", "take": "1"}).text
    assert "Belum dikirim.</textarea>" in page
    assert "Sakit." in page.partition("notice warn changed")[2].partition("case-main")[0]
    assert Case.objects.get().handler.username == "moderator"
    assert act(desk, held, "reply", text="Belum dikirim.").status_code == 302


def test_case_of_another_person_is_not_taken_back_and_keeps_words(held, desk, supervisor):
    perform(held, "release", by=supervisor, reason="Sakit.")
    perform(Case.objects.get(), "claim", by=supervisor)
    told = keep(desk, held).json()
    assert (told["taken"], told["said"].startswith("supervisor kini menangani kasus ini")) == (True, True)
    answer = act(desk, held, "reply", text="Belum dikirim.", take="1")
    assert (answer.status_code, 'name="take"' in answer.text) == (409, False)
    assert "Belum dikirim.</textarea>" in answer.text
    assert Case.objects.get().handler == supervisor


def test_person_who_has_the_case_can_be_asked(held, client, supervisor, desk):
    client.force_login(supervisor)
    assert 'href="#note-text"' in client.get(page_of(held)).text
    client.force_login(held.handler)
    assert 'href="#note-text"' not in client.get(page_of(held)).text
