"""The addresses that must answer whatever else is being changed: on a site as it comes out of the box."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests import launch_content

pytestmark = pytest.mark.django_db
SHOWN = (
    "/id/",
    "/en/",
    "/id/panduan/",
    "/en/guides/",
    "/id/panduan/dibully-online/",
    "/en/guides/bullied-online/",
    "/id/p/6/",
    "/id/bantuan/",
    "/en/help/",
    "/id/darurat/",
    "/en/emergency/",
    "/id/lapor/",
    "/en/report/",
    "/id/kabar/",
    "/en/check/",
    "/healthz",
)


@pytest.fixture(params=[True, False], ids=["demo", "unattended"])
def site(settings, request):
    """The demo; and a site whose operator has set nothing yet."""
    settings.DEBUG = request.param
    launch_content.load()
    call_command("load_categories", stdout=StringIO())


@pytest.mark.parametrize("address", SHOWN)
def test_it_is_there(site, client, address):
    answer = client.get(address, secure=True)
    assert answer.status_code == 200
    assert address == "/healthz" or "<h1" in answer.content.decode()


def test_the_front_door_and_the_desk_lead_on(site, client):
    assert client.get("/", secure=True).headers["Location"].endswith("/id/")
    assert client.get("/admin/", secure=True, follow=True).redirect_chain[-1][0].startswith("/admin/account/login/")
