"""Sign-in in a real browser: a passkey under our content security policy, and pages that everyone can use."""

from time import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse

from safetycenter.accounts import idle
from tests.browser import assert_accessible

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def send(page) -> None:
    """Press the button of the form, and wait for the next page as a whole."""
    with page.expect_navigation(wait_until="load"):
        page.click("main form button")


def sign_in(page) -> None:
    page.goto("/admin/")
    page.fill("[name=login]", "rina")
    page.fill("[name=password]", PASSWORD)
    send(page)


def confirm_password(page) -> None:
    page.fill("[name=password]", PASSWORD)
    send(page)


def give_passkey(page) -> None:
    """Put a passkey holder into the browser that says yes by itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def at_localhost(visits):
    """A passkey belongs to a name, never to a number such as 127.0.0.1."""
    visits.base_url = visits.base_url.replace("127.0.0.1", "localhost")
    return visits


@pytest.fixture
def over_http(settings):
    """The live server speaks plain http, over which browsers keep no Secure cookie."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "staff", "form"


def add_passkey(page) -> None:
    """Make a passkey the second factor of the person who is signed in."""
    give_passkey(page)
    page.goto(reverse("mfa_add_webauthn"))
    confirm_password(page)
    page.click("form[data-passkey] button")
    page.wait_for_url("**/recovery-codes/**")


def test_passkey_opens_the_desk(at_localhost, rina, second_factor, over_http):
    page = at_localhost.page()
    sign_in(page)
    add_passkey(page)
    assert Authenticator.objects.filter(user=rina, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.goto(reverse("account_logout"))
    send(page)
    sign_in(page)
    page.click("form[data-passkey] button")
    page.wait_for_url("**/admin/")


@pytest.mark.slow
def test_passkey_unlocks_and_gives_back_what_was_sent(at_localhost, rina, budi, second_factor, over_http, monkeypatch):
    rina.groups.add(Group.objects.get(name="administrator"))
    page = at_localhost.page()
    sign_in(page)
    add_passkey(page)
    page.goto(reverse("admin:auth_user_change", args=[budi.pk]))
    page.fill("[name=first_name]", "Budi yang diketik")
    monkeypatch.setattr(idle, "time", lambda: time() + 20 * 60)
    page.click("[name=_save]")
    page.wait_for_selector("form[data-passkey] button")
    assert "Budi yang diketik" not in page.content()
    assert_accessible(page)
    page.click("form[data-passkey] button")
    page.wait_for_selector("textarea[name=first_name]", state="attached")
    assert_accessible(page)
    send(page)
    budi.refresh_from_db()
    assert budi.first_name == "Budi yang diketik"


@pytest.mark.slow
def test_passkey_that_is_refused_says_so(at_localhost, rina, second_factor, over_http):
    page = at_localhost.page()
    page.add_init_script("navigator.credentials.create = () => Promise.reject(new Error('refused'))")
    sign_in(page)
    page.goto(reverse("mfa_add_webauthn"))
    confirm_password(page)
    page.click("form[data-passkey] button")
    page.wait_for_selector("form[data-passkey] [role=alert]:not([hidden])")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_account_pages_are_accessible(visits, rina, second_factor, over_http, scheme, width):
    page = visits.page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(reverse("account_login"))
    assert_accessible(page)
    send(page)
    assert_accessible(page)  # with its errors
    sign_in(page)
    assert_accessible(page)
    page.goto(reverse("mfa_activate_totp"))
    assert_accessible(page)
    confirm_password(page)
    assert_accessible(page)
    page.goto(reverse("mfa_add_webauthn"))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
