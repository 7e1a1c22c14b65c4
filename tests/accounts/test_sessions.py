"""Sessions of staff: they end eight hours after sign-in, and each person can end their own elsewhere."""

import re
from time import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from safetycenter.accounts import sessions
from tests.accounts.conftest import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("password_only")]
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/128.0.0.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def signed_in(username: str = "rina", user_agent: str = LAPTOP) -> Client:
    """A browser in which somebody has signed in."""
    client = Client(headers={"user-agent": user_agent})
    sign_in(client, username)
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def page(client: Client) -> str:
    return client.get(reverse("account_sessions")).content.decode()


@pytest.fixture
def hours(monkeypatch):
    """``hours(8)``: so many hours later than now."""
    return lambda later: monkeypatch.setattr(sessions, "time", lambda: time() + later * 3600)


def test_session_ends_eight_hours_after_sign_in(rina, hours):
    laptop = signed_in()
    for later in (3, 6, 7.9):  # work does not prolong it
        hours(later)
        assert is_in(laptop)
    hours(8)
    assert not is_in(laptop)
    hours(0)
    assert not is_in(laptop), "ended, not only refused"


def test_session_from_before_the_update_counts_from_now(rina, hours):
    laptop = signed_in()
    store = laptop.session
    del store["opened_at"]
    store.save()
    assert is_in(laptop)
    hours(8)
    assert not is_in(laptop)


def test_person_signs_out_another_browser(rina):
    laptop, phone = signed_in(), signed_in(user_agent=PHONE)
    assert "Firefox, Linux" in page(laptop)
    assert "Chrome, Android" in page(laptop)
    (mark,) = re.findall(r'name="end" value="([0-9a-f]{16})"', page(laptop))
    laptop.post(reverse("account_sessions"), {"end": mark})
    assert (is_in(laptop), is_in(phone)) == (True, False)
    assert "Chrome, Android" not in page(laptop)


def test_person_signs_out_everywhere_else_but_nobody_else(rina, budi):
    here, there, other = signed_in(), signed_in(user_agent=PHONE), signed_in("budi", PHONE)
    (of_budi,) = [row.mark for row in sessions.rows_of(other.get(reverse("account_sessions")).wsgi_request)]
    here.post(reverse("account_sessions"), {"end": of_budi})
    assert is_in(other)
    here.post(reverse("account_sessions"), {"end": "others"})
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


def test_page_names_no_session_key_and_no_address(rina):
    laptop = signed_in()
    shown = page(laptop)
    key = Session.objects.get().session_key
    assert key not in shown
    assert "127.0.0.1" not in str(Session.objects.get().get_decoded()) + shown
