"""The cast of the account tests: Rina and Budi, two members of staff, and their phones."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

PASSWORD = "kawung-melati-laut-7"


def code_of(secret: str, step: int = 0) -> str:
    """The code that an app with ``secret`` shows now, or ``step`` half minutes later."""
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now + step))


def give_app(user) -> str:
    """Enrol ``user`` with an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(client, username: str = "rina", password: str = PASSWORD, **extra):
    """Post the sign-in form."""
    return client.post(reverse("account_login"), {"login": username, "password": password}, **extra)


def give_code(client, code: str):
    """Post the second step of sign-in."""
    return client.post(reverse("mfa_authenticate"), {"code": code})


@pytest.fixture
def second_factor(settings):
    """The desk as it is in production."""
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def password_only(settings):
    """The desk as it is on a developer's machine."""
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def rina(db, django_user_model):
    """A member of staff without a second factor."""
    return django_user_model.objects.create_user("rina", password=PASSWORD, is_staff=True)


@pytest.fixture
def budi(db, django_user_model):
    """Her colleague."""
    return django_user_model.objects.create_user("budi", password=PASSWORD, is_staff=True)


@pytest.fixture
def signed_in(client, rina, password_only):
    """A browser in which Rina signed in with her password."""
    sign_in(client)
    return client
