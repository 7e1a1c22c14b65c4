"""URLs that must answer on a newly installed site."""

from io import StringIO

import pytest
from django.conf import settings
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
def site(monkeypatch, remembered, request):
    """The demo; and a site whose operator has set nothing yet."""
    monkeypatch.setattr(settings, "DEBUG", request.param)
    launch_content.load()
    call_command("load_categories", stdout=StringIO())


@pytest.mark.sampled(2)
def test_every_required_url_exists(site, client):
    answers = {address: client.get(address, secure=True) for address in SHOWN}
    assert {address for address, answer in answers.items() if answer.status_code != 200} == set()
    assert [address for address, answer in answers.items() if "<h1" not in answer.content.decode()] == ["/healthz"]


@pytest.mark.sampled(2)
def test_root_and_admin_urls_redirect(site, client):
    assert client.get("/", secure=True).headers["Location"].endswith("/id/")
    assert client.get("/admin/", secure=True, follow=True).redirect_chain[-1][0].startswith("/admin/account/login/")
