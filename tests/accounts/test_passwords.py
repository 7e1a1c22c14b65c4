"""The rule for passwords of staff: long ones, on every page where one is chosen, and said before it is chosen."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def changed(browser, new: str):
    """The answer to a new password for the own account."""
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    return browser.post(reverse("account_change_password"), typed)


@pytest.mark.parametrize("weak", ["biru-laut-7", "qwertyuiop123", "202611291234", "rina-rina-rina"])
def test_short_common_numeric_or_own_name_is_refused(signed_in, weak):
    User.objects.filter(username="rina").update(first_name="rina-rina")
    assert "password1" in changed(signed_in, weak).context["form"].errors
    assert User.objects.get(username="rina").check_password(PASSWORD)


def test_twelve_characters_are_enough(signed_in):
    assert changed(signed_in, "biru-laut-72")["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(("language", "words"), [("id", "setidaknya 12 karakter"), ("en", "at least 12 characters")])
def test_form_says_how_long_a_password_is(signed_in, language, words):
    page = signed_in.get(reverse("account_change_password"), headers={"Accept-Language": language})
    assert words in page.text


def test_demo_password_is_short_and_signs_in(client, in_demo, capsys):
    call_command("demo_staff")
    answer = client.post(reverse("account_login"), {"login": "editor", "password": "demo-editor"})
    assert (len("demo-editor"), answer.status_code) == (11, 302)
