"""The names of a case, its parts and the admin pages never reveal its content (docs/threat-model.md)."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import Case, Event
from tests.cast import BULLIED
from tests.reports.followup.visitor import open_with, url
from tests.reports.html import tree

pytestmark = pytest.mark.django_db
CANARY = "kenarikata"
TOLD = BULLIED | {"words": CANARY, "account_or_link": f"@{CANARY}", "age": "adult", "own_image": "no"}
ACTS = {
    "note": {"text": CANARY},
    "ask": {"text": CANARY},
    "reply": {"text": CANARY},
    "release": {"reason": CANARY},
}
# What is no secret, but tells what a case is about.
TELLING = (CANARY, "cyberbullying", "undung", "instagram", "bull")


@pytest.fixture
def worked_on(file, moderator, client):
    """A case with a message, a file and a note, after everything that staff can write; the desk's answers."""
    filed = file(base=TOLD)
    visitor = open_with(filed.receipt.code)
    sent = SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode(), "text/plain")
    visitor.post(url("write"), {"text": CANARY, "files": sent})
    client.force_login(moderator)
    answers = [act(client, filed.case, "claim")]
    client.get(reverse("admin:reports_case_page", args=[filed.case.reference]), {"words": 1})
    return answers + [act(client, filed.case, name, **details) for name, details in ACTS.items()]


def act(client, case, name: str, **details):
    """Press a button of the case page."""
    case.refresh_from_db()
    details |= {"version": case.version}
    return client.post(reverse("admin:reports_case_act", args=[case.reference, name]), details)


def telling(*texts) -> list[str]:
    return [str(text) for text in texts if any(word in str(text).lower() for word in TELLING)]


@pytest.mark.slow
def test_stored_names_reveal_no_content(worked_on):
    kinds = [kind for kind in apps.get_app_config("reports").get_models() if kind.__name__ not in {"Category"}]
    things = [thing for kind in kinds for thing in kind.objects.all()]
    assert {type(thing).__name__ for thing in things} >= {"Case", "Message", "Note", "Evidence", "Event", "DataKey"}
    assert telling(*things, *map(repr, things)) == []


def test_no_message_to_staff_repeats_what_was_written(worked_on):
    assert [answer.status_code for answer in worked_on] == [302] * (1 + len(ACTS))
    assert len(list(get_messages(worked_on[-1].wsgi_request))) > 0
    assert telling(*(message for answer in worked_on for message in get_messages(answer.wsgi_request))) == []


def test_admin_log_and_audit_log_hold_no_typed_text(worked_on):
    entries = [(entry.object_repr, entry.change_message) for entry in LogEntry.objects.all()]
    assert telling(*entries) == []
    assert telling(*Event.objects.values_list("action", "side", "facts")) == []
    assert Event.objects.count() > len(ACTS)


def test_desk_titles_and_urls_reveal_no_content(worked_on, client):
    case = Case.objects.get()
    file = {"ref": case.reference, "file_id": case.evidence.get().pk}
    pages = [reverse("admin:reports_case_changelist"), reverse("admin:reports_case_page", args=[case.reference])]
    client.post(reverse("admin:reports_case_open_file", kwargs=file), {"reason": "assess"})
    pages.append(reverse("admin:reports_case_file", kwargs=file))
    titles = [tree(client.get(page).content.decode()).findtext("head/title") for page in pages]
    assert all(titles)
    assert telling(*titles, *pages) == []
