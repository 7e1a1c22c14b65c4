"""/.well-known/security.txt by RFC 9116: who is named, until when, and where it is missing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from safetycenter import checks

PATH = "/.well-known/security.txt"


def fields(client) -> dict[str, list[str]]:
    """The fields of the file, by name."""
    result = {}
    for line in client.get(PATH).text.splitlines():
        name, value = line.split(": ", 1)
        result.setdefault(name, []).append(value)
    return result


@pytest.mark.django_db
def test_security_txt_is_missing_without_a_contact(client, settings):
    settings.SECURITY_CONTACT = []
    assert client.get(PATH).status_code == 404


def test_security_txt_names_contacts_in_their_order(client, settings):
    settings.SECURITY_CONTACT = ["keamanan@example.org", "https://example.org/lapor", "tel:+62-21-555-0100"]
    assert fields(client)["Contact"] == [
        "mailto:keamanan@example.org",
        "https://example.org/lapor",
        "tel:+62-21-555-0100",
    ]


def test_security_txt_has_the_required_fields_once(client, settings):
    settings.SECURITY_CONTACT, settings.PUBLIC_URL = ["keamanan@example.org"], "https://aman.example.org"
    found = fields(client)
    assert found["Canonical"] == ["https://aman.example.org/.well-known/security.txt"]
    assert found["Preferred-Languages"] == ["id, en"]
    [expires] = found["Expires"]
    left = datetime.fromisoformat(expires) - datetime.now(UTC)
    assert timedelta(days=178) < left < timedelta(days=365)


def test_security_txt_is_plain_text_that_caches_may_keep(client, settings):
    settings.SECURITY_CONTACT = ["keamanan@example.org"]
    answer = client.get(PATH)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    assert client.post(PATH).status_code == 405


@pytest.mark.sampled(3)
@pytest.mark.django_db
@pytest.mark.parametrize("value", ["http://example.org", "Tim Keamanan", "a@b\nExpires: never", "mailto:", "ftp://a@b"])
def test_security_txt_leaves_out_an_unusable_contact(client, settings, value):
    settings.SECURITY_CONTACT = [value]
    assert client.get(PATH).status_code == 404
    assert [problem.id for problem in checks.security_contact_is_usable(None)] == ["safetycenter.E006"]


def test_security_contact_check_accepts_usable_contacts(settings):
    settings.SECURITY_CONTACT = ["keamanan@example.org", "https://example.org/lapor"]
    assert checks.security_contact_is_usable(None) == []


@pytest.mark.urls("safetycenter.urls.public")
def test_security_txt_is_served_on_a_public_node(client, settings):
    settings.SECURITY_CONTACT = ["keamanan@example.org"]
    assert client.get(reverse("security_txt")).status_code == 200
