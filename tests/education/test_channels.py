"""A channel of a helpline takes only what its kind can open."""

import pytest
from django.core.exceptions import ValidationError

from education.models import Channel, Helpline
from education.starter import files

from . import factory
from .test_editorial import change_page, filled

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
