"""An agency with a written agreement, and cases with a package for it."""

import pytest
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


@pytest.fixture
def held(file, moderator) -> Case:
    """An ordinary case of illegal content, held by the moderator, that needs no second person."""
    case = file(category="ncii", age="adult", picture_minor="no", **TOLD).case
    assert not case.needs_second_person
    return perform(case, "claim", by=moderator)


@pytest.fixture
def urgent(file, moderator) -> Case:
    """A P0 case, held by the moderator: a package needs a second person."""
    return perform(file(safety="danger", age="adult", **TOLD).case, "claim", by=moderator)
