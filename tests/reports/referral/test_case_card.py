"""The card of the case page that says until when a case is passed on, and what its agency has done."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from reports.cases.lifecycle import perform
from reports.models import Case, Referral
from tests.reports.referral.conftest import approved, details_of, prepare

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def card(client, moderator):
    """``card(case)``: the card of its page, or nothing."""
    client.force_login(moderator)

    def read(case: Case) -> str:
        page = client.get(reverse("admin:reports_case_page", args=[case.reference])).text
        found = re.search(r'<section class="panel referral-card".*?</section>', page, re.DOTALL)
        return found[0] if found else ""

    return read


@pytest.mark.safety("K1")
def test_card_has_the_time_to_refer_until_it_is_decided(urgent, moderator, card):
    due = f'datetime="{localtime(urgent.refer_due_at):%Y-%m-%dT%H}'
    assert due in card(urgent)
    perform(urgent, "not_to_refer", by=moderator, reason="Tidak ada lembaga.")
    assert "Tidak diteruskan" in card(urgent)
    assert due not in card(urgent)


def test_card_follows_a_package_to_its_receipt(held, moderator, agency, card):
    package = approved(held, moderator, agency)
    assert "Contoh" in card(held)
    perform(held, "send_referral", by=moderator, referral=package)
    due = Referral.objects.get().acknowledge_by
    assert f'datetime="{localtime(due):%Y-%m-%dT%H}' in card(held)
    perform(held, "refer", by=moderator, referral=package, receipt="A-7", text="Sudah.")
    assert "A-7" in card(held)


def test_card_shows_the_package_that_waits_and_how_many_more(held, moderator, agency, card):
    other = type(agency).objects.create(key="lain", **details_of(agency, name="Lain"))
    package = approved(held, moderator, agency)
    perform(held, "refer", by=moderator, referral=package, receipt="A-7", text="Sudah.")
    prepare(held, moderator, other)
    assert ("Lain" in card(held), "1" in card(held)) == (True, True)


def test_ordinary_case_has_no_card(filed, moderator, card):
    assert card(perform(filed.case, "claim", by=moderator)) == ""
