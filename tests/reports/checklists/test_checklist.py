"""The checklist of a case: its texts go into the reply, its ticks stay with the case."""

import pytest
from django.urls import reverse

from education.models import Channel, Helpline
from reports.cases.lifecycle import perform
from reports.models import Case, Event
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db
TYPED = "Halo, selamat pagi."


def tick(desk, case, **data):
    return desk.post(reverse("admin:reports_case_tick", args=[case.reference]), data)


def test_text_goes_below_what_was_typed(held, client):
    page = act(client, held, "reply", put="bully-sapa", text=TYPED).text
    assert f"{TYPED}\n\nAda yang bisa mendengarkan" in page
    assert not held.messages.exists()


def test_text_has_the_number_of_the_directory(held, client):
    Channel.objects.update(value="0800-123-456")
    Helpline.objects.get().save()  # as publishing does
    assert "0800-123-456" in act(client, held, "reply", put="bully-sapa", text=TYPED).text


@pytest.mark.slow
def test_text_names_a_guide_by_its_neutral_address(held, client):
    assert "/id/p/3/" in act(client, held, "reply", put="bully-guide", text=TYPED).text


@pytest.mark.slow
def test_text_without_its_helpline_is_not_added(held, client):
    Helpline.objects.get().delete()
    page = act(client, held, "reply", put="bully-sapa", text=TYPED).text
    assert "Ada yang bisa mendengarkan" not in page
    assert TYPED in page


@pytest.mark.slow
def test_script_gets_the_text_only(held, client):
    address = reverse("admin:reports_case_act", args=[held.reference, "reply"])
    answer = client.post(address, {"put": "thanks"}, headers={"X-Requested-With": "fetch"})
    assert (answer.text, answer.headers["Content-Type"][:10]) == (
        "Terima kasih sudah menulis kepada kami.",
        "text/plain",
    )


def test_tick_keeps_what_was_typed_and_names_its_person(held, client, moderator):
    page = tick(client, held, tick="thanks", text=TYPED).text
    assert TYPED in page
    assert 'value="thanks" role="checkbox" aria-checked="true"' in page
    event = Event.objects.get(action="tick")
    assert (event.by, event.facts["item"]) == (moderator, "thanks")


@pytest.mark.slow
def test_tick_survives_a_hand_over(held, client, person):
    tick(client, held, tick="thanks")
    colleague = person("moderator", "colleague")
    perform(held, "offer", by=Case.objects.get().handler, to=colleague)
    perform(held, "accept", by=colleague)
    client.force_login(colleague)
    assert 'name="untick" value="thanks"' in client.get(page_of(held)).text


def test_tick_can_be_taken_back(held, client):
    tick(client, held, tick="thanks")
    tick(client, held, untick="thanks")
    assert 'name="tick" value="thanks"' in client.get(page_of(held)).text


def test_tick_is_refused_to_somebody_else(held, client, person):
    client.force_login(person("moderator", "another"))
    tick(client, held, tick="thanks")
    assert not Event.objects.filter(action="tick").exists()
