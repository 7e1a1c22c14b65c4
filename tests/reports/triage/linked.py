"""Reports that name an account, and whether the desk opens their files."""

from contextlib import suppress

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, Evidence
from reports.scheduled_tasks import index_identifiers
from tests.reports.evidence.uploads import picture

SAME = "@predator99"

GROOMING = {"about": "me", "category": "grooming", "age": "13_15", "words": "Dia minta rahasia."}

SCAM = {"about": "me", "category": "threats_stalking", "age": "adult", "own_image": "no", "words": "Dia mengancam."}


def photo() -> SimpleUploadedFile:
    """A picture as a browser sends it."""
    return SimpleUploadedFile("x.jpg", picture(), "image/jpeg")


def open_file(case: Case, by, item: Evidence | None = None) -> tuple[int, list[str]]:
    """Status and messages of the answer when ``by`` takes ``case`` and opens its only file, or ``item`` of several."""
    with suppress(NotAllowed):
        perform(case, "claim", by=by)
    desk = Client()
    desk.force_login(by)
    names = {"ref": case.reference, "file_id": (item or case.evidence.get()).pk}
    answer = desk.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    return answer.status_code, [str(message) for message in get_messages(answer.wsgi_request)]


def is_open(case: Case) -> bool:
    """Return whether a view copy of the file of ``case`` was drawn."""
    return Evidence.objects.get(case=case).copies > 0


def are_linked(report, person, one: str, other: str) -> bool:
    """Return whether the desk takes two reports filed with these links for reports of one account."""
    report(GROOMING, account=one)
    case = report(SCAM, account=other, with_picture=True)
    index_identifiers()
    open_file(case, person("moderator"))
    return not is_open(case)
