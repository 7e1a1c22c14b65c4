"""A channel of a helpline accepts only values that its kind can open."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from education.models import Channel, Helpline, State
from education.models.serialization import snapshot
from education.publishing import checks, workflow
from education.starter import files
from safetycenter.transitions import NotAllowed
from tests.education.admin_pages import change_page, filled, send

from . import factory

pytestmark = pytest.mark.django_db

REFUSED = [
    ("web", "0800 123 456"),
    ("web", "http://stopncii.org"),
    ("phone", "sementara mati"),
    ("phone", "11"),
    ("whatsapp", "129"),
    ("email", "pengaduan di kpai.go.id"),
]


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_channel_refuses_what_its_kind_cannot_open(kind, value):
    with pytest.raises(ValidationError) as refusal:
        Channel(kind=kind, value=value).clean()
    assert set(refusal.value.message_dict) == {"value"}


def test_channel_takes_every_shipped_value():
    for line in files.items("helplines"):
        for channel in line["channels"]:
            Channel(kind=channel["kind"], value=channel["value"]).clean()


def test_helpline_form_says_beside_the_field_what_is_wrong(signed_in):
    line = factory.helpline("tipu", "021-390-1234")
    client = signed_in("editor")
    answer = client.post(change_page(line), filled(client, line) | {"channels-0-value": "sementara mati"})
    errors = answer.context["inline_admin_formsets"][0].formset.errors
    assert list(errors[0]) == ["value"]
    assert Helpline.objects.get().channels.get().value == "021-390-1234"


def test_changed_number_waits_for_a_second_person(signed_in, person, client, there):
    line = factory.helpline("tipu", "021-390-1234", serves_ind="x", serves_en="x")
    send(signed_in("publisher"), line, **{"channels-0-value": "021-390-9999"})
    assert "tel:0213901234" in client.get(there("education:helplines")).text
    with pytest.raises(NotAllowed):
        workflow.perform(line, "publish", User.objects.get(username="publisher"), note="Sudah ditelepon.")
    losses = {one.name for one in checks.findings(workflow.candidate_for(line)) if one.level == checks.CONFIRM}
    assert len(losses) == 1  # the old number goes away
    workflow.perform(line, "publish", person("publisher", "second"), note="Sudah ditelepon.", confirmed=losses)
    page = client.get(there("education:helplines")).text
    assert "tel:0213909999" in page
    assert "tel:0213901234" not in page


def test_new_helpline_is_shown_only_once_published(signed_in, client, there):
    line = factory.helpline("baru", "021-390-1234", state=State.DRAFT)
    assert "tel:0213901234" not in client.get(there("education:helplines")).text
    assert line.state == State.DRAFT


def test_helpline_without_a_channel_is_not_published(person):
    line = factory.helpline("kosong", "021-390-1234")
    workflow.save_proposal(line, person("editor"), snapshot(line) | {"channels": []})
    found = [one for one in checks.findings(workflow.candidate_for(line)) if one.level == checks.ERROR]
    assert [one.field for one in found] == ["channels"]


def test_check_of_today_survives_an_open_proposal(signed_in, person):
    line = factory.helpline("tipu", "021-390-1234")
    workflow.save_proposal(line, person("editor"), snapshot(line) | {"note_ind": "Catatan."})
    chosen = {"action": "mark_reached_today", "_selected_action": [line.pk]}
    signed_in("publisher").post(reverse("admin:education_helpline_changelist"), chosen)
    workflow.perform(line, "publish", person("publisher", "second"), note="Dibaca.")
    line.refresh_from_db()
    assert (line.note_ind, line.verified_on) == ("Catatan.", timezone.localdate())


@pytest.mark.slow
def test_proposal_of_a_helpline_shows_what_changes(signed_in):
    line = factory.helpline("tipu", "021-390-1234")
    client = signed_in("editor")
    page = client.get(send(client, line, **{"channels-0-value": "021-390-9999"})["Location"]).text
    assert re.search(r"<del>[^\n]*?021-390-1234", page)
    assert re.search(r"<ins>[^\n]*?021-390-9999", page)
