"""Account pages have no text of the other language."""

import html
import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from .conftest import PASSWORD, code_of, give_app, give_code, sign_in

pytestmark = pytest.mark.django_db

# What reads the same in both: names and figures.
SAME = re.compile(r"rina|[\W\d]*|PIN|Bahasa Indonesia|English|[A-Z2-7]{32}")


def words(response) -> set[str]:
    """The pieces of text that a page shows, with its titles and labels."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    pieces = re.split(r"<[^>]*>", page) + re.findall(r'(?:alt|aria-label|title|placeholder)="([^"]*)"', page)
    texts = {re.sub(r"\s+", " ", html.unescape(piece)).strip(" ›.") for piece in pieces}
    return {text for text in texts if not SAME.fullmatch(text)}


def both(client, address: str, data: dict | None = None) -> tuple[set[str], set[str]]:
    """The words of one page in Indonesian and in English."""

    def ask(language):
        headers = {"HTTP_ACCEPT_LANGUAGE": language}
        return client.post(address, data, **headers) if data else client.get(address, **headers)

    answers = ask("id"), ask("en")
    assert [answer.status_code for answer in answers] == [200, 200]
    return words(answers[0]), words(answers[1])


def hold_apart(pair) -> None:
    indonesian, english = pair
    assert english, "the page says nothing"
    assert indonesian & english == set()


def test_sign_in_speaks_one_language_at_a_time(client, rina):
    hold_apart(both(client, reverse("account_login")))
    hold_apart(both(client, reverse("account_login"), {"login": "rina", "password": "wrong"}))
    hold_apart(both(client, reverse("account_login"), {"login": "", "password": ""}))


def test_second_step_speaks_one_language_at_a_time(client, rina):
    give_app(rina)
    sign_in(client)
    hold_apart(both(client, reverse("mfa_authenticate")))
    hold_apart(both(client, reverse("mfa_authenticate"), {"code": "1"}))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", ["mfa_index", "account_reauthenticate", "account_logout", "mfa_activate_totp"])
def test_enrolment_speaks_one_language_at_a_time(client, rina, second_factor, name):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    hold_apart(both(client, reverse(name)))


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "account_change_password",
    ],
)
def test_account_speaks_one_language_at_a_time(client, rina, second_factor, name):
    secret = give_app(rina)
    RecoveryCodes.activate(rina)
    sign_in(client)
    give_code(client, code_of(secret))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    hold_apart(both(client, reverse(name)))


def test_refused_password_speaks_one_language_at_a_time(signed_in):
    wrong = {"oldpassword": "wrong", "password1": "12345", "password2": "54321"}
    hold_apart(both(signed_in, reverse("account_change_password"), wrong))
