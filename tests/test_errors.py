"""Error pages: in the site's style, in the reader's language, with links to go on."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize(("language", "other"), [("id", "en"), ("en", "id")])
def test_page_that_is_not_here_has_the_other_language(client, language, other):
    page = client.get(f"/{language}/nothing/here/")
    assert page.status_code == 404
    assert f'href="/{other}/nothing/here/" hreflang="{other}"' in page.content.decode()


def test_page_that_is_not_here_goes_out_compressed(client):
    page = client.get("/id/nothing/here/", headers={"Accept-Encoding": "gzip"})
    assert (page.status_code, page.headers["Content-Encoding"]) == (404, "gzip")


def test_odd_address_leads_nowhere_else(client):
    page = client.get("/id//evil.example/%22%3E/").content.decode()
    assert 'href="/en/evil.example/%22%3E/"' in page


@pytest.mark.parametrize(("language", "address"), [("id", "/en/report/"), ("en", "/id/lapor/")])
def test_form_that_was_open_too_long_has_the_other_language(language, address):
    with translation.override(language):
        page = Client(enforce_csrf_checks=True).post(reverse("reports:check"), {"code": "x"})
    assert page.status_code == 403
    assert f'href="{address}"' in page.content.decode()


@pytest.mark.parametrize("language", ["id", "en"])
def test_desk_says_in_plain_words_that_a_page_is_for_others(client, person, language):
    client.login(username=person("moderator").username, password=PASSWORD)
    page = client.get(reverse("admin:auth_user_changelist"), headers={"accept-language": language})
    assert page.status_code == 403
    assert f'<html lang="{language}">' in page.content.decode()
    assert reverse("admin:index") in page.content.decode()


def test_form_of_the_desk_leads_back_to_the_desk(client):
    page = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x", "password": "x"})
    assert f'href="{reverse("admin:index")}"' in page.content.decode()
    assert f'class="btn main" href="{reverse("reports:start")}"' not in page.content.decode()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("address", ["guides/nothing/", "nothing/here/", "guides/?look=pink"])
@pytest.mark.parametrize(("debug", "language"), [(True, "en"), (True, "id"), (False, "en")])
def test_demo_has_the_same_page_for_what_is_not_here(monkeypatch, address, debug, language):
    monkeypatch.setattr(settings, "DEBUG", debug)
    path = address if language == "en" else address.replace("guides", "panduan")
    page = Client().get(f"/{language}/{path}")
    assert page.status_code == 404
    assert f'<html lang="{language}">' in page.text
    assert f'action="{"/id/cari/" if language == "id" else "/en/search/"}"' in page.text
    assert "tel:" in page.text or 'id="helplines"' in page.text
    assert "urlconf" not in page.text.lower()


@pytest.mark.parametrize(("typed", "leads_to"), [("/id/panduan", "/id/panduan/"), ("/en/panduan/", "/en/guides/")])
def test_demo_still_leads_on_from_what_nearly_fits(in_demo, typed, leads_to):
    assert Client().get(typed).headers["Location"] == leads_to


@pytest.mark.logs_errors
def test_fault_of_the_demo_still_tells_its_makers(in_demo, monkeypatch):
    monkeypatch.setattr("education.views.guides.page_context.for_url_name", lambda name: {}[name])
    page = Client(raise_request_exception=False).get("/en/")
    assert page.status_code == 500
    assert "KeyError" in page.text
