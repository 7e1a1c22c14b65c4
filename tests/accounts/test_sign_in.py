"""Sign-in: who may, what an error reveals, how many attempts are allowed, what stays in the browser."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import get_hasher
from django.urls import reverse
from django.utils import timezone

from safetycenter.accounts.throttling import LOGIN_ADDRESS
from safetycenter.limits import LOGIN
from safetycenter.models import Hit

from .conftest import PASSWORD, give_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def said(response) -> list[str]:
    """What the form of ``response`` answers."""
    return response.context["form"].non_field_errors()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/auth/user/", "/admin/auth/user/1/change/", "/admin/password_change/", "/admin/nothing/"],
)
def test_anonymous_user_is_redirected_to_sign_in(client, address):
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
    ],
)
@pytest.mark.sampled(3)
def test_anonymous_user_sees_no_account_page(client, name):
    answer = client.get(reverse(name), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_password_opens_the_desk_where_it_is_enough(client, rina, password_only):
    assert sign_in(client)["Location"] == reverse("admin:index")
    assert client.get(reverse("admin:index")).status_code == 200


def test_session_ends_at_its_age(client, rina, settings, password_only, monkeypatch):
    sign_in(client)
    end = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    monkeypatch.setattr("django.utils.timezone.now", lambda: end - timedelta(minutes=1))
    assert client.get(reverse("admin:index")).status_code == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: end + timedelta(minutes=1))
    assert client.get(reverse("admin:index")).status_code == 302


def test_wrong_password_and_unknown_name_read_the_same(client, rina):
    known, unknown = sign_in(client, password="wrong"), sign_in(client, "nobody", "wrong")
    assert said(known)
    assert said(known) == said(unknown)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_closed_account_reads_like_a_wrong_password(client, rina, django_user_model, change):
    wrong = said(sign_in(client, password="wrong"))
    django_user_model.objects.filter(pk=rina.pk).update(**change)
    assert said(sign_in(client)) == wrong


@pytest.mark.parametrize("username", ["rina", "nobody"])
def test_name_takes_one_hash_whether_it_is_known_or_not(client, rina, monkeypatch, username):
    made = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args: made.append(1) or encode(*args))
    sign_in(client, username, "wrong")
    assert len(made) == 1


def test_revoked_staff_lose_access_at_once(signed_in, rina, django_user_model):
    django_user_model.objects.filter(pk=rina.pk).update(is_staff=False)
    assert signed_in.get(reverse("admin:index")).status_code == 302


def test_limit_holds_and_ends(client, rina):
    for _ in range(LOGIN.max_hits):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert "too_many_login_attempts" in [error.code for error in answer.context["form"].errors.as_data()["__all__"]]
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    Hit.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert sign_in(client).status_code == 302


def test_successful_sign_in_does_not_count(client, rina, password_only):
    for _ in range(LOGIN.max_hits + 1):
        assert sign_in(client).status_code == 302
        client.post(reverse("account_logout"))
    assert not Hit.objects.filter(count__gt=0).exists()


def test_success_does_not_reset_failed_attempts(client, rina, password_only):
    for _ in range(LOGIN.max_hits - 1):
        sign_in(client, password="wrong")
    sign_in(client)
    client.post(reverse("account_logout"))
    sign_in(client, password="wrong")
    assert sign_in(client).status_code == 429


def test_shared_address_is_never_shut_out_for_good(client, rina):
    for _ in range(LOGIN_ADDRESS.max_hits + 5):
        LOGIN_ADDRESS.hit("127.0.0.1")
    ends = Hit.objects.get().ends_at
    assert sign_in(client).status_code == 429
    assert Hit.objects.order_by("pk").first().ends_at == ends, "a refused try prolongs nothing"
    Hit.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert sign_in(client).status_code == 302


@pytest.mark.slow
def test_limit_reads_the_same_for_an_unknown_name(client, rina):
    for _ in range(LOGIN.max_hits):
        sign_in(client, password="wrong")
        sign_in(client, "nobody", "wrong")
    assert said(sign_in(client, password="wrong")) == said(sign_in(client, "nobody", "wrong"))


@pytest.mark.slow
def test_attempts_on_one_account_lock_out_no_other(client, rina, budi):
    for _ in range(LOGIN.max_hits + 1):
        sign_in(client, password="wrong")
    assert sign_in(client, "budi").status_code == 302  # from the same office


def test_attempts_from_elsewhere_lock_nobody_out(client, rina):
    for _ in range(LOGIN.max_hits + 1):
        sign_in(client, password="wrong", REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, REMOTE_ADDR="198.51.100.4").status_code == 302


def test_one_address_is_limited_across_usernames(client, rina):
    for _ in range(LOGIN_ADDRESS.max_hits):
        LOGIN_ADDRESS.hit("203.0.113.9")
    assert sign_in(client, REMOTE_ADDR="203.0.113.9").status_code == 429


@pytest.mark.slow
def test_ipv6_network_counts_as_one_address(client, rina):
    for number in range(LOGIN.max_hits):
        sign_in(client, password="wrong", REMOTE_ADDR=f"2001:db8::{number + 1}")
    assert sign_in(client, REMOTE_ADDR="2001:db8::ffff").status_code == 429


def test_last_sign_in_can_be_seen_once_it_is_complete(client, rina, second_factor):
    give_app(rina)
    sign_in(client)
    rina.refresh_from_db()
    assert rina.last_login is None  # the password alone is no sign-in


def test_last_sign_in_can_be_seen(signed_in, rina):
    rina.refresh_from_db()
    assert timezone.now() - rina.last_login < timedelta(minutes=1)


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org/admin/", "/en/", "javascript:alert(1)"])
def test_sign_in_redirects_only_to_the_desk(client, rina, password_only, wanted):
    answer = client.post(
        f"{reverse('account_login')}?next={wanted}", {"login": "rina", "password": PASSWORD, "next": wanted}
    )
    assert answer["Location"] == reverse("admin:index")


def test_sign_in_leads_to_the_page_that_was_wanted(client, rina, password_only):
    form = client.get("/admin/auth/user/?q=a", follow=True).redirect_chain[-1][0]
    answer = client.post(form, {"login": "rina", "password": PASSWORD})
    assert answer["Location"] == "/admin/auth/user/?q=a"


def test_staff_cookies_stay_at_the_desk(client, rina, settings, password_only):
    answer = sign_in(client)
    client.post(reverse("account_logout"))
    cookies = {name: cookie["path"] for name, cookie in answer.cookies.items() if name != settings.CSRF_COOKIE_NAME}
    assert cookies == {settings.SESSION_COOKIE_NAME: "/admin/"}


def test_cookie_ends_with_the_browser(client, rina, settings, password_only):
    assert sign_in(client).cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
