"""The second factor: required, added, used once, limited, lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from safetycenter.accounts import policy
from safetycenter.accounts.throttling import SECOND_FACTOR

from .conftest import PASSWORD, code_of, give_app, give_code, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def opens(client) -> bool:
    """Return whether the desk opens in this browser."""
    return client.get(reverse("admin:index")).status_code == 200


def confirm_password(client, door: str):
    """Enter the password that the page ``door`` asks for first."""
    return client.post(f"{reverse('account_reauthenticate')}?next={reverse(door)}", {"password": PASSWORD}, follow=True)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("address", ["/admin/", "/admin/auth/user/", "/admin/account/password/change/"])
def test_staff_pages_lead_to_adding_a_second_factor(client, rina, second_factor, address):
    rina.is_superuser = True
    rina.save()
    sign_in(client)
    assert client.get(address, follow=True).redirect_chain[-1][0] == reverse("mfa_index")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["mfa_index", "account_reauthenticate", "account_logout"])
def test_without_a_second_factor_the_pages_that_add_one_are_open(client, rina, second_factor, name):
    sign_in(client)
    assert client.get(reverse(name)).status_code == 200


def test_someone_without_a_second_factor_can_sign_out(client, rina, second_factor):
    sign_in(client)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_password_alone_does_not_open_an_enrolled_account(client, rina, second_factor):
    give_app(rina)
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert not opens(client)


def test_password_and_code_open_the_desk(client, rina, second_factor):
    secret = give_app(rina)
    sign_in(client)
    give_code(client, code_of(secret))
    assert opens(client)


def test_wrong_code_does_not_open_the_desk(client, rina, second_factor):
    secret = give_app(rina)
    sign_in(client)
    give_code(client, code_of(secret, step=5))
    assert not opens(client)


def test_enrolled_account_always_needs_its_code(client, rina, password_only):
    give_app(rina)
    sign_in(client)
    assert not opens(client)


@pytest.mark.django_db(transaction=True)
def test_adding_an_app_from_the_first_sign_in_to_the_next(client, rina, second_factor):
    sign_in(client)
    form = confirm_password(client, "mfa_activate_totp").context["form"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(answer.context["unused_codes"]) == 10
    assert opens(client)

    client.post(reverse("account_logout"))
    sign_in(client)
    give_code(client, code_of(form.secret, step=1))
    assert opens(client)


def test_page_that_adds_an_app_shows_its_picture_and_key(client, rina, second_factor):
    sign_in(client)
    page = confirm_password(client, "mfa_activate_totp")
    assert page.context["form"].secret in page.content.decode()
    assert page.context["totp_url"].startswith("otpauth://totp/rina?")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()


def test_adding_a_second_factor_asks_for_the_password_first(client, rina, second_factor):
    sign_in(client)
    for door in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(door))["Location"].startswith(reverse("account_reauthenticate"))


def test_asking_for_the_password_keeps_nothing_that_was_typed(client, rina, second_factor):
    sign_in(client)
    client.post(reverse("mfa_activate_totp"), {"code": "314159"})
    assert "314159" not in str(dict(client.session.items()))
    assert "REMOTE_ADDR" not in str(dict(client.session.items()))


def test_adding_a_second_factor_ends_password_only_sessions(client, rina, second_factor):
    sign_in(client)  # by someone who learned the password
    give_app(rina)
    assert client.get(reverse("mfa_index")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_code_is_accepted_once(client, rina, second_factor):
    secret = give_app(rina)
    code = code_of(secret)
    sign_in(client)
    give_code(client, code)
    other = Client()
    sign_in(other)
    give_code(other, f"{code[:3]} {code[3:]}")
    assert opens(client)
    assert not opens(other)


def test_codes_cannot_be_guessed(client, rina, second_factor):
    secret = give_app(rina)
    sign_in(client)
    for _ in range(SECOND_FACTOR.max_hits):
        give_code(client, "000000")
    give_code(client, code_of(secret))
    assert not opens(client)


def test_recovery_code_opens_the_desk_once(client, rina, second_factor):
    give_app(rina)
    code = RecoveryCodes.activate(rina).get_unused_codes()[0]
    sign_in(client)
    give_code(client, code)
    other = Client()
    sign_in(other)
    give_code(other, code)
    assert opens(client)
    assert not opens(other)


def test_recovery_codes_are_shown_once(client, rina, second_factor):
    secret = give_app(rina)
    codes = RecoveryCodes.activate(rina).get_unused_codes()
    sign_in(client)
    give_code(client, code_of(secret))
    first = confirm_password(client, "mfa_view_recovery_codes").content.decode()
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert all(code in first and code not in again for code in codes)


def test_removing_the_last_second_factor_closes_the_desk(client, rina, second_factor):
    secret = give_app(rina)
    sign_in(client)
    give_code(client, code_of(secret))
    confirm_password(client, "mfa_deactivate_totp")
    client.post(reverse("mfa_deactivate_totp"))
    assert not policy.has_second_factor(rina)
    assert not opens(client)


def test_recovery_codes_alone_do_not_count_as_enrolled(rina, budi):
    give_app(rina)
    RecoveryCodes.activate(budi)
    assert policy.has_second_factor(rina)
    assert not policy.has_second_factor(budi)


def test_lost_second_factor_is_forgotten_on_commit_only(client, rina, second_factor, capsys):
    secret = give_app(rina)
    sign_in(client)
    give_code(client, code_of(secret))
    call_command("forget_second_factor", "rina")
    assert policy.has_second_factor(rina)
    assert opens(client)
    assert "Nothing was changed: add --commit." in capsys.readouterr().out
    call_command("forget_second_factor", "rina", "--commit")
    assert not Authenticator.objects.filter(user=rina).exists()
    page = client.get(reverse("mfa_index"))
    assert page["Location"].startswith(reverse("account_login"))  # the session, perhaps on the lost phone, is over


@pytest.mark.parametrize("door", ["account_login", "admin:index", "mfa_index"])
def test_desk_says_when_the_password_alone_opens_it(client, rina, password_only, door):
    if door != "account_login":
        sign_in(client)
    assert b'class="notice warn"' in client.get(reverse(door)).content


def test_sign_in_page_shows_no_password_only_warning(client, second_factor):
    assert b'class="notice warn"' not in client.get(reverse("account_login")).content
