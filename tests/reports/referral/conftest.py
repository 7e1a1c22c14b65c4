"""An agency with a written agreement, and cases with a package for it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from reports.cases.lifecycle import perform
from reports.models import Agency, Case, LegalBasis, Referral
from reports.referral.fields import REFERABLE

KEYS = ["reference", "category", "platform", "account_or_link", "words"]
LINK = "https://jahat.example.com/x"
TOLD = {"account_or_link": LINK, "words": "Dia minta foto."}


@pytest.fixture
def agency(categories) -> Agency:
    """An invented agency that takes everything that may be passed on."""
    return Agency.objects.create(
        key="contoh",
        name="Contoh",
        agreement=Agency.Agreement.WRITTEN,
        agreed_on=timezone.localdate(),
        accepted_fields=list(REFERABLE),
        legal_bases=LegalBasis.values,
    )


def details(agency: Agency, **other) -> dict:
    """What ``prepare_referral`` needs."""
    return {"agency": agency, "basis": "vital", "keys": KEYS, "reason": "Anak dalam bahaya."} | other


def details_of(agency: Agency, **other) -> dict:
    """The columns of another agency that accepts the same."""
    names = ("name", "agreement", "agreed_on", "accepted_fields", "legal_bases")
    return {name: getattr(agency, name) for name in names} | other


def prepare(case: Case, by, agency: Agency, **other) -> Referral:
    """A package of the case for the agency."""
    perform(case, "prepare_referral", by=by, **details(agency, **other))
    return Referral.objects.latest("prepared_at")


def approved(case: Case, by, agency: Agency, **other) -> Referral:
    """A package of an ordinary case that a second person has approved."""
    referral = prepare(case, by, agency, **other)
    second, made = get_user_model().objects.get_or_create(username="approver", is_staff=True)
    if made:
        second.groups.set(Group.objects.filter(name="moderator"))
    perform(case, "approve_referral", by=second, referral=referral)
    return Referral.objects.get(pk=referral.pk)


@pytest.fixture
def held(file, moderator) -> Case:
    """An ordinary case of illegal content, held by the moderator: one person may close it."""
    case = file(category="ncii", age="adult", picture_minor="no", **TOLD).case
    assert not case.needs_second_person
    return perform(case, "claim", by=moderator)


@pytest.fixture
def urgent(file, moderator) -> Case:
    """A P0 case, held by the moderator."""
    return perform(file(safety="danger", age="adult", **TOLD).case, "claim", by=moderator)
