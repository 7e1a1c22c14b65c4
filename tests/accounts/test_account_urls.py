"""The URLs of staff accounts: these and no others, and only on a node with a desk."""

import allauth.urls
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, Resolver404, URLResolver, resolve, reverse

from safetycenter.accounts import urls
from safetycenter.accounts.middleware import DeskCSPMiddleware

from .conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db

OURS = {pattern.name for pattern in urls.urlpatterns}


def doors_of_allauth(patterns=allauth.urls.urlpatterns, prefix="/admin/account/"):
    """Return name and path of every URL that allauth would add."""
    for pattern in patterns:
        here = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").replace("<int:pk>", "1")
        if isinstance(pattern, URLResolver):
            yield from doors_of_allauth(pattern.url_patterns, here)
        else:
            yield pattern.name, here


NOT_OURS = [address for name, address in doors_of_allauth() if name not in OURS]


def test_allauth_models_are_not_in_the_admin():
    assert {"/admin/account/signup/", "/admin/account/email/", "/admin/account/password/reset/"} <= set(NOT_OURS)


@pytest.mark.sampled(10)
@pytest.mark.parametrize("address", [*NOT_OURS, "/admin/account/", "/admin/account/3rdparty/"])
def test_unused_allauth_urls_are_not_found(client, address):
    assert client.get(address, follow=True).status_code == 404
    assert client.post(address, follow=True).status_code == 404


@pytest.mark.slow
@pytest.mark.sampled(4)
@pytest.mark.parametrize("address", NOT_OURS)
def test_unused_allauth_url_is_not_found_for_staff(signed_in, address):
    assert signed_in.get(address, follow=True).status_code == 404


def test_public_node_has_no_staff_urls(client, settings):
    settings.ROOT_URLCONF = "safetycenter.urls.public"
    with pytest.raises(Resolver404):
        resolve("/admin/")
    for name in ("account_login", "mfa_index", "admin:index"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/admin/account/login/", follow=True).status_code == 404


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["account_logout", "admin:logout"])
def test_signing_out_takes_a_post(signed_in, name):
    signed_in.get(reverse(name))
    assert "_auth_user_id" in signed_in.session
    answer = signed_in.post(reverse(name))
    assert "_auth_user_id" not in signed_in.session
    assert answer["Location"] == reverse("account_login")


@pytest.mark.parametrize("name", ["account_login", "account_logout"])
def test_form_without_its_token_is_refused(rina, name):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(reverse(name), {"login": "rina", "password": PASSWORD}).status_code == 403


def test_admin_password_url_redirects_to_the_account_page(signed_in):
    assert signed_in.get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")


def test_new_password_ends_the_other_sessions(signed_in):
    other = Client()
    sign_in(other)
    new = {"oldpassword": PASSWORD, "password1": "tujuh-perahu-pagi", "password2": "tujuh-perahu-pagi"}
    assert signed_in.post(reverse("account_change_password"), new)["Location"] == reverse("mfa_index")
    assert signed_in.get(reverse("admin:index")).status_code == 200
    assert other.get(reverse("admin:index")).status_code == 302


def test_admin_shows_no_secret_of_a_second_factor():
    assert not admin.site.is_registered(Authenticator)
    assert not admin.site.is_registered(EmailAddress)


@pytest.mark.parametrize(("address", "allowed"), [("/admin/", True), ("/en/", False)])
def test_csp_nonce_is_sent_at_the_desk_only(address, allowed):
    request = RequestFactory().get(address)

    def page(request):
        return HttpResponse(f'<script nonce="{request.csp_nonce}"></script>')

    answer = DeskCSPMiddleware(page)(request)
    assert (f"'nonce-{request.csp_nonce}'" in answer["Content-Security-Policy"]) is allowed


def test_csp_update_of_a_view_is_kept():
    def page(request):
        response = HttpResponse(str(request.csp_nonce))
        response._csp_update = {"style-src": ["'sha256-abc'"]}
        return response

    policy = DeskCSPMiddleware(page)(RequestFactory().get("/admin/"))["Content-Security-Policy"]
    assert "'sha256-abc'" in policy
    assert "'nonce-" in policy


def test_account_pages_are_not_kept(signed_in):
    for name in ("account_login", "account_logout", "mfa_index", "account_change_password"):
        assert "no-store" in signed_in.get(reverse(name))["Cache-Control"]
