"""A desk that somebody left locks by itself: it opens with the password alone, and nothing that was sent is lost."""

from time import time

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safetycenter.accounts import idle, kept_post, sessions
from tests.accounts.asked import SEALED, fields
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(monkeypatch):
    """``minutes(20)``: so many minutes later than now."""
    return lambda later: monkeypatch.setattr(idle, "time", lambda: time() + later * 60)


@pytest.fixture
def desk(client, person):
    """The browser of an account administrator."""
    client.login(username=person("administrator").username, password=PASSWORD)
    return client


@pytest.fixture
def editor_page(person) -> str:
    """The address of an account that the administrator may change."""
    return reverse("admin:auth_user_change", args=[person("editor").pk])


def is_locked(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_reauthenticate"))


CHANGED = {"username": "editor", "first_name": "Nama yang diketik", "is_active": "on", "is_staff": "on"}


def test_desk_that_was_left_opens_again_where_the_person_was(desk, minutes):
    where = reverse("admin:auth_user_changelist") + "?q=edi"
    minutes(20)
    answer = desk.get(where)
    assert is_locked(answer)
    lock = answer["Location"]
    page = desk.get(lock)
    assert "20 " in page.text
    assert desk.post(lock, {"password": "wrong"}).status_code == 200
    assert is_locked(desk.get(where))
    assert desk.post(lock, {"password": PASSWORD})["Location"] == where
    assert desk.get(where).status_code == 200


def test_work_keeps_the_desk_open_and_polls_do_not(client, person, minutes):
    client.login(username=person("triage").username, password=PASSWORD)
    for later in (15, 30):
        minutes(later)
        assert client.get(reverse("admin:index")).status_code == 200
    for later in (40, 49):
        minutes(later)
        assert client.post(reverse("admin:reports_case_news"), {"known": ""}).status_code == 200
    minutes(51)
    assert is_locked(client.post(reverse("admin:reports_case_news"), {"known": ""}))
    assert is_locked(client.get(reverse("admin:index")))


def test_form_sent_to_a_locked_desk_comes_back(desk, editor_page, minutes):
    minutes(20)
    asked = desk.post(editor_page, CHANGED)
    assert (asked.status_code, "Nama yang diketik" in asked.text) == (403, False)
    (sealed, *_copies) = SEALED.findall(asked.text)
    lock = asked.context["action"]
    refused = desk.post(lock, {"password": "wrong", "_sealed": sealed})
    assert SEALED.findall(refused.text)[0] == sealed
    again = desk.post(lock, {"password": PASSWORD, "_sealed": sealed})
    assert fields(again) == CHANGED
    assert "Nama yang diketik" not in str(dict(desk.session.items()))
    assert f'action="{editor_page}"' in again.text
    desk.post(editor_page, fields(again))
    assert "Nama yang diketik" in desk.get(editor_page).text


def test_another_account_gets_nothing_back(desk, editor_page, person, minutes):
    minutes(20)
    (sealed, *_copies) = SEALED.findall(desk.post(editor_page, CHANGED).text)
    assert kept_post.open_for(person("editor", "other").pk, sealed) is None
    assert kept_post.open_for(None, sealed[:-8] + "AAAAAAA=") is None


def test_passwords_do_not_travel(desk, minutes):
    minutes(20)
    asked = desk.post(reverse("admin:auth_user_add"), {"username": "baru", "password1": "x", "password2": "x"})
    again = desk.post(asked.context["action"], {"password": PASSWORD, "_sealed": SEALED.findall(asked.text)[0]})
    assert fields(again) == {"username": "baru"}


def test_form_sent_as_the_session_ends_comes_back(desk, editor_page, person, monkeypatch):
    with monkeypatch.context() as eight_hours_later:
        eight_hours_later.setattr(sessions, "time", lambda: time() + 8 * 3600)
        ended = desk.post(editor_page, CHANGED)
    assert (ended.status_code, "Nama yang diketik" in ended.text) == (403, False)
    sent = fields(ended) | {"_kept": "1"}
    desk.force_login(User.objects.get(username="administrator"))
    assert fields(desk.post(reverse("account_kept"), sent)) == CHANGED
    other = Client()
    other.force_login(person("administrator", "other"))
    assert other.post(reverse("account_kept"), sent).status_code == 403


def test_form_kept_on_the_lock_outlives_the_session(desk, editor_page, minutes, monkeypatch):
    minutes(20)
    asked = desk.post(editor_page, CHANGED)
    (sealed, *_copies) = SEALED.findall(asked.text)
    with monkeypatch.context() as eight_hours_later:
        eight_hours_later.setattr(sessions, "time", lambda: time() + 8 * 3600)
        ended = desk.post(asked.context["action"], {"password": PASSWORD, "_sealed": sealed})
    desk.force_login(User.objects.get(username="administrator"))
    assert fields(desk.post(reverse("account_kept"), fields(ended) | {"_kept": "1"})) == CHANGED


def test_text_that_a_script_keeps_stays_on_its_page_while_locked(client, person, minutes):
    client.login(username=person("editor").username, password=PASSWORD)
    minutes(20)
    answer = client.post(reverse("admin:education_guide_unsaved", args=["1"]), {})
    assert (answer.status_code, answer.json()["signed_in"]) == (403, False)


def test_lock_asks_the_database_nothing(desk, settings, django_assert_num_queries):
    desk.get(reverse("mfa_index"))
    with CaptureQueriesContext(connection) as with_lock:
        desk.get(reverse("mfa_index"))
    settings.STAFF_IDLE_MINUTES = 0
    with django_assert_num_queries(len(with_lock)):
        desk.get(reverse("mfa_index"))


def test_lock_that_is_switched_off_fails_the_deployment_check(desk, settings, minutes):
    minutes(60)
    settings.STAFF_IDLE_MINUTES = 0
    assert desk.get(reverse("admin:index")).status_code == 200
    assert "safetycenter.E008" in {problem.id for problem in run_checks(include_deployment_checks=True)}
    settings.STAFF_IDLE_MINUTES = 20
    assert "safetycenter.E008" not in {problem.id for problem in run_checks(include_deployment_checks=True)}
