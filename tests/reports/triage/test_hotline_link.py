"""The link that child safety reports to a hotline: shown once, recorded, and to nobody else (K6)."""

from time import time

import pytest
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Event, Note
from safetycenter.accounts import proof
from tests.cast import GROOMED
from tests.reports.triage.desk_pages import act, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.safety("K6")]
LINK = "https://contoh.example/gambar"
COPY = "copy_hotline_link"


@pytest.fixture
def case(file, child_safety):
    return perform(file(base=GROOMED, account_or_link=LINK).case, "claim", by=child_safety)


def test_link_for_the_hotline_is_shown_once_and_recorded(case, client, child_safety):
    client.force_login(child_safety)
    assert LINK in act(client, case, COPY, reason="Untuk IWF.").content.decode()
    assert LINK not in client.get(page_of(case)).content.decode()
    assert act(client, case, COPY, reason="Untuk IWF.").status_code == 409
    event = Event.objects.get(action=COPY)
    assert (event.by, LINK in str(event.facts)) == (child_safety, False)


def test_link_and_destruction_ask_who_is_there(case, client, child_safety, monkeypatch):
    client.force_login(child_safety)
    monkeypatch.setattr(proof, "time", lambda: time() + 15 * 60)
    for action in (COPY, "destroy_files"):
        asked = act(client, case, action, reason="Untuk IWF.")
        assert (asked.status_code, "_sealed" in asked.text, LINK in asked.text) == (403, True, False)
    assert act(client, case, "note", text="Catatan.").status_code == 302
    assert not Event.objects.filter(action__in=(COPY, "destroy_files")).exists()


def test_link_for_the_hotline_needs_a_reason_on_its_own_page(case, client, child_safety):
    client.force_login(child_safety)
    page = reverse("admin:reports_case_act", args=[case.reference, COPY])
    assert page in client.get(page_of(case)).text
    assert LINK not in client.get(page).text
    refused = act(client, case, COPY, reason=" ")
    assert (refused.status_code, LINK in refused.text, Event.objects.filter(action=COPY).exists()) == (
        422,
        False,
        False,
    )
    assert 'id="copy_hotline_link-reason_error"' in refused.text
    act(client, case, COPY, reason="Untuk IWF.")
    assert Note.objects.get().by == child_safety


def test_link_for_the_hotline_can_never_be_clicked(case, client, child_safety):
    client.force_login(child_safety)
    assert f'href="{LINK}' not in act(client, case, COPY, reason="Untuk IWF.").content.decode()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("role", ["moderator", "supervisor", "triage", "auditor"])
def test_others_get_no_link_for_the_hotline(case, client, person, role):
    client.force_login(person(role))
    assert client.get(reverse("admin:reports_case_act", args=[case.reference, COPY])).status_code == 404
    assert act(client, case, COPY, reason="Untuk IWF.").status_code == 404


def test_ordinary_case_has_no_link_for_the_hotline(file, client, child_safety):
    client.force_login(child_safety)
    response = act(client, file(account_or_link=LINK).case, COPY, reason="Untuk IWF.")
    assert (response.status_code, LINK in response.content.decode()) == (409, False)


def test_link_for_the_hotline_is_for_child_sexual_matters_only(file, client, child_safety):
    case = perform(file(account_or_link=LINK).case, "claim", by=child_safety)
    case = perform(case, "restrict", by=child_safety, reason="Contoh.")
    client.force_login(child_safety)
    response = act(client, case, COPY, reason="Untuk IWF.")
    assert (response.status_code, LINK in response.text) == (409, False)
    assert "Pastikan dulu bahwa ini menyangkut" in response.text


def test_link_for_the_hotline_is_copied_by_the_handler(file, client, child_safety):
    client.force_login(child_safety)
    response = act(client, file(base=GROOMED, account_or_link=LINK).case, COPY, reason="Untuk IWF.")
    assert (response.status_code, LINK in response.text) == (409, False)
